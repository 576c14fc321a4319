"""When commitments end, read off the bill itself.

A Savings Plan or reservation is charged the same amount every hour. A bill seldom says when a term
ends, but its usage type says how long terms are (``ComputeSP:1yrNoUpfront``), and the first day of
the running charge says when this one began. Where that day lies before the data, nothing is known.

Terms are 365 or 1,095 days: AWS Savings Plans User Guide ("a 1 or 3 year term"), counted in seconds
from the purchase.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from finops_cli.domain.panel import Panel
from finops_cli.domain.query import USAGE_TYPE

_TERM = re.compile(r"(?<![0-9])([13]) ?-?y(?:ea)?r", re.IGNORECASE)
_YEAR = timedelta(days=365)
_SAME = 0.005
_FEWEST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Term:
    """A running commitment: its series in the panel, its days (end exclusive), dollars a day."""

    series: int
    start: date
    end: date
    per_day: float


def running_terms(panel: Panel, until: date) -> tuple[Term, ...]:
    """Return the commitments that run on the last full day and whose beginning the bill shows.

    Args:
        panel: Daily costs, told apart by usage type (else nothing is found).
        until: The first day that is not complete.
    """
    if USAGE_TYPE not in panel.dimensions:
        return ()
    known = (until - panel.period.start).days
    found = (
        _running(panel, at, int(term[1]), known)
        for at, usage_type in enumerate(panel.values(USAGE_TYPE))
        if (term := _TERM.search(usage_type or ""))
    )
    return tuple(term for term in found if term is not None and term.end > until)


def _running(panel: Panel, at: int, years: int, known: int) -> Term | None:
    costs = np.asarray(panel.costs[at][:known])
    first = _first_of_level(costs)
    if first is None or first == 0 or known - first < _FEWEST_DAYS:
        return None
    start = panel.period.start + timedelta(days=first)
    return Term(at, start, start + years * _YEAR, float(np.median(costs[first:])))


def _first_of_level(costs: NDArray[np.float64]) -> int | None:
    """Return the first day of the level that holds to the end, None where it is no level.

    The day of the purchase may be charged in part, so the level counts from the first whole day.
    """
    if len(costs) < _FEWEST_DAYS or costs[-1] <= 0:
        return None
    away = np.flatnonzero(np.abs(costs - costs[-1]) > _SAME * costs[-1])
    return int(away[-1]) + 1 if len(away) else 0
