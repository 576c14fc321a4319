"""GetCostForecast: its rules, and arithmetic that can be followed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, TODAY, bill, client


def ask(aws: Endpoint, end: str, start: str = "2026-11-24", **more: Any) -> dict[str, Any]:
    parameters = {"Metric": "UNBLENDED_COST", "Granularity": "MONTHLY", **more}
    period = {"Start": start, "End": end}
    found: dict[str, Any] = client(aws, "ce").get_cost_forecast(TimePeriod=period, **parameters)
    return found


def test_it_carries_on_what_was(aws: Endpoint) -> None:
    lab = {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [LAB]}}
    found = ask(aws, "2027-01-01", Filter=lab)
    mean = (28 * Decimal("1.000000001") - 3) / 28  # the credit of the first of November
    first, second = found["ForecastResultsByTime"]

    assert first["TimePeriod"] == {"Start": "2026-11-24", "End": "2026-12-01"}
    assert Decimal(first["MeanValue"]) == pytest.approx(7 * mean)
    assert Decimal(second["MeanValue"]) == pytest.approx(31 * mean)
    assert Decimal(found["Total"]["Amount"]) == pytest.approx(38 * mean)
    assert "PredictionIntervalLowerBound" not in first


def test_a_higher_level_is_a_wider_interval(aws: Endpoint) -> None:
    def width(level: int) -> Decimal:
        found = ask(aws, "2026-12-01", PredictionIntervalLevel=level)["ForecastResultsByTime"][0]
        upper, lower = found["PredictionIntervalUpperBound"], found["PredictionIntervalLowerBound"]
        return Decimal(upper) - Decimal(lower)

    assert width(95) > width(80) > width(51) > 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"end": "2026-12-01", "start": "2026-11-23"}, "past"),
        ({"end": "2026-11-24"}, "must be before requested End"),
        ({"end": "2027-03-24", "Granularity": "DAILY"}, "3 months"),
        ({"end": "2028-06-01"}, "18 months"),
        ({"end": "2026-12-01", "Granularity": "HOURLY"}, "Hourly"),
        ({"end": "2026-12-01", "Metric": "USAGE_QUANTITY"}, "USAGE_QUANTITY"),
        ({"end": "2026-12-01", "PredictionIntervalLevel": 50}, "greater than or equal to 51"),
        ({"end": "2026-12-01", "PredictionIntervalLevel": 100}, "less than or equal to 99"),
    ],
)
def test_refusals(aws: Endpoint, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ClientError) as caught:
        ask(aws, **asked)
    error = caught.value.response["Error"]
    assert error["Code"] == "ValidationException"
    assert said in error["Message"]


def test_the_furthest_that_can_be_asked(aws: Endpoint) -> None:
    assert len(ask(aws, "2028-05-01")["ForecastResultsByTime"]) == 18
    assert len(ask(aws, "2027-02-24", Granularity="DAILY")["ForecastResultsByTime"]) == 92


def test_a_young_account_has_no_forecast() -> None:
    with Endpoint(bill(date(2026, 10, 1)), TODAY) as aws:
        with pytest.raises(ClientError) as caught:
            ask(aws, "2026-12-01")
    error = caught.value.response["Error"]
    assert error["Code"] == "DataUnavailableException"
    assert error["Message"] == "Insufficient amount of historical data"
