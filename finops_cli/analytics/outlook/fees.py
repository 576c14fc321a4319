"""Charges that come on a known day: fees, commitments, tax and support, yearly subscriptions.

They are no part of a daily level. A series whose charges lie on a few days of the month, month
after month, is kept apart here with its days and amounts.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.shape import Flags, Floats

_DAYS_A_MONTH = 3.0
_FLAT_DAYS = 21
_FLAT = 1e-4
_YEAR = (360, 371)


@dataclass(frozen=True, slots=True)
class Fee:
    """The charges of one series that come on days of the month.

    Args:
        series: The position of the series.
        kind: What it is called in an outlook.
        day: The day of the month on which it comes, from 1; 0 for every day.
        amount: The last charge (of one day, for a commitment).
        by_day: The charge grows with the days of the month.
        follows: The charge follows the spend of the month before.
        last: The position of the last charge among the days.
    """

    series: int
    kind: str
    day: int
    amount: float
    by_day: bool
    follows: bool
    last: int


def find_fees(days: Days, costs: Floats) -> list[Fee]:
    """Return the series that are fees, as of the last day given."""
    fees = [
        Fee(int(i), "commitment", 0, float(costs[i, -1]), False, False, len(days) - 1)
        for i in np.flatnonzero(_flat(costs))
    ]
    for series in np.flatnonzero(_sparse(days, costs)):
        fee = _fee(int(series), days, costs[series])
        if fee is not None:
            fees.append(fee)
    return fees


def _flat(costs: Floats) -> Flags:
    """Tell which series are charged the same amount every day, as a commitment by the hour is."""
    if costs.shape[1] < _FLAT_DAYS:
        return np.zeros(len(costs), dtype=np.bool_)
    recent = costs[:, -_FLAT_DAYS:]
    last = recent[:, -1]
    flat: Flags = (last > 0) & (np.abs(recent - last[:, None]).max(axis=1) <= _FLAT * last)
    return flat


def _sparse(days: Days, costs: Floats) -> Flags:
    """Tell which series are charged on few days of the months in which they are charged."""
    charged = costs != 0
    index = days.month - days.month[0]
    months = np.zeros((len(costs), int(index[-1]) + 1))
    np.add.at(months.T, index, charged.T.astype(float))
    active = (months > 0).sum(axis=1)
    result = (active > 0) & (months.sum(axis=1) <= _DAYS_A_MONTH * np.maximum(active, 1))
    return np.asarray(result & (len(days) >= 8))


def _fee(series: int, days: Days, costs: Floats) -> Fee | None:
    at = np.flatnonzero(costs)
    last, now = int(at[-1]), len(days)
    amounts = costs[at]
    gaps = np.diff(at)
    if len(at) >= 2 and _YEAR[0] <= gaps[-1] <= _YEAR[1]:
        return Fee(series, "annual fee", int(days.day[last]), amounts[-1], False, False, last)
    usual = int(np.bincount(days.day[at]).argmax())
    regular = (days.day[at] == usual).mean() >= 0.7
    due = last + int(days.length[last])
    if not regular or now > due + 3 or (len(at) < 2 and usual != 1) or amounts[-1] < 0:
        return None
    lengths = days.length[at].astype(float)
    if _varies(amounts[-6:]) < 0.002:
        return Fee(series, "monthly fee", usual, amounts[-1], False, False, last)
    if _varies(amounts[-6:] / lengths[-6:]) < 0.002:
        return Fee(series, "commitment", usual, amounts[-1] / lengths[-1], True, False, last)
    return Fee(series, "tax or support", usual, amounts[-1], False, usual == 1, last)


def _varies(amounts: Floats) -> float:
    return float(np.abs(amounts / np.median(amounts) - 1).max())
