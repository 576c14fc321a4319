"""GetCostForecast: what the last four weeks cost a day, carried on.

Deterministic, and nothing like AWS's own; only its rules and its form are.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist, fmean, pstdev

from finops_cli.domain.period import Period, add_months
from tests.aws_endpoint.costs import Question, add_up, plain
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.time_period import buckets, read_day, written
from tests.aws_endpoint.wire import AwsError, Call, Reply, invalid

_METRICS = {
    "UNBLENDED_COST": "UnblendedCost",
    "BLENDED_COST": "BlendedCost",
    "AMORTIZED_COST": "AmortizedCost",
    "NET_UNBLENDED_COST": "NetUnblendedCost",
    "NET_AMORTIZED_COST": "NetAmortizedCost",
}
_RECENT = 28
_MONTHS_AHEAD = 18
_HISTORY_MONTHS = 2
_DAY = timedelta(days=1)
_CENT_OF_CENT = Decimal("1E-10")


class Forecasts:
    """Answers GetCostForecast."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def __call__(self, call: Call) -> Reply:
        """Return the forecast, with bounds where an interval is asked for."""
        asked = call.parameters
        metric = _METRICS.get(asked["Metric"])
        if metric is None:
            raise invalid(f"{asked['Metric']} is not a valid metric for cost forecasts")
        spans = self._spans(asked["TimePeriod"], asked["Granularity"])
        recent = self._recent(call, metric)
        mean, spread = _exact(fmean(recent)), _exact(pstdev(recent))
        level = asked.get("PredictionIntervalLevel")
        whole = sum((mean * span.days for span in spans), Decimal(0))
        return {
            "Total": {"Amount": plain(whole), "Unit": self._organisation.bill.currency},
            "ForecastResultsByTime": [_result(span, mean, spread, level) for span in spans],
        }

    def _spans(self, interval: dict[str, str], granularity: str) -> Sequence[Period]:
        start, end = read_day(interval["Start"]), read_day(interval["End"])
        if start >= end:
            raise invalid(f"Requested Start: {start} must be before requested End: {end}")
        today = self._organisation.today
        if granularity == "HOURLY":
            raise invalid("Hourly granularity is not supported for forecasts")
        if start < today:
            raise invalid("Start date of a forecast must not be in the past")
        if granularity == "DAILY" and end > _in_three_months(today):
            raise invalid("Daily forecasts reach at most 3 months ahead")
        if granularity == "MONTHLY" and end > add_months(today, _MONTHS_AHEAD):
            raise invalid(f"Monthly forecasts reach at most {_MONTHS_AHEAD} months ahead")
        return buckets(Period(start, end), granularity)

    def _recent(self, call: Call, metric: str) -> list[float]:
        """Return the last days' costs.

        Raises:
            AwsError: The first charge is too young.
        """
        organisation = self._organisation
        rule = read_filter(call.parameters.get("Filter"), organisation.payer)
        covered = organisation.bill.coverage
        end = min(organisation.today, covered.end)
        if end <= covered.start:
            raise _too_young()
        days = [Period(day, day + _DAY) for day in Period(covered.start, end).each_day()]
        sums = add_up(organisation, Question((metric,), (), rule, call.account), days)
        charged = [day.start for day, found in zip(days, sums, strict=True) if found]
        if not charged or charged[0] > _months_before(organisation.today, _HISTORY_MONTHS):
            raise _too_young()
        recent = sums[-_RECENT:]
        return [float(found[()][metric].number) if found else 0.0 for found in recent]


def _result(span: Period, mean: Decimal, spread: Decimal, level: int | None) -> Reply:
    middle = mean * span.days
    result: Reply = {"TimePeriod": written(span), "MeanValue": plain(middle)}
    if level is not None:
        reach = _exact(NormalDist().inv_cdf(0.5 + level / 200) * span.days**0.5) * spread
        result["PredictionIntervalLowerBound"] = plain(round(middle - reach, 10))
        result["PredictionIntervalUpperBound"] = plain(round(middle + reach, 10))
    return result


def _exact(number: float) -> Decimal:
    return Decimal(number).quantize(_CENT_OF_CENT)


def _in_three_months(today: date) -> date:
    return today + timedelta(days=92)


def _months_before(today: date, months: int) -> date:
    first = add_months(today, -months)
    return first + timedelta(days=min(today.day, 28) - 1)


def _too_young() -> AwsError:
    return AwsError("DataUnavailableException", "Insufficient amount of historical data")
