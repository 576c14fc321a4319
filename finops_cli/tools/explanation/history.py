"""The daily costs of a scope, and the comparison that a question about them means.

Nothing said: the move that was found is set against the same weekdays before it. A period said:
short ones ("yesterday", four days in June) are set against the same weekdays of the eight weeks
before; whole weeks and months against as many just before, and from the first of a month against
the same days of the month before, so that the difference can be checked on the bills. Weeks that
hold the first of a month are compared with its fees apart. Both said: as said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from finops_cli.analytics.change import Move
from finops_cli.analytics.comparison import (
    Comparison,
    against_usual,
    as_billed,
    measure,
    total,
)
from finops_cli.analytics.rhythm import Rhythm, learn
from finops_cli.domain.frame import COST, DATE, Frame
from finops_cli.domain.period import Period, period_before
from finops_cli.domain.query import CHARGE_CATEGORY, CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.scope import days_of

_DAY = timedelta(days=1)
_HISTORY = timedelta(days=270)
_WEEK = 7
_MONTH_OF_DAYS = 28
_ENOUGH_DAYS = 14
_DAYS_A_MONTH = Fraction(36525, 1200)


@dataclass(frozen=True)
class History:
    """The known days in scope, in order, with the frame that they were added up from.

    ``groups`` are the frame's dimensions, ``until`` the first day that is not complete, ``held``
    the days that the source covers.
    """

    costs: dict[date, Decimal]
    frame: Frame
    groups: tuple[str, ...]
    until: date
    held: Period

    @cached_property
    def costs_as_floats(self) -> dict[date, float]:
        """The same days for statistics."""
        return {day: float(cost) for day, cost in self.costs.items()}

    @cached_property
    def rhythm(self) -> Rhythm:
        """What repeats by weekday and by day of the month."""
        return learn(self.costs_as_floats)


def read_history(
    source: CostSource, metric: Metric, filters: tuple[Filter, ...], asked: Sequence[Period]
) -> History:
    """Fetch the days of the periods asked about and nine months before them: one or two fetches.

    A day without charges in scope counts as zero if the source has any charge on it, and as
    unknown if it has none.
    """
    held, until = days_of(source), source.calendar().complete_until
    end = max([until, *(period.end for period in asked)])
    first = min([until, *(period.start for period in asked)]) - _HISTORY
    span = Period(max(first, held.start), max(end, held.start + _DAY))
    groups = (CHARGE_CATEGORY,) if source.offers(CHARGE_CATEGORY) else ()
    frame = source.fetch(CostQuery(span, metric, Granularity.DAILY, groups, filters))
    costs: dict[date, Decimal] = {}
    for day, cost in frame.select(DATE, COST):
        costs[day] = costs.get(day, Decimal(0)) + cost
    if filters and len(costs) < span.days:
        everything = source.fetch(CostQuery(span, metric, Granularity.DAILY))
        costs = {day: Decimal(0) for day in everything.column(DATE)} | costs
    return History(dict(sorted(costs.items())), frame, groups, until, held)


def latest_days(against: Period | None, history: History) -> Period:
    """Return the days to compare where only a baseline is given: as many, the latest."""
    days = against.days if against else _WEEK
    start = max(history.until - _DAY * days, history.held.start)
    return Period(start, max(history.until, start + _DAY))


def as_asked(window: Period, against: Period | None, history: History) -> Comparison | None:
    """Return the comparison for a period that the user named, None without days before it."""
    if against:
        return as_billed(window, against)
    rhythm, known = history.rhythm, set(history.costs)
    short = window.days < _MONTH_OF_DAYS and (window.start.day != 1 or window.days == 1)
    if short and window.days % _WEEK:
        return against_usual(window, known, known - rhythm.special, rhythm.recurring)
    earlier = period_before(window).overlap(history.held)
    if earlier is None:
        return None
    if short and any(day in earlier or day in window for day in rhythm.special):
        usual = {day for day in known if day in earlier} - rhythm.special
        return against_usual(window, known, usual, rhythm.recurring)
    return as_billed(window, earlier)


def against_move(move: Move, moves: Sequence[Move], history: History) -> Comparison | None:
    """Return a move against the usual level before it, other moves' days left out.

    Days before the usual level began may have cost something else: they only serve where the level
    is younger than two weeks.
    """
    known = set(history.costs)
    level = {day for day in known if move.usual_since <= day < move.window.start}
    away = {day for m in moves if m is not move for day in m.window.each_day()}
    rhythm = history.rhythm
    usual = level if len(level) >= _ENOUGH_DAYS else known - away
    plain = usual - rhythm.special
    return against_usual(move.window, known, plain or known, rhythm.recurring)


def a_month(plan: Comparison, move: Move | None, history: History) -> Fraction | None:
    """Return what a running move costs a month: the days of its last week, times 365.25 / 12."""
    if move is None or not move.running or plan.window.end != move.window.end:
        return None
    start = max(plan.window.start, move.window.start, plan.window.end - _DAY * _WEEK)
    last = Period(start, plan.window.end)
    weights = plan.daily().weights
    usual = {day for day, (_, b) in weights.items() if b and day < move.window.start}
    rhythm = history.rhythm
    tail = against_usual(last, set(history.costs), usual - rhythm.special, rhythm.recurring)
    if tail is None:
        return None
    change = total(measure(history.frame, tail, ()).values()).change
    return change / last.days * _DAYS_A_MONTH
