"""What an export holds, as an Answer: the report behind ``finops source``."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Protocol

from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Severity,
    Table,
    Value,
)
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.facts import ExportFacts
from finops_cli.domain.query import Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.scope import provenance


class Export(CostSource, Protocol):
    """A source that is an export on disk."""

    def facts(self) -> ExportFacts:
        """Return what the export holds."""

    def prepare(self, tags: Sequence[str], tell: Callable[[int, int], None]) -> int:
        """Keep daily sums in the cache and return for how many files they were made."""


class Exports:
    """Answers what an export holds, and prepares a large one.

    Args:
        source: The export.
        emit: Receives progress.
    """

    def __init__(self, source: Export, emit: Emit = ignore) -> None:
        self._source = source
        self._emit = emit

    def inspect(self) -> Answer:
        """Tell what the export holds: format, columns, days, currencies, totals, data quality."""
        self._emit(Event("progress", "Reading every row", 5))
        facts = self._source.facts()
        serious = any(issue.serious for issue in facts.issues)
        figures = (
            Figure("files", facts.files, Kind.COUNT),
            Figure("format", " and ".join(facts.formats)),
            Figure("rows", facts.rows, Kind.COUNT),
            Figure("coverage", facts.coverage, Kind.PERIOD),
        )
        state = "it has problems that can make totals wrong" if serious else "it can be trusted"
        one = "file" if facts.files == 1 else "files"
        words = f"{{format}}: {{rows}} rows in {{files}} {one}, {{coverage}}; {state}."
        return Answer(
            title=Sentence(words, figures),
            provenance=provenance(self._source, facts.coverage, Metric.UNBLENDED),
            findings=tuple(_findings(facts)),
            tables=(*_totals(facts), _columns(facts)),
            next=("finops cost --by service --period all",),
        )

    def prepare(self, tags: Sequence[str] = ()) -> Answer:
        """Keep daily sums of the export in the cache, so that later answers are quick.

        Args:
            tags: Tag keys to keep besides the usual dimensions.
        """

        def tell(done: int, of: int) -> None:
            self._emit(Event("progress", f"Preparing file {done + 1} of {of}", 100 * done // of))

        made = self._source.prepare(tags, tell)
        figures = (Figure("made", made, Kind.COUNT),)
        words = "Prepared {made} files." if made else "Nothing to do: everything is prepared."
        return Answer(
            title=Sentence(words, figures),
            provenance=provenance(self._source, self._source.coverage(), Metric.UNBLENDED),
            next=("finops cost --by service --period all",),
        )


def _totals(facts: ExportFacts) -> list[Table]:
    tables = []
    for currency in dict.fromkeys(total.currency for total in facts.totals):
        own = [total for total in facts.totals if total.currency == currency]
        columns = (
            Column("charge_category", Kind.TEXT),
            Column("rows", Kind.COUNT),
            *(Column(metric, Kind.MONEY, currency) for metric in facts.metrics),
        )
        costs = [[t.costs.get(metric) or Decimal(0) for metric in facts.metrics] for t in own]
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (t.category, t.rows, *line) for t, line in zip(own, costs, strict=True)
        )
        sums = [sum(column, Decimal(0)) for column in zip(*costs, strict=True)]
        total = (None, sum(t.rows for t in own), *sums)
        tables.append(Table(f"Totals in {currency}", columns, rows, total))
    return tables


def _columns(facts: ExportFacts) -> Table:
    columns = (Column("field", Kind.TEXT), Column("column", Kind.TEXT))
    rows = [*facts.found, *((name, "not there") for name in facts.missing)]
    return Table("Columns", columns, tuple(rows))


def _findings(facts: ExportFacts) -> list[Finding]:
    if not facts.issues:
        words = "No problem found: every row has a cost and a date, no row repeats, no day lacks."
        return [Finding(Severity.INFO, Sentence(words))]
    return [
        Finding(
            Severity.WARNING if issue.serious else Severity.NOTICE,
            Sentence("{issue}", (Figure("issue", issue.text),)),
        )
        for issue in facts.issues
    ]
