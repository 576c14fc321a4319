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
        total: Mean, low and high of the sum over the horizon. Errors of one horizon mostly share
            their cause (a level or a growth misjudged), so its interval is nearly as wide as the
            sum of the steps' intervals; only noise from step to step averages out.
    """

    mean: Floats
    low: Floats
    high: Floats
    method: str
    total: tuple[float, float, float]
