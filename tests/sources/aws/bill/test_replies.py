"""Cost Explorer's pages as buckets: whole, once, and in texts that stay exact."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity
from finops_cli.errors import NoAnswer
from finops_cli.sources.aws.bill.replies import Reading, buckets, parameters
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.cache.buckets import Bucket

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
BY_SERVICE = Shape((q.RECORD_TYPE, q.SERVICE), ())
RECORDED = Path(__file__).parents[3] / "data" / "aws" / "cloudtoolbox_ResultsByTime.json"


def amounts(cost: str, quantity: str = "1", unit: str = "N/A") -> dict[str, Any]:
    names = ("Unblended", "Blended", "Amortized", "NetUnblended", "NetAmortized")
    costs = {f"{name}Cost": {"Amount": cost, "Unit": "USD"} for name in names}
    return {**costs, "UsageQuantity": {"Amount": quantity, "Unit": unit}}


def group(service: str, cost: str, **more: str) -> dict[str, Any]:
    return {"Keys": ["Usage", service], "Metrics": amounts(cost, **more)}


def day(number: int, *groups: dict[str, Any]) -> dict[str, Any]:
    period = {"Start": f"2026-10-{number:02}", "End": f"2026-10-{number + 1:02}"}
    return {"TimePeriod": period, "Groups": list(groups), "Total": {}, "Estimated": number > 20}


def read(
    pages: Iterable[dict[str, Any]], shape: Shape = BY_SERVICE, until: date = date(2026, 10, 2)
) -> list[Bucket]:
    return list(buckets(pages, shape, until, NOW, Reading()))


def test_a_day_may_go_on_on_the_next_page() -> None:
    pages = [
        {"ResultsByTime": [day(1, group("S3", "1")), day(2, group("EC2", "2.50"))]},
        {"ResultsByTime": [day(2, group("S3", "0.0000000001"))]},
        {"ResultsByTime": []},
        {"ResultsByTime": [day(3)]},
    ]
    found = read(pages, until=date(2026, 10, 4))
    assert [b.span.start.day for b in found] == [1, 2, 3]
    assert found[1].keys == (("Usage", "EC2"), ("Usage", "S3"))
    assert found[1].columns["unblended"] == ("2.50", "0.0000000001")
    assert found[2].keys == ()


def test_a_bucket_is_told_when_the_next_one_has_begun() -> None:
    def broken() -> Iterable[dict[str, Any]]:
        yield {"ResultsByTime": [day(1, group("S3", "1")), day(2, group("EC2", "2"))]}
        raise NoAnswer("AWS is gone.")

    kept: list[Bucket] = []
    with pytest.raises(NoAnswer, match="gone"):
        for bucket in buckets(broken(), BY_SERVICE, date(2026, 10, 3), NOW, Reading()):
            kept.append(bucket)
    assert [b.span.start.day for b in kept] == [1]


def test_a_lost_page_is_noticed() -> None:
    page = {"ResultsByTime": [day(1, group("S3", "1")), day(2, group("EC2", "2"))]}
    kept: list[Bucket] = []
    with pytest.raises(NoAnswer, match="lost"):
        for bucket in buckets([page], BY_SERVICE, date(2026, 10, 4), NOW, Reading()):
            kept.append(bucket)
    assert [b.span.start.day for b in kept] == [1]  # the second day may lack groups
    with pytest.raises(NoAnswer, match="lost"):
        read([{"ResultsByTime": []}])


def test_pages_that_overlap_are_refused() -> None:
    page = {"ResultsByTime": [day(1, group("S3", "1"))]}
    with pytest.raises(NoAnswer, match="twice"):
        read([page, page])


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"TimePeriod": {"Start": "yesterday", "End": "2026-10-02"}, "Groups": []},
        day(1, {"Keys": ["Usage"], "Metrics": amounts("1")}),
        day(1, {"Keys": ["Usage", "S3"], "Metrics": {}}),
        day(1, group("S3", "much")),
    ],
)
def test_what_is_no_answer_is_refused(result: dict[str, Any]) -> None:
    with pytest.raises(NoAnswer, match="cannot be read"):
        read([{"ResultsByTime": [result]}])


def test_usage_has_a_unit_or_is_not_known() -> None:
    page = {"ResultsByTime": [day(1, group("EC2", "1", unit="Hrs"), group("S3", "1"))]}
    (found,) = read([page])
    assert found.columns["usage"] == ("1", None)
    assert found.columns["usage_unit"] == ("Hrs", None)


def test_names_and_currency_come_along() -> None:
    reading = Reading()
    attributes = [{"Value": "111122223333", "Attributes": {"description": "web"}}]
    page = {"ResultsByTime": [day(1, group("S3", "1"))], "DimensionValueAttributes": attributes}
    list(buckets([page], BY_SERVICE, date(2026, 10, 2), NOW, reading))
    assert (reading.pages, reading.currency) == (1, "USD")
    assert reading.names == {"111122223333": "web"}


def test_a_real_answer_is_read() -> None:
    results = json.loads(RECORDED.read_text(encoding="utf-8"))
    for result in results:  # it was asked for one metric only
        for one in result["Groups"]:
            cost = one["Metrics"]["UnblendedCost"]
            one["Metrics"] = {**amounts(cost["Amount"]), "UnblendedCost": cost}
    until = date.fromisoformat(results[-1]["TimePeriod"]["End"])
    found = read([{"ResultsByTime": results}], Shape((q.SERVICE,), ()), until)
    assert len(found) == 86
    total = sum(float(text or 0) for bucket in found for text in bucket.columns["unblended"])
    assert total == pytest.approx(67.25, abs=0.005)
    assert found[-1].span.estimated and not found[0].span.estimated


def asked(*filters: Filter, by: tuple[str, ...] = ()) -> dict[str, Any]:
    shape = Shape.of(CostQuery(OCTOBER, group_by=by, filters=filters))
    return parameters(shape, OCTOBER, Granularity.TOTAL, ("Usage", "Rounding"), None)


def test_periods_end_before_their_end() -> None:
    assert asked()["TimePeriod"] == {"Start": "2026-10-01", "End": "2026-11-01"}
    assert asked()["Granularity"] == "MONTHLY"
    assert len(asked()["Metrics"]) == 6
    assert not {"Filter", "GroupBy", "BillingViewArn"} & set(asked())


def test_groupings_are_named_by_kind() -> None:
    assert asked(by=(q.ACCOUNT, "tag:team"))["GroupBy"] == [
        {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"},
        {"Type": "TAG", "Key": "team"},
    ]
    assert asked(by=("category:Team",))["GroupBy"] == [{"Type": "COST_CATEGORY", "Key": "Team"}]


def test_filters_become_one_expression() -> None:
    region = Filter(q.REGION, ("us-east-1", None))
    team = Filter("tag:team", ("web", None), exclude=True)
    assert asked(region, team)["Filter"] == {
        "And": [
            {
                "Dimensions": {
                    "Key": "REGION",
                    "Values": ["us-east-1", "NoRegion"],
                    "MatchOptions": ["EQUALS"],
                }
            },
            {
                "Not": {
                    "Or": [
                        {"Tags": {"Key": "team", "Values": ["web"], "MatchOptions": ["EQUALS"]}},
                        {"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}},
                    ]
                }
            },
        ]
    }


def test_a_charge_category_is_the_record_types_that_the_bill_has_for_it() -> None:
    found = asked(Filter(q.CHARGE_CATEGORY, ("Adjustment",)))["Filter"]["Dimensions"]
    assert (found["Key"], found["Values"]) == ("RECORD_TYPE", ["Rounding"])
    fees = asked(Filter(q.CHARGE_CATEGORY, ("Purchase",), exclude=True))["Filter"]["Not"]
    assert "SavingsPlanRecurringFee" in fees["Dimensions"]["Values"]


def test_a_billing_view_is_asked_for() -> None:
    view = "arn:aws:billing::111122223333:billingview/custom-1"
    shape = Shape.of(CostQuery(OCTOBER))
    wanted = parameters(shape, OCTOBER, Granularity.DAILY, (), view)
    assert wanted["BillingViewArn"] == view
