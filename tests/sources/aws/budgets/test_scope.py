"""What an AWS budget watches, in our filters; and what is not guessed at."""

from typing import Any

import pytest

from finops_cli.domain.query import Filter, Metric
from finops_cli.sources.aws.budgets.scope import Unmapped, filters_of, metric_of


@pytest.mark.parametrize(
    ("budget", "filters"),
    [
        ({}, ()),
        ({"CostFilters": {"Service": ["A", "B"]}}, (Filter("service", ("A", "B")),)),
        (
            {"CostFilters": {"LinkedAccount": ["1"], "Region": ["NoRegion"]}},
            (Filter("account", ("1",)), Filter("region", (None,))),
        ),
        (
            {"CostFilters": {"PurchaseType": ["Standard Reserved Instances"]}},
            (Filter("purchase_option", ("Reserved Instance",)),),
        ),
        (
            {"CostFilters": {"TagKeyValue": ["user:team$data", "user:team$"]}},
            (Filter("tag:team", ("data", None)),),
        ),
        ({"CostFilters": {"CostCategory": ["Unit$Shop"]}}, (Filter("category:Unit", ("Shop",)),)),
        (
            {"CostTypes": {"IncludeTax": False, "IncludeCredit": False, "IncludeSupport": True}},
            (Filter("charge_category", ("Tax", "Credit"), exclude=True),),
        ),
        (
            {
                "FilterExpression": {
                    "And": [
                        {"Dimensions": {"Key": "SERVICE", "Values": ["A"]}},
                        {"Not": {"Dimensions": {"Key": "REGION", "Values": ["us-east-1"]}}},
                        {"Not": {"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}}},
                        {"CostCategories": {"Key": "Unit", "Values": ["Shop"]}},
                    ]
                }
            },
            (
                Filter("service", ("A",)),
                Filter("region", ("us-east-1",), exclude=True),
                Filter("tag:team", (None,), exclude=True),
                Filter("category:Unit", ("Shop",)),
            ),
        ),
    ],
)
def test_a_budget_is_said_in_filters(budget: dict[str, Any], filters: tuple[Filter, ...]) -> None:
    assert filters_of(budget) == filters


@pytest.mark.parametrize(
    ("budget", "named"),
    [
        ({"CostFilters": {"LegalEntityName": ["x"]}}, "LegalEntityName"),
        ({"CostFilters": {"TagKeyValue": ["user:a$1", "user:b$2"]}}, "several keys"),
        ({"CostTypes": {"IncludeSupport": False}}, "IncludeSupport"),
        ({"CostTypes": {"IncludeUpfront": False}}, "IncludeUpfront"),
        ({"FilterExpression": {"Or": []}}, "Or"),
        ({"FilterExpression": {"Not": {"And": []}}}, "And"),
        (
            {
                "FilterExpression": {
                    "Tags": {"Key": "a", "Values": ["b"], "MatchOptions": ["STARTS_WITH"]}
                }
            },
            "STARTS_WITH",
        ),
        ({"FilterExpression": {"Dimensions": {"Key": "TENANCY", "Values": ["x"]}}}, "TENANCY"),
    ],
)
def test_what_filters_cannot_say_is_named(budget: dict[str, Any], named: str) -> None:
    with pytest.raises(Unmapped, match=named):
        filters_of(budget)


@pytest.mark.parametrize(
    ("budget", "metric"),
    [
        ({}, Metric.UNBLENDED),
        ({"CostTypes": {"UseAmortized": True}}, Metric.AMORTIZED),
        ({"CostTypes": {"UseBlended": True}}, Metric.BLENDED),
        ({"Metrics": ["NetAmortizedCost"]}, Metric.NET_AMORTIZED),
    ],
)
def test_a_budget_says_which_cost_counts(budget: dict[str, Any], metric: Metric) -> None:
    assert metric_of(budget) is metric


def test_a_metric_that_is_not_asked_for_is_named() -> None:
    with pytest.raises(Unmapped, match="UsageQuantity"):
        metric_of({"Metrics": ["UsageQuantity"]})
