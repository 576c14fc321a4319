"""A comparison is a weight for every day, and so its parts add up by construction.

Whatever is compared with whatever, the change is a sum over days of weight times cost: +1 for each
day asked about, a negative weight for each baseline day. Being linear, the change of the whole is
the sum of the changes of any parts, whichever way the bill is cut. Weights are fractions and sums
are exact; amounts become Decimals once, at a fixed quantum, and the rest of a table is taken by
subtraction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from finops_cli.domain.frame import COST, DATE, Frame
from finops_cli.domain.period import Period, first_of_month, months_in
from finops_cli.domain.query import Granularity

_DAY = timedelta(days=1)
_PLACES = 12
_PRECISION = 60
BASELINE_DAYS = 56
"""How many days before a window make its usual level: eight weeks."""


class Method(StrEnum):
    """How the baseline is made comparable with the window."""

    RAW = "raw"  # as billed: whole months, or as many days
    PER_DAY = "per-day"  # the baseline's average day, times the days of the window
    WEEKDAY = "weekday"  # each day against the same weekdays before it


@dataclass(frozen=True, slots=True)
class Comparison:
    """A window against a baseline.

    ``weights`` holds, for each day (or first of a month where ``granularity`` is monthly), its
    weight in what the window cost and its weight in what was to be expected.
    """

    window: Period
    baseline: Period
    method: Method
    weights: Mapping[date, tuple[Fraction, Fraction]]
    granularity: Granularity = Granularity.DAILY

    @property
    def span(self) -> Period:
        """The shortest period that holds every day with a weight."""
        start = min([self.baseline.start, self.window.start, *self.weights])
        return Period(start, max(self.window.end, self.baseline.end))

    def daily(self) -> "Comparison":
        """Return the same comparison with a weight for every day, for frames of days."""
        if self.granularity is Granularity.DAILY:
            return self
        days = {day for period in (self.window, self.baseline) for day in period.each_day()}
        weights = {day: self.weights[first_of_month(day)] for day in days}
        return Comparison(self.window, self.baseline, self.method, weights)


@dataclass(frozen=True, slots=True)
class Amount:
    """What the window cost and what the baseline makes expect, exactly."""

    now: Fraction = Fraction(0)
    before: Fraction = Fraction(0)

    @property
    def change(self) -> Fraction:
        """Now less before."""
        return self.now - self.before

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.now + other.now, self.before + other.before)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.now - other.now, self.before - other.before)


Key = tuple[str | None, ...]


def as_billed(window: Period, baseline: Period) -> Comparison:
    """Compare two periods as a person with two bills would.

    Whole calendar months and periods of equal length are subtracted as they are; otherwise the
    baseline is scaled to the days of the window.
    """
    months = window.is_whole_months() and baseline.is_whole_months()
    same_months = months and months_in(window) == months_in(baseline)
    raw = same_months or window.days == baseline.days
    scale = Fraction(1) if raw else Fraction(window.days, baseline.days)
    weights: dict[date, tuple[Fraction, Fraction]] = {}
    _add(weights, _units(window, months), now=Fraction(1))
    _add(weights, _units(baseline, months), before=scale)
    return Comparison(
        window,
        baseline,
        Method.RAW if raw else Method.PER_DAY,
        weights,
        Granularity.MONTHLY if months else Granularity.DAILY,
    )


def against_usual(
    window: Period,
    known: Collection[date],
    usual: Collection[date],
    recurring: Mapping[date, tuple[date, ...]],
) -> Comparison | None:
    """Compare a window with the usual level before it: weekday by weekday, fee day by fee day.

    Args:
        window: The days asked about.
        known: The days that have data; a day of the window that has none is left out.
        usual: The days that may serve as usual ones; those after the window's start are ignored.
        recurring: Days of a charge that comes every month, with the earlier days that carried it:
            they are compared with those, not with their weekday.

    Returns:
        The comparison, or None where no day before the window is known.
    """
    usable = sorted(day for day in usual if day < window.start)
    near = [day for day in usable if day >= window.start - _DAY * BASELINE_DAYS]
    near = near or usable[-BASELINE_DAYS:]
    if not near:
        return None
    weights: dict[date, tuple[Fraction, Fraction]] = {}
    for day in window.each_day():
        earlier = [other for other in recurring.get(day, ()) if other < window.start][:3]
        same = [other for other in near if other.weekday() == day.weekday()]
        matches = earlier or same or near
        if day in known:
            _add(weights, [day], now=Fraction(1))
            _add(weights, matches, before=Fraction(1, len(matches)))
    return Comparison(window, Period(near[0], window.start), Method.WEEKDAY, weights)


def measure(
    frame: Frame, comparison: Comparison, dimensions: Sequence[str], value: str = COST
) -> dict[Key, Amount]:
    """Return the exact amounts of each combination of the dimensions' values."""
    kinds = sorted(set(comparison.weights.values()))
    kind_of = {day: kinds.index(weight) for day, weight in comparison.weights.items()}
    sums: dict[tuple[Key, int], Decimal] = {}
    with localcontext(prec=_PRECISION):
        for day, cost, *key in frame.select(DATE, value, *dimensions):
            if day in kind_of and cost is not None:
                at = (tuple(key), kind_of[day])
                sums[at] = sums.get(at, Decimal(0)) + cost
    amounts: dict[Key, Amount] = {}
    for (where, kind), cost in sums.items():
        now, expected = kinds[kind]
        part = Amount(now * Fraction(cost), expected * Fraction(cost))
        amounts[where] = amounts.get(where, Amount()) + part
    return amounts


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum of amounts."""
    return sum(amounts, Amount())


def exact(value: Fraction) -> Decimal:
    """Return a fraction as a Decimal of at most 12 places, without trailing zeros past cents."""
    units, places = round(value * 10**_PLACES), _PLACES
    while places > 2 and units % 10 == 0:
        units, places = units // 10, places - 1
    return Decimal(f"{units}e-{places}")


def less(whole: Decimal, parts: Iterable[Decimal]) -> Decimal:
    """Return what is left of a whole, exactly, whatever the precision of the context."""
    return exact(Fraction(whole) - sum((Fraction(part) for part in parts), Fraction(0)))


def _units(period: Period, months: bool) -> list[date]:
    days = period.each_day()
    return [day for day in days if day == first_of_month(day)] if months else days


def _add(
    weights: dict[date, tuple[Fraction, Fraction]],
    days: Iterable[date],
    now: Fraction = Fraction(0),
    before: Fraction = Fraction(0),
) -> None:
    for day in days:
        old_now, old_before = weights.get(day, (Fraction(0), Fraction(0)))
        weights[day] = (old_now + now, old_before + before)
