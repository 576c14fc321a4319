"""What each model of the grid says of each series, and how far the history supports it.

All models run over all series in one pass. The likelihood of the one-step errors, with their
variance integrated out under a weak prior, weighs the models (Bayesian model averaging): averaging
over parameters instead of picking the best ones was measured to forecast short histories better.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.forecast.result import Floats
from finops_cli.analytics.forecast.structures import Structures, gains, spread, structures

# One value's worth of belief that a step changes a bill by some 10 %.
PRIOR_WEIGHT = 1.0
PRIOR_DEVIATION = 0.1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the models say at the end of the history.

    Args:
        paths: Forecast of each model, shape (series, models, horizon).
        variance: Variance of its error at each step, same shape.
        weights: Share of each model, summing to one over models, shape (series, models).
    """

    paths: Floats
    variance: Floats
    weights: Floats

    @property
    def mean(self) -> Floats:
        """Return the weighted forecast, shape (series, horizon)."""
        mean: Floats = np.einsum("sm,smh->sh", self.weights, self.paths)
        return mean

    @property
    def deviation(self) -> Floats:
        """Return the standard deviation of the weighted forecast's error, (series, horizon)."""
        apart = (self.paths - self.mean[:, None, :]) ** 2
        within = np.einsum("sm,smh->sh", self.weights, self.variance + apart)
        deviation: Floats = np.sqrt(within)
        return deviation


def weigh(values: Floats, horizon: int, season_length: int) -> Evidence:
    """Return what the models say of each row of ``values``, shape (series, steps)."""
    steps = values.shape[1]
    models = structures(season_length)
    paths, squares = _run(values, models, horizon, season_length)
    freedom = steps - 1 + PRIOR_WEIGHT
    variance = (squares + PRIOR_WEIGHT * PRIOR_DEVIATION**2) / freedom
    known = np.log(gains(season_length, steps).variance[1:]).sum(axis=0)
    likelihood = -0.5 * (freedom * np.log(variance) + known)
    weights = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    ahead = spread(season_length, steps, horizon).T
    return Evidence(paths, variance[:, :, None] * ahead, weights)


def _run(
    values: Floats, models: Structures, horizon: int, season_length: int
) -> tuple[Floats, Floats]:
    """Return each model's forecasts and its sum of squared standardized one-step errors."""
    series, steps = values.shape
    filters = gains(season_length, steps)
    level = np.zeros((series, len(models.damping)))
    slope, squares = np.zeros_like(level), np.zeros_like(level)
    seasons = np.zeros((series, len(models.damping), season_length))
    for step in range(steps):
        gain = filters.gain[step]
        error = values[:, step, None] - level - seasons[:, :, step % season_length]
        if step:
            squares += error**2 / filters.variance[step]
        seasons += gain[:, 2:] * error[:, :, None]
        slope = models.damping * (slope + gain[:, 1] * error)
        level = level + gain[:, 0] * error + slope
    ahead = (steps + np.arange(horizon)) % season_length
    reach = (
        np.divide(
            models.reach(horizon)[1:],
            models.damping,
            where=models.damping > 0,
            out=np.ones((horizon, len(models.damping))),
        )
        - 1
    )
    return level[:, :, None] + reach.T * slope[:, :, None] + seasons[:, :, ahead], squares
