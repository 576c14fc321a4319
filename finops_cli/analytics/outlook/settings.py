"""The ways in which a bill may move that are tried side by side, as covariances of log rates.

A level that wanders by some per cent a month, growth that speeds up and slows down, a yearly shape,
noise of single months; and with each of these, that months far out of line were jumps of the level,
at a price, so that one migration is taken neither for a season nor for restlessness.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from finops_cli.analytics.outlook.drift import Drift
from finops_cli.analytics.outlook.season import seasons
from finops_cli.analytics.outlook.shape import Floats

# Standard deviations a month: from a bill of reservations to one of experiments.
_WANDER = (0.006, 0.012, 0.025, 0.05, 0.1, 0.2)
_NOISE = (0.005, 0.03)
_GUST, _GUST_MONTHS = 0.004, 6.0
_JUMP = 0.05
_FAR = 3.0 * 1.4826
_ANY_LEVEL = 100.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings to try, by the first axis of each array.

    Args:
        kernel: Covariance of the log rates at all points in time, shape (settings, time, time).
        steady: That part of it that is drift and season, same shape.
        noise: Variance of single months around it, shape (settings,).
        prior: Log of the belief in each before looking, shape (settings,).
    """

    kernel: Floats
    steady: Floats
    noise: Floats
    prior: Floats


def settings_for(time: Floats, past: Floats, values: Floats, drift: Drift) -> Settings:
    """Return the settings for a history.

    Args:
        time: The points in time that matter, in months, those of the past first.
        past: The middles of the months that were seen.
        values: Their log rates.
        drift: What to believe of growth.
    """
    since = time - past[0] + 1.0
    yearly = seasons(time, past, values)
    every = list(product(_WANDER, range(len(yearly)), _NOISE))
    at = [season for _, season, _ in every]
    wander: Floats = np.array([wander**2 for wander, _, _ in every])
    trend = drift.sd**2 * np.outer(since, since) + _GUST**2 * _gusts(since) + _ANY_LEVEL
    steady = trend + np.array([kernel for kernel, _ in yearly])[at]
    kernel = steady + wander[:, None, None] * np.minimum.outer(since, since)
    noise: Floats = np.array([noise**2 for _, _, noise in every])
    prior: Floats = np.log([yearly[season][1] for season in at])
    return _with_jumps(Settings(kernel, steady, noise, prior), time, past, values)


def _gusts(since: Floats) -> Floats:
    """Return the covariance of growth that wanders around its mean: an integrated AR(1) process."""
    fade = np.exp(-since / _GUST_MONTHS)
    apart = np.exp(-np.abs(np.subtract.outer(since, since)) / _GUST_MONTHS)
    bounded = 1 - np.add.outer(fade, fade) + apart
    both = np.minimum.outer(since, since)
    return np.asarray(2 * _GUST_MONTHS * both - _GUST_MONTHS**2 * bounded)


def _with_jumps(plain: Settings, time: Floats, past: Floats, values: Floats) -> Settings:
    """Add to each setting the same with jumps, where there are months far out of line."""
    jumps = _jumps(values)
    if not jumps.any():
        return plain
    leapt = (time[:, None] > (past[:-1] + past[1:]) / 2) @ jumps
    price = (jumps > 0).sum() * np.log(_JUMP)
    return Settings(
        np.concatenate((plain.kernel, plain.kernel + np.minimum.outer(leapt, leapt))),
        np.concatenate((plain.steady, plain.steady)),
        np.concatenate((plain.noise, plain.noise)),
        np.concatenate((plain.prior, plain.prior + price)),
    )


def _jumps(values: Floats) -> Floats:
    """Return the variance of the steps between months that stand far out from all the others."""
    steps = np.diff(values)
    if len(steps) < 4:
        return np.zeros(len(steps))
    away = np.abs(steps - np.median(steps))
    return np.where(away > _FAR * np.median(away), steps**2, 0.0)
