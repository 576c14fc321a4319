"""Cost Explorer's costs: sums, buckets, groups and filters as AWS has them."""

from decimal import Decimal
from typing import Any

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, client, costs, dimensions, pages

TAG = [{"Type": "TAG", "Key": "team"}]


def total(result: dict[str, Any], metric: str = "UnblendedCost") -> Decimal:
    return Decimal(result["Total"][metric]["Amount"])


def test_a_month_is_its_days(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    months = ce.get_cost_and_usage(**costs("2026-09-01", "2026-11-01"))["ResultsByTime"]
    days = ce.get_cost_and_usage(**costs("2026-09-01", "2026-11-01", "DAILY"))["ResultsByTime"]

    assert [total(m) for m in months] == [Decimal("337.00000003"), Decimal("348.100000031")]
    assert sum(map(total, days)) == sum(map(total, months))
    assert len(days) == 61
    assert days[0]["TimePeriod"] == {"Start": "2026-09-01", "End": "2026-09-02"}


def test_months_that_are_cut_give_partial_buckets(aws: Endpoint) -> None:
    found = client(aws, "ce").get_cost_and_usage(**costs("2026-09-15", "2026-11-03"))
    spans = [(r["TimePeriod"]["Start"], r["TimePeriod"]["End"]) for r in found["ResultsByTime"]]

    assert spans == [
        ("2026-09-15", "2026-10-01"),
        ("2026-10-01", "2026-11-01"),
        ("2026-11-01", "2026-11-03"),
    ]
    assert total(found["ResultsByTime"][0]) == Decimal("177.600000016")


def test_only_the_open_month_is_estimated(aws: Endpoint) -> None:
    def estimated() -> list[bool]:
        found = client(aws, "ce").get_cost_and_usage(**costs("2026-10-01", "2026-11-24"))
        return [r["Estimated"] for r in found["ResultsByTime"]]

    assert estimated() == [False, True]
    aws.organisation.today = aws.organisation.today.replace(day=3)
    assert estimated() == [True, True]


def test_two_groupings_and_names_of_accounts(aws: Endpoint) -> None:
    grouped = costs("2026-10-01", "2026-11-01", GroupBy=dimensions("LINKED_ACCOUNT", "RECORD_TYPE"))
    found = client(aws, "ce").get_cost_and_usage(**grouped)
    (month,) = found["ResultsByTime"]

    assert {tuple(g["Keys"]): g["Metrics"]["UnblendedCost"]["Amount"] for g in month["Groups"]} == {
        (PROD, "Usage"): "313.1",
        (PROD, "Tax"): "7",
        (LAB, "Usage"): "31.000000031",
        (LAB, "Credit"): "-3",
    }
    assert month["Total"] == {}
    assert {
        d["Value"]: d["Attributes"]["description"] for d in found["DimensionValueAttributes"]
    } == {PROD: "prod", LAB: "lab"}


def test_what_has_no_value_has_a_word(aws: Endpoint) -> None:
    ce = client(aws, "ce")

    def keys(group: list[dict[str, str]]) -> list[str]:
        found = ce.get_cost_and_usage(**costs("2026-10-01", "2026-11-01", GroupBy=group))
        return [g["Keys"][0] for g in found["ResultsByTime"][0]["Groups"]]

    assert keys(dimensions("REGION")) == ["NoRegion", "eu-west-1", "us-east-1"]
    assert keys(dimensions("PURCHASE_TYPE")) == ["NoPurchaseType", "On Demand Instances"]
    assert keys(TAG) == ["team$", "team$data"]
    assert keys([{"Type": "COST_CATEGORY", "Key": "Team"}]) == ["Team$", "Team$Data"]
    assert keys([{"Type": "TAG", "Key": "nobody"}]) == ["nobody$"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ({"Dimensions": {"Key": "SERVICE", "Values": ["EC2", "Tax"]}}, "320.1"),
        ({"Not": {"Dimensions": {"Key": "SERVICE", "Values": ["EC2"]}}}, "35.000000031"),
        ({"Tags": {"Key": "team", "Values": ["data"]}}, "313.1"),
        ({"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}}, "35.000000031"),
        ({"CostCategories": {"Key": "Team", "Values": ["Data"]}}, "313.1"),
        ({"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Credit"]}}, "-3"),
        ({"Dimensions": {"Key": "REGION", "Values": ["NoRegion"]}}, "4"),
        (
            {
                "And": [
                    {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [LAB]}},
                    {
                        "Or": [
                            {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Usage"]}},
                            {"Tags": {"Key": "team", "Values": ["data"]}},
                        ]
                    },
                ]
            },
            "31.000000031",
        ),
        ({"Dimensions": {"Key": "SERVICE", "Values": ["ec2"]}}, "0"),
    ],
)
def test_filters(aws: Endpoint, expression: dict[str, Any], expected: str) -> None:
    asked = costs("2026-10-01", "2026-11-01", Filter=expression)
    (month,) = client(aws, "ce").get_cost_and_usage(**asked)["ResultsByTime"]
    assert month["Total"]["UnblendedCost"] == {"Amount": expected, "Unit": "USD"}


