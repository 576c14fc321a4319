"""One series' stay away from its level: when it began, when that was known, and how it ends."""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.anomalies.filters import SCALES
from finops_cli.analytics.anomalies.lines import Floats

_SHORTEST_CLIMB = 3


@dataclass(slots=True)
class Spell:
    """A stay away from the level, in days counted from the first of the panel.

    Args:
        line: The column.
        sign: 1 above the level, -1 below.
        start: The first abnormal day.
        alert: The day that raised it.
        level: The level left, dollars a day.
        new: Whether that level was nothing to speak of.
        score: How far beyond the threshold, 1 at it.
        dollars: Above (below) the expected until the day that raised it.
        last: The last abnormal day known.
        closed: The day on which it was known to be over, if it is.
        settled: Whether it became the usual level instead of ending.
        peak: Its highest smoothed excess, in level dollars.
        smooth: Its smoothed excess.
        quiet: Days in a row without it.
    """

    line: int
    sign: int
    start: int
    alert: int
    level: float
    new: bool
    score: float
    dollars: float
    last: int
    peak: float
    smooth: float
    quiet: int = 0
    closed: int | None = None
    settled: bool = False

    @property
    def running(self) -> bool:
        """Whether it is not known to be over."""
        return self.closed is None


def onset(excess: Floats, scale: int) -> int:
    """Return how many of the latest days belong to the move that the scale saw.

    The likeliest number: that whose step, or climb from nothing, explains the excess best.

    Args:
        excess: Level dollars off the level left, the latest day last.
        scale: The position of the scale.
    """
    span, rising = SCALES[scale].span, SCALES[scale].rising
    first = _SHORTEST_CLIMB if rising else 1
    fits = []
    for days in range(first, min(span, len(excess)) + 1):
        shape = np.arange(1.0, days + 1) if rising else np.ones(days)
        fits.append((float(shape @ excess[-days:]) / float(np.sqrt(shape @ shape)), days))
    return max(fits, default=(0.0, first))[1]
