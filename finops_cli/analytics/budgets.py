"""How a budget stands and how it went: pure arithmetic over what was spent and what is expected.

A forecast of a period is what is billed plus what its open days are expected to cost; the days are
taken to share that evenly, but for lumps that the same days of the period before had: a fee billed
on the first passes a limit on the first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finops_cli.domain.budget import BudgetPeriod
from finops_cli.domain.query import Filter

State = Literal["over", "will be over", "may be over", "ok"]
"""What is spent passes the limit; the forecast does; the upper end of its band does; none."""

_DAY = timedelta(days=1)
_CELLS = 10
_LUMP = Decimal("0.25")
"""From which share of a period on the cost of one day counts as a lump, such as a monthly fee."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a whole period is expected to come to, and the bounds of that."""

    mean: Decimal
    low: Decimal
    high: Decimal

    def at_least(self, billed: Decimal) -> "Ahead":
        """Return this with nothing below what is billed: credits to come are not counted on."""
        return Ahead(max(self.mean, billed), max(self.low, billed), max(self.high, billed))


def state_of(actual: Decimal, ahead: Ahead | None, limit: Decimal) -> State:
    """Return how a budget stands; without a forecast, by what is spent alone."""
    if actual > limit:
        return "over"
    if ahead and ahead.mean > limit:
        return "will be over"
    return "may be over" if ahead and ahead.high > limit else "ok"


def used(amount: Decimal, limit: Decimal) -> Decimal | None:
    """Return an amount as a share of a limit, None where the limit is nothing."""
    return amount / limit if limit else None


def bar(actual: Decimal, mean: Decimal | None, limit: Decimal) -> str:
    """Return a limit as ten cells: ``=`` is spent, ``-`` is still expected, ``.`` is left.

    What does not fit is a ``+`` behind them. It reads without colour, and a cell is filled when
    more than half of it is reached, so that nothing spent is nothing shown.
    """
    spent = _cells(actual, limit)
    expected = max(_cells(mean, limit) - spent, 0) if mean is not None else 0
    beyond = max(actual, mean if mean is not None else actual) > limit
    cells = "=" * spent + "-" * expected
    return cells.ljust(_CELLS, ".") + ("+" if beyond else "")


def _cells(amount: Decimal, limit: Decimal) -> int:
    if limit <= 0:
        return _CELLS if amount > limit else 0
    return max(min(round(amount / limit * _CELLS), _CELLS), 0)


def passed_on(days: Iterable[tuple[date, Decimal]], limit: Decimal) -> date | None:
    """Return the day on which the costs of days, added up, were above a limit."""
    so_far = Decimal(0)
    for day, cost in days:
        so_far += cost
        if so_far > limit:
            return day
    return None


def will_pass_on(
    billed: Decimal,
    rest: Decimal,
    until: date,
    end: date,
    before: Sequence[Decimal],
    limit: Decimal,
) -> date | None:
    """Return the day on which a limit is expected to be passed, None where it is not.

    Args:
        billed: What the period has cost before ``until``.
        rest: What its open days are expected to cost.
        until: The first open day.
        end: The end of the period, exclusive.
        before: What the days of the period before cost that correspond to the open ones.
        limit: The limit.
    """
    open_days = [until + _DAY * at for at in range((end - until).days)]
    shares = _shares(len(open_days), before)
    spread = ((day, rest * share) for day, share in zip(open_days, shares, strict=True))
    return passed_on(spread, limit - billed)


def _shares(days: int, before: Sequence[Decimal]) -> list[Decimal]:
    """Return how days share a sum: lumps as before, and evenly what they leave."""
    whole = sum((max(cost, Decimal(0)) for cost in before), Decimal(0))
    lumps = [
        cost / whole if whole and cost >= whole * _LUMP else Decimal(0) for cost in before[:days]
    ]
    lumps += [Decimal(0)] * (days - len(lumps))
    left = 1 - sum(lumps, Decimal(0))
    return [lump + left / days for lump in lumps]


def unwatched(
    rows: Iterable[tuple[Mapping[str, str | None], Decimal]],
    scopes: Iterable[Sequence[Filter]],
) -> Decimal:
    """Return the cost of the rows that no scope keeps.

    Args:
        rows: For each row the values of its dimensions, and its cost.
        scopes: The filters of each budget; those of one are joined by *and*.
    """
    kept = list(scopes)
    left = (cost for named, cost in rows if not any(_keeps(scope, named) for scope in kept))
    return sum(left, Decimal(0))


def _keeps(scope: Sequence[Filter], named: Mapping[str, str | None]) -> bool:
    return all((named[one.dimension] in one.values) is not one.exclude for one in scope)


@dataclass(frozen=True, slots=True)
class Record:
    """How the past periods of a budget went; ``worst`` is the one that used most of its limit."""

    periods: int
    within: int
    worst: BudgetPeriod
    latest_over: BudgetPeriod | None

    @property
    def hit_rate(self) -> Decimal:
        """The share of the periods that stayed within their limit."""
        return Decimal(self.within) / self.periods


def record_of(past: Sequence[BudgetPeriod]) -> Record | None:
    """Return how periods went, the latest first; None where there are none."""
    if not past:
        return None
    over = [one for one in past if one.actual > one.limit]
    worst = max(past, key=lambda one: (used(one.actual, one.limit) or Decimal(0), one.actual))
    return Record(len(past), len(past) - len(over), worst, over[0] if over else None)
