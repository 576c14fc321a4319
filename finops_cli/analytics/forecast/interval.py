"""How far to either side of a forecast its prediction interval reaches."""

import math


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
    z = _normal(level)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def _normal(level: float) -> float:
    """Return the half-width that holds ``level`` percent of a normal distribution.

    By Newton's method from below, where it converges for every level; the standard library's
    quantile costs a command 5 ms of imports.
    """
    z, inside = 0.0, level / 100
    for _ in range(100):
        missing = inside - math.erf(z / math.sqrt(2))
        step = missing / (math.sqrt(2 / math.pi) * math.exp(-z * z / 2))
        z += step
        if abs(step) < 1e-12:
            break
    return z


def narrowing(level: float) -> float:
    """Return the power to which uneven errors narrow an interval that holds ``level`` percent.

    Where errors are mostly small and now and then large, the deviation overstates the usual error,
    so that intervals up to 80 % are too wide by about as much as the mean size of errors falls
    short of a normal one's; at 95 % the large errors make up for it.
    """
    return min(max((95 - level) / 15, 0), 1)
