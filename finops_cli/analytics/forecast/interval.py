"""How far to either side of a forecast its prediction interval reaches."""

import math
from statistics import NormalDist


def quantile(level: float, freedom: float) -> float:
    """Return the half-width, in standard deviations, that holds ``level`` percent of outcomes.

    That of Student's distribution, since the deviation is itself estimated from the history: exact
    for one and two degrees of freedom, else by the expansion of Abramowitz and Stegun (1964,
    26.7.5).

    Args:
        level: Percent of outcomes to hold, between 0 and 100.
        freedom: Degrees of freedom of the deviation, at least one.
    """
    if freedom < 2:
        return math.tan(math.pi * level / 200)
    if freedom < 3:
        inside = level / 100
        return inside * math.sqrt(2 / (1 - inside**2))
    z = NormalDist().inv_cdf(0.5 + level / 200)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def narrowing(level: float) -> float:
    """Return the power to which uneven errors narrow an interval that holds ``level`` percent.

    Where errors are mostly small and now and then large, the deviation overstates the usual error,
    so that intervals up to 80 % are too wide by about as much as the mean size of errors falls
    short of a normal one's; at 95 % the large errors make up for it.
    """
    return min(max((95 - level) / 15, 0), 1)
