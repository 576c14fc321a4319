"""The demo as a FOCUS export: whole, well-formed, exact, and the same every time."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from finops_cli.domain.period import add_months
from finops_cli.sources.demo.organisation import ACCOUNTS, PAYER, REGIONS
from tests.sources.demo.demo_bill import Bill

AMOUNTS = ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")
TOTALS = {
    date(2026, 11, 15): ("2974330.5528971101", "2974162.4328971101", "3069472.7670371101"),
    date(2028, 2, 29): ("3018905.9670475372", "3019763.0070475372", "3116015.3417403372"),
}
"""Billed, effective and list cost to the last digit: the same on every machine.

Whoever changes the story writes down its new totals here.
"""


@pytest.mark.parametrize("today", TOTALS)
def test_totals_are_the_same_everywhere(open_bill: Callable[[date], Bill], today: date) -> None:
    (totals,) = open_bill(today).rows(
        "SELECT sum(BilledCost), sum(EffectiveCost), sum(ListCost) FROM bill"
    )
    assert totals == tuple(Decimal(total) for total in TOTALS[today])


def test_every_day_of_26_months_is_there_up_to_yesterday(bill: Bill) -> None:
    yesterday = bill.today - timedelta(days=1)
    start = add_months(yesterday, -25)
    days = [day for (day,) in bill.rows("SELECT DISTINCT day FROM bill ORDER BY day")]
    assert days == [start + timedelta(days=n) for n in range((bill.today - start).days)]


def test_each_file_is_one_billing_period(bill: Bill) -> None:
    assert bill.one("SELECT count(DISTINCT filename) FROM bill") == 26
    assert (
        bill.rows(
            "SELECT DISTINCT filename FROM bill WHERE NOT filename LIKE"
            " '%/' || strftime(BillingPeriodStart, '%Y-%m') || '.parquet'"
        )
        == []
    )
    assert (
        bill.rows(
            "SELECT * FROM bill WHERE BillingPeriodStart <> date_trunc('month', day)"
            " OR BillingPeriodEnd <> BillingPeriodStart + INTERVAL 1 MONTH"
            " OR ChargePeriodEnd <= ChargePeriodStart LIMIT 1"
        )
        == []
    )


def test_accounts_keep_their_12_digits(bill: Bill) -> None:
    found = bill.rows("SELECT DISTINCT SubAccountId, SubAccountName FROM bill ORDER BY ALL")
    assert found == sorted((account.id, account.name) for account in ACCOUNTS)
    assert all(len(account) == 12 and account.isdigit() for account, _ in found)
    assert any(account.startswith("0") for account, _ in found)
    assert bill.rows("SELECT DISTINCT BillingAccountId FROM bill") == [(PAYER.id,)]


def test_columns_have_the_types_of_focus(bill: Bill) -> None:
    types = {name: kind for name, kind, *_ in bill.rows("DESCRIBE bill")}
    assert {types[name] for name in AMOUNTS} == {"DECIMAL(18,10)"}
    assert types["ChargePeriodStart"] == types["BillingPeriodEnd"] == "TIMESTAMP"
    assert types["Tags"] == "MAP(VARCHAR, VARCHAR)"
    assert types["SubAccountId"] == types["BillingAccountId"] == "VARCHAR"
    required = (
        "BillingAccountId BillingCurrency ChargeCategory ChargeDescription ChargeFrequency"
        " ServiceName ServiceCategory ProviderName PublisherName InvoiceIssuerName"
    ).split()
    for name in (*required, *AMOUNTS):
        assert bill.one(f"SELECT count(*) FROM bill WHERE {name} IS NULL") == 0, name


def test_size_and_variety(bill: Bill) -> None:
    assert 150_000 < bill.one("SELECT count(*) FROM bill") < 300_000
    assert bill.one("SELECT count(DISTINCT ServiceName) FROM bill WHERE ServiceName <> 'Tax'") >= 30
    month = bill.cost("true", since=37, until=7)
    assert 90_000 < month < 140_000
    with_resource = bill.one("SELECT count(*) FILTER (ResourceId IS NOT NULL) / count(*) FROM bill")
    assert with_resource > 0.9


def test_each_kind_of_charge_has_its_sign(bill: Bill) -> None:
    found = dict(
        (f"{category}/{kind or ''}", total)
        for category, kind, total in bill.rows(
            "SELECT ChargeCategory, ChargeClass, sum(BilledCost) FROM bill GROUP BY ALL"
        )
    )
    assert set(found) == {"Usage/", "Purchase/", "Tax/", "Credit/", "Credit/Correction"}
    assert min(found["Usage/"], found["Purchase/"], found["Tax/"]) > 10_000
    assert found["Credit/"] < -5_000
    assert found["Credit/Correction"] < -500


def test_usage_costs_quantity_times_price(bill: Bill) -> None:
    wrong = bill.rows(
        "SELECT x_UsageType, PricingQuantity, ListUnitPrice, ListCost FROM bill"
        " WHERE ChargeCategory = 'Usage' AND PricingQuantity IS NOT NULL AND"
        " (PricingQuantity::DECIMAL(18,4) * ListUnitPrice::DECIMAL(18,10))::DECIMAL(18,10)"
        " <> ListCost LIMIT 3"
    )
    assert wrong == []
    assert bill.one("SELECT count(*) FROM bill WHERE PricingQuantity <= 0") == 0


def test_no_discount_is_negotiated_and_the_three_metrics_differ(bill: Bill) -> None:
    assert bill.one("SELECT count(*) FROM bill WHERE ContractedCost <> ListCost") == 0
    billed, effective, listed = (
        bill.one(f"SELECT sum({name}) FROM bill WHERE ChargeCategory IN ('Usage', 'Purchase')")
        for name in AMOUNTS[:3]
    )
    assert billed != effective
    assert listed - effective > 30_000


def test_usage_types_carry_the_prefix_of_their_region(bill: Bill) -> None:
    found = dict(
        bill.rows(
            "SELECT RegionId, regexp_extract(min(x_UsageType), '^(.*)BoxUsage', 1) FROM bill"
            " WHERE x_UsageType LIKE '%BoxUsage:%' GROUP BY ALL"
        )
    )
    assert found == {
        "us-east-1": "",
        "us-west-2": "USW2-",
        "eu-west-1": "EU-",
        "eu-central-1": "EUC1-",
    }
    known = {region.id for region in REGIONS} | {None}
    assert {region for (region,) in bill.rows("SELECT DISTINCT RegionId FROM bill")} == known


def test_tags_some_of_them_missing(bill: Bill) -> None:
    teams = {team for (team,) in bill.rows("SELECT DISTINCT Tags['team'] FROM bill")}
    assert teams == {"storefront", "payments", "data", "ml", "platform", "security", None}
    tagged, untagged, untaggable = bill.rows(
        "SELECT sum(BilledCost) FILTER (cardinality(Tags) = 3),"
        " sum(BilledCost) FILTER (cardinality(Tags) = 0),"
        " sum(BilledCost) FILTER (Tags IS NULL) FROM bill"
    )[0]
    assert tagged > 5 * untagged > 0
    assert untaggable > 0


def test_monthly_fees_and_tax_fall_on_the_first(bill: Bill) -> None:
    fees = "('AWS Support (Business)', 'Tax', 'Tracehound Observability', 'Pagelark On-Call')"
    days = bill.rows(f"SELECT DISTINCT day(day) FROM bill WHERE ServiceName IN {fees}")
    assert days == [(1,)]
    assert bill.one(f"SELECT count(DISTINCT day) FROM bill WHERE ServiceName IN {fees}") == 26


def test_weekends_year_ends_and_month_ends_have_their_rhythm(bill: Bill) -> None:
    weekdays, weekends = (
        bill.cost(f"SubAccountName = 'staging' AND isodow(day) {days}", since=400) / share
        for days, share in (("< 6", 5), (">= 6", 2))
    )
    assert weekends < weekdays * Decimal("0.85")
    quiet, usual = (
        bill.one(
            "SELECT avg(cost) FROM (SELECT day, sum(BilledCost) AS cost FROM bill WHERE"
            f" x_UsageType = 'BoxUsage:c6i.8xlarge' AND isodow(day) < 6 AND {days} GROUP BY day)"
        )
        for days in ("month(day) = 12 AND day(day) > 24", "month(day) = 11")
    )
    assert quiet < usual * 0.95
    batch, others = (
        bill.one(
            "SELECT avg(PricingQuantity) FROM bill WHERE x_UsageType = 'USE1-ETL-DPU-Hour'"
            f" AND ChargeCategory = 'Usage' AND day {sign} last_day(day) - 1"
        )
        for sign in (">=", "<")
    )
    assert batch > others * 1.2
