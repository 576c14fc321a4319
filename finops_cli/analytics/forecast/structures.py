"""A grid of structural time series models whose filters are shared by all series.

Each model is a level that wanders, a slope that fades, and one effect per season, observed with
noise (Harvey, 1989, "Forecasting, structural time series models and the Kalman filter"). Variances
are relative to the variance of a one-step error, so the Kalman gains depend on the model and the
length alone, never on the data: they are computed once and serve any number of series. The prior
variances of slope and seasonal effects shrink both to what the history gives evidence for, from the
first value on.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from finops_cli.analytics.forecast.result import Floats

DIFFUSE = 1e6
LEVEL_GAINS = (0.05, 0.15, 0.3, 0.5, 0.75, 0.99)
SEASON_PRIORS = (0.0, 0.3, 3.0, 30.0)
# damping, prior variance of the slope, gain of the slope relative to that of the level
SLOPES = (
    (0.0, 0.0, 0.0),
    (0.9, 0.01, 0.0),
    (1.0, 0.0005, 0.0),
    (1.0, 0.005, 0.0),
    (1.0, 0.05, 0.0),
    (1.0, 0.5, 0.0),
    (0.95, 0.003, 0.02),
    (0.9, 0.003, 0.1),
)


@dataclass(frozen=True, slots=True)
class Structures:
    """Parameters of the models, one entry per model in each array."""

    level_gain: Floats
    damping: Floats
    slope_prior: Floats
    slope_gain: Floats
    season_prior: Floats

    @property
    def noise(self) -> Floats:
        """Variance of the observation noise: the steady state of simple exponential smoothing."""
        return 1 - self.level_gain

    @property
    def level_noise(self) -> Floats:
        """Variance of the level's steps."""
        return self.level_gain**2

    @property
    def slope_noise(self) -> Floats:
        """Variance of the slope's steps."""
        return (self.slope_gain * self.level_gain) ** 2

    def reach(self, horizon: int) -> Floats:
        """Return how many slopes the level has moved after 0 to ``horizon`` steps."""
        powers = self.damping ** np.arange(horizon + 1)[:, None]
        powers[0] = 0
        return np.cumsum(powers, axis=0)


@dataclass(frozen=True, slots=True)
class Gains:
    """The filters of all models over one length of history.

    Args:
        gain: Kalman gains, shape (steps, models, 2 + seasons).
        variance: Relative variance of the one-step errors, shape (steps, models).
        state: Relative covariance of level, slope and season at each step, after its value is
            known, shape (steps, models, 2 + seasons, 2 + seasons).
    """

    gain: Floats
    variance: Floats
    state: Floats


def structures(season_length: int) -> Structures:
    """Return the models to consider for a season of so many steps."""
    seasons = SEASON_PRIORS if season_length > 1 else (0.0,)
    rows = [(gain, *slope, prior) for prior in seasons for gain in LEVEL_GAINS for slope in SLOPES]
    gain, damping, slope_prior, slope_gain, season_prior = np.array(rows).T
    return Structures(gain, damping, slope_prior, slope_gain, season_prior)


@lru_cache(maxsize=8)
def gains(season_length: int, steps: int) -> Gains:
    """Return the filters of ``structures(season_length)`` over ``steps`` values."""
    models = structures(season_length)
    count, size = len(models.damping), 2 + season_length
    covariance = _start(models, size)
    gain = np.empty((steps, count, size))
    variance = np.empty((steps, count))
    state = np.empty((steps, count, size, size))
    for step in range(steps):
        season = 2 + step % season_length
        seen = covariance[:, :, 0] + covariance[:, :, season]
        variance[step] = seen[:, 0] + seen[:, season] + models.noise
        gain[step] = seen / variance[step][:, None]
        covariance = covariance - gain[step][:, :, None] * seen[:, None, :]
        state[step] = covariance
        _advance(covariance, models)
    return Gains(gain, variance, state)


def _start(models: Structures, size: int) -> Floats:
    covariance = np.zeros((len(models.damping), size, size))
    covariance[:, 0, 0] = DIFFUSE
    covariance[:, 1, 1] = models.slope_prior
    seasons = np.arange(2, size)
    covariance[:, seasons, seasons] = models.season_prior[:, None]
    return covariance


def _advance(covariance: Floats, models: Structures) -> None:
    damping = models.damping[:, None]
    covariance[:, 0, :] += damping * covariance[:, 1, :]
    covariance[:, 1, :] *= damping
    covariance[:, :, 0] += damping * covariance[:, :, 1]
    covariance[:, :, 1] *= damping
    covariance[:, 0, 0] += models.level_noise
    covariance[:, 1, 1] += models.slope_noise


def spread(season_length: int, steps: int, horizon: int) -> Floats:
    """Return the relative variance of the error at each step ahead, (horizon, models)."""
    models = structures(season_length)
    state = gains(season_length, steps).state[-1]
    reach = models.reach(horizon)
    ahead = np.arange(1, horizon + 1)
    season = 2 + (steps - 1 + ahead) % season_length
    slope = reach[1:]
    variance = state[:, 0, 0] + slope**2 * state[:, 1, 1] + 2 * slope * state[:, 0, 1]
    variance += state[:, season, season].T + 2 * state[:, 0, season].T
    variance += 2 * slope * state[:, 1, season].T
    drift = np.cumsum(reach[:-1] ** 2, axis=0) * models.slope_noise
    floats: Floats = variance + ahead[:, None] * models.level_noise + drift + models.noise
    return floats
