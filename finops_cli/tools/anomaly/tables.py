"""Events as rows: what a person reads, and beside it everything that a script needs."""

from collections.abc import Sequence
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.answer import Column, Figure, Kind, Series, Table, Value
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.wording import line_name, said_reason
from finops_cli.tools.estimates import estimate

_RECENT_DAYS = 7
_RAW = (q.SERVICE, q.USAGE_TYPE)
NOW, STILL_ON, OVER = "now", "still on", "over"


def events_table(basis: Basis, cases: Sequence[Case], by: Sequence[str] = ()) -> Table:
    """Return one row an event; ``end`` is the day after its last abnormal day."""
    money = basis.currency
    own = [d for d in by if d not in (q.SERVICE, q.USAGE_TYPE, q.REGION, q.ACCOUNT)]
    columns = (
        Column("id", Kind.TEXT),
        Column("what", Kind.TEXT),
        *(Column(name, Kind.TEXT, detail=True) for name in _RAW),
        Column(q.REGION, Kind.TEXT, detail=not any(c.where.get(q.REGION) for c in cases)),
        Column(q.ACCOUNT, Kind.TEXT, detail=True),
        Column("account_name", Kind.TEXT, detail=True),
        *(Column(name, Kind.TEXT) for name in own),
        Column("start", Kind.DATE, heading="from"),
        Column("until", Kind.TEXT, heading="to"),
        Column("end", Kind.DATE, detail=True),
        Column("first_alert", Kind.DATE, detail=True),
        Column("actual", Kind.ESTIMATE, money, detail=True),
        Column("expected", Kind.ESTIMATE, money, detail=True),
        Column("impact", Kind.CHANGE, money),
        Column("per_month", Kind.ESTIMATE, money, detail=True),
        Column("note", Kind.TEXT, heading="kind"),
        Column("kind", Kind.TEXT, detail=True),
        Column("running", Kind.TEXT, detail=True),
        Column("severity", Kind.TEXT, detail=True),
        Column("confidence", Kind.SHARE, detail=True),
        Column("series", Kind.COUNT, detail=True),
        Column("acknowledged", Kind.TEXT, detail=True),
    )
    rows = []
    for case in cases:
        values = _values(basis, case)
        rows.append(tuple(values[column.name] for column in columns))
    return Table("Events", columns, tuple(rows))


def _values(basis: Basis, case: Case) -> dict[str, Value]:
    event, where = case.event, case.where
    name = basis.names.get(q.ACCOUNT, {}).get(where.get(q.ACCOUNT) or "")
    said = said_reason(case.dismissed.reason) if case.dismissed else None
    note = (event.kind.value, name or where.get(q.ACCOUNT), said)
    return {
        **where,
        "id": case.id,
        "what": line_name(where),
        q.SERVICE: where.get(q.SERVICE),
        q.USAGE_TYPE: where.get(q.USAGE_TYPE),
        q.REGION: where.get(q.REGION),
        q.ACCOUNT: where.get(q.ACCOUNT),
        "account_name": name,
        "start": event.start,
        "until": NOW if event.running else case.last_day,
        "end": event.end,
        "first_alert": event.first_alert,
        "actual": case.actual,
        "expected": case.expected,
        "impact": case.impact,
        "per_month": case.per_month,
        "note": ", ".join(part for part in note if part),
        "kind": event.kind.value,
        "running": STILL_ON if event.running else OVER,
        "severity": case.severity.value,
        "confidence": estimate(event.confidence),
        "series": len(event.series),
        "acknowledged": case.dismissed.reason if case.dismissed else None,
    }


def groups_table(basis: Basis, cases: Sequence[Case], by: Sequence[str]) -> Table:
    """Return how many events each segment has, each event counted where its driver is."""
    called = {d: basis.names[d] for d in by if basis.names.get(d)}
    sums: dict[tuple[str | None, ...], list[Case]] = {}
    for case in cases:
        sums.setdefault(tuple(case.where.get(d) for d in by), []).append(case)
    columns = (
        *(Column(name, Kind.TEXT, detail=name in called) for name in by),
        *(Column(f"{name}_name", Kind.TEXT, heading=name) for name in called),
        Column("events", Kind.COUNT),
        Column("still_on", Kind.COUNT),
        Column("impact", Kind.CHANGE, basis.currency),
    )
    rows: list[tuple[Value, ...]] = [
        (
            *key,
            *(called[d].get(where or "") for d, where in zip(by, key, strict=True) if d in called),
            len(found),
            sum(case.event.running for case in found),
            sum((case.impact for case in found), Decimal(0)),
        )
        for key, found in sorted(sums.items(), key=lambda pair: -_size(pair[1]))
    ]
    running = sum(case.event.running for case in cases)
    total = sum((case.impact for case in cases), Decimal(0))
    whole = (*(None,) * (len(by) + len(called)), len(cases), running, total)
    return Table(f"By {' and '.join(by)}", columns, tuple(rows), whole)


def _size(cases: Sequence[Case]) -> Decimal:
    return abs(sum((case.impact for case in cases), Decimal(0)))


def days_of(basis: Basis, case: Case, name: str = "cost per day") -> tuple[Series, ...]:
    """Return the days of an event from three weeks before it, and what was expected on them."""
    days = case.event.days
    during = [(a, e) for day, a, e in days if case.event.start <= day < case.event.end]
    if not during:
        return ()
    recent = during[-_RECENT_DAYS:]
    money = basis.currency
    actual, usual = (estimate(sum(values) / len(recent)) for values in zip(*recent, strict=True))
    marks = (
        Figure("usual", usual, Kind.ESTIMATE, money),
        Figure("now" if case.event.running else "then", actual, Kind.ESTIMATE, money),
    )
    points = tuple((day, estimate(value)) for day, value, _ in days)
    expected = tuple((day, estimate(value)) for day, _, value in days)
    return (
        Series(name, Kind.ESTIMATE, money, points, marks=marks),
        Series(f"expected, {name}", Kind.ESTIMATE, money, expected, detail=True),
    )
