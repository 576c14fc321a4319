"""Savings Plans and reservations of the demo organisation, as Cost Explorer tells them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from finops_cli.sources import Today, open_source
from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import client, costs, pages

DAY = date(2026, 11, 16)
OCTOBER = {"TimePeriod": {"Start": "2026-10-01", "End": "2026-11-01"}}
SAVINGS_PLAN = {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["SavingsPlanRecurringFee"]}}
RDS = "Amazon Relational Database Service"


@pytest.fixture(scope="module")
def demo(cache_folder: Path) -> Iterator[Endpoint]:
    source = open_source("demo", Today(DAY, pinned=True), cache_folder)
    with Endpoint(source, DAY) as endpoint:
        yield endpoint
        assert endpoint.mishaps == []


def test_the_commitment_is_what_the_bill_charges(demo: Endpoint) -> None:
    ce = client(demo, "ce")
    found = ce.get_savings_plans_utilization(**OCTOBER)
    total = {name: Decimal(value) for name, value in found["Total"]["Utilization"].items()}
    (month,) = ce.get_cost_and_usage(**costs("2026-10-01", "2026-11-01", Filter=SAVINGS_PLAN))[
        "ResultsByTime"
    ]

    assert total["TotalCommitment"] == Decimal(month["Total"]["UnblendedCost"]["Amount"])
    assert total["UsedCommitment"] + total["UnusedCommitment"] == total["TotalCommitment"]
    assert 90 < total["UtilizationPercentage"] < 100
    assert Decimal(found["Total"]["Savings"]["NetSavings"]) > 0


def test_months_of_utilization(demo: Endpoint) -> None:
    quarter = {"TimePeriod": {"Start": "2026-08-01", "End": "2026-11-01"}}
    found = client(demo, "ce").get_savings_plans_utilization(**quarter, Granularity="MONTHLY")
    parts = [u["Utilization"]["TotalCommitment"] for u in found["SavingsPlansUtilizationsByTime"]]
    assert len(parts) == 3
    assert sum(map(Decimal, parts)) == Decimal(found["Total"]["Utilization"]["TotalCommitment"])


def test_savings_plan_coverage_by_day_comes_in_pages(demo: Endpoint) -> None:
    call = client(demo, "ce").get_savings_plans_coverage
    found = list(pages(call, "NextToken", **OCTOBER, Granularity="DAILY"))
    assert [len(page["SavingsPlansCoverages"]) for page in found] == [20, 11]
    for each in found[0]["SavingsPlansCoverages"]:
        coverage = {name: Decimal(value) for name, value in each["Coverage"].items()}
        parts = coverage["SpendCoveredBySavingsPlans"] + coverage["OnDemandCost"]
        assert parts == coverage["TotalCost"]


def test_reservations_leave_something_unused(demo: Endpoint) -> None:
    ce = client(demo, "ce")
    total = ce.get_reservation_utilization(**OCTOBER)["Total"]
    assert Decimal(total["RICostForUnusedHours"]) == Decimal("424.08")
    assert 0 < Decimal(total["UtilizationPercentage"]) < 100
    bought, used = Decimal(total["PurchasedHours"]), Decimal(total["TotalActualHours"])
    assert bought - used == Decimal(total["UnusedHours"])


def test_reservation_coverage_by_service(demo: Endpoint) -> None:
    grouped: dict[str, Any] = {"GroupBy": [{"Type": "DIMENSION", "Key": "SERVICE"}]}
    found = client(demo, "ce").get_reservation_coverage(**OCTOBER, **grouped)
    groups = found["CoveragesByTime"][0]["Groups"]
    assert {g["Attributes"]["service"] for g in groups} == {RDS, "Amazon ElastiCache"}
    running = sum(Decimal(g["Coverage"]["CoverageHours"]["TotalRunningHours"]) for g in groups)
    assert running == Decimal(found["Total"]["CoverageHours"]["TotalRunningHours"])


def test_what_to_buy(demo: Endpoint) -> None:
    ce = client(demo, "ce")
    wanted = {"TermInYears": "ONE_YEAR", "PaymentOption": "NO_UPFRONT"}
    plan = ce.get_savings_plans_purchase_recommendation(
        **wanted, SavingsPlansType="COMPUTE_SP", LookbackPeriodInDays="THIRTY_DAYS"
    )["SavingsPlansPurchaseRecommendation"]
    (detail,) = plan["SavingsPlansPurchaseRecommendationDetails"]
    assert Decimal(detail["EstimatedMonthlySavingsAmount"]) > 0

    bought = ce.get_reservation_purchase_recommendation(**wanted, Service=RDS)["Recommendations"]
    kinds = {
        d["InstanceDetails"]["RDSInstanceDetails"]["InstanceType"]
        for d in bought[0]["RecommendationDetails"]
    }
    assert "db.r5.2xlarge" in kinds
    assert ce.get_reservation_purchase_recommendation(Service="S3")["Recommendations"] == []


def test_without_commitments_there_is_no_data(aws: Endpoint) -> None:
    ce = client(aws, "ce")
    for call in (ce.get_savings_plans_utilization, ce.get_reservation_utilization):
        with pytest.raises(ClientError) as caught:
            call(**OCTOBER)
        assert caught.value.response["Error"]["Code"] == "DataUnavailableException"
