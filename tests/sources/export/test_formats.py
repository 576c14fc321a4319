"""The same bill gives the same frames in whatever format it is delivered."""

from pathlib import Path

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.frame import COST, USAGE, USAGE_UNIT
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.sources.export.source import ExportSource
from tests.sources.formats import CASES, KINDS, SELECTS, fake, write
from tests.sources.opening import opened, said

_DIMENSIONS = (
    *(q.SERVICE, q.REGION, q.ACCOUNT, q.USAGE_TYPE, q.INSTANCE_TYPE, q.RESOURCE),
    *(q.CHARGE_CATEGORY, q.PURCHASE_OPTION, q.PROVIDER, "tag:team"),
)


def _queries() -> list[CostQuery]:
    everything = fake().coverage()
    part = Period(everything.start.replace(day=30), everything.end.replace(day=3))
    filters = (
        (),
        (Filter(q.SERVICE, ("AmazonEC2", "AmazonS3")),),
        (Filter(q.CHARGE_CATEGORY, ("Credit", "Tax"), exclude=True),),
        (Filter(q.REGION, (None,)), Filter("tag:team", ("web", None))),
        (Filter(q.REGION, (None, "us-east-1"), exclude=True),),
        (Filter(q.INSTANCE_TYPE, ("m5.large",)), Filter(q.PURCHASE_OPTION, ("Savings Plan",))),
        (Filter("tag:team", ('it\'s "odd"',)),),
    )
    queries = [
        CostQuery(period, granularity=grain, group_by=by, filters=(filters[at % len(filters)]))
        for period, grain in (
            (everything, Granularity.TOTAL),
            (everything, Granularity.MONTHLY),
            (part, Granularity.DAILY),
        )
        for at, by in enumerate([(), *((d,) for d in _DIMENSIONS)])
    ]
    pairs = [(a, b) for a in _DIMENSIONS for b in _DIMENSIONS if a < b]
    queries += [CostQuery(everything, group_by=pair, filters=filters[3]) for pair in pairs[::3]]
    queries += [CostQuery(everything, filters=f, group_by=(q.SERVICE,)) for f in filters]
    return queries


@pytest.fixture(scope="module", params=CASES, ids=[f"{name} {kind}" for name, kind in CASES])
def source(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> ExportSource:
    name, kind = request.param
    return opened(write(tmp_path_factory.mktemp("bill") / "export", name, kind))


def test_every_query_gives_what_the_fake_gives(source: ExportSource) -> None:
    expected = fake()
    for query in _queries():
        ours, theirs = source.fetch(query), expected.fetch(query)
        assert ours.columns == theirs.columns
        keys = [c for c in ours.columns if c not in (USAGE, USAGE_UNIT)]
        assert list(ours.select(*keys)) == list(theirs.select(*keys)), query
        if q.USAGE_TYPE in query.group_by:
            assert list(ours.select(USAGE, USAGE_UNIT)) == list(theirs.select(USAGE, USAGE_UNIT))


def test_amortized_cost_is_the_effective_cost(source: ExportSource) -> None:
    query = CostQuery(source.coverage(), Metric.AMORTIZED, Granularity.DAILY, (q.SERVICE,))
    assert list(source.fetch(query).select("date", "service", COST)) == list(
        fake("effective").fetch(query).select("date", "service", COST)
    )
    assert source.fetch(CostQuery(source.coverage())).total() != source.fetch(query).total()


def test_it_knows_what_it_holds(source: ExportSource) -> None:
    expected = fake()
    assert source.coverage() == expected.coverage()
    assert set(source.dimensions()) == set(_DIMENSIONS)
    assert source.currencies() == ("USD",)
    assert said(source) == ""
    for dimension in _DIMENSIONS:
        assert source.values(dimension) == expected.values(dimension)
        assert source.offers(dimension)
    assert not source.offers("tag:nobody")
    assert source.facts().rows == len(expected.rows)
    assert source.facts().issues == ()


@pytest.mark.parametrize("name", SELECTS)
def test_the_format_is_named(name: str, tmp_path: Path) -> None:
    found = opened(write(tmp_path / "export", name, "csv")).facts().formats
    assert found == (f"{name.split(',')[0]} (csv)",)


@pytest.mark.parametrize("kinds", [KINDS[:2], KINDS[1:]])
def test_months_in_files_of_their_own_are_one_bill(kinds: tuple[str, str], tmp_path: Path) -> None:
    """Also across formats: one month as parquet, the next as text."""
    folder = tmp_path / "export"
    write(folder / "1", "FOCUS 1.0", kinds[0], "moment < TIMESTAMP '2026-09-01'")
    write(folder / "2", "FOCUS 1.3", kinds[1], "moment >= TIMESTAMP '2026-09-01'")
    source, expected = opened(folder), fake()
    for query in _queries():
        keys = [c for c in expected.fetch(query).columns if c not in (USAGE, USAGE_UNIT)]
        assert list(source.fetch(query).select(*keys)) == list(expected.fetch(query).select(*keys))
        if q.USAGE_TYPE in query.group_by:
            ours = list(source.fetch(query).select(USAGE, USAGE_UNIT))
            assert ours == list(expected.fetch(query).select(USAGE, USAGE_UNIT))
