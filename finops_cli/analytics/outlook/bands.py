"""How far off the amounts may be: prediction intervals of months and of their sum.

Three things can go wrong, and add up as variances: the bill as a whole takes another path, the
series' own levels were measured with noise or shift, and known amounts change after all. The first
is shared by all months to come and so is most of the second: a level that is wrong in the first
month is wrong in the twelfth. The sum over the year is therefore hardly surer than a month.
"""

from statistics import NormalDist

import numpy as np

from finops_cli.analytics.outlook.shape import Band, Floats

# A contract is broken or resized now and then: about one in ten within the year, by a quarter.
CONTRACT = 0.02
_FOUR_WEEKS = 28.0
# A bill will do more than it has shown: projects, prices and terms that it knows nothing of.
_UNSEEN = 1.2


def covariance(path: Floats, usage: Floats, doubt: Floats, contracts: Floats) -> Floats:
    """Return the covariance of the bill's months, in squared dollars, shape (months, months).

    Args:
        path: Covariance of the log ratio of each month to now, shape (months, months).
        usage: Expected cost of each series along the path, shape (series, months).
        doubt: Relative standard error of each series' level, shape (series,).
        contracts: Known amounts by series, shape (series, months).
    """
    moved = np.abs(usage).sum(axis=0)
    own = np.sqrt(((doubt[:, None] * usage) ** 2).sum(axis=0))
    steps = np.sqrt(np.arange(1.0, len(moved) + 1))
    broken = np.sqrt(((CONTRACT * steps * contracts) ** 2).sum(axis=0))
    found: Floats = (
        _UNSEEN * path * np.outer(moved, moved) + np.outer(own, own) + np.outer(broken, broken)
    )
    return found


def for_fewer_days(cov: Floats, days: int) -> Floats:
    """Return the covariance with the first month's rest, of a few days, as unsure as it is.

    Noise averages out with the days; of a level that is off, nothing does. In between lies the
    square root of what noise alone would make of it.
    """
    grown = np.ones(len(cov))
    grown[0] = max(_FOUR_WEEKS / max(days, 1), 1.0) ** 0.25
    return np.asarray(cov * np.outer(grown, grown))


def band(mean: Floats, cov: Floats, level: float) -> Band:
    """Return the interval that holds ``level`` per cent of the outcomes of each month."""
    half = quantile(level) * np.sqrt(np.diag(cov))
    return Band(mean, mean - half, mean + half)


def total(mean: Floats, cov: Floats, level: float) -> tuple[float, float, float]:
    """Return mean, low and high of the sum."""
    middle = float(mean.sum())
    half = quantile(level) * float(np.sqrt(max(cov.sum(), 0.0)))
    return middle, middle - half, middle + half


def quantile(level: float) -> float:
    """Return how many standard deviations either side hold ``level`` per cent."""
    return NormalDist().inv_cdf(0.5 + level / 200)
