"""What every cost source keeps, whatever lies behind it: a fake, an export, the demo, live AWS."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.frame import COST, DATE, USAGE, USAGE_UNIT
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period, first_of_month
from finops_cli.domain.query import CostQuery, Filter, Granularity, tag_key
from finops_cli.domain.source import CostSource
from finops_cli.errors import UnknownName
from finops_cli.sources import AWS, DEMO
from tests.sources.aws.accounts import account, environment
from tests.sources.formats import fake, write
from tests.sources.opening import opened

_SOURCES = ("fake", "FOCUS 1.2", "CUR 2.0", "legacy CUR, slashes", "tidy table", "prepared", DEMO)


@pytest.fixture(scope="module", params=[*_SOURCES, AWS])
def opening(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[CostSource, dict[str, str]]]:
    """A source, and the variables without which it cannot be reached."""
    folder = tmp_path_factory.mktemp("contract")
    if request.param != AWS:
        yield _open(request.param, folder), {}
        return
    charges = fake()
    with account(charges, charges.coverage().last_day, folder) as bill:
        yield bill.open(), bill.endpoint.environment()


@pytest.fixture
def source(opening: tuple[CostSource, dict[str, str]]) -> Iterator[CostSource]:
    with environment(opening[1]):
        yield opening[0]


def _open(name: str, folder: Path) -> CostSource:
    if name == "fake":
        return fake()
    if name == DEMO:
        return opened(DEMO, folder)
    if name == "prepared":
        prepared = opened(write(folder / "export", "CUR 2.0", "parquet"))
        assert prepared.prepare(["team"], lambda _done, _of: None) == 1
        return prepared
    return opened(write(folder / "export", name, "parquet"))


def _everything(source: CostSource) -> CostQuery:
    return CostQuery(source.coverage())


def _dimensions(source: CostSource) -> Iterator[str]:
    yield from (d for d in source.dimensions() if tag_key(d) is None)
    yield from [d for d in source.dimensions() if tag_key(d) is not None][:2]


def test_the_coverage_starts_and_ends_with_charges(source: CostSource) -> None:
    whole = source.coverage()
    days = source.fetch(CostQuery(whole, granularity=Granularity.DAILY)).column(DATE)
    assert (days[0], days[-1]) == (whole.start, whole.last_day)
    assert days == sorted(set(days))
    beyond = Period(whole.start.replace(year=whole.start.year - 1), whole.end)
    assert source.fetch(CostQuery(beyond)).total() == source.fetch(_everything(source)).total()


def test_today_is_known(source: CostSource) -> None:
    calendar = source.calendar()
    assert calendar.complete_until <= source.coverage().end
    assert calendar.today >= calendar.last_full_day
    assert source.label
    assert source.max_group_by >= 2


def test_parts_add_up_to_the_whole(source: CostSource) -> None:
    whole = source.fetch(_everything(source)).total()
    assert isinstance(whole, Decimal) and whole
    for dimension in _dimensions(source):
        for grain in Granularity:
            query = CostQuery(source.coverage(), granularity=grain, group_by=(dimension,))
            assert source.fetch(query).total() == whole, (dimension, grain)


def test_months_are_the_sums_of_days(source: CostSource) -> None:
    by = (q.SERVICE,)
    daily = source.fetch(CostQuery(source.coverage(), granularity=Granularity.DAILY, group_by=by))
    monthly = source.fetch(
        CostQuery(source.coverage(), granularity=Granularity.MONTHLY, group_by=by)
    )
    sums: dict[tuple[object, ...], Decimal] = {}
    for day, service, cost in daily.select(DATE, q.SERVICE, COST):
        key = (first_of_month(day), service)
        sums[key] = sums.get(key, Decimal(0)) + cost
    assert {(m, s): c for m, s, c in monthly.select(DATE, q.SERVICE, COST)} == sums


def test_a_filter_and_its_opposite_are_the_whole(source: CostSource) -> None:
    whole = source.fetch(_everything(source)).total()
    for dimension in _dimensions(source):
        values = (*source.values(dimension)[:2], None)
        kept, dropped = (
            source.fetch(
                CostQuery(source.coverage(), filters=(Filter(dimension, values, exclude),))
            ).total()
            for exclude in (False, True)
        )
        assert kept + dropped == whole, dimension


def test_values_come_most_expensive_first_and_can_be_filtered_by(source: CostSource) -> None:
    for dimension in (q.SERVICE, q.REGION):
        costs = [
            source.fetch(
                CostQuery(source.coverage(), filters=(Filter(dimension, (value,)),))
            ).total()
            for value in source.values(dimension)
        ]
        assert costs == sorted(costs, reverse=True)


def test_frames_have_their_columns_in_order(source: CostSource) -> None:
    by = (q.REGION, q.SERVICE)
    daily = source.fetch(CostQuery(source.coverage(), granularity=Granularity.DAILY, group_by=by))
    assert daily.columns == (DATE, *by, COST, USAGE, USAGE_UNIT)
    keys = list(daily.select(DATE, *by))
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys, key=lambda key: [(cell is None, cell or "") for cell in key])


def test_nothing_is_no_row(source: CostSource) -> None:
    for grain in Granularity:
        nothing = CostQuery(
            source.coverage(),
            granularity=grain,
            group_by=(q.SERVICE,),
            filters=(Filter(q.SERVICE, ("no such service",)),),
        )
        assert source.fetch(nothing).rows == ()


def test_usage_is_there_where_a_usage_type_has_one_unit(source: CostSource) -> None:
    frame = source.fetch(CostQuery(source.coverage(), group_by=(q.USAGE_TYPE,)))
    told = [(usage, unit) for usage, unit in frame.select(USAGE, USAGE_UNIT) if usage is not None]
    assert told
    assert all(isinstance(usage, Decimal) for usage, _ in told)


@pytest.mark.parametrize("by", [(), (q.SERVICE,), (q.SERVICE, q.REGION)])
def test_a_panel_is_the_daily_frame_laid_out(source: CostSource, by: tuple[str, ...]) -> None:
    period = source.coverage()
    frame = source.fetch(CostQuery(period, granularity=Granularity.DAILY, group_by=by))
    panel = source.panel(CostQuery(period, group_by=by))
    assert (panel.period, panel.dimensions) == (period, by)
    expected = Panel.of(frame, period)
    assert set(panel.keys) == set(expected.keys)
    for key, costs in zip(panel.keys, panel.costs, strict=True):
        assert list(costs) == pytest.approx(list(expected.costs[expected.keys.index(key)]))


def test_an_unknown_dimension_is_refused(source: CostSource) -> None:
    with pytest.raises(UnknownName):
        source.fetch(CostQuery(source.coverage(), group_by=("colour",)))


def test_one_currency_is_the_whole(source: CostSource) -> None:
    (currency,) = source.currencies()
    narrowed = source.in_currency(currency)
    assert narrowed.fetch(_everything(source)).total() == source.fetch(_everything(source)).total()


def test_queries_are_counted(source: CostSource) -> None:
    before = source.meter.queries
    source.fetch(_everything(source))
    assert source.meter.queries > before
    assert source.is_billed or source.meter.api_calls == 0
