"""A panel's complete days as one matrix, with the days on which nothing is known marked.

A day on which the whole bill is empty between days that are not is a gap in the data: unknown, not
free of charge. So is a day or two on which many series that are charged every day fall silent
together: an account was not exported. A bill that is only kept by the month has its charges on a
day or a few; they are spread over the month, so that everything after sees cost per day.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.shape import Flags, Floats
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import add_months, first_of_month

_TOGETHER = 4
_WEEK = 7
_SHORT = 3
_HANDFUL = 4


@dataclass(frozen=True, slots=True)
class History:
    """What is known when an outlook is made.

    Args:
        days: The days up to ``until``.
        costs: Cost per series and day, shape (series, days).
        known: Whether a day of the bill is known, shape (days,).
        monthly: The bill is kept by the month, and was spread over the days.
    """

    days: Days
    costs: Floats
    known: Flags
    monthly: bool

    @classmethod
    def of(cls, panel: Panel, until: date) -> "History":
        """Return what the panel holds of the days before ``until``.

        Raises:
            ValueError: There is no such day.
        """
        count = min((until - panel.period.start).days, panel.period.days)
        if count < 1 or not len(panel):
            raise ValueError(f"There is no complete day of cost before {until} to learn from.")
        days = Days.between(panel.period.start, until)
        costs = np.zeros((len(panel), len(days)))
        costs[:, :count] = np.array([series[:count] for series in panel.costs])
        return cls.from_costs(days, costs)

    @classmethod
    def from_costs(cls, days: Days, costs: Floats) -> "History":
        """Return the history of a matrix of costs."""
        charged = (costs != 0).any(axis=0)
        if _by_month(days, charged):
            whole, spread = _spread(days, costs)
            return cls(whole, spread, (spread != 0).any(axis=0), True)
        known = charged.copy()
        if charged.any():
            known[: int(np.argmax(charged))] = False
        else:
            known[:] = True
        return cls(days, costs, known, False)

    @property
    def until(self) -> date:
        """The first day after the history."""
        return self.days.at(len(self.days))

    def before(self, day: date) -> "History":
        """Return the history as it was when ``day`` began."""
        count = (day - self.days.first).days
        return History(
            self.days.upto(count), self.costs[:, :count], self.known[:count], self.monthly
        )

    def filled(self) -> Floats:
        """Return the costs, the days of series that were not exported filled from a week before.

        Only what happened up to a day decides on it, so that an earlier history is filled alike.
        """
        charged = self.costs != 0
        runs = np.cumsum(np.pad(charged, ((0, 0), (1, 0))), axis=1)
        before = np.zeros_like(charged)
        before[:, _WEEK:] = runs[:, _WEEK:-1] - runs[:, : -_WEEK - 1] == _WEEK
        stops = before & ~charged
        missing = stops & (stops.sum(axis=0) >= _TOGETHER) & self.known
        costs = self.costs.copy()
        for series, day in zip(*np.nonzero(missing), strict=True):
            end = day + 1
            while end < costs.shape[1] and not charged[series, end]:
                end += 1
            if end - day <= _SHORT:
                costs[series, day:end] = costs[series, day - _WEEK : end - _WEEK]
        return costs


def _by_month(days: Days, charged: Flags) -> bool:
    """Tell whether the bill is charged on a handful of days a month only, in two months or more."""
    months = len(np.unique(days.month[charged]))
    return months >= 2 and int(charged.sum()) <= _HANDFUL * months


def _spread(days: Days, costs: Floats) -> tuple[Days, Floats]:
    """Give each day of a month its share of the month's charges, up to the last charged month."""
    last = np.flatnonzero((costs != 0).any(axis=0))[-1]
    end = add_months(first_of_month(days.at(last)), 1)
    whole = Days.between(first_of_month(days.first), end)
    index = days.month - days.month[0]
    by_month = np.zeros((len(costs), int(index[-1]) + 1))
    np.add.at(by_month.T, index, costs.T)
    return whole, by_month[:, whole.month - days.month[0]] / whole.length
