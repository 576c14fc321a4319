"""What a forecast says of one series: the values expected and how far off they may be."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The values to come of one series, in the unit of its history.

    It may be unpacked: ``mean, low, high, method = forecast(...)``.

    Args:
        mean: The value expected at each step, shape ``(horizon,)``.
        low: Lower bound of the central prediction interval at each step.
        high: Upper bound.
        method: What was done, in words.
        total: Mean, low and high of the sum over the horizon. Errors of one horizon mostly share
            their cause (a level or a growth misjudged), so its interval is nearly as wide as the
            sum of the steps' intervals; only noise from step to step averages out.
    """

    mean: Floats
    low: Floats
    high: Floats
    method: str
    total: tuple[float, float, float]

    def __iter__(self) -> Iterator[Floats | str]:
        """Yield the mean, the bounds and the method."""
        yield from (self.mean, self.low, self.high, self.method)
