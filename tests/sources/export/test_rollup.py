"""Rollups answer exactly what the files answer, and are never trusted when damaged."""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.errors import SourceError, UnknownName
from finops_cli.sources.cache import Cache
from finops_cli.sources.export.files import DataFile
from finops_cli.sources.export.source import ExportSource
from finops_cli.sources.export.thrift import LARGE, Thrift
from tests.sources.formats import HOURS, START, bill, write
from tests.sources.opening import opened, said, total

_DIMENSIONS = (
    *(q.ACCOUNT, q.SERVICE, q.REGION, q.USAGE_TYPE, q.INSTANCE_TYPE),
    *(q.CHARGE_CATEGORY, q.PURCHASE_OPTION, q.PROVIDER, "tag:team"),
)
_SPLIT = "moment < TIMESTAMP '2026-09-01'", "moment >= TIMESTAMP '2026-09-01'"


def _export(folder: Path) -> Path:
    for month, where in enumerate(_SPLIT):
        write(folder / "export" / str(month), "CUR 2.0", "parquet", where)
    return folder / "export"


def _ignore(_done: int, _of: int) -> None:
    pass


def _rollup_files(folder: Path) -> list[Path]:
    return sorted((folder / ".cache" / "rollups").glob("*.parquet"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[ExportSource, ExportSource]:
    """Return the same export unprepared and prepared."""
    folder = tmp_path_factory.mktemp("pair")
    spec = _export(folder)
    prepared = opened(spec, folder / "prepared")
    assert prepared.prepare(["team"], _ignore) == 2
    return opened(spec, folder / "raw"), prepared


_NOT_THERE = (Metric.LIST, Metric.BLENDED)


@pytest.mark.parametrize("metric", [m for m in Metric if m not in _NOT_THERE])
def test_every_pair_of_dimensions_and_metric(
    metric: Metric, pair: tuple[ExportSource, ExportSource]
) -> None:
    raw, prepared = pair
    for by in itertools.combinations(_DIMENSIONS, 2):
        query = CostQuery(raw.coverage(), metric, Granularity.TOTAL, by)
        assert prepared.fetch(query) == raw.fetch(query), by


_filters = st.builds(
    Filter,
    st.sampled_from(_DIMENSIONS),
    st.lists(
        st.sampled_from(["AmazonEC2", "us-east-1", "Usage", "Credit", "web", "AWS", None]),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple),
    st.booleans(),
)
_days = st.integers(0, HOURS // 24 + 2)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    by=st.lists(st.sampled_from(_DIMENSIONS), max_size=4, unique=True).map(tuple),
    filters=st.lists(_filters, max_size=2).map(tuple),
    span=st.tuples(_days, _days).filter(lambda days: days[0] < days[1]),
    grain=st.sampled_from(Granularity),
    metric=st.sampled_from([Metric.UNBLENDED, Metric.AMORTIZED]),
)
def test_any_query(
    by: tuple[str, ...],
    filters: tuple[Filter, ...],
    span: tuple[int, int],
    grain: Granularity,
    metric: Metric,
    pair: tuple[ExportSource, ExportSource],
) -> None:
    raw, prepared = pair
    start, end = (START.date() + timedelta(days=day - 1) for day in span)
    query = CostQuery(Period(start, end), metric, grain, by, filters)
    assert prepared.fetch(query) == raw.fetch(query)


def test_what_a_rollup_lost_comes_from_the_files(pair: tuple[ExportSource, ExportSource]) -> None:
    raw, prepared = pair
    query = CostQuery(raw.coverage(), group_by=(q.RESOURCE, q.SERVICE))
    assert prepared.fetch(query) == raw.fetch(query)


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    spec = _export(tmp_path)
    assert opened(spec).prepare(["team"], _ignore) == 2
    assert opened(spec).prepare([], _ignore) == 0
    before = total(opened(spec))
    write(spec / "1", "CUR 2.0", "parquet", f"{_SPLIT[1]} AND service <> 'AmazonS3'")
    changed = opened(spec)
    assert total(changed) != before
    assert changed.prepare([], _ignore) == 1
    assert total(opened(spec)) == total(opened(spec, tmp_path / "other"))


def test_a_rollup_of_some_files_serves_with_the_others(tmp_path: Path) -> None:
    spec = _export(tmp_path)
    opened(spec).prepare(["team"], _ignore)
    _rollup_files(tmp_path)[0].unlink()
    assert len(_rollup_files(tmp_path)) == 3
    mixed, raw = opened(spec), opened(spec, tmp_path / "other")
    for by in itertools.combinations(_DIMENSIONS, 2):
        query = CostQuery(raw.coverage(), granularity=Granularity.DAILY, group_by=by)
        assert mixed.fetch(query) == raw.fetch(query)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-20],
        lambda content: b"",
        lambda content: content[:4] + b"\x00" * (len(content) - 12) + content[-8:],
        lambda content: b"not parquet at all",
    ],
    ids=["truncated", "empty", "zeros inside", "text"],
)
def test_a_damaged_rollup_is_never_believed(
    damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    spec = _export(tmp_path)
    expected = total(opened(spec))
    opened(spec).prepare([], _ignore)
    for path in _rollup_files(tmp_path):
        path.write_bytes(damage(path.read_bytes()))
    assert total(opened(spec)) == expected
    opened(spec).prepare([], _ignore)
    assert total(opened(spec)) == expected


@pytest.mark.parametrize("junk", ["", "{", "[]", "null", '{"rows": 1}', '"text"', "7"])
def test_damaged_notes_in_the_cache_are_made_again(junk: str, tmp_path: Path) -> None:
    spec = _export(tmp_path)
    first = opened(spec)
    expected = (total(first), total(first, Metric.AMORTIZED), first.dimensions(), said(first))
    opened(spec).prepare(["team"], _ignore)
    notes = list((tmp_path / ".cache").rglob("*.json"))
    assert len(notes) >= 3
    for path in notes:
        path.write_text(junk)
    again = opened(spec)
    assert expected == (
        total(again),
        total(again, Metric.AMORTIZED),
        again.dimensions(),
        said(again),
    )
    assert again.names(q.ACCOUNT) == first.names(q.ACCOUNT) == {}


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    """A file stands where the cache folder should be: even root cannot write there."""
    spec = _export(tmp_path)
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    source = opened(spec, blocked)
    assert total(source) == total(opened(spec))
    assert source.dimensions() == opened(spec).dimensions()
    with pytest.raises(SourceError, match="cache cannot be written"):
        source.prepare([], _ignore)


def test_a_damaged_copy_of_text_is_made_again(tmp_path: Path) -> None:
    rows = "".join(f"2026-09-{i % 28 + 1:02},{i},service {i:050}\n" for i in range(600_000))
    path = tmp_path / "export" / "costs.csv"
    path.parent.mkdir()
    path.write_text("date,cost,service\n" + rows)
    expected = total(opened(path))
    (copy,) = (path.parent / ".cache" / "tables").glob("*.parquet")
    content = copy.read_bytes()
    for damaged in (content[:-9], content[:4] + b"\x00" * (len(content) // 2)):
        copy.write_bytes(damaged + content[len(damaged) :] * (damaged[-1:] == b"\x00"))
        assert total(opened(path)) == expected
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    assert total(opened(path, blocked)) == expected


_PREPARE = """
import sys
from datetime import date
from pathlib import Path
from finops_cli.sources import Today, open_source
source = open_source(sys.argv[1], Today(date(2026, 11, 22)), Path(sys.argv[2]))
source.prepare(["team"], lambda done, of: None)
"""


def test_two_processes_preparing_at_once(tmp_path: Path) -> None:
    spec = _export(tmp_path)
    command = [sys.executable, "-c", _PREPARE, str(spec), str(tmp_path / ".cache")]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert len(_rollup_files(tmp_path)) == 4
    assert not list((tmp_path / ".cache").rglob("*.part"))
    assert total(opened(spec)) == total(opened(spec, tmp_path / "other"))


def test_an_unknown_tag_cannot_be_prepared(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="tag 'teem'") as raised:
        opened(_export(tmp_path)).prepare(["teem"], _ignore)
    assert "team" in raised.value.hint


def test_a_rollup_is_made_once_questions_have_cost_as_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    file = DataFile("a", size=50, stamp="")
    thrift = Thrift("key", rows=LARGE, size=100, cache=cache)
    assert not thrift.affords(file), "the first question never pays"
    thrift.spend(0.3)
    assert not thrift.affords(file)
    thrift.spend(0.4)
    assert thrift.affords(file)
    assert not thrift.affords(file), "what was paid for is spent"
    small = Thrift("other", rows=LARGE - 1, size=100, cache=cache)
    small.spend(1000)
    assert not small.affords(file)


def test_what_was_spent_is_kept_between_runs_and_makes_a_rollup(tmp_path: Path) -> None:
    """A large export is stood in for by the note of what it has cost."""
    spec = _export(tmp_path)
    source = opened(spec)
    expected = total(source)
    profile = next((tmp_path / ".cache" / "profiles").glob("*.json"))
    content = json.loads(profile.read_text())
    profile.write_text(json.dumps(content | {"rows": LARGE}))
    spent = tmp_path / ".cache" / "spent" / f"{source.profile.key}.json"
    for made in (0, 1, 2):
        assert len(_rollup_files(tmp_path)) == made * 2
        spent.parent.mkdir(exist_ok=True)
        spent.write_text("1000")
        assert total(opened(spec)) == expected
    assert len(_rollup_files(tmp_path)) == 4
    assert sum(row["cost"] for row in bill()) == sum(
        opened(spec).fetch(CostQuery(source.coverage())).column("cost")
    )
