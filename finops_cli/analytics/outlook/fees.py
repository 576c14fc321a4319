"""Charges that come on a known day: fees, commitments, tax and support, yearly subscriptions.

They are no part of a daily level. A series whose charges lie on a few days of the month, month
after month, is kept apart here with its days and amounts, and so is one that costs exactly the same
every day, as a commitment by the hour does. A charge that came once and followed no pattern (a
refund, a purchase) is neither: its series is kept apart too, and not carried on.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.outlook.days import Days, Ints
from finops_cli.analytics.outlook.shape import Flags, Floats

FLAT_RATE, COMMITMENT, MONTHLY, ANNUAL, FOLLOWING, ONCE = (
    "flat rate",
    "commitment",
    "monthly fee",
    "annual fee",
    "tax or support",
    "one-off",
)
_DAYS_A_MONTH = 3.0
_FLAT_DAYS = 21
_FLAT = 1e-4
_SAME = 0.002
_RECENT = 6
_REGULAR = 0.7
_LATE = 3
_A_WEEK = 7
_YEAR = (360, 371)
_LONG = 396
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Fee:
    """The charges of one series that come on days of the month.

    Args:
        series: The position of the series.
        kind: What it is called in an outlook.
        day: The day of the month on which it comes, from 1; 0 for every day.
        amount: The last charge (of one day, where it grows with the days of the month).
        by_day: The charge grows with the days of the month.
        last: The position of the last charge among the days.
    """

    series: int
    kind: str
    day: int
    amount: float
    by_day: bool
    last: int


def find_fees(days: Days, costs: Floats, known: Flags) -> list[Fee]:
    """Return the series that are no part of a daily level, as of the last day given."""
    last = len(days) - 1
    fees = [
        Fee(int(i), FLAT_RATE, 0, float(costs[i, known][-1]), True, last)
        for i in np.flatnonzero(_flat(costs[:, known]))
    ]
    sparse = np.flatnonzero(_sparse(days, costs))
    return fees + [_fee(int(series), days, costs[series]) for series in sparse]


def _flat(costs: Floats) -> Flags:
    if costs.shape[1] < _FLAT_DAYS:
        return np.zeros(len(costs), dtype=np.bool_)
    recent = costs[:, -_FLAT_DAYS:]
    last = recent[:, -1]
    flat: Flags = (last > 0) & (np.abs(recent - last[:, None]).max(axis=1) <= _FLAT * last)
    return flat


def _sparse(days: Days, costs: Floats) -> Flags:
    """Tell which series are charged on few days of the months in which they are charged at all.

    A series charged on every day since it began, save the first of a month alone, is young.
    """
    charged = costs != 0
    months = days.by_month(charged.astype(np.float64))
    count, active = charged.sum(axis=1), (months > 0).sum(axis=1)
    age = np.where(count > 0, len(days) - charged.argmax(axis=1), 0)
    young = (count == age) & ~((age == 1) & (days.day[-1] == 1))
    few = (count > 0) & (count <= _DAYS_A_MONTH * active) & ~young
    sparse: Flags = few & (len(days) > _A_WEEK)
    return sparse


def _fee(series: int, days: Days, costs: Floats) -> Fee:
    at = np.flatnonzero(costs)
    last, now = int(at[-1]), len(days)
    amounts = costs[at]
    amount, usual = float(amounts[-1]), int(np.bincount(days.day[at]).argmax())
    once = Fee(series, ONCE, 0, amount, False, last)
    if amount < 0:
        return once
    if _yearly(at, now, usual == 1):
        return Fee(series, ANNUAL, int(days.day[last]), amount, False, last)
    regular = (days.day[at] == usual).mean() >= _REGULAR and (len(at) > 1 or usual == 1)
    if not regular or now > last + int(days.length[last]) + _LATE:
        return once
    lengths = days.length[at].astype(float)
    if _varies(amounts) < _SAME:
        return Fee(series, MONTHLY, usual, amount, False, last)
    if _varies(amounts / lengths) < _SAME:
        return Fee(series, COMMITMENT, usual, amount / float(lengths[-1]), True, last)
    return Fee(series, FOLLOWING if usual == 1 else MONTHLY, usual, amount, False, last)


def _yearly(at: Ints, now: int, on_first: bool) -> bool:
    """Tell whether charges came a year apart.

    A single charge of a single day in a history of more than a year is mostly one of these: a
    domain, a certificate, a year paid upfront; unless it came on the first, a month or less ago.
    """
    if len(at) == 1:
        monthly = on_first and now - at[0] <= _MONTH
        return bool(now > _LONG and now - at[0] <= _YEAR[1] and not monthly)
    gap = at[-1] - at[-2]
    return bool(_YEAR[0] <= gap <= _YEAR[1] and now - at[-1] <= _YEAR[1])


def _varies(amounts: Floats) -> float:
    recent = amounts[-_RECENT:]
    return float(np.abs(recent / np.median(recent) - 1).max())