def test_usage_has_a_unit_only_where_there_is_one(aws: Endpoint) -> None:
    asked = {**costs("2026-10-01", "2026-10-03", GroupBy=dimensions("SERVICE"))}
    asked["Metrics"] = ["UsageQuantity", "UnblendedCost"]
    (month,) = client(aws, "ce").get_cost_and_usage(**asked)["ResultsByTime"]
    usage = {g["Keys"][0]: g["Metrics"]["UsageQuantity"] for g in month["Groups"]}
    assert usage["EC2"] == {"Amount": "48", "Unit": "Hrs"}

    asked.pop("GroupBy")
    (month,) = client(aws, "ce").get_cost_and_usage(**asked)["ResultsByTime"]
    assert month["Total"]["UsageQuantity"] == {"Amount": "53", "Unit": "N/A"}


def test_a_day_without_charges(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    (day,) = ce.get_cost_and_usage(**costs("2026-11-24", "2026-11-25", "DAILY"))["ResultsByTime"]
    assert day["Total"]["UnblendedCost"] == {"Amount": "0", "Unit": "USD"}

    grouped = costs("2026-11-24", "2026-11-25", "DAILY", GroupBy=dimensions("SERVICE"))
    (day,) = ce.get_cost_and_usage(**grouped)["ResultsByTime"]
    assert (day["Total"], day["Groups"]) == ({}, [])


def test_pages_hold_every_group_once(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    asked = costs("2026-10-01", "2026-10-08", "DAILY", GroupBy=dimensions("SERVICE"))
    (whole,) = pages(ce.get_cost_and_usage, **asked)
    aws.organisation.page_size = 3
    before = aws.billed()
    parts = list(pages(ce.get_cost_and_usage, **asked))

    def groups(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return [
            (r["TimePeriod"]["Start"], *g["Keys"])
            for page in found
            for r in page["ResultsByTime"]
            for g in r["Groups"]
        ]

    assert groups(parts) == groups([whole])
    assert aws.billed() - before == len(parts) == 5


def test_a_restated_month_changes(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    aws.faults.restate(aws.organisation.today.replace(month=10), "1.5")
    months = ce.get_cost_and_usage(**costs("2026-09-01", "2026-11-01"))["ResultsByTime"]
    assert [total(m) for m in months] == [Decimal("337.00000003"), Decimal("522.1500000465")]


def test_a_member_sees_its_own_charges(aws: Endpoint) -> None:
    asked = costs("2026-10-01", "2026-11-01")
    (month,) = client(aws, "ce", LAB).get_cost_and_usage(**asked)["ResultsByTime"]
    assert total(month) == Decimal("28.000000031")
