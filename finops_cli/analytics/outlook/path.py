"""How a bill as a whole moves on from month to month: drift, wandering, and the turn of the year.

The logarithm of the rate per day is taken for a Gaussian process over time, in months (Harvey,
"Forecasting, Structural Time Series Models and the Kalman Filter", 1989, as a regression: Rasmussen
& Williams, "Gaussian Processes for Machine Learning", 2006, chapter 2). How much it wanders and
what of it repeats every year stays unknown in a short history, so many settings speak, each
weighted by how likely it makes the history: a yearly shape needs evidence to show, and the band
holds what the settings do not agree on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook.drift import Drift
from finops_cli.analytics.outlook.settings import Settings, settings_for
from finops_cli.analytics.outlook.shape import Floats

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


def _mixture(clock: Clock, values: Floats, drift: Drift) -> Path:
    """Return mean and covariance over all settings, weighted by marginal likelihood."""
    ahead = len(clock.targets)
    time = clock.everything()
    since = time - clock.past[0]
    tried = settings_for(time, clock.past, values, drift)
    seen = _seen(tried, values - drift.mean * since[: len(values)])
    move = _differences(len(values), ahead, len(clock.anchors))
    grown = drift.mean * move @ since
    mean = seen.expected(move[:ahead] @ tried.kernel) + grown[:ahead]
    back = seen.expected(move[ahead:] @ tried.steady) + grown[ahead:]
    middle = seen.weight @ mean
    apart = mean - middle
    spread = np.tensordot(seen.weight, seen.left(move[:ahead], tried.kernel), 1)
    spread = spread + np.einsum("g,gi,gj->ij", seen.weight, apart, apart)
    return Path(middle, spread, seen.weight @ back)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the past says under each setting.

    Args:
        observed: Covariance of the past months, shape (settings, past, past).
        solved: Its inverse times the past, shape (settings, past).
        weight: How much each setting counts, shape (settings,).
    """

    observed: Floats
    solved: NDArray[np.floating]
    weight: Floats

    def expected(self, reach: Floats) -> Floats:
        """Return what is expected of points whose covariance with all others is ``reach``."""
        n = self.solved.shape[1]
        return np.asarray((reach[:, :, :n] @ self.solved[:, :, None])[..., 0])

    def left(self, move: Floats, kernel: Floats) -> Floats:
        """Return the covariance of the points that ``move`` makes, that the past leaves open."""
        n = self.solved.shape[1]
        reach = (move @ kernel)[:, :, :n]
        explained = reach @ np.linalg.solve(self.observed, reach.transpose(0, 2, 1))
        return np.asarray(move @ kernel @ move.T - explained)


def _seen(tried: Settings, rest: Floats) -> _Seen:
    """Weigh the settings by how likely they make the past."""
    n = len(rest)
    observed: Floats = tried.kernel[:, :n, :n] + tried.noise[:, None, None] * np.eye(n)
    stacked = np.broadcast_to(rest[:, None], (len(observed), n, 1))
    solved: NDArray[np.floating] = np.linalg.solve(observed, stacked)[..., 0]
    score = tried.prior - 0.5 * (np.linalg.slogdet(observed)[1] + solved @ rest)
    weight: Floats = np.exp(score - score.max())
    weight /= weight.sum()
    return _Seen(observed, solved, weight)


def _differences(past: int, ahead: int, anchors: int) -> Floats:
    """Return the matrix that takes now from the targets, then the anchors from now."""
    move = np.zeros((ahead + anchors, past + ahead + 1 + anchors))
    now = past + ahead
    move[np.arange(ahead), past + np.arange(ahead)] = 1.0
    move[:ahead, now] = -1.0
    move[ahead:, now] = 1.0
    move[ahead + np.arange(anchors), now + 1 + np.arange(anchors)] = -1.0
    return move
