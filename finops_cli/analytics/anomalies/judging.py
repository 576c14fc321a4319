"""When the latest days of a series are an event: one rule for every time scale.

A move must stand out from the series' own strays, from its own tail and from the tail that all
series share; it must be a fair part of the series, and worth money to its account. How far it must
stand out falls with the money at stake, slowly, by a fifth at most.
"""

from dataclasses import dataclass

import numpy as np
from numpy import log, sqrt

from finops_cli.analytics.anomalies.bursts import Bursts
from finops_cli.analytics.anomalies.filters import SCALES, SPANS
from finops_cli.analytics.anomalies.lines import Bools, Floats, Lines
from finops_cli.analytics.anomalies.spread import Spread

LEAST_SHARE_OF_MONTH = 0.0007
_MONEY_OF_NOTE = 0.005
_MONEY_POWER = 0.2
_MONEY_FACTORS = (0.8, 1.15)
_SIGMAS = 6.0
_SIGMAS_DOWN = 8.0
_CAREFUL = 1.5
_CAREFUL_DAYS = (28, 120)
_SERIES_OF_REFERENCE = 100
_BEYOND_TAIL = 1.35
_LEAST_RISE = 0.10
_LONGEST_MONTH = 31
_MONTH_LENGTH_ROOM = 1.15
_LEAST_FALL = 0.40
_COMMON_CLIP = 0.15
_COMMON_FEWEST = 5

# Long windows are seldom independent: the normal quantile of one error in as many *windows*.
_PATIENCE = np.array([1.0, 1.0, 1.0, 0.95, 0.88, 0.83, 0.78])[:, None]
_DAYS_OF_WEIGHT = np.array([s.span * (0.6 if s.rising else 1.0) for s in SCALES])[:, None]
_SHORT = SPANS == 1


@dataclass(frozen=True, slots=True)
class Moves:
    """The latest days against their past, each of shape (scales, series).

    ``recent`` and ``past`` are levels in dollars a day; ``relative`` is their distance as a ratio
    of the past.
    """

    recent: Floats
    past: Floats
    relative: Floats


@dataclass(frozen=True, slots=True)
class Hit:
    """A series whose latest days are an event: at which scale, and how far beyond the threshold."""

    series: int
    sign: int
    scale: int
    score: float


@dataclass(frozen=True, slots=True)
class Judge:
    """Thresholds for a panel.

    Args:
        lines: The panel.
        spread: What each series strays by.
        bursts: Which series switch on and off.
    """

    lines: Lines
    spread: Spread
    bursts: Bursts

    def hits(
        self, day: int, moves: Moves, guard: Floats, floor: Floats, able: Bools, falls: bool
    ) -> list[Hit]:
        """Return what the day raises.

        Args:
            day: The day just seen.
            moves: Its moves.
            guard: The least dollars of an event, for each series.
            floor: Dollars a day that count as nothing.
            able: The series that may raise anything today.
            falls: Whether a fall may be raised today.
        """
        apart = self._apart(moves, floor, able)
        dollars = (moves.recent - moves.past) * _DAYS_OF_WEIGHT
        sigmas = self._sigmas(day)
        score = self._score(day, apart, dollars, guard, sigmas)
        rise = (
            (score > 1)
            & (apart > np.maximum(_BEYOND_TAIL * self.spread.tail_up, self._least_rise(day)))
            & (dollars > guard)
            & self.bursts.beyond(moves.recent)
        )
        fall = (
            (-apart > _SIGMAS_DOWN / _SIGMAS * sigmas * self.spread.down)
            & (-apart > np.maximum(_BEYOND_TAIL * self.spread.tail_down, _LEAST_FALL))
            & (-dollars > 2 * guard)
            & ~self.bursts.bursty
            & ~_SHORT[:, None]
        )
        down = -apart / (_SIGMAS_DOWN / _SIGMAS * sigmas * self.spread.down)
        return _hits(rise & able, score, 1) + _hits(fall & able & falls, down, -1)

    def _sigmas(self, day: int) -> float:
        """Return the sigmas of a daily move that thousands of series seldom pass by chance.

        The largest of n normal draws grows with the root of twice log n.
        """
        series = max(1, self.lines.costs.shape[1])
        growth = sqrt(log(20 * series) / log(20 * _SERIES_OF_REFERENCE))
        return float(_SIGMAS * growth * _care(day))

    def _least_rise(self, day: int) -> float:
        """Return the least relative rise: more in a short month.

        Storage is priced by the month, so that a day of February costs 11 % more of it than one of
        January.
        """
        shorter = _LONGEST_MONTH / float(self.lines.month_length[day]) - 1
        return max(_LEAST_RISE, _MONTH_LENGTH_ROOM * shorter)

    def _score(
        self, day: int, apart: Floats, dollars: Floats, guard: Floats, sigmas: float
    ) -> Floats:
        note = guard * (_MONEY_OF_NOTE / LEAST_SHARE_OF_MONTH)
        money = (note / np.maximum(np.abs(dollars), 1e-9)) ** _MONEY_POWER
        needed = np.maximum(sigmas * _PATIENCE, self.spread.shared[:, None] * _care(day))
        return np.asarray(apart / (self.spread.up * needed * np.clip(money, *_MONEY_FACTORS)))

    def _apart(self, moves: Moves, floor: Floats, able: Bools) -> Floats:
        """Return the moves without what the rest of the account does as well."""
        live = able & (moves.past[0] > 5 * floor)
        others = self.lines.by_account(live.astype(np.float64)) - live
        clipped = np.where(live, np.clip(moves.relative, -_COMMON_CLIP, _COMMON_CLIP), 0.0)
        sums = self.lines.by_account(clipped) - clipped
        common = np.where(others >= _COMMON_FEWEST, sums / np.maximum(others, 1), 0.0)
        same_way = np.sign(common) == np.sign(moves.relative)
        left = np.sign(moves.relative) * np.maximum(np.abs(moves.relative) - np.abs(common), 0)
        return np.where(same_way, left, moves.relative)


def _hits(hit: Bools, score: Floats, sign: int) -> list[Hit]:
    best = np.where(hit, score, 0.0)
    return [
        Hit(int(i), sign, int(best[:, i].argmax()), float(best[:, i].max()))
        for i in np.flatnonzero(hit.any(0))
    ]


def _care(day: int) -> float:
    """Return how much more it takes while the history is short."""
    first, last = _CAREFUL_DAYS
    return 1 + (_CAREFUL - 1) * min(1.0, max(0.0, (last - day) / (last - first)))
