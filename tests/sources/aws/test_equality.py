"""The same question of the demo, and of the demo served as an AWS account: the same figures.

The last four months of the demo are served: enough for every rule, and quick to read in any cut.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finops_cli.domain import query as q
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.sources import Today, open_source
from finops_cli.sources.aws.source import CostExplorerSource
from finops_cli.sources.demo import ensure_demo
from tests.sources.aws.accounts import Account, account, environment

TODAY = date(2026, 11, 16)
FIRST = date(2026, 8, 1)
DAY = timedelta(days=1)
METRICS = (Metric.UNBLENDED, Metric.AMORTIZED, Metric.NET_UNBLENDED, Metric.NET_AMORTIZED)
GROUPINGS = (
    q.SERVICE,
    q.REGION,
    q.ACCOUNT,
    q.USAGE_TYPE,
    q.INSTANCE_TYPE,
    q.CHARGE_CATEGORY,
    q.PURCHASE_OPTION,
    q.AVAILABILITY_ZONE,
    q.OPERATION,
    "tag:team",
    "tag:environment",
)
FILTERED = (q.SERVICE, q.REGION, q.ACCOUNT, q.CHARGE_CATEGORY, q.PURCHASE_OPTION, "tag:team")


@pytest.fixture(scope="module")
def demo(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> CostSource:
    whole = ensure_demo(cache_folder / "demo", TODAY)
    part = tmp_path_factory.mktemp("demo")
    for file in sorted(whole.glob("*.parquet"))[-4:]:
        (part / file.name).symlink_to(file)
    return open_source(str(part), Today(TODAY, pinned=True), part / ".cache")


@pytest.fixture(scope="module")
def bill(demo: CostSource, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with account(demo, TODAY, tmp_path_factory.mktemp("live"), page_size=700) as bill:
        yield bill


@pytest.fixture(scope="module")
def live(bill: Account) -> CostExplorerSource:
    return bill.open()


@pytest.fixture(autouse=True)
def connected(bill: Account) -> Iterator[None]:
    with environment(bill.endpoint.environment()):
        yield


def periods() -> st.SearchStrategy[Period]:
    start = st.integers(0, (TODAY - FIRST).days - 1)
    return start.flatmap(
        lambda s: st.integers(1, (TODAY - FIRST).days - s).map(
            lambda length: Period(FIRST + DAY * s, FIRST + DAY * (s + length))
        )
    )


@st.composite
def filters(draw: st.DrawFn, demo: CostSource) -> tuple[Filter, ...]:
    dimensions = draw(st.lists(st.sampled_from(FILTERED), max_size=2, unique=True))
    found = []
    for dimension in dimensions:
        known = (*demo.values(dimension)[:6], None)
        values = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
        found.append(Filter(dimension, tuple(values), draw(st.booleans())))
    return tuple(found)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_figures_agree(demo: CostSource, live: CostExplorerSource, data: st.DataObject) -> None:
    query = CostQuery(
        data.draw(periods()),
        data.draw(st.sampled_from(METRICS)),
        data.draw(st.sampled_from(Granularity)),
        tuple(data.draw(st.lists(st.sampled_from(GROUPINGS), max_size=2, unique=True))),
        data.draw(filters(demo)),
    )
    assert _charged(live.fetch(query)) == _charged(demo.fetch(query))
    panels = live.panel(query), demo.panel(query)
    sums = [{k: sum(c) for k, c in zip(p.keys, p.costs, strict=True) if any(c)} for p in panels]
    assert sums[0] == pytest.approx(sums[1])


@pytest.mark.parametrize("by", [(q.SERVICE, q.ACCOUNT, q.REGION)])
def test_figures_agree_where_it_takes_steps(
    demo: CostSource, live: CostExplorerSource, by: tuple[str, ...]
) -> None:
    query = CostQuery(Period(date(2026, 10, 1), date(2026, 11, 1)), group_by=by)
    assert _charged(live.fetch(query)) == _charged(demo.fetch(query))
    assert not live.meter.shortfalls


def test_what_was_asked_once_is_not_asked_again(live: CostExplorerSource) -> None:
    query = CostQuery(Period(date(2026, 9, 3), date(2026, 10, 9)), group_by=(q.SERVICE,))
    whole = live.fetch(query)
    before = live.meter.api_calls
    assert live.fetch(query) == whole
    assert live.meter.api_calls == before


def _charged(frame: Frame) -> list[tuple[object, ...]]:
    """Return the rows that cost anything: AWS does not tell those that do not."""
    cost = frame.columns.index("cost")
    return [row for row in frame.rows if row[cost]]
