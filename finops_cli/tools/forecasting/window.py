"""A future period that a question names ("next quarter", "in 60 days"), out of whole months.

Days of a month are taken alike: what is asked about is seldom shorter than the error of a month.
What is billed already counts as billed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finops_cli.domain.period import Period, add_months, first_of_month, month_of, parse_period
from finops_cli.domain.query import CostQuery
from finops_cli.domain.source import CostSource
from finops_cli.errors import BadPeriod
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.forecasting.months import Month

_MOST_MONTHS = 18


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked about; some of them are still to come."""

    period: Period

    @classmethod
    def of(cls, source: CostSource, word: str) -> "Window":
        """Return the window that a word means.

        Raises:
            BadPeriod: It cannot be read, is over, or lies too far ahead.
        """
        calendar = source.calendar()
        period = parse_period(word, calendar, source.coverage())
        if period.end <= calendar.complete_until:
            raise BadPeriod(
                f"{period} is over: there is nothing left to forecast.",
                f"What it cost: finops cost --period {period}.",
            )
        last = add_months(first_of_month(calendar.complete_until), _MOST_MONTHS + 1)
        if period.end > last:
            raise BadPeriod(
                f"{period} lies further ahead than {_MOST_MONTHS} months.",
                "Nothing in a bill says what comes then. Ask about a nearer period.",
            )
        return cls(period)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the days of a window come to; ``billed`` of it is charged already."""

    mean: Decimal
    low: Decimal
    high: Decimal
    billed: Decimal


def months_to(window: Window, until: date) -> int:
    """Return how many whole months after the one under way reach the end of a window."""
    first = until if until.day == 1 else add_months(until, 1)
    last = window.period.last_day
    return max((last.year - first.year) * 12 + last.month - first.month + 1, 1)


def sum_of(window: Window, basis: Basis, ahead: Sequence[Month], so_far: Decimal) -> Sum:
    """Return what the window comes to.

    Args:
        window: The days asked about.
        basis: The bill.
        ahead: The months ahead, the one under way first where there is one.
        so_far: What the month under way has cost on its complete days.
    """
    billed = _billed(window, basis)
    mean, low, high = billed, billed, billed
    for month in ahead:
        rest = month_of(month.month)
        start = max(rest.start, basis.until)
        open_days = (rest.end - start).days
        past = so_far if rest.start < basis.until else Decimal(0)
        asked = window.period.overlap(Period(start, rest.end))
        if asked:
            share = Decimal(asked.days) / open_days
            mean += (month.mean - past) * share
            low += (month.low - past) * share
            high += (month.high - past) * share
    return Sum(mean, low, high, billed)


def _billed(window: Window, basis: Basis) -> Decimal:
    past = window.period.overlap(basis.period)
    if past is None:
        return Decimal(0)
    return basis.source.fetch(CostQuery(past, basis.metric, filters=basis.filters)).total()
