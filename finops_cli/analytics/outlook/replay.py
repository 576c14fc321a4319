"""What a user would have been told at the end of each past month, beside what came."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from finops_cli.analytics.outlook.ahead import outlook_of
from finops_cli.analytics.outlook.history import History
from finops_cli.analytics.outlook.level import Experience
from finops_cli.analytics.outlook.shape import Floats, Outlook
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import add_months, first_of_month

_ORIGINS = 12


@dataclass(frozen=True, slots=True)
class Measures:
    """Errors as shares of the actual amounts (0.03 is 3 per cent); NaN where nothing is known.

    Args:
        month_1: WAPE of the first month ahead.
        month_3: WAPE of the third.
        month_12: WAPE of the twelfth.
        total_12: WAPE of the sum of the first twelve.
        bias: Sum of predicted less actual over the sum of actual, first months.
        coverage: The share of all months inside the band; NaN for methods without one.
    """

    month_1: float
    month_3: float
    month_12: float
    total_12: float
    bias: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Replay:
    """Forecasts made at past month ends, each array of shape (origins, horizon).

    Args:
        origins: The first day that was not known at each.
        predicted: The means told.
        low: The lower ends told.
        high: The upper ends told.
        actual: What came; NaN where it has not.
        last_month: The last whole month repeated.
        last_rate: The last whole month's rate per day, times the days of the month.
        seasonal_naive: The same month of the year before; NaN where there was none.
    """

    origins: tuple[date, ...]
    predicted: Floats
    low: Floats
    high: Floats
    actual: Floats
    last_month: Floats
    last_rate: Floats
    seasonal_naive: Floats

    def measures(self) -> dict[str, Measures]:
        """Return the errors of ours, last month, last month per day, and seasonal naive."""
        with np.errstate(invalid="ignore"):
            inside = (self.actual >= self.low) & (self.actual <= self.high)
        known = np.isfinite(self.actual)
        coverage = float(inside[known].mean()) if known.any() else float("nan")
        return {
            "forecast": _measure(self.predicted, self.actual, coverage),
            "last month": _measure(self.last_month, self.actual),
            "last month per day": _measure(self.last_rate, self.actual),
            "seasonal naive": _measure(self.seasonal_naive, self.actual),
        }


def replay(
    panel: Panel,
    until: date,
    horizon: int,
    level: float = 80,
    origins: int | None = None,
    every: int = 1,
) -> Replay:
    """Return what :func:`look_ahead` said at each past month end, from what was known then.

    Args:
        panel: Daily costs by series.
        until: The first day that is not complete.
        horizon: The number of months ahead.
        level: The share of outcomes, in per cent, that the bands shall hold.
        origins: How many month ends to tell again, at most; 12 if None.
        every: How many months lie between them: 2 reaches twice as far back.
    """
    history = History.of(panel, until)
    totals, lengths, first = _by_month(history)
    starts = _origins(history, _ORIGINS if origins is None else origins, every)
    experience = Experience.of(history.costs)
    rows = []
    for day in starts:
        told = outlook_of(history.before(day), day, horizon, level, experience)
        at = (day.year - first.year) * 12 + day.month - first.month
        rows.append(_row(told, at, totals, lengths))
    grid = np.array(rows).reshape(len(rows), 7, horizon)
    return Replay(tuple(starts), *(grid[:, i] for i in range(7)))


def _origins(history: History, count: int, every: int) -> list[date]:
    """Return the latest month ends with a whole month before and one after."""
    last = add_months(first_of_month(history.until), -1)
    begin = int(np.argmax(history.known))
    earliest = add_months(history.days.at(begin), 1)
    if history.days.at(begin).day > 1:
        earliest = add_months(earliest, 1)
    days = [add_months(last, -every * i) for i in range(count)]
    return [day for day in reversed(days) if day >= earliest]


def _by_month(history: History) -> tuple[Floats, Floats, date]:
    index = history.days.month - history.days.month[0]
    totals: Floats = np.bincount(index, history.costs.sum(axis=0)).astype(np.float64)
    lengths = np.zeros(len(totals))
    lengths[index] = history.days.length
    if history.until.day > 1:
        totals[-1] = np.nan
    if history.days.first.day > 1:
        totals[0] = np.nan
    return totals, lengths, first_of_month(history.days.first)


def _row(told: Outlook, at: int, totals: Floats, lengths: Floats) -> list[Floats]:
    """Return what was told at the month numbered ``at``, what came, and what naive methods say."""
    horizon = len(told.months)
    days = np.array([(add_months(m, 1) - m).days for m in told.months], dtype=np.float64)
    last = np.full(horizon, totals[at - 1])
    rate = last / lengths[at - 1] * days
    year_ago = _cut(totals, at - 12, min(horizon, 12)) if at >= 12 else np.full(horizon, np.nan)
    naive: Floats = np.resize(year_ago, horizon)
    total, actual = told.total, _cut(totals, at, horizon)
    return [total.mean, total.low, total.high, actual, last, rate, naive]


def _cut(totals: Floats, at: int, horizon: int) -> Floats:
    result = np.full(horizon, np.nan)
    found = totals[at : at + horizon]
    result[: len(found)] = found
    return result


def _measure(predicted: Floats, actual: Floats, coverage: float = float("nan")) -> Measures:
    def month(number: int) -> float:
        if number > actual.shape[1]:
            return float("nan")
        return _wape(predicted[:, number - 1], actual[:, number - 1])

    totals = float("nan")
    if actual.shape[1] >= 12:
        totals = _wape(predicted[:, :12].sum(axis=1), actual[:, :12].sum(axis=1))
    first_p, first_a = predicted[:, 0], actual[:, 0]
    both = np.isfinite(first_p) & np.isfinite(first_a)
    size = np.abs(first_a[both]).sum()
    bias = float((first_p - first_a)[both].sum() / size) if size > 0 else float("nan")
    return Measures(month(1), month(3), month(12), totals, bias, coverage)


def _wape(predicted: Floats, actual: Floats) -> float:
    both = np.isfinite(predicted) & np.isfinite(actual)
    size = np.abs(actual[both]).sum()
    return float(np.abs((predicted - actual)[both]).sum() / size) if size > 0 else float("nan")
