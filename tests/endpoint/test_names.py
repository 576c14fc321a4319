"""What there is to group and filter by."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, client, pages

OCTOBER = {"TimePeriod": {"Start": "2026-10-01", "End": "2026-11-01"}}


def values(aws: Endpoint, dimension: str, **more: Any) -> list[str]:
    found = client(aws, "ce").get_dimension_values(**OCTOBER, Dimension=dimension, **more)
    return [each["Value"] for each in found["DimensionValues"]]


def test_values_come_by_cost(aws: Endpoint) -> None:
    assert values(aws, "SERVICE") == ["EC2", "S3", "Tax"]
    assert values(aws, "REGION") == ["us-east-1", "eu-west-1", "NoRegion"]
    assert values(aws, "RECORD_TYPE") == ["Usage", "Tax", "Credit"]


def test_accounts_have_names(aws: Endpoint) -> None:
    found = client(aws, "ce").get_dimension_values(**OCTOBER, Dimension="LINKED_ACCOUNT")
    assert found["DimensionValues"] == [
        {"Value": PROD, "Attributes": {"description": "prod"}},
        {"Value": LAB, "Attributes": {"description": "lab"}},
    ]
    assert (found["ReturnSize"], found["TotalSize"]) == (2, 2)


def test_searching_sorting_and_filtering(aws: Endpoint) -> None:
    upward = {"Key": "UnblendedCost", "SortOrder": "ASCENDING"}
    lab = {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [LAB]}}
    assert values(aws, "SERVICE", SearchString="ec") == ["EC2"]
    assert values(aws, "SERVICE", SortBy=[upward], MaxResults=2) == ["Tax", "S3"]
    assert values(aws, "SERVICE", Filter=lab) == ["S3"]
    with pytest.raises(ClientError, match="SortBy"):
        values(aws, "SERVICE", SortBy=[upward], SearchString="ec")


def test_tags_and_their_values(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    assert ce.get_tags(**OCTOBER)["Tags"] == ["team"]
    assert ce.get_tags(**OCTOBER, TagKey="team")["Tags"] == ["data", ""]
    assert ce.get_tags(**OCTOBER, SearchString="cost")["Tags"] == []


def test_cost_categories_and_their_values(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    assert ce.get_cost_categories(**OCTOBER)["CostCategoryNames"] == ["Team"]
    found = ce.get_cost_categories(**OCTOBER, CostCategoryName="Team")
    assert found["CostCategoryValues"] == ["Data"]


def test_values_come_in_pages(aws: Endpoint) -> None:
    aws.organisation.page_size = 2
    found = list(pages(client(aws, "ce").get_dimension_values, **OCTOBER, Dimension="SERVICE"))
    assert [len(page["DimensionValues"]) for page in found] == [2, 1]
    assert {page["TotalSize"] for page in found} == {3}
