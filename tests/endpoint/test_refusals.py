"""What AWS would refuse is refused, under the same code."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import TODAY, bill, client, costs, dimensions

EC2 = {"Dimensions": {"Key": "SERVICE", "Values": ["EC2"]}}
VALIDATION = "ValidationException"


def error_of(aws: Endpoint, **asked: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        client(aws, "ce").get_cost_and_usage(**asked)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (costs("2026-11-01", "2026-11-01"), VALIDATION, "before end date"),
        (costs("2026-11-02", "2026-11-01"), VALIDATION, "before end date"),
        (costs("2026-11-01", "2026-12-02"), VALIDATION, "past the beginning of next month"),
        (costs("2025-08-31", "2026-11-01"), VALIDATION, "beyond 14 months"),
        (costs("2026-11-01", "2026-11-31"), VALIDATION, "invalid"),
        (costs("2026-11-01", "soon"), VALIDATION, "timePeriod.end"),
        (costs("2026-11-01", "2026-11-03", "HOURLY"), "AccessDeniedException", "Hourly"),
        (costs("2026-11-01", "2026-11-03", "FORTNIGHTLY"), VALIDATION, "enum value set"),
        ({**costs("2026-11-01", "2026-11-03"), "Metrics": ["Cost"]}, VALIDATION, "Metric Cost"),
        ({**costs("2026-11-01", "2026-11-03"), "Metrics": []}, VALIDATION, "empty"),
        (
            costs("2026-11-01", "2026-11-03", GroupBy=dimensions("AZ", "REGION", "SERVICE")),
            VALIDATION,
            "at most 2",
        ),
        (costs("2026-11-01", "2026-11-03", GroupBy=dimensions("TEAM")), VALIDATION, "TEAM"),
        (costs("2026-11-01", "2026-11-03", Filter={}), VALIDATION, "root"),
        (
            costs("2026-11-01", "2026-11-03", Filter={**EC2, "Not": EC2}),
            VALIDATION,
            "more than one",
        ),
        (costs("2026-11-01", "2026-11-03", Filter={"And": [EC2]}), VALIDATION, "two operands"),
        (
            costs(
                "2026-11-01", "2026-11-03", Filter={"Dimensions": {"Key": "SERVICE", "Values": []}}
            ),
            VALIDATION,
            "values must not be empty",
        ),
        (
            costs(
                "2026-11-01",
                "2026-11-03",
                Filter={"Tags": {"Key": "t", "Values": ["a"], "MatchOptions": ["STARTS_WITH"]}},
            ),
            VALIDATION,
            "STARTS_WITH",
        ),
        (
            costs("2026-11-01", "2026-11-03", NextPageToken="garbage"),
            "InvalidNextTokenException",
            "",
        ),
    ],
)
def test_refusals(aws: Endpoint, asked: dict[str, Any], code: str, said: str) -> None:
    found, message = error_of(aws, **asked)
    assert found == code
    assert said in message
    assert aws.billed() == 0


def test_a_missing_member_is_named(aws: Endpoint) -> None:
    import json
    import urllib.error
    import urllib.request

    target = {"X-Amz-Target": "AWSInsightsIndexService.GetCostAndUsage"}
    asked = urllib.request.Request(aws.url, b'{"Metrics": ["UnblendedCost"]}', target)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked, timeout=5)
    with caught.value as answer:
        content = json.load(answer)
    assert (answer.status, content["__type"]) == (400, VALIDATION)
    assert "Value null at 'timePeriod'" in content["message"]


def test_history_of_years_is_monthly_and_begins_on_a_first() -> None:
    with Endpoint(bill(), TODAY, multi_year=True) as aws:
        found = client(aws, "ce").get_cost_and_usage(**costs("2023-09-01", "2026-11-01"))
        assert len(found["ResultsByTime"]) == 38
        assert "first day of the month" in error_of(aws, **costs("2025-08-15", "2026-11-01"))[1]
        assert "monthly" in error_of(aws, **costs("2025-08-01", "2026-11-01", "DAILY"))[1]
        assert "38 months" in error_of(aws, **costs("2023-08-01", "2026-11-01"))[1]


def test_a_request_that_changed_between_pages(aws: Endpoint) -> None:
    aws.organisation.page_size = 2
    asked = costs("2026-10-01", "2026-11-01", GroupBy=dimensions("SERVICE"))
    token = client(aws, "ce").get_cost_and_usage(**asked)["NextPageToken"]
    other = costs("2026-09-01", "2026-11-01", GroupBy=dimensions("SERVICE"))
    assert error_of(aws, **other, NextPageToken=token)[0] == "RequestChangedException"


def test_an_operation_that_is_not_served_says_so(aws: Endpoint) -> None:
    with pytest.raises(ClientError) as caught:
        client(aws, "ce").list_cost_category_definitions()
    assert caught.value.response["Error"]["Code"] == "NotServed"
