"""Calendar arrays: what is to be known of each day before anything is learned from its cost."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from finops_cli.domain.period import add_months

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, each array of shape (days,).

    Args:
        first: The first day.
        weekday: Monday is 0.
        month: The month's number, counted from year 0.
        day: The day of the month, from 1.
        length: The number of days of its month.
    """

    first: date
    weekday: Ints
    month: Ints
    day: Ints
    length: Ints

    @classmethod
    def between(cls, first: date, end: date) -> "Days":
        """Return the days from ``first`` up to, not including, ``end``."""
        days = np.arange(np.datetime64(first, "D"), np.datetime64(end, "D"))
        months = days.astype("datetime64[M]")
        begins = months.astype("datetime64[D]")
        length = ((months + 1).astype("datetime64[D]") - begins).astype(np.int64)
        return cls(
            first,
            (days.astype(np.int64) + 3) % 7,
            months.astype(np.int64) + 1970 * 12,
            (days - begins).astype(np.int64) + 1,
            length,
        )

    def __len__(self) -> int:
        return len(self.day)

    def by_month(self, daily: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return sums over the calendar months touched, of an array whose last axis is the days."""
        begins = np.flatnonzero(np.diff(self.month, prepend=-1))
        return np.asarray(np.add.reduceat(daily, begins, axis=-1))

    def at(self, position: int) -> date:
        """Return the day at a position."""
        return self.first + timedelta(days=int(position))

    def upto(self, count: int) -> "Days":
        """Return the first ``count`` days."""
        cut = slice(0, count)
        return Days(self.first, self.weekday[cut], self.month[cut], self.day[cut], self.length[cut])


def months_ahead(until: date, horizon: int) -> tuple[date, ...]:
    """Return the running month, if begun, and the ``horizon`` whole months after it."""
    first = until.replace(day=1)
    count = horizon + (until.day > 1)
    return tuple(add_months(first, i) for i in range(count))
