"""What AWS says itself, asked of an account behind the test endpoint, and kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finops_cli.domain.opinion import SecondOpinion
from finops_cli.domain.period import Period, add_months
from finops_cli.domain.query import CostQuery, Filter, Metric
from finops_cli.errors import BadPeriod, Denied, MissingColumn, NoData, NotCached, SpendCap
from finops_cli.sources.aws.guard.caps import Caps
from tests.aws_endpoint.anomalies import Anomaly, Cause
from tests.aws_endpoint.endpoint import Endpoint
from tests.fakes import FakeSource
from tests.sources.aws.accounts import Account, environment
from tests.sources.aws.clock import FakeClock

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
YEAR = Period(date(2026, 12, 1), date(2027, 12, 1))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
NINETY = Period(date(2026, 8, 27), date(2026, 11, 25))
EC2 = Filter("service", ("Amazon Elastic Compute Cloud - Compute",))
ANOMALIES = (
    Anomaly("small", "Amazon Simple Storage Service", TODAY - 80 * DAY, TODAY - 78 * DAY,
            10.5, 70.75, 20.0, (), "PLANNED_ACTIVITY"),
    Anomaly("large", EC2.values[0] or "", TODAY - 6 * DAY, TODAY, 1000.0, 9000.1, 900.0, (
        Cause(EC2.values[0] or "", "eu-west-1", "222233334444", "BoxUsage:m5.large", 1000.0),
        Cause(EC2.values[0] or "", "us-east-1", "111122223333", "BoxUsage:p4d.24xlarge", 7000.1),
    )),
)  # fmt: skip


def _bill(days: int = 400) -> FakeSource:
    rows: list[dict[str, Any]] = []
    for at in range(days):
        day = TODAY - (days - at) * DAY
        ec2 = Decimal(100 if day < OCTOBER.start else 130)
        lines = [(EC2.values[0], "BoxUsage:m5.large", ec2)]
        lines += [(f"Service {n}", f"Type{n}", Decimal(n)) for n in range(1, 36)]
        if day >= OCTOBER.start:
            lines.append(("AWS Lambda", "Request", Decimal("0.25")))
        for service, usage_type, cost in lines:
            rows.append(
                {
                    "date": day,
                    "cost": cost,
                    "service": service,
                    "usage_type": usage_type,
                    "region": "us-east-1",
                    "account": "111122223333",
                    "charge_category": "Usage",
                }
            )
    return FakeSource(rows, today=TODAY)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def bill(tmp_path: Path, clock: FakeClock) -> Iterator[Account]:
    with Endpoint(_bill(), TODAY, anomalies=ANOMALIES) as endpoint:
        with environment(endpoint.environment()):
            yield Account(endpoint, tmp_path, clock)


def _opinion(bill: Account, **more: Any) -> SecondOpinion:
    opinion = bill.open(**more).second_opinion
    assert opinion is not None
    return opinion


def test_a_forecast_has_the_whole_months_asked_about(bill: Account) -> None:
    found = _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, ())
    assert [month.month for month in found.months] == [add_months(TODAY, n) for n in range(1, 13)]
    assert found.level == 80 and found.currency == "USD"
    assert all(month.low <= month.mean <= month.high for month in found.months)
    (asked,) = [r for r in bill.endpoint.requests if r.operation == "GetCostForecast"]
    assert asked.body["TimePeriod"]["Start"] == str(TODAY)
    assert asked.body["Metric"] == "UNBLENDED_COST"


def test_a_forecast_is_asked_for_once_in_eight_hours(bill: Account, clock: FakeClock) -> None:
    first = _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, ())
    clock.pass_(hours=7)
    half = Period(YEAR.start, date(2027, 6, 1))
    again = _opinion(bill).forecast(Metric.UNBLENDED, half, 80, ())
    assert again.months == first.months[:6]
    assert bill.endpoint.billed("GetCostForecast") == 1
    clock.pass_(hours=2)
    _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, ())
    assert bill.endpoint.billed("GetCostForecast") == 2
    assert _opinion(bill, offline=True).forecast(Metric.UNBLENDED, YEAR, 80, ()) == first
    assert bill.endpoint.billed("GetCostForecast") == 2


def test_refreshing_asks_again(bill: Account, clock: FakeClock) -> None:
    _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, ())
    clock.pass_(minutes=1)
    _opinion(bill, refresh=True).forecast(Metric.UNBLENDED, YEAR, 80, ())
    assert bill.endpoint.billed("GetCostForecast") == 2


def test_a_forecast_of_less_is_less_and_kept_apart(bill: Account) -> None:
    whole = _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, ())
    part = _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, (EC2,))
    rest = _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 80, (replace(EC2, exclude=True),))
    for all_, one, other in zip(whole.months, part.months, rest.months, strict=True):
        assert float(one.mean + other.mean) == pytest.approx(float(all_.mean))
        assert one.mean > 0 and other.mean > 0


def test_a_level_that_aws_does_not_offer_is_the_nearest(bill: Account) -> None:
    assert _opinion(bill).forecast(Metric.UNBLENDED, YEAR, 50, ()).level == 51


def test_a_forecast_further_ahead_than_aws_looks_is_as_long_as_it_looks(bill: Account) -> None:
    months = Period(YEAR.start, add_months(YEAR.start, 18))
    assert len(_opinion(bill).forecast(Metric.UNBLENDED, months, 80, ()).months) == 17


def test_months_out_of_reach_cost_nothing(bill: Account) -> None:
    for months in (SEPTEMBER, Period(date(2029, 1, 1), date(2029, 2, 1))):
        with pytest.raises(BadPeriod):
            _opinion(bill).forecast(Metric.UNBLENDED, months, 80, ())
    assert bill.endpoint.billed() == 0


def test_there_is_no_forecast_of_list_prices(bill: Account) -> None:
    with pytest.raises(MissingColumn):
        _opinion(bill).forecast(Metric.LIST, YEAR, 80, ())
    with pytest.raises(MissingColumn):
        _opinion(bill).drivers(Metric.LIST, SEPTEMBER, OCTOBER, ())


def test_a_young_account_has_none(tmp_path: Path) -> None:
    with Endpoint(_bill(20), TODAY) as endpoint, environment(endpoint.environment()):
        with pytest.raises(NoData):
            _opinion(Account(endpoint, tmp_path)).forecast(Metric.UNBLENDED, YEAR, 80, ())


def test_offline_nothing_is_asked(bill: Account) -> None:
    _opinion(bill)  # so that it is known whose credentials these are
    opinion = _opinion(bill, offline=True)
    with pytest.raises(NotCached):
        opinion.forecast(Metric.UNBLENDED, YEAR, 80, ())
    with pytest.raises(NotCached):
        opinion.anomalies(NINETY)
    with pytest.raises(NotCached):
        opinion.drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, ())
    assert bill.endpoint.billed() == 0


def test_what_the_cap_forbids_is_not_asked(bill: Account) -> None:
    opinion = _opinion(bill, caps=Caps(run=Decimal(0)))
    with pytest.raises(SpendCap):
        opinion.anomalies(NINETY)
    assert bill.endpoint.billed() == 0


def test_what_is_denied_is_not_kept(bill: Account) -> None:
    bill.endpoint.faults.deny("GetAnomalies")
    with pytest.raises(Denied, match="ce:GetAnomalies"):
        _opinion(bill).anomalies(NINETY)
    bill.endpoint.faults.clear()
    assert len(_opinion(bill).anomalies(NINETY)) == 2


def test_anomalies_come_with_the_largest_root_cause_first(bill: Account) -> None:
    large, small = _opinion(bill).anomalies(NINETY)
    assert large.impact == Decimal("8000.1") and large.days == Period(TODAY - 6 * DAY, TODAY + DAY)
    assert [cause.usage_type for cause in large.causes] == [
        "BoxUsage:p4d.24xlarge",
        "BoxUsage:m5.large",
    ]
    assert large.causes[0].contribution == Decimal("7000.1")
    assert (large.actual, large.expected, large.feedback) == (
        Decimal("9000.1"),
        Decimal("1000.0"),
        None,
    )
    assert small.feedback == "PLANNED_ACTIVITY"
    assert [cause.service for cause in small.causes] == ["Amazon Simple Storage Service"]


def test_anomalies_of_any_days_are_one_request(bill: Account) -> None:
    opinion = _opinion(bill)
    assert [a.id for a in opinion.anomalies(Period(TODAY - 30 * DAY, TODAY))] == ["large"]
    assert [a.id for a in opinion.anomalies(Period(TODAY - 78 * DAY, TODAY - 70 * DAY))] == [
        "small"
    ]
    assert not opinion.anomalies(Period(TODAY - 77 * DAY, TODAY - 70 * DAY))
    assert bill.endpoint.billed("GetAnomalies") == 1


def test_anomalies_are_read_page_by_page(tmp_path: Path) -> None:
    many = [replace(ANOMALIES[0], id=f"a{n}") for n in range(5)]
    with Endpoint(_bill(60), TODAY, page_size=2, anomalies=many) as endpoint:
        with environment(endpoint.environment()):
            found = _opinion(Account(endpoint, tmp_path)).anomalies(NINETY)
            assert sorted(a.id for a in found) == [f"a{n}" for n in range(5)]
            assert endpoint.billed("GetAnomalies") == 3


def test_no_anomalies_are_kept_too(tmp_path: Path) -> None:
    with Endpoint(_bill(60), TODAY, anomalies=()) as endpoint:
        with environment(endpoint.environment()):
            account = Account(endpoint, tmp_path)
            assert _opinion(account).anomalies(NINETY) == ()
            assert _opinion(account).anomalies(NINETY) == ()
            assert endpoint.billed("GetAnomalies") == 1


def test_drivers_of_a_small_change_add_up_to_it(bill: Account) -> None:
    found = _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,))
    source = bill.open()
    ours = [source.fetch(CostQuery(p, filters=(EC2,))).total() for p in (SEPTEMBER, OCTOBER)]
    assert found.is_all and found.change == ours[1] - ours[0] == 130 * 31 - 100 * 30
    (driver,) = found.drivers
    assert (driver.service, driver.usage_type) == (EC2.values[0], "BoxUsage:m5.large")
    assert driver.after - driver.before == driver.change
    assert [(r.kind, r.change) for r in driver.reasons] == [("USAGE_CHANGE", driver.change)]


def test_three_pages_of_drivers_are_all_that_is_paid_for(bill: Account) -> None:
    found = _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, ())
    assert not found.is_all and len(found.drivers) == 30
    sizes = [abs(driver.change) for driver in found.drivers]
    assert sizes == sorted(sizes, reverse=True)
    assert bill.endpoint.billed("GetCostComparisonDrivers") == 3


def test_drivers_of_months_that_are_closed_are_kept_for_good(
    bill: Account, clock: FakeClock
) -> None:
    first = _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,))
    clock.pass_(days=20)
    assert _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,)) == first
    assert bill.endpoint.billed("GetCostComparisonDrivers") == 1


def test_drivers_are_asked_for_again_when_aws_has_restated_a_month(
    bill: Account, clock: FakeClock
) -> None:
    source = bill.open()
    source.coverage()
    before = _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,))
    bill.endpoint.faults.restate(OCTOBER.start, 2)
    clock.pass_(hours=25)
    later = bill.open()
    later.coverage()
    assert any("AWS restated 2026-10" in text for text in later.warnings())
    after = _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,))
    assert after.change > before.change
    assert _opinion(bill).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,)) == after
    assert bill.endpoint.billed("GetCostComparisonDrivers") == 2


def test_drivers_of_a_month_that_is_not_closed_are_asked_for_again(tmp_path: Path) -> None:
    second = date(2026, 11, 2)
    with Endpoint(_bill(), second) as endpoint, environment(endpoint.environment()):
        clock = FakeClock(datetime(2026, 11, 2, 3, tzinfo=UTC))
        account = Account(endpoint, tmp_path, clock)
        for hours in (0, 7, 2):
            clock.pass_(hours=hours)
            _opinion(account).drivers(Metric.UNBLENDED, SEPTEMBER, OCTOBER, (EC2,))
        assert endpoint.billed("GetCostComparisonDrivers") == 2
