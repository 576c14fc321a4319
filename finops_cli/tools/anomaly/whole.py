"""One event whole: its days, the lines that take part, and why they count as one."""

from array import array
from collections.abc import Iterator
from decimal import Decimal

from finops_cli.domain import query as q
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
from finops_cli.tools.anomaly import telling
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.tables import days_of, events_table
from finops_cli.tools.anomaly.wording import line_name
from finops_cli.tools.commands import command
from finops_cli.tools.estimates import estimate
from finops_cli.tools.scope import next_dimension, provenance

_DAYS_BEFORE = 28


def whole_reply(basis: Basis, case: Case) -> Answer:
    """Return all there is to say about one event."""
    return Answer(
        title=telling.told_case(basis, case),
        summary=tuple(_summary(basis, case)),
        provenance=provenance(basis.source, basis.panel.period, basis.metric),
        findings=tuple(_findings(basis, case)),
        tables=(events_table(basis, [case]), _parts(basis, case), _days(basis, case)),
        series=days_of(basis, case),
        warnings=basis.source.warnings(),
        next=tuple(_next(basis, case)),
    )


def _summary(basis: Basis, case: Case) -> Iterator[Sentence]:
    event = case.event
    figures = (
        Figure("id", case.id),
        Figure("impact", case.impact, Kind.CHANGE, basis.currency),
        Figure("kind", event.kind.value),
        Figure("confidence", estimate(event.confidence), Kind.SHARE),
        Figure("first_alert", event.first_alert, Kind.DATE),
    )
    words = (
        "{id}: {impact} against expectation, {kind}, known from the data up to {first_alert} on, "
        "confidence {confidence}."
    )
    yield Sentence(words, figures)
    if event.settled:
        yield Sentence("It lasted so long that it has become the usual level.")


def _findings(basis: Basis, case: Case) -> Iterator[Finding]:
    if case.event.running:
        yield telling.outlook(basis, case)
    yield Finding(Severity.INFO, _why_one(basis, case))
    if case.dismissed:
        figures = (
            Figure("reason", case.dismissed.reason),
            Figure("day", case.dismissed.day, Kind.DATE),
            Figure("note", case.dismissed.note),
        )
        words = "Dismissed on {day} as {reason}" + (": {note}" if case.dismissed.note else ".")
        yield Finding(Severity.INFO, Sentence(words, figures))


def _why_one(basis: Basis, case: Case) -> Sentence:
    lines = len(case.event.series)
    if lines == 1:
        return Sentence("One line of the bill moved; no other moved with it.")
    figures = (
        Figure("lines", lines, Kind.COUNT),
        Figure("services", _distinct(basis, case, q.SERVICE), Kind.COUNT),
        Figure("accounts", _distinct(basis, case, q.ACCOUNT), Kind.COUNT),
    )
    way = "up" if case.rising else "down"
    words = (
        f"Counted as one event: {{lines}} lines of the bill went {way} together (services: "
        "{services}, accounts: {accounts}); the first row of the parts drives it."
    )
    return Sentence(words, figures)


def _distinct(basis: Basis, case: Case, dimension: str) -> int:
    if dimension not in basis.panel.dimensions:
        return 1
    values = basis.panel.values(dimension)
    return len({values[at] for at in case.event.series})


def _parts(basis: Basis, case: Case) -> Table:
    """Return what each line cost a day in the four weeks before, and during the event."""
    money, called = basis.currency, basis.names.get(q.ACCOUNT, {})
    columns = (
        Column("what", Kind.TEXT),
        *(Column(d, Kind.TEXT, detail=True) for d in (q.SERVICE, q.USAGE_TYPE)),
        Column(q.REGION, Kind.TEXT),
        Column(q.ACCOUNT, Kind.TEXT, detail=bool(called)),
        Column("account_name", Kind.TEXT, detail=not called, heading="account"),
        Column("before_per_day", Kind.ESTIMATE, money, heading="a day before"),
        Column("during_per_day", Kind.ESTIMATE, money, heading="a day during"),
        Column("change_per_day", Kind.CHANGE, money, heading="change a day"),
    )
    rows: list[tuple[Value, ...]] = []
    sums = [Decimal(0)] * 3
    for at in case.event.series:
        where = dict(zip(basis.panel.dimensions, basis.panel.keys[at], strict=True))
        before, during = _per_day(basis, case, at)
        names = (where.get(d) for d in (q.SERVICE, q.USAGE_TYPE, q.REGION, q.ACCOUNT))
        name = called.get(where.get(q.ACCOUNT) or "")
        amounts = (before, during, during - before)
        rows.append((line_name(where), *names, name, *amounts))
        sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
    return Table("Its parts", columns, tuple(rows), (*(None,) * 6, *sums))


def _per_day(basis: Basis, case: Case, at: int) -> tuple[Decimal, Decimal]:
    costs, first = basis.panel.costs[at], basis.panel.period.start
    start, end = (case.event.start - first).days, (case.event.end - first).days
    before = costs[max(start - _DAYS_BEFORE, 0) : start]
    during = costs[start:end]
    return _mean(before), _mean(during)


def _mean(costs: "array[float]") -> Decimal:
    return estimate(sum(costs) / len(costs)) if len(costs) else Decimal(0)


def _days(basis: Basis, case: Case) -> Table:
    money = basis.currency
    columns = (
        Column("date", Kind.DATE),
        Column("actual", Kind.ESTIMATE, money),
        Column("expected", Kind.ESTIMATE, money),
        Column("difference", Kind.CHANGE, money),
    )
    rows = tuple(
        (day, estimate(actual), estimate(expected), estimate(actual) - estimate(expected))
        for day, actual, expected in case.event.days
        if case.event.start <= day < case.event.end
    )
    return Table("Its days", columns, rows, detail=len(rows) > 31)


def _next(basis: Basis, case: Case) -> Iterator[str]:
    line = case.filters()
    yield basis.command("explain", *case.period(), also=line)
    finer = next_dimension(basis.source, (*basis.filters, *line))
    if finer:
        yield basis.command("cost", "--by", finer.replace("_", "-"), *case.period(), also=line)
    if not case.dismissed:
        yield basis.command("anomalies", "ack", case.id, "--reason", "planned")
    else:
        yield command("anomalies", "unack", case.dismissed.event.id)
