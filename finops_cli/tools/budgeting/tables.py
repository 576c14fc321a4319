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
    """Return the cost budgets of each currency, whole and by unit, and all other kinds.

    The whole is for machines: people read budgets of one unit together, in fewer columns.
    """
    costs = [one for one in standings if one.is_cost]
    tables = []
    for money in dict.fromkeys(one.currency for one in costs):
        same = [one for one in costs if one.currency == money]
        tables.append(_whole(money, same))
        for unit in dict.fromkeys(one.budget.unit for one in same):
            tables.append(_shown(unit, money, [one for one in same if one.budget.unit == unit]))
    others = [one for one in standings if not one.is_cost]
    return (*tables, *([_others(others)] if others else []))


def _shown(unit: str, money: str, standings: Sequence[Standing]) -> Table:
    columns = (
        Column("budget", Kind.TEXT),
        Column("spent", Kind.MONEY, money),
        Column("bar", Kind.TEXT),
        Column("used", Kind.RATIO),
        Column("limit", Kind.MONEY, money),
        Column("forecast", Kind.ESTIMATE, money),
        Column("state", Kind.TEXT, heading="outlook"),
        Column("day", Kind.DATE, heading="passed on"),
    )
    rows = tuple(
        (
            one.budget.name,
            one.actual,
            one.bar,
            one.used,
            one.budget.limit,
            one.ahead.mean if one.ahead else None,
            _state(one),
            one.day,
        )
        for one in standings
    )
    return Table(f"{unit.capitalize()} budgets, {money}", columns, rows)


def _whole(money: str, standings: Sequence[Standing]) -> Table:
    columns = (
        Column("budget", Kind.TEXT),
        Column("unit", Kind.TEXT),
        Column("period", Kind.PERIOD),
        Column("spent", Kind.MONEY, money),
        Column("limit", Kind.MONEY, money),
        Column("used", Kind.RATIO),
        Column("forecast", Kind.ESTIMATE, money),
        Column("low", Kind.ESTIMATE, money),
        Column("high", Kind.ESTIMATE, money),
        Column("state", Kind.TEXT),
        Column("day", Kind.DATE),
        Column("days_left", Kind.COUNT),
        Column("run_rate", Kind.MONEY, money),
        Column("auto_adjusting", Kind.TEXT),
        Column("figures_of", Kind.TEXT),
    )
    return Table(f"Budgets, {money}", columns, tuple(_row(one) for one in standings), detail=True)


def _row(one: Standing) -> tuple[Value, ...]:
    ahead = one.ahead
    bounds = (ahead.mean, ahead.low, ahead.high) if ahead else (None, None, None)
    return (
        one.budget.name,
        one.budget.unit,
        one.period,
        one.actual,
        one.budget.limit,
        one.used,
        *bounds,
        _state(one),
        one.day,
        one.days_left,
        one.rate,
        "yes" if one.budget.auto_adjusting else "no",
        "its keeper" if one.is_reported else "the bill",
    )


def _state(one: Standing) -> str:
    if one.actual is None:
        return "unknown"
    return one.state or ("below" if one.actual < one.budget.limit else "ok")


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
            _state(one),
        )
        for one in standings
    )
    return Table("Usage, utilization and coverage, as their keeper tells", columns, rows)


def past_table(past: Sequence[BudgetPeriod], money: str) -> Table:
    """Return the past periods of one budget, the latest first."""
    columns = (
        Column("period", Kind.PERIOD),
        Column("budgeted", Kind.MONEY, money),
        Column("actual", Kind.MONEY, money),
        Column("over_by", Kind.CHANGE, money, heading="against it"),
        Column("used", Kind.RATIO),
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
        Column("worst_used", Kind.RATIO, heading="of limit"),
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
