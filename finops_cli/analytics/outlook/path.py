"""How a bill as a whole moves on from month to month: drift, wandering, and the turn of the year.

The logarithm of the rate per day is taken for a Gaussian process over months: a level that wanders
(random walk), a drift that is drawn from what bills usually do, a yearly shape, and noise of single
months (Harvey, "Forecasting, Structural Time Series Models and the Kalman Filter", 1989, as a
regression: Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006, chapter 2).
How much of each there is stays unknown in a short history, so all settings of a grid speak,
each weighted by how likely it makes the history: a yearly shape needs evidence to show, and
the band holds what the settings do not agree on.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook.shape import Floats

_WANDER = (0.006, 0.012, 0.025, 0.05, 0.1, 0.2)
_SEASON = {0.0: 0.4, 0.03: 0.3, 0.08: 0.2, 0.2: 0.1}
_NOISE = (0.004, 0.015, 0.05)
_A_YEAR = 13
_JUMP = 0.05
_FAR = 3.0
_DRIFT_MEAN = 0.01
_DRIFT_SD = 0.025
_HARMONICS = (0.4, 0.3, 0.15)
_OWN_MONTH = 0.15
_ANY_LEVEL = 100.0


@dataclass(frozen=True, slots=True)
class Path:
    """Relative change from the last month on.

    Args:
        mean: Expected log ratio to the last month for each month ahead, shape (months,).
        cov: Its covariance, shape (months, months).
    """

    mean: Floats
    cov: Floats


def follow(rates: Floats, phase: int, ahead: int) -> Path:
    """Return how the log rate goes on after the last of the months given.

    Args:
        rates: Rates per day of past months, NaN where unknown, shape (months,).
        phase: The calendar month (0 to 11) of the first.
        ahead: The number of months to follow.
    """
    past = np.flatnonzero(np.isfinite(rates) & (rates > 0))
    if not len(past):
        return Path(np.zeros(ahead), _prior(ahead))
    last = past[-1]
    future = last + 1 + np.arange(ahead)
    values = np.log(rates[past]) - np.log(rates[last])
    return _mixture(past - past[0] + 1.0, future - past[0] + 1.0, phase + past[0], values)


def _prior(ahead: int) -> Floats:
    steps = np.arange(1.0, ahead + 1)
    prior: Floats = 0.05**2 * np.minimum.outer(steps, steps) + _DRIFT_SD**2 * np.outer(steps, steps)
    return prior


def _mixture(past: Floats, future: Floats, phase: int, values: Floats) -> Path:
    """Return mean and covariance over the grid, weighted by marginal likelihood."""
    everything = np.concatenate((past, future))
    n = len(past)
    yearly = _yearly(everything + phase)
    drift = _DRIFT_SD**2 * np.outer(everything, everything) + _ANY_LEVEL
    grid, prior = _settings(len(past))
    jumps = _jumps(past, values)
    wander = _wandering(past, future, np.zeros(len(jumps)))
    kernel = grid[:, 0, None, None] * wander + grid[:, 1, None, None] * yearly + drift
    if jumps.any():
        leap = _wandering(past, future, jumps) - wander
        kernel = np.concatenate((kernel, kernel + leap))
        grid = np.concatenate((grid, grid))
        prior = np.concatenate((prior, prior + (jumps > 0).sum() * np.log(_JUMP)))
    observed: Floats = kernel[:, :n, :n] + grid[:, 2, None, None] * np.eye(n)
    rest: Floats = values - _DRIFT_MEAN * past
    stacked = np.broadcast_to(rest[:, None], (len(grid), n, 1))
    solved: NDArray[np.floating] = np.linalg.solve(observed, stacked)[..., 0]
    weight = _weights(observed, rest, solved, prior)
    move = _from_last(n, len(future))
    reach = move @ kernel[:, :, :n]
    mean = (reach @ solved[:, :, None])[:, :, 0] + _DRIFT_MEAN * (future - past[-1])
    cov = move @ kernel @ move.T - reach @ np.linalg.solve(observed, reach.transpose(0, 2, 1))
    middle = weight @ mean
    apart = mean - middle
    return Path(
        middle, np.tensordot(weight, cov, 1) + np.einsum("g,gi,gj->ij", weight, apart, apart)
    )


def _settings(months: int) -> tuple[Floats, Floats]:
    """Return the variances of wandering, yearly shape and noise to try, and their log prior."""
    seasons = _SEASON if months >= _A_YEAR else {0.0: 1.0}
    grid: Floats = np.array(list(product(_WANDER, seasons, _NOISE))) ** 2
    prior: Floats = np.log([seasons[s] for _, s, _ in product(_WANDER, seasons, _NOISE)])
    return grid, prior


def _jumps(past: Floats, values: Floats) -> Floats:
    """Return the variance of the steps between months that stand far out from all the others."""
    steps = np.diff(values)
    if len(steps) < 4:
        return np.zeros(len(steps))
    away = np.abs(steps - np.median(steps))
    usual = 1.4826 * np.median(away)
    return np.where(away > _FAR * usual, steps**2, 0.0)


def _wandering(past: Floats, future: Floats, jumps: Floats) -> Floats:
    """Return the covariance of a random walk of variance 1 a month, and more where it jumps."""
    everything = np.concatenate((past, future))
    leaps = np.concatenate(([0.0], np.cumsum(jumps), np.full(len(future), jumps.sum())))
    clock = everything + leaps
    return np.asarray(np.minimum.outer(clock, clock))


def _from_last(past: int, ahead: int) -> Floats:
    """Return the matrix that turns levels into differences from the last past month."""
    move = np.zeros((ahead, past + ahead))
    move[:, past - 1] = -1.0
    move[np.arange(ahead), past + np.arange(ahead)] = 1.0
    return move


def _weights(observed: Floats, rest: Floats, solved: NDArray[np.floating], prior: Floats) -> Floats:
    logdet = np.linalg.slogdet(observed)[1]
    score = prior - 0.5 * (logdet + solved @ rest)
    weight: Floats = np.exp(score - score.max())
    weight /= weight.sum()
    return weight


def _yearly(months: Floats) -> Floats:
    """Return the covariance of a yearly shape: smooth waves, and something of each month's own."""
    apart: Floats = np.subtract.outer(months, months)
    waves = sum(
        share * np.cos(2 * np.pi * (k + 1) * apart / 12) for k, share in enumerate(_HARMONICS)
    )
    shape: Floats = np.asarray(waves + _OWN_MONTH * (apart % 12 == 0))
    return shape
