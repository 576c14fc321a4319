"""A panel's complete days as one matrix, with the days on which nothing is known marked.

A day on which the whole bill is empty between days that are not is a gap in the data: unknown, not
free of charge. A bill that is only kept by the month has all its charges on the first; each charge
is spread over the days of its month, so that everything after sees cost per day.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.shape import Flags, Floats
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import add_months, first_of_month


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


def _by_month(days: Days, charged: Flags) -> bool:
    """Tell whether the bill has charges on firsts of months only, in two months or more."""
    on = days.day[charged]
    return len(on) >= 2 and bool((on == 1).all())


def _spread(days: Days, costs: Floats) -> tuple[Days, Floats]:
    """Give every day of a month its share of the charge on the first; fill up the last month."""
    last = np.flatnonzero((costs != 0).any(axis=0))[-1]
    end = add_months(first_of_month(days.at(last)), 1)
    whole = Days.between(first_of_month(days.first), max(end, days.at(len(days))))
    lead = (days.first - whole.first).days
    padded = np.zeros((len(costs), len(whole)))
    padded[:, lead : lead + costs.shape[1]] = costs
    index = whole.month - whole.month[0]
    by_month = np.zeros((len(costs), int(index[-1]) + 1))
    np.add.at(by_month.T, index, padded.T)
    return whole, by_month[:, index] / whole.length
