"""What each series costs a day now, and how sure that is."""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.outlook.pace import WINDOWS, Pace
from finops_cli.analytics.outlook.shape import Flags, Floats
from finops_cli.analytics.outlook.standout import NewLevels, Usual, new_levels, spikes

_LATELY = 56
_YOUNG, _START, _DOUBT = 28, 7, 4.0
_SILENT_DAYS = 3.0
_SILENT_TIMES = 10.0


@dataclass(frozen=True, slots=True)
class Experience:
    """What the past says of each series' ways; read as of a day, it knows nothing later.

    Args:
        pace: The record of windows.
        usual: The usual distances between short means.
    """

    pace: Pace
    usual: Usual

    @classmethod
    def of(cls, costs: Floats) -> "Experience":
        """Return the experience of a matrix of costs, shape (series, days)."""
        return cls(Pace.of(costs), Usual.of(costs))


@dataclass(frozen=True, slots=True)
class Levels:
    """The level of each series at the end of its history.

    Args:
        now: Cost per day without rhythm, shape (series,).
        doubt: Its relative standard error over the four weeks that follow, shape (series,).
        moved: The series that lie on a new level.
        over: The days that were set apart as spikes, shape (series, last days).
        usual: The level that stood in on these days, shape (series,).
        ended: Whether the series has ended, shape (series,).
    """

    now: Floats
    doubt: Floats
    moved: NewLevels
    over: Flags
    usual: Floats
    ended: Flags


def measure(
    costs: Floats,
    tamed: Flags,
    factors: Floats,
    known: Flags,
    back: Floats,
    experience: Experience,
) -> Levels:
    """Return the levels of a matrix of costs.

    Args:
        costs: Shape (series, days).
        tamed: The days on which something else stands for what was charged, same shape.
        factors: The rhythm of the same days.
        known: Whether each day is known, shape (days,).
        back: How the bill has moved from the middle of each window to now, as log ratios.
        experience: What the past says of these series.
    """
    recent = slice(-WINDOWS[-1], None)
    day = costs.shape[1]
    size = np.abs(costs[:, recent]).sum(axis=1)
    weights, doubt = experience.pace.weights(day, size)
    moves = experience.usual.at(day)
    factors, seen = factors[:, recent], known[recent]
    flat = costs[:, recent] / factors
    over = spikes(flat, moves)
    middle = np.median(flat[:, -_LATELY:], axis=1)
    calm = np.where(over, middle[:, None], flat)
    level = _windowed(calm * factors, factors, seen, weights * np.exp(back))
    ended = _ended(costs[:, recent], seen)
    moved = new_levels(calm[:, seen], moves)
    trust = _trust(costs, known)
    now = np.where(ended, 0.0, moved.settle(level * trust))
    # What may stay or go away again is expected halfway, and is sure to be off by the other half.
    halfway = np.sqrt((1 - trust) / trust)
    halfway[moved.series] = moved.doubt(now[moved.series])
    doubt = np.hypot(doubt, halfway)
    return Levels(now, doubt, moved, over | tamed[:, recent], middle, ended)


def _trust(costs: Floats, known: Flags) -> Floats:
    """Return how far the level of each series is believed: less where it has just begun.

    Series as old as the bill are no younger than anything else.
    """
    charged = costs != 0
    first = np.where(charged.any(axis=1), charged.argmax(axis=1), 0)
    age = costs.shape[1] - first
    young = (age < _YOUNG) & (first > np.argmax(known) + _START)
    return np.where(young, age / (age + _DOUBT), 1.0)


def _windowed(costs: Floats, factors: Floats, known: Flags, weights: Floats) -> Floats:
    """Return the weighted mean over windows, each cut to the life of the series."""
    count = costs.shape[1]
    charged = costs != 0
    birth = np.where(charged.any(axis=1), np.argmax(charged, axis=1), 0)
    result = np.zeros(len(costs))
    for k, window in enumerate(WINDOWS):
        begin = np.maximum(birth, count - window)
        inside = known & (np.arange(count) >= begin[:, None])
        expected = (factors * inside).sum(axis=1)
        mean = (costs * inside).sum(axis=1) / np.where(expected > 0, expected, 1.0)
        result += weights[:, k] * mean
    return result


def _ended(costs: Floats, known: Flags) -> Flags:
    """Tell which series are silent for much longer than their usual silences."""
    charged = costs != 0
    later = np.cumsum(charged[:, ::-1], axis=1)[:, ::-1] == 0
    silent = (later & known).sum(axis=1)
    life = np.maximum.accumulate(charged, axis=1) & ~later & known
    quiet = (life & ~charged).sum(axis=1) / np.maximum(life.sum(axis=1), 1)
    return np.asarray((silent > _SILENT_DAYS + _SILENT_TIMES * quiet) & charged.any(axis=1))
