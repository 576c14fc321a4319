"""What a question costs: what was asked once is not asked again, until it may have changed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.errors import (
    BadPeriod,
    MissingColumn,
    NoData,
    NotCached,
    SpendCap,
    UnknownName,
)
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.opening import open_account
from finops_cli.sources.aws.source import CostExplorerSource
from tests.fakes import FakeSource
from tests.sources.aws.accounts import Account, account, environment
from tests.sources.aws.clock import FakeClock

TODAY = date(2026, 11, 24)
FIRST = date(2025, 8, 1)
DAY = timedelta(days=1)
SERVICES = ("EC2", "S3", "RDS", "Tax")
BILL = [
    {
        "date": FIRST + DAY * n,
        "cost": Decimal((n * 7 + at * 13) % 40) / 4,
        q.SERVICE: service,
        q.REGION: ("us-east-1", "eu-west-1", None)[(n + at) % 3],
        q.ACCOUNT: ("111111111111", "222222222222")[at % 2],
        q.USAGE_TYPE: f"{service}-use",
        q.CHARGE_CATEGORY: "Tax" if service == "Tax" else "Usage",
        "tags": {"team": ("web", "data")[n % 2]} if at else {},
    }
    for n in range((TODAY - FIRST).days + 1)
    for at, service in enumerate(SERVICES)
]
PLAIN = FakeSource(BILL, today=TODAY)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
YEAR = Period(date(2025, 11, 1), date(2026, 11, 1))
BY_SERVICE = (q.SERVICE,)


@pytest.fixture
def bill(tmp_path: Path) -> Iterator[Account]:
    with account(PLAIN, TODAY, tmp_path, FakeClock()) as found:
        yield found


def asked(bill: Account, source: CostExplorerSource, *queries: CostQuery) -> int:
    """Put questions, hold their figures against the bill itself, and count the requests."""
    before = bill.endpoint.billed()
    for query in queries:
        found, plain = source.fetch(query), PLAIN.fetch(query)
        cost = found.columns.index("cost")
        kept = [[row for row in frame.rows if row[cost]] for frame in (found, plain)]
        assert kept[0] == kept[1], query
    return bill.endpoint.billed() - before


def last(days: int) -> Period:
    return Period(TODAY - DAY * days, TODAY)


def test_the_same_question_again_costs_nothing(bill: Account) -> None:
    query = CostQuery(OCTOBER, group_by=BY_SERVICE)
    assert asked(bill, bill.open(), query) == 1
    assert asked(bill, bill.open(), query) == 0


def test_a_month_after_a_years_trend_costs_nothing(bill: Account) -> None:
    trend = CostQuery(YEAR, granularity=Granularity.MONTHLY, group_by=BY_SERVICE)
    assert asked(bill, bill.open(), trend) == 1
    month = CostQuery(OCTOBER, group_by=(q.SERVICE, q.CHARGE_CATEGORY))
    assert asked(bill, bill.open(), month) == 0


def test_a_narrower_question_is_cut_from_a_wider_answer(bill: Account) -> None:
    daily = CostQuery(last(60), granularity=Granularity.DAILY, group_by=BY_SERVICE)
    assert asked(bill, bill.open(), daily) == 1
    narrower = [
        CostQuery(last(30), metric, granularity, by, filters)
        for metric in (Metric.UNBLENDED, Metric.AMORTIZED)
        for granularity in Granularity
        for by in ((), BY_SERVICE, (q.CHARGE_CATEGORY,))
        for filters in ((), (Filter(q.SERVICE, ("EC2",)),), (Filter(q.SERVICE, ("S3",), True),))
    ]
    assert asked(bill, bill.open(), *narrower) == 0


def test_a_longer_period_asks_only_for_what_is_missing(bill: Account) -> None:
    source = bill.open()
    asked(bill, source, CostQuery(last(30), granularity=Granularity.DAILY, group_by=BY_SERVICE))
    more = CostQuery(last(40), granularity=Granularity.DAILY, group_by=BY_SERVICE)
    assert asked(bill, source, more) == 1
    period = bill.endpoint.requests[-1].body["TimePeriod"]
    assert period == {"Start": str(last(40).start), "End": str(last(30).start)}


def test_what_the_answer_lacks_is_asked_for(bill: Account) -> None:
    source = bill.open()
    asked(bill, source, CostQuery(last(30), group_by=BY_SERVICE))
    assert asked(bill, source, CostQuery(last(30), group_by=(q.REGION,))) == 1
    ec2 = Filter(q.SERVICE, ("EC2",))
    assert asked(bill, source, CostQuery(last(30), group_by=(q.REGION,), filters=(ec2,))) == 1
    assert asked(bill, source, CostQuery(last(9), group_by=(q.REGION,), filters=(ec2,))) == 0


def test_recent_days_are_asked_for_again_when_aws_has_news(bill: Account) -> None:
    assert isinstance(bill.clock, FakeClock)
    daily = CostQuery(last(40), granularity=Granularity.DAILY, group_by=BY_SERVICE)
    asked(bill, bill.open(), daily)
    bill.clock.pass_(hours=7)
    assert asked(bill, bill.open(), daily) == 0
    bill.clock.pass_(hours=2)
    assert asked(bill, bill.open(), daily) == 1
    start = date.fromisoformat(bill.endpoint.requests[-1].body["TimePeriod"]["Start"])
    assert start >= TODAY - DAY * 4  # not the whole month
    bill.clock.pass_(hours=25)
    bill.open().fetch(daily)
    start = date.fromisoformat(bill.endpoint.requests[-1].body["TimePeriod"]["Start"])
    assert start == date(2026, 11, 1)  # October is closed


def test_a_closed_month_is_kept_until_aws_restates_it(bill: Account) -> None:
    assert isinstance(bill.clock, FakeClock)
    source, query = bill.open(), CostQuery(OCTOBER, group_by=BY_SERVICE)
    source.coverage()
    before = source.fetch(query).total()
    bill.endpoint.faults.restate(date(2026, 10, 1), 2)
    assert bill.open().fetch(query).total() == before
    bill.clock.pass_(hours=25)
    later = bill.open()
    later.coverage()
    assert later.fetch(query).total() == 2 * before
    assert any("AWS restated 2026-10" in text for text in later.warnings())
    assert later.fetch(CostQuery(Period(date(2026, 9, 1), OCTOBER.start))).total()


def test_a_refresh_asks_again(bill: Account) -> None:
    assert isinstance(bill.clock, FakeClock)
    query = CostQuery(OCTOBER, group_by=BY_SERVICE)
    asked(bill, bill.open(), query)
    bill.clock.pass_(seconds=1)
    source = bill.open(refresh=True)
    assert asked(bill, source, query, query) == 1


def test_offline_answers_from_the_cache_or_not_at_all(bill: Account) -> None:
    query = CostQuery(OCTOBER, group_by=BY_SERVICE)
    asked(bill, bill.open(), query)
    offline = bill.open(offline=True)
    assert asked(bill, offline, query) == 0
    with pytest.raises(NotCached):
        offline.fetch(CostQuery(OCTOBER, group_by=(q.REGION,)))


def test_offline_a_wider_answer_serves_as_far_as_it_goes(bill: Account) -> None:
    by_both = CostQuery(last(10), granularity=Granularity.DAILY, group_by=(q.SERVICE, q.REGION))
    asked(bill, bill.open(), by_both)
    offline = bill.open(offline=True)
    offline.fetch(CostQuery(last(20), granularity=Granularity.DAILY, group_by=(q.REGION,)))
    (short,) = offline.meter.shortfalls
    assert short.incomplete and str(last(20).start) in short.text
    within = CostQuery(last(9), group_by=(q.REGION,))
    assert asked(bill, offline, within) == 0


def test_a_cap_shows_what_is_there_and_says_what_is_missing(bill: Account) -> None:
    asked(bill, bill.open(), CostQuery(last(10), granularity=Granularity.DAILY))
    capped = bill.open(caps=Caps(run=Decimal(0)))
    found = capped.fetch(CostQuery(last(20), granularity=Granularity.DAILY))
    assert len(found) == 10
    (short,) = capped.meter.shortfalls
    assert short.code == 6 and short.incomplete
    assert f"{last(20).start}" in short.text
    with pytest.raises(SpendCap):
        capped.fetch(CostQuery(last(20), group_by=(q.REGION,)))


def test_pages_that_the_cap_allowed_are_kept(tmp_path: Path) -> None:
    daily = CostQuery(last(60), granularity=Granularity.DAILY, group_by=BY_SERVICE)
    with account(PLAIN, TODAY, tmp_path, FakeClock(), page_size=50) as bill:
        capped = bill.open(caps=Caps(run=Decimal("0.03")))
        found = capped.fetch(daily)
        assert 0 < len(found) < len(PLAIN.fetch(daily))
        known = {row[:2]: row for row in PLAIN.fetch(daily).rows}
        assert all(known[row[:2]][2] == row[2] for row in found.rows)
        needed = -(-60 * 4 // 50)
        assert asked(bill, bill.open(), daily) <= needed - 2


def test_nothing_of_one_account_is_shown_to_another(bill: Account) -> None:
    query = CostQuery(OCTOBER)
    asked(bill, bill.open(), query)
    member = {**bill.endpoint.environment("222222222222")}
    with environment(member):
        other = open_account(bill.run(environment=member), None)
        before = bill.endpoint.billed()
        found = other.fetch(query)
        assert bill.endpoint.billed() == before + 1
    theirs = Filter(q.ACCOUNT, ("222222222222",))
    assert found.total() == PLAIN.fetch(CostQuery(OCTOBER, filters=(theirs,))).total()


def test_the_bill_is_known_from_one_page(bill: Account) -> None:
    source = bill.open()
    assert source.coverage() == Period(date(2025, 10, 1), TODAY + DAY)
    assert source.currencies() == ("USD",)
    assert set(source.values(q.CHARGE_CATEGORY)) == {"Usage", "Tax"}
    assert bill.endpoint.billed() == 1


def test_a_young_account_begins_with_its_first_day(tmp_path: Path) -> None:
    young = FakeSource([row for row in BILL if row["date"] >= date(2026, 9, 17)], today=TODAY)
    with account(young, TODAY, tmp_path, FakeClock()) as bill:
        assert bill.open().coverage().start == date(2026, 9, 17)


def test_an_empty_bill_is_said_to_be_empty(tmp_path: Path) -> None:
    old = FakeSource([{**BILL[0], "date": date(2020, 1, 1)}])
    with account(old, TODAY, tmp_path, FakeClock()) as bill, pytest.raises(NoData):
        bill.open().coverage()


def test_names_are_asked_for_once(bill: Account) -> None:
    source = bill.open()
    assert source.values(q.SERVICE)[0] in SERVICES
    assert set(source.values(q.SERVICE)) == set(SERVICES)
    assert set(source.values("tag:team")) == {"data", "web"}
    assert "tag:team" in source.dimensions()
    before = bill.endpoint.billed()
    again = bill.open()
    assert set(again.values(q.SERVICE)) == set(SERVICES)
    assert again.dimensions() == source.dimensions()
    assert bill.endpoint.billed() == before


def test_cost_categories_are_dimensions(bill: Account) -> None:
    source = bill.open()
    assert source.offers("category:Team")
    found = source.fetch(CostQuery(OCTOBER, group_by=("category:Team",)))
    plain = PLAIN.fetch(CostQuery(OCTOBER, group_by=("tag:team",)))
    titled = {(row[0].title() if row[0] else None): row[1] for row in plain.rows}
    assert {row[0]: row[1] for row in found.rows} == titled


def test_list_prices_are_said_to_be_missing(bill: Account) -> None:
    with pytest.raises(MissingColumn, match="no list prices"):
        bill.open().fetch(CostQuery(OCTOBER, Metric.LIST))


def test_an_unknown_dimension_is_refused(bill: Account) -> None:
    with pytest.raises(UnknownName):
        bill.open().fetch(CostQuery(OCTOBER, group_by=("colour",)))


def test_days_out_of_reach_are_not_asked_for(bill: Account) -> None:
    long = Period(date(2024, 1, 1), date(2027, 1, 1))
    found = bill.open().fetch(CostQuery(long, granularity=Granularity.MONTHLY))
    assert found.column("date")[0] == date(2025, 10, 1)
    old = CostQuery(Period(date(2024, 1, 1), date(2024, 2, 1)))
    assert bill.open().fetch(old).rows == ()


def test_months_before_the_days_are_known_where_aws_keeps_them(tmp_path: Path) -> None:
    with account(PLAIN, TODAY, tmp_path, FakeClock(), multi_year=True) as bill:
        source = bill.open()
        assert source.coverage().start == date(2025, 8, 1)
        assert source.daily_from() == date(2025, 10, 1)
        old = Period(date(2025, 8, 1), date(2025, 12, 1))
        monthly = CostQuery(old, granularity=Granularity.MONTHLY, group_by=BY_SERVICE)
        assert asked(bill, source, monthly, CostQuery(old, group_by=BY_SERVICE)) == 1
        assert asked(bill, source, CostQuery(Period(old.start, date(2025, 9, 1)))) == 0
        for query in (
            CostQuery(old, granularity=Granularity.DAILY),
            CostQuery(Period(date(2025, 8, 3), date(2025, 11, 1))),
        ):
            with pytest.raises(BadPeriod, match="whole months alone before 2025-10-01"):
                source.fetch(query)
        assert source.panel(CostQuery(Period(source.daily_from(), TODAY))).keys


def test_where_aws_keeps_fewer_months_the_refusal_is_free_and_remembered(bill: Account) -> None:
    assert bill.open().coverage().start == date(2025, 10, 1)
    assert (len(_costs(bill)), bill.endpoint.billed()) == (2, 1)
    assert isinstance(bill.clock, FakeClock)
    bill.clock.pass_(hours=25)
    bill.open().coverage()
    assert (len(_costs(bill)), bill.endpoint.billed()) == (3, 2)


def _costs(bill: Account) -> list[object]:
    return [r for r in bill.endpoint.requests if r.operation == "GetCostAndUsage"]
