"""Cut a series into stretches of one level each.

The cut minimises squared error plus a penalty for every stretch: optimal partitioning (Jackson et
al., "An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters,
2005), exact by dynamic programming; 13 weeks are 91 points. The penalty grows with the noise of the
series itself, so that everything scales with the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt
from statistics import fmean, median

from finops_cli.analytics.rhythm import spread

_PENALTY = 3.5
_AROUND = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, unknown ones left out, that lie around one level."""

    days: tuple[date, ...]
    values: tuple[float, ...]

    @property
    def level(self) -> float:
        """The mean of its days."""
        return fmean(self.values)

    @property
    def error(self) -> float:
        """The squared error of the level."""
        return squared_error(self.values)

    def joined(self, other: "Stretch") -> "Stretch":
        """Return both as one."""
        return Stretch(self.days + other.days, self.values + other.values)


def price(values: Sequence[float]) -> float:
    """Return what one more stretch must save in squared error to be worth it."""
    return _PENALTY * _noise(values) ** 2 * log(max(len(values), 2))


def partition(days: Sequence[date], values: Sequence[float], penalty: float) -> list[Stretch]:
    """Return the stretches of one level each that fit best, each at the price of the penalty."""
    starts = _best_starts(values, penalty)
    edges = [*starts, len(values)]
    return [
        Stretch(tuple(days[a:b]), tuple(values[a:b]))
        for a, b in zip(edges, edges[1:], strict=False)
    ]


def _noise(values: Sequence[float]) -> float:
    """Return the noise that a level must stand out from, never quite zero where there is any cost.

    Neighbouring days are blind to levels; days around a running median also see noise that lasts
    for days. Where the second is larger, days resemble their neighbours (lag-1 correlation r), a
    mean over days is less certain by (1 + r) / (1 - r) in its variance, and the noise grows so.
    """
    steps = [b - a for a, b in zip(values, values[1:], strict=False)]
    around = [
        value - median(values[max(0, i - _AROUND) : i + _AROUND + 1])
        for i, value in enumerate(values)
    ]
    near, wide = spread(steps) / sqrt(2), spread(around)
    alike = min(1 - (near / wide) ** 2, 0.7) if wide > near else 0.0
    lasting = max(near, wide) * sqrt((1 + alike) / (1 - alike))
    floor = 0.004 * fmean(abs(value) for value in values)
    return max(lasting, floor, 1e-12)


def _best_starts(values: Sequence[float], penalty: float) -> list[int]:
    """Return where the stretches begin that minimise squared error plus penalties."""
    total, squares = [0.0], [0.0]
    middle = median(values)
    for value in values:
        total.append(total[-1] + value - middle)
        squares.append(squares[-1] + (value - middle) ** 2)
    best, start_of = [-penalty], [0]
    for end in range(1, len(values) + 1):
        options = (
            (
                best[start]
                + squares[end]
                - squares[start]
                - (total[end] - total[start]) ** 2 / (end - start)
                + penalty,
                start,
            )
            for start in range(end)
        )
        cost, start = min(options)
        best.append(cost)
        start_of.append(start)
    starts: list[int] = []
    end = len(values)
    while end:
        end = start_of[end]
        starts.append(end)
    return starts[::-1]


def squared_error(values: Sequence[float]) -> float:
    """Return the squared error of the mean."""
    mean = fmean(values)
    return sum((value - mean) ** 2 for value in values)
