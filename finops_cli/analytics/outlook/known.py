"""Fees and commitments as amounts of the months ahead."""

from datetime import date

import numpy as np

from finops_cli.analytics.outlook.days import Days, Ints
from finops_cli.analytics.outlook.fees import ANNUAL, FOLLOWING, ONCE, Fee
from finops_cli.analytics.outlook.history import History
from finops_cli.analytics.outlook.shape import Floats, Known

_DAILY = "The same amount every day."
_YEARLY = "Charged once a year."
_RATE = "Charged on day {} of the month, for each of its days."
_FIXED = "Charged on day {} of the month."
_FOLLOWS = "Charged on day {} of the month, and follows the spend of the month before."


def known_amounts(
    fees: list[Fee], history: History, future: Days, months: tuple[date, ...], usage: Floats
) -> tuple[Known, ...]:
    """Return what each fee will charge in the days ahead.

    Args:
        fees: What was found, as of the last day of the history.
        history: What is known.
        future: The days ahead.
        months: The months that they belong to.
        usage: The expected cost of everything else, shape (series, months).
    """
    going = [fee for fee in fees if fee.kind != ONCE]
    daily = [_daily(fee, future, len(months)) for fee in going if not fee.day]
    ahead = usage.sum(axis=0) + sum((item.amounts for item in daily), np.zeros(len(months)))
    spend = _spend(fees, history, ahead)
    dated = [_dated(fee, history, future, months, spend) for fee in going if fee.day]
    return (*daily, *dated)


def _daily(fee: Fee, future: Days, months: int) -> Known:
    days = np.bincount(future.month - future.month[0], minlength=months).astype(np.float64)
    return Known(fee.series, fee.kind, _DAILY, fee.amount * days)


def _dated(
    fee: Fee, history: History, future: Days, months: tuple[date, ...], spend: Floats
) -> Known:
    index = future.month - future.month[0]
    amounts = np.zeros(len(months))
    due = np.flatnonzero(future.day == np.minimum(fee.day, future.length))
    if fee.kind == ANNUAL:
        last = history.days.at(fee.last)
        due = due[(future.month[due] - history.days.month[fee.last]) % 12 == 0]
        due = due[[future.at(day) > last for day in due]]
    charge: Floats = np.full(len(due), fee.amount)
    if fee.by_day:
        charge *= future.length[due]
    if fee.kind == FOLLOWING:
        charge *= _followed(fee, history, future.month[due], spend)
    np.add.at(amounts, index[due], charge)
    return Known(fee.series, fee.kind, _words(fee), amounts)


def _words(fee: Fee) -> str:
    if fee.kind == ANNUAL:
        return _YEARLY
    words = _RATE if fee.by_day else _FOLLOWS if fee.kind == FOLLOWING else _FIXED
    return words.format(fee.day)


def _followed(fee: Fee, history: History, due: Ints, spend: Floats) -> Floats:
    """Return the spend of the months before, relative to that before the last charge."""
    before = due - history.days.month[0] - 1
    base = int(history.days.month[fee.last] - history.days.month[0]) - 1
    if base < 0 or spend[base] <= 0 or (base == 0 and history.days.first.day > 1):
        return np.ones(len(due))
    return np.asarray(np.maximum(spend[before], 0.0) / spend[base])


def _spend(fees: list[Fee], history: History, ahead: Floats) -> Floats:
    """Return by month the spend without dated fees: past months, then those ahead."""
    index = history.days.month - history.days.month[0]
    dated = [fee.series for fee in fees if fee.day or fee.kind == ONCE]
    daily = history.costs.sum(axis=0) - history.costs[dated].sum(axis=0)
    past: Floats = np.bincount(index, daily).astype(np.float64)
    if history.until.day > 1:
        return np.concatenate((past[:-1], [past[-1] + ahead[0]], ahead[1:]))
    return np.concatenate((past, ahead))
