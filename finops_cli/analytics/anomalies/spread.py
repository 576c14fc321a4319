"""How far each series strays from its past when nothing is wrong, at every time scale.

Three sources, since a threshold must hold for thousands of series over years: the series' own past
moves (its noise and its random walk), drawn to what its short scale implies where there are few
independent windows; its own upper tail; and the tail that all ordinary series share, extrapolated
by an extreme-value law from each one's largest move to the error rate wanted. Where noise has heavy
tails, as autoscaled or batch work has, that last one lifts the threshold; no single series has a
past long enough to show it.
"""

from dataclasses import dataclass
from math import ceil, log

import numpy as np

from finops_cli.analytics.anomalies.book import Book, rows
from finops_cli.analytics.anomalies.filters import SCALES, SPANS
from finops_cli.analytics.anomalies.lines import Bools, Floats, Singles

HISTORY_DAYS = 180
_FIRST_DAY = 21
_FEWEST_DAYS = 7
_LAG = 14
_UNKNOWN = 0.15
_LEAST = 0.012
_PRIOR_WINDOWS = 8.0
_FEWEST_POOLED = 8
_HIGH = 0.9
_ERROR_RATE = 0.001
_ERROR_DAYS = 120
_TAIL_INDEX = (0.05, 0.5)
_TAIL_INDEX_OF_FEW = 0.2


@dataclass(slots=True)
class Spread:
    """Relative spreads, each of shape (scales, series); ``shared`` of shape (scales,) in sigmas."""

    up: Floats
    down: Floats
    tail_up: Floats
    tail_down: Floats
    shared: Floats

    @classmethod
    def unknown(cls, series: int) -> "Spread":
        """Return what is assumed before anything is known."""
        shape = (len(SCALES), series)
        up, down = np.full((2, *shape), _UNKNOWN)
        tail_up, tail_down = np.full((2, *shape), 2 * _UNKNOWN)
        return cls(up, down, tail_up, tail_down, np.zeros(len(SCALES)))

    @property
    def daily(self) -> Floats:
        """The spread of a single day around the better of its two baselines."""
        return np.asarray(np.minimum(self.up[0], self.up[1]))

    def learn(self, day: int, book: Book, active: Bools, ordinary: Bools) -> None:
        """Learn anew from the moves of the last half year.

        The latest two weeks are left out as soon as there is enough before them: a leak under way
        would otherwise teach its own size.

        Args:
            day: The last day known.
            book: What was written so far.
            active: Series that cost something to speak of.
            ordinary: Those of them that are not bursty: only they share a tail.
        """
        first = max(_FIRST_DAY, day - HISTORY_DAYS + 1)
        lag = _LAG if day - first > 3 * _LAG else 0
        moves = book.moves[:, rows(first, day + 1 - lag)]
        days = moves.shape[1]
        if days < _FEWEST_DAYS:
            return
        up, down, top = (np.empty_like(self.up) for _ in range(3))
        for scale, own in enumerate(moves):
            up[scale], down[scale], top[scale] = self._own(scale, own)
        sigma = _shrunk(up, active, days)
        self.up = np.maximum(sigma, _LEAST)
        self.down = np.maximum(_shrunk(down, active, days), _LEAST)
        if ordinary.any():
            self.shared = _shared_tail(top[:, ordinary] / sigma[:, ordinary], days)

    def _own(self, scale: int, moves: Singles) -> tuple[Floats, Floats, Floats]:
        """Return one scale's sigma upwards and downwards (from quantiles) and its largest move."""
        days = len(moves)
        middle = np.partition(np.abs(moves), days // 2, axis=0)[days // 2] / 0.6745
        ranked = np.sort(moves, axis=0)
        twentieth, fiftieth = max(1, ceil(days / 20)), max(1, ceil(days / 50))
        self.tail_up[scale] = np.maximum(ranked[-fiftieth], 0)
        self.tail_down[scale] = np.maximum(-ranked[fiftieth - 1], 0)
        up = np.maximum(middle, ranked[-twentieth] / 1.645)
        down = np.maximum(middle, -ranked[twentieth - 1] / 1.645)
        return up, down, ranked[-1]


def _shrunk(own: Floats, active: Bools, days: int) -> Floats:
    """Draw the long scales to the panel's usual ratio between them and a series' daily spread."""
    own = np.maximum(own, 1e-4)
    daily = np.minimum(own[0], own[1])
    if active.any():
        ratio = np.median(own[:, active] / daily[active], axis=1)[:, None]
    else:
        ratio = np.ones((len(own), 1))
    windows = (days / SPANS)[:, None]
    mixed = windows * own**2 + _PRIOR_WINDOWS * (ratio * daily) ** 2
    return np.asarray(np.sqrt(mixed / (windows + _PRIOR_WINDOWS)))


def _shared_tail(largest: Floats, days: int) -> Floats:
    """Return the move, in sigmas, that a series passes once in 80,000 days.

    The largest of many moves follows a Frechet law, whose index two quantiles over the series give
    (Embrechts, Klueppelberg & Mikosch, *Modelling Extremal Events*, 1997, section 3.3).
    """
    ranked = np.sort(np.maximum(largest, 0.5), axis=1)
    count = ranked.shape[1]
    middle, high = ranked[:, count // 2], ranked[:, int(_HIGH * count)]
    index = np.log(high / middle) / log(log(2) / -log(_HIGH))
    if count < _FEWEST_POOLED:
        index = np.full_like(index, _TAIL_INDEX_OF_FEW)
    rarer = log(2) * _ERROR_DAYS / days / _ERROR_RATE
    return np.asarray(middle * rarer ** np.clip(index, *_TAIL_INDEX))
