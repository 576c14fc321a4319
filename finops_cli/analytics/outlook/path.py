"""How a bill as a whole moves on from month to month: drift, wandering, and the turn of the year.

The logarithm of the rate per day is taken for a Gaussian process over time, in months: a level that
wanders (random walk), a drift that is drawn from what bills usually do, a yearly shape, and noise
of single months (Harvey, "Forecasting, Structural Time Series Models and the Kalman Filter", 1989,
as a regression: Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006, chapter 2).
How much of each there is stays unknown in a short history, so all settings of a grid speak,
each weighted by how likely it makes the history: a yearly shape needs evidence to show, and
the band holds what the settings do not agree on. Months that jump far out of line may be explained
by a jump of the level, at a price, so that one migration is not taken for a season.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook.drift import Drift
from finops_cli.analytics.outlook.shape import Flags, Floats

_WANDER = (0.006, 0.012, 0.025, 0.05, 0.1, 0.2)
# Standard deviation of the yearly shape in waves of half a year and of a month or so, with the
# belief before looking; and the same for single months that stood out alike in two years.
_WAVES = {0.0: 0.4, 0.03: 0.3, 0.08: 0.2, 0.2: 0.1}
_REACHES = (1.0, 0.4)
_PEAK, _PEAK_BELIEF = 0.3, 0.2
_NOISE = (0.005, 0.03)
# Growth itself speeds up and slows down over half a year or so.
_GUST = 0.004
_GUST_MONTHS = 6.0
_A_YEAR = 13
_JUMP = 0.05
_FAR = 3.0
_ANY_LEVEL = 100.0
_UNKNOWN_WANDER = 0.05


@dataclass(frozen=True, slots=True)
class Path:
    """Relative change from now on, as log ratios.

    Args:
        mean: Expected change from now to each target, shape (targets,).
        cov: Its covariance, shape (targets, targets).
        back: Expected change by drift and season from each anchor to now, shape (anchors,).
    """

    mean: Floats
    cov: Floats
    back: Floats


@dataclass(frozen=True, slots=True)
class Clock:
    """Points in time, in months; the fractional part of a year is the time of year.

    Args:
        past: The middles of the months whose rates are known.
        now: The end of what is known.
        anchors: Points before now from which levels are carried forward.
        targets: The middles of the months to forecast.
    """

    past: Floats
    now: float
    anchors: Floats
    targets: Floats

    def everything(self) -> Floats:
        """Return past, targets, now and anchors in one row."""
        return np.concatenate((self.past, self.targets, [self.now], self.anchors))


def follow(rates: Floats, clock: Clock, drift: Drift) -> Path:
    """Return how the rate goes on from now.

    Args:
        rates: Positive rates per day of past months, shape (past,).
        clock: When they were, and what is asked.
        drift: What to believe of growth before looking.
    """
    if not len(rates):
        return _unknown(clock, drift)
    values = np.log(rates)
    return _mixture(clock, values - values[-1], drift)


def _unknown(clock: Clock, drift: Drift) -> Path:
    steps = clock.targets - clock.now
    wander = _UNKNOWN_WANDER**2 * np.minimum.outer(steps, steps)
    cov = wander + drift.sd**2 * np.outer(steps, steps)
    return Path(np.zeros(len(steps)), cov, np.zeros(len(clock.anchors)))


def _mixture(clock: Clock, values: Floats, belief: Drift) -> Path:
    """Return mean and covariance over the grid, weighted by marginal likelihood."""
    n, ahead = len(values), len(clock.targets)
    time = clock.everything()
    grid, yearly, prior = _settings(time, clock.past, values)
    since = time - clock.past[0] + 1.0
    steady = belief.sd**2 * np.outer(since, since) + _GUST**2 * _gusts(since) + _ANY_LEVEL
    steady = steady + yearly
    kernel = steady + grid[:, 0, None, None] * np.minimum.outer(since, since)
    jumps = _jumps(values)
    if jumps.any():
        leaps = _leaps(time, clock.past, jumps)
        kernel, steady = np.concatenate((kernel, kernel + leaps)), np.concatenate((steady, steady))
        grid = np.concatenate((grid, grid))
        prior = np.concatenate((prior, prior + (jumps > 0).sum() * np.log(_JUMP)))
    observed: Floats = kernel[:, :n, :n] + grid[:, 1, None, None] * np.eye(n)
    rest: Floats = values - belief.mean * since[:n]
    stacked = np.broadcast_to(rest[:, None], (len(grid), n, 1))
    solved: NDArray[np.floating] = np.linalg.solve(observed, stacked)[..., 0]
    weight = _weights(observed, rest, solved, prior)
    move = _differences(n, ahead, len(clock.anchors))
    reach = move[:ahead] @ kernel[:, :, :n]
    drift = belief.mean * move @ since
    mean = (reach @ solved[:, :, None])[..., 0] + drift[:ahead]
    back = (move[ahead:] @ steady[:, :, :n] @ solved[:, :, None])[..., 0] + drift[ahead:]
    cov = move[:ahead] @ kernel @ move[:ahead].T
    cov = cov - reach @ np.linalg.solve(observed, reach.transpose(0, 2, 1))
    middle = weight @ mean
    apart = mean - middle
    spread = np.tensordot(weight, cov, 1) + np.einsum("g,gi,gj->ij", weight, apart, apart)
    return Path(middle, spread, weight @ back)


def _settings(time: Floats, past: Floats, values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the settings to try, each by its first axis.

    Returns:
        Variances of wandering and of noise, shape (settings, 2); covariances of the yearly shape
        at the points in time, shape (settings, time, time); log prior, shape (settings,).
    """
    waves, peaks = _waves(time), _repeated(past, values)
    seasons = [(sd**2 * waves, belief) for sd, belief in _WAVES.items()]
    if len(past) < _A_YEAR:
        seasons = [(np.zeros_like(waves), 1.0)]
    elif len(peaks):
        seasons.append((_PEAK**2 * _same_month(time, peaks), _PEAK_BELIEF))
    every = list(product(_WANDER, range(len(seasons)), _NOISE))
    at = [season for _, season, _ in every]
    grid: Floats = np.array([(wander, noise) for wander, _, noise in every]) ** 2
    prior: Floats = np.log([seasons[season][1] for season in at])
    return grid, np.array([kernel for kernel, _ in seasons])[at], prior


