"""What each model says of each series, and how far the history supports it.

The likelihood of the one-step errors, their size integrated out, weighs the models (Bayesian model
averaging): averaging over parameters forecasts short histories better than picking the best ones
does. It is halfway between that of normal and of Laplace errors, since a bill's steps are mostly
small and now and then large.

Two beliefs enter besides the history. A growth of more than some percent a month is rare, so a
model whose prior slope allows more than that needs more evidence. And the level that the last value
shows is the best guess for the next step, but the further ahead, the more of a surprise has faded:
a model that keeps all of it then needs more evidence.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.forecast.filtering import Filtered, run
from finops_cli.analytics.forecast.gains import gains
from finops_cli.analytics.forecast.result import Floats
from finops_cli.analytics.forecast.structures import Structures, steps_per_year

# Before any error is seen: a step is about 10 %, believed as little as a hundredth of a value.
PRIOR_WEIGHT = 0.01
PRIOR_DEVIATION = 0.1
# A slope as large as this in a year is rare.
YEARLY_GROWTH = 0.24
# Deviation of a season's wave, where the history is too short to show one.
SEASON = 0.05
# Log-odds against a level that keeps all of a surprise: at the first step, more a step, at most.
KEPT_FIRST, KEPT_MORE, KEPT_MOST = -2.0, 3.0, 8.0
# Mean size of a standard normal error, and the number of values that outweigh a belief in them.
NORMAL_SIZE = float(np.sqrt(2 / np.pi))
TRUST_NORMAL = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the models say at the end of the history.

    Args:
        mean: Weighted forecast, shape (series, horizon).
        deviation: Standard deviation of its error, within the models and between them.
        evenness: How even in size the errors one step ahead were, one for a normal distribution
            and less for one of many small and a few large errors, shape (series,).
        support: Logarithm of the likelihood of each history over all models, shape (series,).
    """

    mean: Floats
    deviation: Floats
    evenness: Floats
    support: Floats


def weigh(values: Floats, horizon: int, season_length: int) -> Evidence:
    """Return what the models say of each row of ``values``, shape (series, steps)."""
    steps = values.shape[1]
    # One value shows no season, and a season never seen would make its band as wide as the value.
    models = Structures.of(season_length if steps > 1 else 1)
    filters = gains(len(models.pattern), steps)
    said = run(values, models, filters, horizon)
    growth = YEARLY_GROWTH / steps_per_year(season_length)
    size, variance = _sizes(said, steps)
    belief = _likelihood(size, variance, filters.variance[1:])
    support = belief - 2 * np.log1p(models.slope_prior * variance / growth**2)
    mean = _mean(support, said.paths, models.level_gain)
    apart = (said.paths - mean[:, None, :]) ** 2
    apart += variance[:, :, None] * filters.spread(models, horizon)
    ahead = np.arange(1, horizon + 1)
    apart += _unseen_growth(variance, models, growth, steps)[:, :, None] * ahead**2
    apart += _unseen_season(ahead, season_length, steps)
    shares = _shares(support)
    deviation = np.sqrt(np.einsum("sm,smh->sh", shares, apart))
    even = np.minimum(size / (NORMAL_SIZE * np.sqrt(variance)), 1)
    evenness = (np.einsum("sm,sm->s", shares, even) * steps + TRUST_NORMAL) / (steps + TRUST_NORMAL)
    return Evidence(mean, deviation, evenness, np.logaddexp.reduce(support, axis=1))


def _sizes(said: Filtered, steps: int) -> tuple[Floats, Floats]:
    """Return mean absolute value and variance of each model's standardized errors."""
    freedom = steps - 1 + PRIOR_WEIGHT
    size = (said.sizes + PRIOR_WEIGHT * NORMAL_SIZE * PRIOR_DEVIATION) / freedom
    variance = (said.squares + PRIOR_WEIGHT * PRIOR_DEVIATION**2) / freedom
    return size, variance


def _likelihood(size: Floats, variance: Floats, relative: Floats) -> Floats:
    """Return the logarithm of each model's likelihood, but for a constant.

    Args:
        size: Mean absolute standardized error, shape (series, models).
        variance: Variance of the standardized errors, same shape.
        relative: What errors were standardized by, squared, shape (errors, models).
    """
    freedom = len(relative) + PRIOR_WEIGHT
    errors = 0.5 * np.log(variance) + np.log(size)
    likelihood: Floats = -0.5 * (freedom * errors + np.log(relative).sum(axis=0))
    return likelihood


def _unseen_growth(variance: Floats, models: Structures, growth: float, steps: int) -> Floats:
    """Return the variance of a lasting slope that models without one leave out.

    A slope of ``growth`` is plausible until the history is long enough to show it: the variance of
    a slope's estimate is that of the mean step of a wandering level, and of a line through noise.
    """
    estimate = variance * (models.level_noise / steps + 12 * models.noise / steps**3)
    lasting = models.damping == 1
    unseen: Floats = np.where(lasting, 0, 1 / (1 / growth**2 + 1 / estimate))
    return unseen


def _unseen_season(ahead: NDArray[np.int64], season_length: int, steps: int) -> Floats:
    """Return the variance of a season of which the history has not yet seen the steps ahead.

    That of the difference between two places of a wave, as far apart as the step is ahead.
    """
    unseen = steps + ahead <= season_length
    variance: Floats = SEASON**2 * unseen * (1 - np.cos(2 * np.pi * ahead / season_length))
    return variance


def _mean(belief: Floats, paths: Floats, level_gain: Floats) -> Floats:
    horizon = paths.shape[2]
    kept = np.minimum(KEPT_FIRST + KEPT_MORE * np.arange(horizon), KEPT_MOST)
    weights = _shares(belief[:, None, :] - kept[:, None] * level_gain)
    mean: Floats = np.einsum("shm,smh->sh", weights, paths)
    return mean


def _shares(belief: Floats) -> Floats:
    shares: Floats = np.exp(belief - belief.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares
