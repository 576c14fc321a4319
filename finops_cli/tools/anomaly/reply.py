"""The list of events as an Answer."""

from collections.abc import Iterator, Sequence

from finops_cli.domain.answer import Answer, Exit, Figure, Kind, Sentence
from finops_cli.domain.period import Period
from finops_cli.domain.query import Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.anomaly import telling
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.conditions import Conditions
from finops_cli.tools.anomaly.tables import days_of, events_table, groups_table
from finops_cli.tools.anomaly.telling import Told
from finops_cli.tools.scope import provenance

FAILED = 3


def events_reply(
    told: Told,
    listed: Sequence[Case],
    by: Sequence[str],
    conditions: Conditions,
    warnings: Sequence[str],
) -> Answer:
    """Return the answer about the events of a window.

    Args:
        told: What the words may name.
        listed: The events of the table.
        by: Dimensions to count them by.
        conditions: What gives exit code 3.
        warnings: What else to know.
    """
    basis = told.basis
    met = tuple(conditions.met(told.cases, basis.currency))
    tables = [events_table(basis, listed, by)]
    if by and listed:
        tables.append(groups_table(basis, listed, by))
    return Answer(
        title=telling.title(told),
        summary=tuple(telling.largest(told)),
        provenance=provenance(basis.source, basis.panel.period, basis.metric),
        findings=(
            *met,
            *telling.outlooks(told),
            *telling.left_out(told, listed),
            *telling.cautions(told.watch),
            telling.quiet(told),
            *telling.set_apart(told),
        ),
        tables=tuple(tables),
        series=days_of(basis, told.cases[0], f"{told.cases[0].id} per day") if told.cases else (),
        warnings=(*basis.source.warnings(), *warnings),
        next=tuple(_next(told)),
        exit=Exit(FAILED, "condition_met") if met else Exit(),
    )


def too_early(source: CostSource, basis: Basis | None) -> Answer:
    """Return that there is nothing to watch yet."""
    metric = basis.metric if basis else Metric.UNBLENDED
    held = source.coverage()
    if basis is None:
        words = "Nothing to watch yet: no day of the bill is complete. It begins on {start}."
        period = held
    else:
        words = "Nothing to watch: nothing was charged here from {start} on."
        period = basis.panel.period
    return Answer(
        title=Sentence(words, (Figure("start", period.start, Kind.DATE),)),
        provenance=provenance(source, period, metric),
        tables=(events_table(_without_days(source, basis, period, metric), ()),),
        warnings=source.warnings(),
    )


def _without_days(source: CostSource, basis: Basis | None, period: Period, metric: Metric) -> Basis:
    from finops_cli.domain.panel import Panel

    return basis or Basis(source, metric, (), Panel(period, (), (), ()), period.end, {})


def _next(told: Told) -> Iterator[str]:
    basis = told.basis
    if told.cases:
        case = told.cases[0]
        yield basis.command("explain", *case.period(), also=case.filters())
        yield basis.command("anomalies", "show", case.id)
        yield basis.command("anomalies", "ack", case.id, "--reason", "planned")
    elif told.known:
        yield basis.command("anomalies")
    elif told.dismissed:
        yield basis.command("anomalies", "--all")
    elif told.window.days:
        yield basis.command("anomalies", "--since", "all")
