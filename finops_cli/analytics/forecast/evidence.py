"""What each model says of each series, and how far the history supports it.

All models run over all series in one pass. The likelihood of the one-step errors, their variance
integrated out, weighs the models (Bayesian model averaging): averaging over parameters forecasts
short histories better than picking the best ones does.

Two beliefs enter besides the history. A growth of more than some percent a month is rare, so a
model whose prior slope allows more than that needs more evidence. And a model that keeps nearly all
of each surprise looks good one step ahead only; the further ahead, the more evidence it needs.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.forecast.gains import gains
from finops_cli.analytics.forecast.result import Floats
from finops_cli.analytics.forecast.structures import Structures, steps_per_year

# What one value says of the noise: a step of about 10 %, believed as little as a hundredth value.
PRIOR_WEIGHT = 0.01
PRIOR_DEVIATION = 0.1
# A slope as large as this in a year is taken for granted at half the weight.
YEARLY_GROWTH = 0.24
# Log-odds against a level that keeps all of a surprise: at the first step, more a step, at most.
KEPT_FIRST, KEPT_MORE, KEPT_MOST = 2.0, 2.0, 8.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the models say at the end of the history.

    Args:
        mean: Weighted forecast, shape (series, horizon).
        deviation: Standard deviation of its error, within the models and between them.
        support: Logarithm of the likelihood of each history over all models, shape (series,).
    """

    mean: Floats
    deviation: Floats
    support: Floats


def weigh(values: Floats, horizon: int, season_length: int) -> Evidence:
    """Return what the models say of each row of ``values``, shape (series, steps)."""
    steps = values.shape[1]
    models, filters = Structures.of(season_length), gains(season_length, steps)
    paths, squares = _run(values, models, horizon, season_length)
    freedom = steps - 1 + PRIOR_WEIGHT
    variance = (squares + PRIOR_WEIGHT * PRIOR_DEVIATION**2) / freedom
    likelihood = -0.5 * (freedom * np.log(variance) + np.log(filters.variance[1:]).sum(axis=0))
    growth = YEARLY_GROWTH / steps_per_year(season_length)
    belief = likelihood - 2 * np.log1p(models.slope_prior * variance / growth**2)
    kept = np.minimum(KEPT_FIRST + KEPT_MORE * np.arange(horizon), KEPT_MOST)
    weights = _shares(belief[:, None, :] - kept[:, None] * models.level_gain)
    mean = np.einsum("shm,smh->sh", weights, paths)
    apart = (paths - mean[:, None, :]) ** 2
    apart += variance[:, :, None] * filters.spread(models, horizon)
    deviation = np.sqrt(np.einsum("sm,smh->sh", _shares(belief), apart))
    return Evidence(mean, deviation, np.logaddexp.reduce(belief, axis=1))


def _shares(belief: Floats) -> Floats:
    shares = np.exp(belief - belief.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


def _run(
    values: Floats, models: Structures, horizon: int, season_length: int
) -> tuple[Floats, Floats]:
    """Return each model's forecasts and its sum of squared standardized one-step errors."""
    series, steps = values.shape
    filters = gains(season_length, steps)
    level = np.zeros((series, len(models)))
    slope, squares = np.zeros_like(level), np.zeros_like(level)
    effects = np.zeros((*level.shape, models.pattern.shape[1]))
    for step, phase in enumerate(models.phases(0, steps)):
        slope *= models.damping
        level += slope
        error = values[:, step, None] - level - effects @ phase
        if step:
            squares += error**2 / filters.variance[step]
        gain = filters.gain[step]
        level += gain[:, 0] * error
        slope += gain[:, 1] * error
        effects += gain[:, 2:] * error[:, :, None]
    reach = models.reach(horizon)[1:].T
    paths = level[:, :, None] + reach * slope[:, :, None]
    paths += effects @ models.phases(steps, horizon).T
    return paths, squares
