"""A bill that is kept by the month has no days to learn from: the series engine tells its whole.

Its months, as rates per day, are one series of equally spaced values, which is what
``analytics.forecast`` is made and measured for. The lines of the bill keep their proportions.
"""

from dataclasses import replace

import numpy as np

from finops_cli.analytics.outlook.history import History
from finops_cli.analytics.outlook.shape import Band, Floats, Outlook
from finops_cli.domain.period import add_months

_SEASON = 12
_METHOD = "The rate per day of each month, as one series: {}; the lines keep their proportions."


def told_by_months(outlook: Outlook, history: History) -> Outlook:
    """Return the outlook of a bill kept by the month, its whole told by the series engine.

    Args:
        outlook: The outlook by lines; it has no month under way.
        history: The bill, each charge spread over the days of its month.
    """
    # Bills by the day, nearly all there are, need not wait for the series engine to load.
    from finops_cli.analytics.forecast import forecast

    lengths: Floats = np.array([(add_months(m, 1) - m).days for m in outlook.months], dtype=float)
    told = forecast(_rates(history), len(lengths), _SEASON, outlook.level)
    mean = told.mean * lengths
    whole = told.total[0] or 1.0
    scale = mean.sum() / whole  # months of unlike lengths against steps that are all alike
    return replace(
        outlook,
        total=Band(mean, told.low * lengths, told.high * lengths),
        horizon_total=(float(mean.sum()), told.total[1] * scale, told.total[2] * scale),
        parts=_proportioned(outlook.parts, mean),
        method=_METHOD.format(told.method),
    )


def _rates(history: History) -> Floats:
    """Return the cost per day of each month, NaN for one that the bill does not hold."""
    index = history.days.month - history.days.month[0]
    known = np.bincount(index, history.known)
    total = np.bincount(index, history.costs.sum(axis=0) * history.known)
    return np.asarray(np.where(known > 0, total / np.maximum(known, 1), np.nan))


def _proportioned(parts: Floats, mean: Floats) -> Floats:
    """Return the parts scaled to add up to the means; evenly spread where they add up to none."""
    sums = parts.sum(axis=0)
    even = np.full_like(parts, 1 / len(parts)) * mean
    scaled = parts * (mean / np.where(sums != 0, sums, 1.0))
    return np.asarray(np.where(sums != 0, scaled, even))
