"""How budgets stand and went, as tables; money of one currency in each."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from finops_cli.analytics.budgets import Record, used
from finops_cli.domain.answer import Column, Kind, Table, Value
from finops_cli.domain.budget import Budget, BudgetPeriod
from finops_cli.tools.budgeting.standing import Standing

_URGENCY = ("over", "will be over", "may be over")


def by_urgency(standings: Iterable[Standing]) -> list[Standing]:
    """Return budgets with what asks most for attention first, then what is used most."""

    def rank(one: Standing) -> tuple[int, Decimal]:
        urgent = _URGENCY.index(one.state) if one.state in _URGENCY else len(_URGENCY)
        return urgent, -(one.used or Decimal(0))

    return sorted(standings, key=rank)


def status_tables(standings: Sequence[Standing]) -> tuple[Table, ...]:
    """Return the cost budgets by unit, one currency a table, and a table of all other kinds."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in standings:
        if one.is_cost:
            groups.setdefault((one.budget.unit, one.currency), []).append(one)
    several = len({money for _, money in groups}) > 1
    tables = [
        _status(f"{unit.capitalize()} budgets" + f", {money}" * several, money, same)
        for (unit, money), same in groups.items()
    ]
    others = [one for one in standings if not one.is_cost]
    return (*tables, *([_others(others)] if others else []))


def _status(name: str, money: str, standings: Sequence[Standing]) -> Table:
    columns = (
        Column("budget", Kind.TEXT),
        Column("period", Kind.PERIOD, detail=True),
        Column("spent", Kind.MONEY, money),
        Column("bar", Kind.TEXT, heading=""),
        Column("used", Kind.SHARE),
        Column("limit", Kind.MONEY, money),
        Column("forecast", Kind.ESTIMATE, money),
        Column("low", Kind.ESTIMATE, money, detail=True),
        Column("high", Kind.ESTIMATE, money, detail=True),
        Column("state", Kind.TEXT, heading="outlook"),
        Column("day", Kind.DATE, heading="passed on"),
        Column("days_left", Kind.COUNT, detail=True),
        Column("run_rate", Kind.MONEY, money, detail=True),
        Column("unit", Kind.TEXT, detail=True),
        Column("auto_adjusting", Kind.TEXT, detail=True),
        Column("figures_of", Kind.TEXT, detail=True),
    )
    return Table(name, columns, tuple(_row(one) for one in standings))


def _row(one: Standing) -> tuple[Value, ...]:
    ahead = one.ahead
    bounds = (ahead.mean, ahead.low, ahead.high) if ahead else (None, None, None)
    return (
        one.budget.name,
        one.period,
        one.actual,
        one.bar,
        one.used,
        one.budget.limit,
        *bounds,
        "unknown" if one.why_unknown else one.state,
        one.day,
        one.days_left,
        one.rate,
        one.budget.unit,
        "yes" if one.budget.auto_adjusting else "no",
        "its keeper" if one.is_reported else "the bill",
    )


def _others(standings: Sequence[Standing]) -> Table:
    columns = (
        Column("budget", Kind.TEXT),
        Column("kind", Kind.TEXT),
        Column("period", Kind.PERIOD),
        Column("actual", Kind.QUANTITY),
        Column("limit", Kind.QUANTITY),
        Column("forecast", Kind.QUANTITY),
        Column("unit", Kind.TEXT),
        Column("state", Kind.TEXT, heading="outlook"),
    )
    rows = tuple(
        (
            one.budget.name,
            one.budget.kind.replace("_", " "),
            one.period,
            one.actual,
            one.budget.limit,
            one.ahead.mean if one.ahead else None,
            one.currency,
            "unknown" if one.why_unknown else one.state or _floor(one),
        )
        for one in standings
    )
    return Table("Usage, utilization and coverage, as their keeper tells", columns, rows)


def _floor(one: Standing) -> str:
    return "below" if one.actual is not None and one.actual < one.budget.limit else "ok"


def past_table(past: Sequence[BudgetPeriod], money: str) -> Table:
    """Return the past periods of one budget, the latest first."""
    columns = (
        Column("period", Kind.PERIOD),
        Column("budgeted", Kind.MONEY, money),
        Column("actual", Kind.MONEY, money),
        Column("over_by", Kind.CHANGE, money, heading="against it"),
        Column("used", Kind.SHARE),
        Column("outcome", Kind.TEXT),
    )
    rows = tuple(
        (
            one.period,
            one.limit,
            one.actual,
            one.actual - one.limit,
            used(one.actual, one.limit),
            "over" if one.actual > one.limit else "within",
        )
        for one in past
    )
    return Table("Past periods", columns, rows)


def records_table(records: Sequence[tuple[Budget, Record | None]]) -> Table:
    """Return a row for each budget: how often it held, and its worst period."""
    columns = (
        Column("budget", Kind.TEXT),
        Column("unit", Kind.TEXT),
        Column("periods", Kind.COUNT),
        Column("within", Kind.COUNT),
        Column("hit_rate", Kind.SHARE, heading="held"),
        Column("worst", Kind.PERIOD, heading="worst period"),
        Column("worst_used", Kind.SHARE, heading="of limit"),
        Column("latest_over", Kind.PERIOD, heading="last over"),
    )
    rows = tuple((budget.name, budget.unit, *_record(record)) for budget, record in records)
    return Table("Past periods", columns, rows)


def _record(record: Record | None) -> tuple[Value, ...]:
    if record is None:
        return 0, 0, None, None, None, None
    worst, over = record.worst, record.latest_over
    return (
        record.periods,
        record.within,
        record.hit_rate,
        worst.period,
        used(worst.actual, worst.limit),
        over.period if over else None,
    )
