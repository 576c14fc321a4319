"""How fast a bill usually grows: what to believe before the path of its total is looked at.

Without anything else known, as public cloud spend grows. Once many series can be compared with
themselves a year or two before, the growth that most of them share says more: a launch or a
migration moves single series and the total, demand moves them all, and a whole year apart the
season cancels out. The largest and smallest changes are drawn in to the others.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.shape import Floats

# A tenth to a fifth a year, and anything from shrinking by a third to tripling.
_USUAL = 0.012
_USUAL_SD = 0.03
_SHARED_SD = 0.01
_YEARS = (24, 12)
_MONTHS = 3
_ENOUGH = 5
_LENT = 3.0
_TRIM = 0.15
_FASTEST = 0.15


@dataclass(frozen=True, slots=True)
class Drift:
    """Growth a month as a log ratio: what is expected, and how far off that may be."""

    mean: float = _USUAL
    sd: float = _USUAL_SD


def shared(days: Days, costs: Floats) -> Drift:
    """Return the growth that the series share, shape of ``costs``: (series, days)."""
    rates = days.by_month(costs) / days.by_month(np.ones(len(days)))
    for gap in _YEARS:
        if rates.shape[1] >= gap + _MONTHS:
            growth, size = _growth(rates[:, -gap - _MONTHS :], gap)
            if len(growth) >= _ENOUGH:
                return _pooled(growth, size)
    return Drift()


def _growth(rates: Floats, gap: int) -> tuple[Floats, Floats]:
    """Return growth a month and size of the series that were charged in all of the months."""
    old, new = rates[:, :_MONTHS].mean(axis=1), rates[:, -_MONTHS:].mean(axis=1)
    fit = (rates > 0).all(axis=1)
    growth = np.clip(np.log(new[fit] / old[fit]) / gap, -_FASTEST, _FASTEST)
    return growth, np.sqrt(new[fit] * old[fit])


def _pooled(growth: Floats, size: Floats) -> Drift:
    """Return the mean, series weighed by the root of their size, its ends drawn in."""
    weight = np.sqrt(size)
    order = np.argsort(growth, kind="stable")
    upto = np.cumsum(weight[order]) / weight.sum()
    low = growth[order][np.searchsorted(upto, _TRIM)]
    high = growth[order][min(int(np.searchsorted(upto, 1 - _TRIM)), len(growth) - 1)]
    mean = float(weight @ np.clip(growth, low, high) / weight.sum())
    trust = len(growth) / (len(growth) + _LENT)
    return Drift(trust * mean + (1 - trust) * _USUAL, trust * _SHARED_SD + (1 - trust) * _USUAL_SD)
