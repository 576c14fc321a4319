"""GetCostComparisonDrivers: whole months only, and sums that agree with the costs."""

from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import client, costs, pages

SEPTEMBER = {"Start": "2026-09-01", "End": "2026-10-01"}
OCTOBER = {"Start": "2026-10-01", "End": "2026-11-01"}


def months(**more: Any) -> dict[str, Any]:
    return {
        "BaselineTimePeriod": SEPTEMBER,
        "ComparisonTimePeriod": OCTOBER,
        "MetricForComparison": "UnblendedCost",
        **more,
    }


def all_drivers(aws: Endpoint, **more: Any) -> list[dict[str, Any]]:
    call = client(aws, "ce").get_cost_comparison_drivers
    return [d for page in pages(call, **months(**more)) for d in page["CostComparisonDrivers"]]


def test_drivers_add_up_to_the_change(aws: Endpoint) -> None:
    drivers = all_drivers(aws, MaxResults=2)
    wholes = [d["Metrics"]["UnblendedCost"] for d in drivers]
    found = client(aws, "ce").get_cost_and_usage(**costs("2026-09-01", "2026-11-01"))
    before, after = (Decimal(r["Total"]["UnblendedCost"]["Amount"]) for r in found["ResultsByTime"])

    assert sum(Decimal(w["BaselineTimePeriodAmount"]) for w in wholes) == before
    assert sum(Decimal(w["ComparisonTimePeriodAmount"]) for w in wholes) == after
    assert sum(Decimal(w["Difference"]) for w in wholes) == after - before
    assert wholes[0]["Difference"] == "10.1"
    for driver in drivers:
        parts = [
            Decimal(d["Metrics"]["UnblendedCost"]["Difference"]) for d in driver["CostDrivers"]
        ]
        assert sum(parts) == Decimal(driver["Metrics"]["UnblendedCost"]["Difference"])


def test_service_and_usage_type_are_always_told_apart(aws: Endpoint) -> None:
    first = all_drivers(aws)[0]
    assert first["CostSelector"] == {
        "And": [
            {"Dimensions": {"Key": "SERVICE", "Values": ["EC2"]}},
            {"Dimensions": {"Key": "USAGE_TYPE", "Values": ["Box:m5"]}},
        ]
    }
    kinds = {d["Type"] for driver in all_drivers(aws) for d in driver["CostDrivers"]}
    assert kinds == {"USAGE_CHANGE", "TAX", "CREDIT"}

    by_tag = all_drivers(aws, GroupBy=[{"Type": "TAG", "Key": "team"}])
    assert {str(d["CostSelector"]["And"][2]) for d in by_tag} == {
        "{'Tags': {'Key': 'team', 'Values': ['data']}}",
        "{'Tags': {'Key': 'team', 'MatchOptions': ['ABSENT']}}",
    }


@pytest.mark.parametrize(
    "asked",
    [
        months(ComparisonTimePeriod={"Start": "2026-10-01", "End": "2026-10-31"}),
        months(BaselineTimePeriod={"Start": "2026-08-01", "End": "2026-10-01"}),
        months(BaselineTimePeriod={"Start": "2026-09-02", "End": "2026-10-02"}),
        months(MetricForComparison="Cost"),
        months(BaselineTimePeriod={"Start": "2025-08-01", "End": "2025-09-01"}),
    ],
)
def test_refusals(aws: Endpoint, asked: dict[str, Any]) -> None:
    with pytest.raises(ClientError) as caught:
        client(aws, "ce").get_cost_comparison_drivers(**asked)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
