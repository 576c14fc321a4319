"""The Kalman filters of the structural models, shared by all series of one length.

With variances relative to the one-step error, gains depend on the model and the step alone, never
on the data: they are computed once and serve any number of series.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from finops_cli.analytics.forecast.result import Floats
from finops_cli.analytics.forecast.structures import Structures

DIFFUSE = 1e6
LEVEL, SLOPE, EFFECTS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Gains:
    """The filters of all models over one length of history.

    Args:
        gain: Kalman gains, shape (steps, models, 2 + effects).
        variance: Relative variance of the one-step errors, shape (steps, models).
        covariance: Relative covariance of level, slope and effects once the last value is known,
            shape (models, 2 + effects, 2 + effects).
    """

    gain: Floats
    variance: Floats
    covariance: Floats

    def spread(self, models: Structures, horizon: int) -> Floats:
        """Return the relative variance of the error at each step ahead, (models, horizon)."""
        reach, passed = models.reach(horizon), self._passed(models, horizon)
        seen = self._seen(models, horizon)
        known = np.einsum("mhi,mhi->mh", seen @ self.covariance, seen)
        wander = np.arange(1, horizon + 1) * models.level_noise[:, None]
        drift = np.cumsum(reach[:-1] ** 2, axis=0).T * models.slope_noise[:, None]
        season = passed * models.season_noise[:, None]
        spread: Floats = known + wander + drift + season + models.noise[:, None]
        return spread

    def total_spread(self, models: Structures, horizon: int) -> Floats:
        """Return the relative variance of the mean error over the horizon, (models,).

        Noise averages out over the steps, a misjudged level or slope does not.
        """
        seen = self._seen(models, horizon).mean(axis=1)
        known = np.einsum("mi,mij,mj->m", seen, self.covariance, seen)
        lasting = np.arange(1, horizon + 1) / horizon
        wander = (lasting**2).sum() * models.level_noise
        moved = np.cumsum(models.reach(horizon)[:-1], axis=0) / horizon
        drift = (moved**2).sum(axis=0) * models.slope_noise
        season = self._passed(models, horizon).sum() / horizon**2 * models.season_noise
        spread: Floats = known + wander + drift + season + models.noise / horizon
        return spread

    def _seen(self, models: Structures, horizon: int) -> Floats:
        """Return what each step takes of level, slope and effects, (models, horizon, states)."""
        seen = np.zeros((len(models), horizon, self.covariance.shape[1]))
        seen[:, :, LEVEL] = 1
        seen[:, :, SLOPE] = models.reach(horizon)[1:].T
        seen[:, :, EFFECTS:] = models.phases(len(self.gain), horizon)
        return seen

    def _passed(self, models: Structures, horizon: int) -> Floats:
        """Return how often the season at each step has changed since it was seen, (horizon,)."""
        steps = len(self.gain)
        passed = np.cumsum(models.phases(steps - 1, horizon) ** 2, axis=0)
        times: Floats = (passed * models.phases(steps, horizon) ** 2).sum(axis=1)
        return times


@lru_cache(maxsize=4)
def gains(season_length: int, steps: int) -> Gains:
    """Return the filters of ``Structures.of(season_length)`` over ``steps`` values."""
    models = Structures.of(season_length)
    covariance = _start(models)
    gain = np.empty((steps, *covariance.shape[:2]))
    variance = np.empty((steps, len(models)))
    for step, phase in enumerate(models.phases(0, steps)):
        if step:
            _advance(covariance, models, models.phases(step - 1, 1)[0])
        seen = covariance[:, :, LEVEL] + covariance[:, :, EFFECTS:] @ phase
        variance[step] = seen[:, LEVEL] + seen[:, EFFECTS:] @ phase + models.noise
        gain[step] = seen / variance[step][:, None]
        covariance -= gain[step][:, :, None] * seen[:, None, :]
    return Gains(gain, variance, covariance)


def _start(models: Structures) -> Floats:
    size = EFFECTS + models.pattern.shape[1]
    covariance = np.zeros((len(models), size, size))
    covariance[:, LEVEL, LEVEL] = DIFFUSE
    covariance[:, SLOPE, SLOPE] = models.slope_prior
    effects = np.arange(EFFECTS, size)
    covariance[:, effects, effects] = models.season_prior[:, None]
    return covariance


def _advance(covariance: Floats, models: Structures, phase: Floats) -> None:
    damping = models.damping[:, None]
    covariance[:, SLOPE, :] *= damping
    covariance[:, LEVEL, :] += covariance[:, SLOPE, :]
    covariance[:, :, SLOPE] *= damping
    covariance[:, :, LEVEL] += covariance[:, :, SLOPE]
    covariance[:, LEVEL, LEVEL] += models.level_noise
    covariance[:, SLOPE, SLOPE] += models.slope_noise
    effects = np.arange(EFFECTS, covariance.shape[1])
    covariance[:, effects, effects] += models.season_noise[:, None] * phase**2
