"""The panel as a matrix, with what the calendar and the keys say before any statistics.

Credits, refunds and tax follow other charges and are set apart by their name. A day on which an
account shows no cost at all is a day that was not delivered, until it has gone on for days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from finops_cli.domain.panel import Panel

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_BENIGN = frozenset({"credit", "credits", "refund", "refunds", "tax", "awscredits", "adjustment"})
_MONTHS_BACK = (1, 2, 3, 12)


@dataclass(frozen=True)
class Lines:
    """Daily costs, time first.

    Args:
        costs: Dollars, shape (days, series).
        positions: Each column's position in the panel.
        account: A number for each column's account.
        service: A number for each column's account and service together.
        weekday: Monday is 0, for each day.
        month_length: Days in the month of each day.
        phase: For each day, the earlier days in the same phase (counted from the month's first day
            or from its last) of the last three months and of a year ago, and their neighbours.
        first: The first day.
        set_apart: Series left out by their name: name of the reason, number of series.
    """

    costs: Floats
    positions: Ints
    account: Ints
    service: Ints
    weekday: Ints
    month_length: Ints
    phase: tuple[tuple[int, ...], ...]
    first: date
    set_apart: dict[str, int]

    def by_account(self, values: Floats) -> Floats:
        """Return for each series the sum of ``values`` (..., series) over its account."""
        if not values.shape[-1]:
            return values
        sums = np.add.reduceat(values[..., self._order], self._starts, axis=-1)
        return np.asarray(sums[..., self.account])

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.account, kind="stable")

    @cached_property
    def _starts(self) -> Ints:
        ranked = self.account[self._order]
        return np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])


def read(panel: Panel, until: date) -> Lines:
    """Return the complete days of a panel's usage."""
    days = max(0, min((until - panel.period.start).days, panel.period.days))
    usage = [i for i in range(len(panel)) if not _benign(panel.keys[i])]
    apart = len(panel) - len(usage)
    costs = np.array([np.asarray(panel.costs[i][:days]) for i in usage], dtype=np.float64)
    dates = [panel.period.start + timedelta(days=i) for i in range(days)]
    return Lines(
        costs=np.ascontiguousarray(costs.reshape(len(usage), days).T),
        positions=np.array(usage, dtype=np.int64),
        account=_numbered([_parts(panel, i, ("account",)) for i in usage]),
        service=_numbered([_parts(panel, i, ("account", "service")) for i in usage]),
        weekday=np.array([day.weekday() for day in dates], dtype=np.int64),
        month_length=np.array([(_month(d, 1) - _month(d, 0)).days for d in dates], dtype=np.int64),
        phase=tuple(_same_phase(day, panel.period.start) for day in dates),
        first=panel.period.start,
        set_apart={"credits, refunds and tax": apart} if apart else {},
    )


def _benign(key: tuple[str | None, ...]) -> bool:
    return any(part is not None and part.lower() in _BENIGN for part in key)


def _parts(panel: Panel, at: int, wanted: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(
        part for name, part in zip(panel.dimensions, panel.keys[at], strict=True) if name in wanted
    )


def _numbered(keys: list[tuple[str | None, ...]]) -> Ints:
    seen: dict[tuple[str | None, ...], int] = {}
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)


def _same_phase(day: date, first: date) -> tuple[int, ...]:
    """Return the positions of the days in the same phase of earlier months that are known."""
    found = set()
    from_end = (_month(day, 1) - day).days
    for back in _MONTHS_BACK:
        month, end = _month(day, -back), _month(day, 1 - back)
        same = month + timedelta(days=min(day.day, (end - month).days) - 1)
        found |= {(same - first).days, (end - timedelta(days=from_end) - first).days}
    near = {at + shift for at in found for shift in (-1, 0, 1)}
    return tuple(sorted(at for at in near if 0 <= at < (day - first).days))


def _month(day: date, ahead: int) -> date:
    """Return the first day of the month so many months ahead."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)
