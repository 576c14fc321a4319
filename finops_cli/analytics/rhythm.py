"""What a bill does every week and every month, so that nobody calls it a change.

Costs have a weekday rhythm and a month phase: fees on the first, support and tax, a batch on the
last night. Both are learned here from the daily series and taken out before anything is searched.
A charge belongs to a month phase (a day counted from the start of the month, or from its end) when
the same phase carried it in earlier months: a *new* fee does not, and stays visible. A day missing
from the series is unknown, not zero.

Statistics only: floats here never reach an amount that is shown.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

_DAY = timedelta(days=1)
_MAD_TO_SIGMA = 1.4826
_NEIGHBOURS = 5
_MONTHS_BACK = 6
_ENOUGH_DAYS = 21
_LEAST_FACTOR = 0.2


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A daily series without its rhythm.

    ``clean`` holds each known day without weekday and month-phase effects; a day whose recurring
    charge came about as before is left out, since it tells nothing about the level.
    ``recurring`` maps a day of a recurring charge to the earlier days that carried it, latest
    first; ``special`` is all of those days together.
    """

    clean: Mapping[date, float]
    recurring: Mapping[date, tuple[date, ...]]
    special: frozenset[date]


def learn(costs: Mapping[date, float]) -> Rhythm:
    """Return the series without what repeats by weekday or by day of the month."""
    flat = _without_weekdays(costs)
    excess = _excess(flat)
    tolerance = spread(excess.values())
    recurring: dict[date, tuple[date, ...]] = {}
    clean: dict[date, float] = {}
    for day, value in flat.items():
        earlier, usual = _earlier_charges(day, excess, 4 * tolerance)
        if not earlier:
            clean[day] = value
            continue
        recurring[day] = earlier
        if not _as_before(excess[day], usual, 4 * tolerance):
            clean[day] = value - usual
    special = frozenset(recurring) | {day for days in recurring.values() for day in days}
    return Rhythm(clean, recurring, special)


def spread(values: Iterable[float]) -> float:
    """Return a standard deviation that outliers do not move (1.4826 times the MAD)."""
    known = list(values)
    if not known:
        return 0.0
    middle = median(known)
    return _MAD_TO_SIGMA * median(abs(value - middle) for value in known)


def _without_weekdays(costs: Mapping[date, float]) -> dict[date, float]:
    """Take the weekdays out, as amounts or as factors: whichever leaves the smoother line.

    A weekend is so many dollars less where something constant runs, so many per cent less where
    everything follows the traffic.
    """
    if len(costs) < _ENOUGH_DAYS:
        return dict(costs)
    levels = _weekly_levels(costs)
    amounts = _by_weekday({day: costs[day] - level for day, level in levels.items()}, 0.0)
    flat = {day: cost - amounts[day.weekday()] for day, cost in costs.items()}
    if min(levels.values(), default=0.0) <= 0:
        return flat
    factors = _by_weekday({day: costs[day] / level for day, level in levels.items()}, 1.0)
    if min(factors) < _LEAST_FACTOR:
        return flat
    scaled = {day: cost / factors[day.weekday()] for day, cost in costs.items()}
    return min(flat, scaled, key=_roughness)


def _weekly_levels(costs: Mapping[date, float]) -> dict[date, float]:
    """Return the median of the week around each day whose week is known."""
    levels: dict[date, float] = {}
    for day in costs:
        week = [costs.get(day + _DAY * shift) for shift in range(-3, 4)]
        known = [cost for cost in week if cost is not None]
        if len(known) == len(week):
            levels[day] = median(known)
    return levels


def _by_weekday(distances: Mapping[date, float], neutral: float) -> list[float]:
    """Return each weekday's usual distance from the level, centred so that the level stays."""
    found = [[v for day, v in distances.items() if day.weekday() == w] for w in range(7)]
    usual = [median(values) if values else neutral for values in found]
    centre = sum(usual) / 7 or 1.0
    return [value / centre if neutral else value - centre for value in usual]


def _roughness(flat: Mapping[date, float]) -> float:
    values = list(flat.values())
    return sum(abs(b - a) for a, b in zip(values, values[1:], strict=False))


def _excess(flat: Mapping[date, float]) -> dict[date, float]:
    shifts = [shift for shift in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if shift]
    result: dict[date, float] = {}
    for day, value in flat.items():
        around = [flat[day + _DAY * s] for s in shifts if day + _DAY * s in flat]
        result[day] = value - median(around) if around else 0.0
    return result


def _earlier_charges(
    day: date, excess: Mapping[date, float], threshold: float
) -> tuple[tuple[date, ...], float]:
    """Return the earlier days that carried this day's recurring charge, and its usual size."""
    for phase in _phases(day):
        known = [other for other in phase if other in excess]
        carried = [other for other in known if abs(excess[other]) > max(threshold, 1e-9)]
        carried = [other for other in carried if excess[other] * excess[carried[0]] > 0]
        if not carried:
            continue
        usual = median(excess[other] for other in carried)
        often = sum(other in carried for other in known[:3]) >= 2
        again = carried[0] == known[0] and _alike(excess[day], excess[known[0]])
        if often or again:
            return tuple(carried), usual
    return (), 0.0


def _phases(day: date) -> Sequence[list[date]]:
    """Return, latest first, the days of the same phase in earlier months, one list a phase."""
    length = monthrange(day.year, day.month)[1]
    from_end = length - day.day
    starts, ends = [], []
    year, month = day.year, day.month
    for _ in range(_MONTHS_BACK):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        size = monthrange(year, month)[1]
        if day.day <= 28:
            starts.append(date(year, month, day.day))
        ends.append(date(year, month, size - from_end) if size > from_end else date.min)
    return [starts, ends] if from_end <= 2 else [starts]


def _alike(value: float, other: float) -> bool:
    return value * other > 0 and 0.6 <= value / other <= 1.6


def _as_before(value: float, usual: float, tolerance: float) -> bool:
    return _alike(value, usual) or abs(value - usual) <= tolerance
