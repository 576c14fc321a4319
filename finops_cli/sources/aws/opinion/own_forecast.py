"""GetCostForecast: what Cost Explorer itself expects of the months to come.

A forecast has to start today, and its first month is then what is left of the one under way: only
whole months are used. At least a year is asked for, at the same price: fewer months are then kept
already.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from finops_cli.domain.opinion import OwnForecast, OwnMonth
from finops_cli.domain.period import Period, add_months
from finops_cli.domain.query import Filter, Metric
from finops_cli.errors import BadPeriod, MissingColumn, NoAnswer
from finops_cli.sources.aws.bill.dimensions import expression
from finops_cli.sources.aws.bill.freshness import RECENT
from finops_cli.sources.aws.bill.kept import kept, younger_than
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.guard.operations import COST_FORECAST

_METRICS = {
    Metric.UNBLENDED: "UNBLENDED_COST",
    Metric.BLENDED: "BLENDED_COST",
    Metric.AMORTIZED: "AMORTIZED_COST",
    Metric.NET_UNBLENDED: "NET_UNBLENDED_COST",
    Metric.NET_AMORTIZED: "NET_AMORTIZED_COST",
}
_LEVELS = (51, 99)
_YEAR, _MOST_MONTHS = 13, 18


def own_forecast(
    reader: Reader, metric: Metric, months: Period, level: int, filters: tuple[Filter, ...]
) -> OwnForecast:
    """Return Cost Explorer's forecast of whole months.

    Raises:
        MissingColumn: Cost Explorer has no such metric.
        BadPeriod: None of the months is one that Cost Explorer can tell today.
        NoData: The account is too young.
        FinopsError: AWS did not answer.
    """
    if metric not in _METRICS:
        raise MissingColumn(f"Cost Explorer does not forecast {metric.value} costs.")
    level = min(max(level, _LEVELS[0]), _LEVELS[1])
    today = reader.freshness.now.date()
    if months.end <= today or months.start >= add_months(today, _MOST_MONTHS):
        raise _out_of_reach(months)
    wanted = _parameters(reader, metric, _asked(months, today), level, filters)

    def ask() -> Any:
        reply = reader.calls.call(COST_FORECAST, wanted)
        _read(reply, level)  # what cannot be read must not be kept
        return {name: reply.get(name) for name in ("Total", "ForecastResultsByTime")}

    scope = Shape((), filters).text()
    end = wanted["TimePeriod"]["End"]
    name = json.dumps(["own forecast", metric.value, level, end, reader.billing_view, scope])
    found = _read(kept(reader, name, younger_than(reader, RECENT), ask), level)
    ahead = tuple(month for month in found.months if month.month in months)
    if not ahead:
        raise _out_of_reach(months)
    return OwnForecast(ahead, found.level, found.currency)


def _out_of_reach(months: Period) -> BadPeriod:
    return BadPeriod(f"Today Cost Explorer forecasts no whole month of {months}.")


def _asked(months: Period, today: date) -> Period:
    end = max(months.end, add_months(today, _YEAR))
    return Period(today, min(end, add_months(today, _MOST_MONTHS)))


def _parameters(
    reader: Reader, metric: Metric, asked: Period, level: int, filters: tuple[Filter, ...]
) -> dict[str, Any]:
    types = reader.store.note("record types")
    wanted: dict[str, Any] = {
        "TimePeriod": {"Start": asked.start.isoformat(), "End": asked.end.isoformat()},
        "Metric": _METRICS[metric],
        "Granularity": "MONTHLY",
        "PredictionIntervalLevel": level,
    }
    if found := expression(filters, tuple(types[0]) if types else ()):
        wanted["Filter"] = found
    if reader.billing_view:
        wanted["BillingViewArn"] = reader.billing_view
    return wanted


def _read(reply: Mapping[str, Any], level: int) -> OwnForecast:
    try:
        months = [_month(result) for result in reply["ForecastResultsByTime"]]
        unit = reply["Total"].get("Unit", "USD")
    except (ArithmeticError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoAnswer("Cost Explorer's own forecast cannot be read.", "Try again.") from error
    return OwnForecast(tuple(month for month in months if month), level, unit)


def _month(result: Mapping[str, Any]) -> OwnMonth | None:
    """Return a month of the answer, None where it is only a part of one."""
    period = result["TimePeriod"]
    start, end = (date.fromisoformat(period[name][:10]) for name in ("Start", "End"))
    if start.day != 1 or end != add_months(start, 1):
        return None
    mean = Decimal(result["MeanValue"])
    low = Decimal(result.get("PredictionIntervalLowerBound", mean))
    high = Decimal(result.get("PredictionIntervalUpperBound", mean))
    return OwnMonth(start, mean, low, high)
