"""What a forecast says of one series: the values expected and how far off they may be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The values to come of one series, in the unit of its history.

    Args:
        mean: The value expected at each step, shape ``(horizon,)``.
        low: Lower bound of the central prediction interval at each step.
        high: Upper bound.
        method: What was done, in words.
    """

    mean: Floats
    low: Floats
    high: Floats
    method: str

    @property
    def total(self) -> tuple[float, float, float]:
        """Return mean, low and high of the sum over the horizon.

        Errors at the steps of one horizon share their cause (a level or a growth misjudged), so
        they are taken to be fully correlated: anything less was measured to cover too little.
        """
        return float(self.mean.sum()), float(self.low.sum()), float(self.high.sum())
