"""Savings Plans and reservations: what was paid is what was spread, to the last digit."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.sources.demo.commitments import commitments, savings_plan_end
from tests.sources.demo.demo_bill import Bill

SPREAD = "sum(EffectiveCost) FILTER (ChargeCategory = 'Usage')"
PAID = "sum(BilledCost) FILTER (ChargeCategory = 'Purchase')"
UNUSED = "sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Unused')"


def test_usage_is_billed_or_amortized_and_fees_are_never_both(bill: Bill) -> None:
    covered = "CommitmentDiscountId IS NOT NULL"
    found = bill.rows(
        "SELECT ChargeCategory, CommitmentDiscountStatus, PricingCategory,"
        " max(abs(BilledCost)) = 0, max(abs(EffectiveCost)) = 0,"
        " min(BilledCost + EffectiveCost) > 0"
        f" FROM bill WHERE {covered} GROUP BY 1, 2, 3 ORDER BY ALL"
    )
    assert found == [
        ("Purchase", None, "Committed", False, True, True),
        ("Usage", "Unused", "Committed", True, False, True),
        ("Usage", "Used", "Committed", True, False, True),
    ]
    assert (
        bill.one(f"SELECT count(*) FROM bill WHERE NOT {covered} AND BilledCost <> EffectiveCost")
        == 0
    )


def test_a_savings_plan_ties_on_every_day(bill: Bill) -> None:
    days = bill.rows(
        f"SELECT day, {SPREAD}, {PAID}, count(DISTINCT CommitmentDiscountId) FROM bill"
        " WHERE CommitmentDiscountType = 'Savings Plan' GROUP BY day ORDER BY day"
    )
    assert len(days) == bill.one("SELECT count(DISTINCT day) FROM bill")
    assert [day for day, spread, paid, plans in days if spread != paid or plans != 1] == []


def test_database_reservations_tie_in_every_whole_month(bill: Bill) -> None:
    months = bill.rows(
        f"SELECT BillingPeriodStart::DATE, BillingPeriodEnd::DATE, {SPREAD}, {PAID}, {UNUSED}"
        " FROM bill WHERE CommitmentDiscountName LIKE 'orders-databases%' GROUP BY 1, 2 ORDER BY 1"
    )
    whole = [month for month in months if month[1] <= bill.today]
    assert len(whole) >= 25
    assert [start for start, _, spread, paid, _ in whole if spread != paid] == []
    assert months[-1][4] / months[-1][2] == Decimal("0.25")  # one of four covers nothing now
    assert months[0][4] is None


def test_an_upfront_reservation_ties_over_its_whole_term(bill: Bill) -> None:
    terms = [
        term
        for term in commitments(bill.today)
        if term.family == "cache-ri" and term.end <= bill.today
    ]
    whole = [
        bill.rows(
            f"SELECT {SPREAD}, {PAID} FROM bill WHERE CommitmentDiscountId = $id", id=term.id
        )[0]
        for term in terms
        if term.start >= bill.one("SELECT min(day) FROM bill")
    ]
    assert len(whole) == 1
    assert whole[0][0] == whole[0][1] > 5_000


def test_covered_usage_is_cheaper_than_its_list_price(bill: Bill) -> None:
    saved = bill.one(
        "SELECT 1 - sum(EffectiveCost) / sum(ListCost) FROM bill"
        " WHERE CommitmentDiscountStatus = 'Used'"
    )
    assert 0.25 < saved < 0.40


def test_the_savings_plan_is_used_on_weekdays_and_not_quite_on_weekends(bill: Bill) -> None:
    unused, spread = bill.rows(
        f"SELECT {UNUSED}, {SPREAD} FROM bill WHERE CommitmentDiscountType = 'Savings Plan'"
        " AND day >= $since",
        since=bill.today - timedelta(days=90),
    )[0]
    assert 0 < unused / spread < 0.1


def test_the_running_savings_plan_says_when_it_ends(open_bill: Callable[[date], Bill]) -> None:
    bill = open_bill(date(2026, 11, 15))
    assert savings_plan_end(bill.today) == date(2027, 3, 1)
    assert bill.rows(
        "SELECT DISTINCT CommitmentDiscountName, CommitmentDiscountCategory, CommitmentDiscountUnit"
        " FROM bill WHERE CommitmentDiscountType = 'Savings Plan' AND day = $day",
        day=bill.today - timedelta(days=1),
    ) == [("compute-sp-until-2027-03-01", "Spend", "USD")]


def test_commitment_quantities_are_hours_or_dollars(bill: Bill) -> None:
    hours = bill.rows(
        "SELECT DISTINCT hours FROM (SELECT day, sum(CommitmentDiscountQuantity) AS hours FROM bill"
        " WHERE CommitmentDiscountName LIKE 'orders-databases%' AND ChargeCategory = 'Usage'"
        " GROUP BY day)"
    )
    assert hours == [(Decimal(4 * 24),)]
