"""How quickly the level of each series moves, judged by its own past.

A database that costs the same every hour is known from last week; training jobs that come and go
need months to average out. For each series, means over windows of several lengths were asked at
every past week for the four weeks that followed; the more a window was right, the more it counts.
Where a series is young, the experience of the whole bill stands in.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.outlook.shape import Floats

WINDOWS = (3, 7, 14, 28, 56, 112, 224)
_AHEAD = 28
_STEP = 7
_SHARPNESS = 6.0
_LENT = 3.0
_NOVICE = 0.15


@dataclass(frozen=True, slots=True)
class Pace:
    """The record of each window, kept so that it can be read as of any day.

    Args:
        asked: The positions of the days at which the windows were asked.
        errors: Squared errors summed up to each, shape (asked, series, windows).
        counts: The number of errors summed, shape (asked, series).
    """

    asked: Floats
    errors: Floats
    counts: Floats

    @classmethod
    def of(cls, costs: Floats) -> "Pace":
        """Return the record over a matrix of costs, shape (series, days)."""
        count = costs.shape[1]
        asked = np.arange(2 * _STEP, count - _AHEAD + 1, _STEP)
        sums = np.concatenate((np.zeros((1, len(costs))), np.cumsum(costs.T, axis=0)))
        birth = np.where((costs != 0).any(axis=1), np.argmax(costs != 0, axis=1), count)
        truth = (sums[asked + _AHEAD] - sums[asked]) / _AHEAD
        errors = np.empty((len(asked), len(costs), len(WINDOWS)))
        size = np.abs(truth)
        for k, window in enumerate(WINDOWS):
            begin = np.minimum(np.maximum(asked[:, None] - window, birth), asked[:, None] - 1)
            mean = sums[asked] - np.take_along_axis(sums, begin, axis=0)
            mean /= asked[:, None] - begin
            errors[..., k] = mean - truth
        size = size + np.abs(errors[..., -2] + truth)
        errors /= np.where(size > 0, size, 1.0)[..., None]
        errors = np.minimum(errors**2, 1.0)
        fit = (asked[:, None] - birth >= WINDOWS[1]) & (errors.sum(axis=2) > 0)
        errors *= fit[..., None]
        return cls(asked, np.cumsum(errors, axis=0), np.cumsum(fit, axis=0).astype(np.float64))

    def weights(self, day: int, size: Floats) -> tuple[Floats, Floats]:
        """Return how much each window counts as of a day, and how far off the result usually is.

        Args:
            day: The position of the first day not known.
            size: The weight of each series in the experience of the bill, shape (series,).

        Returns:
            Weights, shape (series, windows), and relative root mean squared errors of the level
            against the four weeks that followed, shape (series,).
        """
        at = int(np.searchsorted(self.asked, day - _AHEAD, side="right")) - 1
        if at < 0:
            return np.full((len(size), len(WINDOWS)), 1 / len(WINDOWS)), np.full(len(size), _NOVICE)
        count = self.counts[at][:, None] * _STEP / _AHEAD
        own = self.errors[at] / np.maximum(self.counts[at], 1)[:, None] + 1e-9
        lent = self._lent(own, size * (count[:, 0] > 0))
        scale = np.exp(np.mean(np.log(own / lent), axis=1, keepdims=True))
        scale = np.where(count > 0, scale, 1.0)
        error = (count * own + _LENT * lent * scale) / (count + _LENT)
        weight: Floats = error**-_SHARPNESS
        weight /= weight.sum(axis=1, keepdims=True)
        return weight, 2 * np.sqrt((weight * error).sum(axis=1))

    def _lent(self, own: Floats, size: Floats) -> Floats:
        if size.sum() <= 0:
            return np.ones((1, len(WINDOWS)))
        lent: Floats = np.exp(size @ np.log(own) / size.sum())[None, :]
        return lent
