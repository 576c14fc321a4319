"""How a budget went: its past periods, as its store kept them or added up from the bill."""

from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain.budget import Budget, BudgetPeriod, BudgetStore
from finops_cli.domain.frame import COST, DATE
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.domain.source import CostSource
from finops_cli.tools.budgeting.standing import scope_of

_MOST = {"daily": 30, "monthly": 12, "quarterly": 8, "annually": 3}
_DAY = timedelta(days=1)


def past_of(
    source: CostSource, store: BudgetStore, budget: Budget, within: Period | None
) -> tuple[BudgetPeriod, ...]:
    """Return the periods of a budget that are over, the latest first.

    Args:
        source: The bill.
        store: Where the budget is kept.
        budget: The budget.
        within: Only those that share a day with these; all that are told where it is None.

    Raises:
        FinopsError: They cannot be read.
    """
    today = source.calendar().today
    kept = store.history(budget)
    found = _computed(source, budget, today) if kept is None else kept
    over = (one for one in found if one.period.end <= today)
    return tuple(one for one in over if within is None or one.period.overlap(within))


def _computed(source: CostSource, budget: Budget, today: date) -> tuple[BudgetPeriod, ...]:
    """Return past periods against the limit of today, as far as the whole of each is known."""
    if budget.unit == "custom" or not budget.follows_the_bill:
        return ()
    periods = _periods(budget, today, _first(source, budget))
    if not periods:
        return ()
    span = Period(periods[-1].start, periods[0].end)
    by_day = budget.unit == "daily"
    grain = Granularity.DAILY if by_day else Granularity.MONTHLY
    frame = source.fetch(CostQuery(span, budget.metric, grain, filters=scope_of(source, budget)))
    costs = dict(frame.select(DATE, COST))
    return tuple(BudgetPeriod(p, budget.limit, _sum(costs, p)) for p in periods)


def _first(source: CostSource, budget: Budget) -> date:
    return source.daily_from() if budget.unit == "daily" else source.coverage().start


def _periods(budget: Budget, today: date, first: date) -> list[Period]:
    """Return the periods before today's, the latest first, none of them begun before the bill."""
    found: list[Period] = []
    last = budget.period_at(today).start - _DAY
    while len(found) < _MOST[budget.unit]:
        period = budget.period_at(last)
        if period.start < first:
            break
        found.append(period)
        last = period.start - _DAY
    return found


def _sum(costs: dict[date, Decimal], period: Period) -> Decimal:
    return sum((cost for day, cost in costs.items() if day in period), Decimal(0))