def _repeated(past: Floats, values: Floats) -> NDArray[np.int64]:
    """Return the calendar months that stood out from both neighbours whenever they were seen."""
    if len(values) < 2 * _A_YEAR - 4:
        return np.zeros(0, dtype=np.int64)
    out = values[1:-1] - (values[:-2] + values[2:]) / 2
    size = np.abs(out)
    around = np.maximum(np.append(size[1:], 0.0), np.append(0.0, size[:-1]))
    far = (size > _FAR * 1.4826 * np.median(size)) & (size >= around)
    month = _calendar(past[1:-1])
    seen, peaks = np.bincount(month, minlength=12), np.bincount(month, far, 12)
    signs = np.abs(np.bincount(month, np.sign(out) * far, 12))
    return np.flatnonzero((seen >= 2) & (peaks == seen) & (signs == seen))


def _calendar(time: Floats) -> NDArray[np.int64]:
    """Return the month of the year, 0 to 11; the very end of a month belongs to it."""
    return np.asarray(np.ceil(time).astype(np.int64) - 1) % 12


def _same_month(time: Floats, peaks: NDArray[np.int64]) -> Floats:
    month = _calendar(time)
    same: Flags = (month[:, None] == month) & np.isin(month, peaks)
    return same.astype(np.float64)


def _jumps(values: Floats) -> Floats:
    """Return the variance of the steps between months that stand far out from all the others."""
    steps = np.diff(values)
    if len(steps) < 4:
        return np.zeros(len(steps))
    away = np.abs(steps - np.median(steps))
    usual = 1.4826 * np.median(away)
    return np.where(away > _FAR * usual, steps**2, 0.0)


def _gusts(since: Floats) -> Floats:
    """Return the covariance of growth that wanders around its mean: an integrated AR(1) process."""
    fade = np.exp(-since / _GUST_MONTHS)
    apart = np.exp(-np.abs(np.subtract.outer(since, since)) / _GUST_MONTHS)
    bounded = 1 - np.add.outer(fade, fade) + apart
    both = np.minimum.outer(since, since)
    return np.asarray(2 * _GUST_MONTHS * both - _GUST_MONTHS**2 * bounded)


def _leaps(time: Floats, past: Floats, jumps: Floats) -> Floats:
    """Return the covariance of a level that jumps between months of the past."""
    leapt = (time[:, None] > (past[:-1] + past[1:]) / 2) @ jumps
    return np.minimum.outer(leapt, leapt)


def _differences(past: int, ahead: int, anchors: int) -> Floats:
    """Return the matrix that takes now from the targets, then the anchors from now."""
    move = np.zeros((ahead + anchors, past + ahead + 1 + anchors))
    now = past + ahead
    move[np.arange(ahead), past + np.arange(ahead)] = 1.0
    move[:ahead, now] = -1.0
    move[ahead:, now] = 1.0
    move[ahead + np.arange(anchors), now + 1 + np.arange(anchors)] = -1.0
    return move


def _weights(observed: Floats, rest: Floats, solved: NDArray[np.floating], prior: Floats) -> Floats:
    logdet = np.linalg.slogdet(observed)[1]
    score = prior - 0.5 * (logdet + solved @ rest)
    weight: Floats = np.exp(score - score.max())
    weight /= weight.sum()
    return weight


def _waves(time: Floats) -> Floats:
    """Return the covariance of a yearly shape: waves of some reaches (MacKay's kernel)."""
    apart: Floats = np.sin(np.pi * np.subtract.outer(time, time) / 12) ** 2
    shape: Floats = np.mean([np.exp(-2 * apart / reach**2) for reach in _REACHES], axis=0)
    return shape
