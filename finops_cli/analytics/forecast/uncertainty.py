"""How far off a forecast may be: what the models say, between them, and what none has seen.

The models' own variances follow from their filters and the size of their errors, so that no factor
has to be tuned: intervals of 50 to 95 % were measured to hold 50 to 95 % at all lengths of history.
They are weighed by the evidence alone. A level that keeps all of a surprise may be a poor guess of
the mean far ahead and is still a risk.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.forecast.filtering import Filtered
from finops_cli.analytics.forecast.gains import Gains
from finops_cli.analytics.forecast.result import Floats
from finops_cli.analytics.forecast.structures import Structures

# Deviation of a season's wave, where the history is too short to show one.
SEASON = 0.05
# Mean size of a standard normal error, and the number of values that outweigh a belief in them.
NORMAL_SIZE = float(np.sqrt(2 / np.pi))
TRUST_NORMAL = 20


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The error to expect of each series' forecast.

    Args:
        deviation: Standard deviation at each step, never falling, shape (series, horizon).
        together: Standard deviation of the mean error over the horizon, relative to what it were
            if errors at all steps were fully correlated, at most one, shape (series,).
        evenness: How even in size the errors one step ahead were, one for a normal distribution
            and less for one of many small and a few large errors, shape (series,).
    """

    deviation: Floats
    together: Floats
    evenness: Floats


@dataclass(frozen=True, slots=True)
class Errors:
    """The errors of all models one step ahead, and what they were filtered by.

    Args:
        models: The models.
        filters: Their filters.
        size: Mean absolute standardized error, shape (series, models).
        variance: Variance of the standardized errors, same shape.
    """

    models: Structures
    filters: Gains
    size: Floats
    variance: Floats


def uncertainty(
    said: Filtered, errors: Errors, mean: Floats, shares: Floats, season_length: int, growth: float
) -> Uncertainty:
    """Return the error to expect of ``mean``.

    Args:
        said: The models' forecasts.
        errors: Their errors.
        mean: The forecast made of them, shape (series, horizon).
        shares: The weight of each model by its evidence, shape (series, models).
        season_length: Steps in a season.
        growth: A slope as large as this in a step would not surprise.
    """
    ahead = np.arange(1, mean.shape[1] + 1)
    steps = len(errors.filters.gain)
    growing = _unseen_growth(errors, growth, steps)
    waving = _unseen_season(ahead, season_length, steps)
    apart = (said.paths - mean[:, None, :]) ** 2 + waving + growing[:, :, None] * ahead**2
    apart += errors.variance[:, :, None] * errors.filters.spread(errors.models, len(ahead))
    deviation = np.sqrt(np.einsum("sm,smh->sh", shares, apart))
    deviation = np.maximum.accumulate(deviation, axis=1)
    whole = (said.paths.mean(axis=2) - mean.mean(axis=1)[:, None]) ** 2 + waving.mean()
    whole += errors.variance * errors.filters.total_spread(errors.models, len(ahead))
    whole += growing * ahead.mean() ** 2
    together = np.sqrt((shares * whole).sum(axis=1)) / deviation.mean(axis=1)
    return Uncertainty(deviation, np.minimum(together, 1), _evenness(errors, shares, steps))


def _evenness(errors: Errors, shares: Floats, steps: int) -> Floats:
    even = np.minimum(errors.size / (NORMAL_SIZE * np.sqrt(errors.variance)), 1)
    seen = (shares * even).sum(axis=1)
    evenness: Floats = (seen * steps + TRUST_NORMAL) / (steps + TRUST_NORMAL)
    return evenness


def _unseen_growth(errors: Errors, growth: float, steps: int) -> Floats:
    """Return the variance of a lasting slope that models without one leave out.

    A slope of ``growth`` is plausible until the history is long enough to show it: the variance of
    a slope's estimate is that of the mean step of a wandering level, and of a line through noise.
    """
    models = errors.models
    shown = models.level_noise / steps + 12 * models.noise / steps**3
    unseen = 1 / (1 / growth**2 + 1 / (errors.variance * shown))
    without: Floats = np.where(models.damping == 1, 0, unseen)
    return without


def _unseen_season(ahead: NDArray[np.int64], season_length: int, steps: int) -> Floats:
    """Return the variance of a season of which the history has not yet seen the steps ahead.

    That of the difference between two places of a wave, as far apart as the step is ahead.
    """
    unseen = steps + ahead <= season_length
    variance: Floats = SEASON**2 * unseen * (1 - np.cos(2 * np.pi * ahead / season_length))
    return variance
