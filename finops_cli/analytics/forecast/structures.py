"""The structural models considered: a level that wanders, a slope, and one effect per season.

Their family is Harvey's (1989, "Forecasting, structural time series models and the Kalman filter").
A coarse grid stands for it, since forecasts are averaged over the grid and not read from its best
cell. Variances are relative to that of a one-step error, and the prior variances of slope and
seasonal effects shrink both to what the history gives evidence for, from its first value on.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from finops_cli.analytics.forecast.result import Floats

# How much of a surprise the level keeps, from nearly nothing to all of it.
LEVEL_GAINS = (0.05, 0.15, 0.3, 0.5, 0.95)
# Damping, prior variance of the slope, gain of the slope relative to the level's: no growth, growth
# that lasts, and momentum that fades.
SLOPES = ((0.0, 0.0, 0.0), (1.0, 0.1, 0.0), (0.9, 0.01, 0.2))
# Prior variance of the seasonal effects and of their change from one season to the next: none, weak
# to strong and slowly changing, strong and fixed.
SEASONS = ((0.0, 0.0), (0.5, 0.03), (3.0, 0.15), (15.0, 0.3), (30.0, 0.0))
# Longer seasons are described by waves: fifty weekly effects would take years to learn.
MOST_EFFECTS = 24
WAVES = 4
DAYS_IN_WEEK, DAYS_IN_YEAR, MONTHS_IN_YEAR = 7, 365, 12


@dataclass(frozen=True, slots=True)
class Structures:
    """Parameters of the models, one entry per model in each array.

    Args:
        level_gain: Share of a surprise that the level keeps in the long run.
        damping: Share of the slope that is left after a step.
        slope_prior: Prior variance of the slope.
        slope_noise: Variance of the slope's changes.
        season_prior: Prior variance of a seasonal effect.
        season_noise: Variance of its change from one season to the next.
        pattern: What each phase of the season takes of each effect, (phases, effects).
    """

    level_gain: Floats
    damping: Floats
    slope_prior: Floats
    slope_noise: Floats
    season_prior: Floats
    season_noise: Floats
    pattern: Floats

    @classmethod
    @cache
    def of(cls, season_length: int) -> "Structures":
        """Return the models to consider for a season of so many steps."""
        seasons = SEASONS if season_length > 1 else SEASONS[:1]
        grid = [
            (gain, *slope, *season)
            for season in seasons
            for gain in LEVEL_GAINS
            for slope in SLOPES
        ]
        gain, damping, slope, slope_gain, season, season_noise = np.array(grid).T
        noise = (slope_gain * gain) ** 2
        return cls(gain, damping, slope, noise, season, season_noise, _pattern(season_length))

    def __len__(self) -> int:
        return len(self.damping)

    @property
    def noise(self) -> Floats:
        """Variance of the observation noise; with the level's noise, one-step variance is one."""
        return 1 - self.level_gain

    @property
    def level_noise(self) -> Floats:
        """Variance of the level's steps that makes ``level_gain`` the filter's steady gain."""
        return self.level_gain**2

    def reach(self, horizon: int) -> Floats:
        """Return how many slopes the level has moved after 0 to ``horizon`` steps.

        Returns:
            Shape (horizon + 1, models).
        """
        powers = self.damping ** np.arange(horizon + 1)[:, None]
        powers[0] = 0
        reach: Floats = np.cumsum(powers, axis=0)
        return reach

    def phases(self, start: int, count: int) -> Floats:
        """Return the pattern at ``count`` steps from step ``start`` on, (count, effects)."""
        return self.pattern[(start + np.arange(count)) % len(self.pattern)]


def steps_per_year(season_length: int) -> int:
    """Return how many steps make a year: a season is a week of days, or else a year."""
    if season_length == 1:
        return MONTHS_IN_YEAR
    return DAYS_IN_YEAR if season_length == DAYS_IN_WEEK else season_length


def _pattern(season_length: int) -> Floats:
    if season_length <= MOST_EFFECTS:
        return np.eye(season_length)
    angle = 2 * np.pi * np.outer(np.arange(season_length), np.arange(1, WAVES + 1)) / season_length
    waves: Floats = np.hstack([np.cos(angle), np.sin(angle)]) / np.sqrt(WAVES)
    return waves
