"""Tags in every shape: maps, structs, JSON text, entries, a column per key, odd keys."""

from pathlib import Path

import duckdb
import pytest

from finops_cli.domain.query import CostQuery
from tests.sources.opening import opened, total

_SHAPES = {
    "map": "MAP {'team': 'web', ' org': 'x', 'a\"b/c~d.e': 'odd'}",
    "struct": "{'team': 'web', ' org': 'x', 'a\"b/c~d.e': 'odd'}",
    "json": '\'{"team": "web", " org": "x", "a\\"b/c~d.e": "odd"}\'::JSON',
    "text": '\'{"team": "web", " org": "x", "a\\"b/c~d.e": "odd"}\'',
    "without braces": '\'"team": "web"," org": "x","a\\"b/c~d.e": "odd"\'',
    "entries": "[{'key': 'team', 'value': 'web'}, {'key': ' org', 'value': 'x'}, "
    "{'key': 'a\"b/c~d.e', 'value': 'odd'}]",
}


def _write(folder: Path, tags: str, more: str = "") -> Path:
    path = folder / "export" / "bill.parquet"
    path.parent.mkdir()
    row = "SELECT TIMESTAMP '2026-09-01' AS ChargePeriodStart, {} AS BilledCost, {} AS Tags"
    duckdb.connect().execute(
        f"COPY ({row.format(1, tags)} {more} UNION ALL {row.format(2, 'NULL')} "
        f"{', NULL' * more.count(' AS ')}) TO '{path}'"
    )
    return path


@pytest.mark.parametrize("shape", _SHAPES)
def test_every_shape(shape: str, tmp_path: Path) -> None:
    source = opened(_write(tmp_path, _SHAPES[shape]))
    tags = {"tag:team": "web", "tag:org": "x", 'tag:a"b/c~d.e': "odd"}
    assert {d for d in source.dimensions() if d.startswith("tag:")} == set(tags)
    for dimension, value in tags.items():
        frame = source.fetch(CostQuery(source.coverage(), group_by=(dimension,)))
        assert list(frame.select(dimension, "cost")) == [(value, 1), (None, 2)]


def test_keys_that_differ_in_case_are_one(tmp_path: Path) -> None:
    """Otherwise a question for ``team`` would silently leave out what is tagged ``Team``."""
    path = tmp_path / "export" / "bill.csv"
    path.parent.mkdir()
    path.write_text(
        "date,cost,tags\n"
        '2026-09-01,1,"{""team"": ""web""}"\n'
        '2026-09-01,2,"{""Team"": ""web""}"\n'
        '2026-09-01,4,"{""TEAM "": """"}"\n'
        "2026-09-01,8,not json\n"
    )
    source = opened(path)
    (dimension,) = [d for d in source.dimensions() if d.startswith("tag:")]
    assert dimension.casefold() == "tag:team"
    frame = source.fetch(CostQuery(source.coverage(), group_by=(dimension,)))
    assert list(frame.select(dimension, "cost")) == [("web", 3), (None, 12)]


def test_a_column_per_key(tmp_path: Path) -> None:
    path = tmp_path / "export" / "bill.csv"
    path.parent.mkdir()
    path.write_text(
        "lineItem/UsageStartDate,lineItem/UnblendedCost,resourceTags/user:Cost Center,"
        "resourceTags/aws:createdBy\n2026-09-01,1,42,me\n2026-09-01,2,,\n"
    )
    source = opened(path)
    tags = [d for d in source.dimensions() if d.startswith("tag:")]
    assert tags == ["tag:Cost Center", "tag:aws:createdBy"]
    frame = source.fetch(CostQuery(source.coverage(), group_by=("tag:Cost Center",)))
    assert list(frame.select("tag:Cost Center", "cost")) == [("42", 1), (None, 2)]


def test_without_tags_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "export" / "bill.csv"
    path.parent.mkdir()
    path.write_text("date,cost\n2026-09-01,1\n")
    source = opened(path)
    assert not [d for d in source.dimensions() if d.startswith("tag:")]
    assert total(source) == "1"


def test_a_column_of_one_s_own_in_a_tidy_table_is_a_tag(tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text("date,cost,team,service\n2026-01-01,5,a,EC2\n2026-01-02,7,,EC2\n")
    source = opened(path)
    assert "tag:team" in source.dimensions()
    found = source.fetch(CostQuery(source.coverage(), group_by=("tag:team",)))
    assert dict(found.select("tag:team", "cost")) == {"a": 5, None: 7}
