"""What the models say of each series together, weighed by how far the history supports each.

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

from finops_cli.analytics.forecast.filtering import Filtered, run
from finops_cli.analytics.forecast.gains import gains
from finops_cli.analytics.forecast.result import Floats
from finops_cli.analytics.forecast.structures import Structures, steps_per_year
from finops_cli.analytics.forecast.uncertainty import (
    NORMAL_SIZE,
    Errors,
    Uncertainty,
    uncertainty,
)

# Before any error is seen: a step is about 10 %, believed as little as a hundredth of a value.
PRIOR_WEIGHT = 0.01
PRIOR_DEVIATION = 0.1
# A slope as large as this in a year is rare.
YEARLY_GROWTH = 0.24
# Log-odds against a level that keeps all of a surprise: at the first step, more a step, at most.
KEPT_FIRST, KEPT_MORE, KEPT_MOST = -4.0, 3.0, 8.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the models say at the end of the history.

    Args:
        mean: Weighted forecast, shape (series, horizon).
        error: How far off it may be.
        support: Logarithm of the likelihood of each history over all models, shape (series,).
    """

    mean: Floats
    error: Uncertainty
    support: Floats


def weigh(values: Floats, horizon: int, season_length: int) -> Evidence:
    """Return what the models say of each row of ``values``, shape (series, steps)."""
    steps = values.shape[1]
    # Before any phase has come twice, a season explains whatever noise there is, and models that
    # have one would forecast that each step is undone.
    models = Structures.of(season_length if steps > season_length else 1)
    filters = gains(len(models.pattern), steps)
    start = values[:, :1]
    said = run(values - start, models, filters, horizon)
    errors = Errors(models, filters, *_sizes(said, steps))
    growth = YEARLY_GROWTH / steps_per_year(season_length)
    support = _likelihood(errors) - 2 * np.log1p(models.slope_prior * errors.variance / growth**2)
    mean = _mean(support, said.paths, models.level_gain)
    error = uncertainty(said, errors, mean, _shares(support), season_length, growth)
    return Evidence(start + mean, error, np.logaddexp.reduce(support, axis=1))


def _sizes(said: Filtered, steps: int) -> tuple[Floats, Floats]:
    """Return mean absolute value and variance of each model's standardized errors."""
    freedom = steps - 1 + PRIOR_WEIGHT
    size = (said.sizes + PRIOR_WEIGHT * NORMAL_SIZE * PRIOR_DEVIATION) / freedom
    variance = (said.squares + PRIOR_WEIGHT * PRIOR_DEVIATION**2) / freedom
    return size, variance


def _likelihood(errors: Errors) -> Floats:
    """Return the logarithm of each model's likelihood, but for a constant."""
    relative = errors.filters.variance[1:]
    freedom = len(relative) + PRIOR_WEIGHT
    sizes = 0.5 * np.log(errors.variance) + np.log(errors.size)
    likelihood: Floats = -0.5 * (freedom * sizes + np.log(relative).sum(axis=0))
    return likelihood


def _mean(support: Floats, paths: Floats, level_gain: Floats) -> Floats:
    horizon = paths.shape[2]
    kept = np.minimum(KEPT_FIRST + KEPT_MORE * np.arange(horizon), KEPT_MOST)
    mean = np.empty((len(paths), horizon))
    for against in sorted(set(kept.tolist())):
        steps = np.flatnonzero(kept == against)
        weights = _shares(support - against * level_gain)
        mean[:, steps] = np.einsum("sm,smh->sh", weights, paths[:, :, steps[0] : steps[-1] + 1])
    return mean


def _shares(support: Floats) -> Floats:
    shares: Floats = np.exp(support - support.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares
