"""Find when a cost moved: which days left the usual level, and whether they still do.

The daily series, without its rhythm, is cut into stretches of one level each, which are then read
like a person reads a chart: a usual level, and excursions from it that came back, are still out, or
became the new usual.

Everything scales with the data: a bill in cents and one in millions move on the same days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import exp, log
from statistics import fmean

from finops_cli.analytics.rhythm import learn
from finops_cli.analytics.stretches import Stretch, partition, price, squared_error
from finops_cli.domain.period import Period

_DAY = timedelta(days=1)
SEARCH_DAYS = 91
"""How far back a move is searched: 13 weeks."""
FEWEST_DAYS = 10
"""Known days below which nothing is searched."""
_SMALLEST_MOVE = 0.03
_SETTLED_DAYS = 28
_SHORTEST_RAMP = 7
_JUMP = 2.5
_OLD_AND_SMALL = 0.1
_RECENT_DAYS = 14
_HALF_LIFE_DAYS = 28


class Shape(StrEnum):
    """What a move looks like on the chart."""

    SPIKE = "spike"  # went and came back
    STEP = "step"  # a new level
    RAMP = "ramp"  # climbing or falling day by day


@dataclass(frozen=True, slots=True)
class Move:
    """Days on which a cost left its usual level.

    ``per_day`` is how far, on average and with its sign; ``usual`` the level before;
    ``usual_since`` the first day of that level. ``running`` says that the last day searched still
    belongs to the move.
    """

    window: Period
    shape: Shape
    per_day: float
    usual: float
    usual_since: date
    running: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: the moves in order of time, the last level, and how far days stray from it.

    ``band`` is the distance from the level that 19 of 20 quiet days stay within, as a ratio of
    the level; None where the level is zero.
    """

    moves: tuple[Move, ...]
    level: float
    band: float | None


def search(costs: Mapping[date, float], until: date) -> Search:
    """Return the moves of the 13 weeks before ``until``.

    Args:
        costs: Cost of each known day, zero where nothing was charged; days that are missing are
            unknown. Earlier days than the 13 weeks serve to learn the month phase.
        until: The first day that is not complete.
    """
    complete = {day: costs[day] for day in sorted(costs) if day < until}
    clean = learn(complete).clean
    days = [day for day in clean if day >= until - _DAY * SEARCH_DAYS]
    values = [clean[day] for day in days]
    if len(days) < FEWEST_DAYS:
        return Search((), fmean(values) if values else 0.0, None)
    penalty = price(values)
    stretches = partition(days, values, penalty)
    moves = tuple(_refined(move, stretches, penalty) for move in _read(stretches))
    return Search(moves, stretches[-1].level, _band(stretches))


def most_important(moves: Sequence[Move], until: date) -> Move | None:
    """Return the move to explain: running or just ended before older ones, then by size and age.

    Size is the distance from the usual level over at most two weeks, halved for every four weeks
    that have gone by since the move began. What is over for two weeks and was within 10 % of the
    usual level is not worth a word.
    """
    recent = [move for move in moves if move.window.end >= until - _DAY * _RECENT_DAYS]
    large = [move for move in moves if abs(move.per_day) > _OLD_AND_SMALL * abs(move.usual)]
    return max(recent or large, key=lambda move: _weight(move, until), default=None)


def _weight(move: Move, until: date) -> float:
    age = (until - move.window.start).days
    days = min(move.window.days, _RECENT_DAYS)
    return abs(move.per_day) * days * exp(-log(2) * age / _HALF_LIFE_DAYS)


def _read(stretches: Sequence[Stretch]) -> list[Move]:
    """Read the stretches as a usual level and excursions from it."""
    first = next((i for i, s in enumerate(stretches) if len(s.days) >= 14), 0)
    usual, out = stretches[first], list[Stretch]()
    moves: list[Move] = []
    smallest = _SMALLEST_MOVE * 0.1 * fmean(abs(v) for s in stretches for v in s.values)
    for stretch in stretches[first + 1 :]:
        away = stretch.level - usual.level
        gone = abs(away) > max(_SMALLEST_MOVE * abs(usual.level), smallest)
        if out and not (gone and _continues(out, usual.level, away)):
            onward = gone and _same_way(out, usual.level, away)
            moves.append(_move(out, usual, shape=Shape.STEP if onward else Shape.SPIKE))
            out = []
        if not gone:
            usual = usual.joined(stretch)
            continue
        out.append(stretch)
        if len(stretch.days) >= _SETTLED_DAYS and stretch is not stretches[-1]:
            moves.append(_move(out, usual, shape=Shape.STEP))
            usual, out = _settled(out, away), []
    if out:
        moves.append(replace(_move(out, usual, shape=Shape.STEP), running=True))
    return moves


def _settled(out: Sequence[Stretch], away: float) -> Stretch:
    """Return the new usual level: the last stretch and those next to it that hardly differ."""
    level = out[-1]
    for stretch in out[-2::-1]:
        if abs(stretch.level - level.level) > abs(away) / 4:
            break
        level = stretch.joined(level)
    return level


def _continues(out: Sequence[Stretch], usual: float, away: float) -> bool:
    peak = max((stretch.level - usual for stretch in out), key=abs)
    return away * peak > 0 and 0.4 * abs(peak) < abs(away) < _JUMP * abs(peak)


def _same_way(out: Sequence[Stretch], usual: float, away: float) -> bool:
    """Tell whether a stretch goes further the way of the excursion before it."""
    first = out[0].level - usual
    return away * first > 0 and abs(away) > abs(out[-1].level - usual)


def _move(out: Sequence[Stretch], usual: Stretch, shape: Shape) -> Move:
    days = [day for stretch in out for day in stretch.days]
    values = [value for stretch in out for value in stretch.values]
    return Move(
        window=Period(days[0], days[-1] + _DAY),
        shape=shape,
        per_day=fmean(values) - usual.level,
        usual=usual.level,
        usual_since=usual.days[0],
        running=False,
    )


def _refined(move: Move, stretches: Sequence[Stretch], penalty: float) -> Move:
    """Call a move that climbs day by day a ramp, and start it where the climb begins.

    A line must fit better than the steps that were found, each at its price, and much better than
    a single step.
    """
    if move.window.days < _SHORTEST_RAMP:
        return move
    clean = {day: value for s in stretches for day, value in zip(s.days, s.values, strict=True)}
    before = [day for day in clean if move.usual_since <= day < move.window.start][-21:]
    days = before + [day for day in clean if day in move.window]
    path = [clean[day] - move.usual for day in days]
    quiet = sum(v**2 for v in path[: len(before)])
    inside = [s for s in stretches if s.days[0] in move.window]
    as_steps = quiet + sum(s.error for s in inside) + penalty * (len(inside) - 1)
    as_step = quiet + squared_error(path[len(before) :])
    as_ramp, bend = min(_hinge_error(path, at) for at in range(len(before) + 1))
    if as_ramp > min(as_steps, 0.5 * as_step):
        return move
    climb = Period(days[bend], move.window.end)
    return replace(move, window=climb, shape=Shape.RAMP, per_day=fmean(path[bend:]))


def _hinge_error(path: Sequence[float], bend: int) -> tuple[float, int]:
    """Return the squared error of a line that leaves zero at ``bend``, and the bend."""
    run = [i - bend + 1 for i in range(bend, len(path))]
    slope = sum(x * path[bend + x - 1] for x in run) / sum(x * x for x in run)
    error = sum(value**2 for value in path[:bend])
    return error + sum((path[bend + x - 1] - slope * x) ** 2 for x in run), bend


def _band(stretches: Sequence[Stretch]) -> float | None:
    level = stretches[-1].level
    if not level:
        return None
    strays = sorted(abs(v - s.level) for s in stretches for v in s.values)
    return strays[(len(strays) * 19 - 1) // 20] / abs(level)
