"""The cache of live AWS: what is written is read, each scope by itself, and what makes way."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.store import Bucket, Key, Store, StoreSummary
from tests.sources.aws.buckets import COLUMNS, DAY, NOW, YEAR, bucket, opening, span

TEXT = st.text(max_size=8) | st.sampled_from(["", "\n", "\0", "None", "null", "\\n", '"', ",", "é"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path, "111111111111")) as made:
        yield made


def test_an_empty_cache_has_nothing_and_makes_nothing(store: Store, tmp_path: Path) -> None:
    assert store.shapes() == ()
    assert store.spans("by service", YEAR) == []
    assert store.read("by service", [span()], COLUMNS) == []
    assert store.note("names") is None
    assert store.summary() == StoreSummary()
    store.write("by service", [])
    store.drop(YEAR)
    store.forget()
    assert list(tmp_path.iterdir()) == []
    assert store.warnings == ()


def test_what_is_written_is_read_by_a_later_run(store: Store, tmp_path: Path) -> None:
    buckets = [bucket(span(day, estimated=day == 2)) for day in (2, 0, 1)]
    store.write("by service", buckets)
    store.close()
    with closing(Store(tmp_path, "111111111111")) as later:
        assert later.shapes() == ("by service",)
        spans = later.spans("by service", YEAR)
        assert spans == [span(0), span(1), span(2, estimated=True)]
        assert later.read("by service", spans, COLUMNS) == [buckets[i] for i in (1, 2, 0)]
        assert later.read("by service", spans[::-1], ("usage",))[0].columns.keys() == {"usage"}
        assert later.warnings == ()


@settings(max_examples=40, deadline=None)
@given(st.data(), st.integers(0, 2))
def test_any_text_comes_back_as_it_was(data: st.DataObject, dimensions: int) -> None:
    key = st.tuples(*[st.none() | TEXT] * dimensions)
    groups = st.lists(key, max_size=5, unique=True) if dimensions else st.sampled_from([[], [()]])
    keys: tuple[Key, ...] = tuple(data.draw(groups))
    texts = st.tuples(*[st.none() | TEXT] * len(keys))
    shape, name, note = data.draw(TEXT), data.draw(TEXT), data.draw(TEXT)
    written = Bucket(span(), keys, {name: data.draw(texts), "other": data.draw(texts)})
    for connect in (opening(), _without_sqlite):
        with TemporaryDirectory() as folder, closing(Store(Path(folder), "a", connect)) as store:
            store.write(shape, [written])
            store.keep(name, [note, None], NOW)
            assert store.shapes() == (shape,)
            assert store.read(shape, store.spans(shape, YEAR), tuple(written.columns)) == [written]
            assert store.note(name) == ([note, None], NOW)


def _without_sqlite(address: str) -> None:
    raise ImportError("No module named '_sqlite3'")


def test_nothing_of_one_scope_is_seen_in_another(store: Store, tmp_path: Path) -> None:
    store.write("by service", [bucket(span())])
    store.keep("names", {"1": "Production"}, NOW)
    with closing(Store(tmp_path, "222222222222")) as other:
        assert other.shapes() == ()
        assert other.spans("by service", YEAR) == []
        assert other.read("by service", [span()], COLUMNS) == []
        assert other.note("names") is None
        other.write("by service", [bucket(span(), salt="other ")])
        other.keep("names", {}, NOW)
        other.drop(YEAR)
        other.forget()
        assert other.shapes() == ()
    assert store.read("by service", [span()], COLUMNS) == [bucket(span())]
    assert store.note("names") == ({"1": "Production"}, NOW)


def test_shapes_are_apart(store: Store) -> None:
    store.write("by service", [bucket(span())])
    assert store.spans("by region", YEAR) == []
    assert store.read("by region", [span()], COLUMNS) == []


def test_spans_are_those_wholly_inside(store: Store) -> None:
    inside = [span(0, 10), span(0, 30), span(5, 1)]
    store.write("total", [bucket(where) for where in (*inside, span(-1, 2), span(29, 2))])
    assert store.spans("total", Period(DAY, date(2026, 10, 1))) == inside


def test_a_bucket_takes_the_place_of_the_one_of_its_days(store: Store) -> None:
    store.write("total", [bucket(span(), salt="old ")])
    store.write("total", [bucket(span(hours=1), groups=1)])
    assert store.spans("total", YEAR) == [span(hours=1)]
    assert store.read("total", [span()], COLUMNS) == [bucket(span(hours=1), groups=1)]


@pytest.mark.parametrize(
    ("hours", "estimated", "day", "days", "stays"),
    [
        (-24, True, 3, 1, False),  # an estimate of yesterday, within
        (-24, True, 0, 20, False),  # the month so far, as of yesterday
        (-23, True, 3, 1, True),  # of today: asking for one must not make the other be paid again
        (-24, False, 3, 1, True),  # nothing changes it any more
        (-24, True, -1, 2, True),  # overlaps, but answers for a day that the new one has not
        (24, True, 3, 1, True),  # later than the new one
    ],
)
def test_stale_estimates_within_a_new_bucket_make_way(
    store: Store, hours: int, estimated: bool, day: int, days: int, stays: bool
) -> None:
    old, new = span(day, days, hours, estimated), span(0, 21)
    store.write("total", [bucket(old)])
    store.write("by service", [bucket(old)])
    store.write("total", [bucket(new)])
    assert (old in store.spans("total", YEAR)) is stays
    assert store.read("total", [new], COLUMNS) == [bucket(new)]
    assert store.spans("by service", YEAR) == [old]


def test_dropping_forgets_what_overlaps_in_every_shape(store: Store) -> None:
    for shape in ("total", "by service"):
        written = ((-1, 1), (0, 30), (28, 1), (29, 1), (30, 1))
        store.write(shape, [bucket(span(*days)) for days in written])
    store.drop(Period(DAY + timedelta(days=29), DAY + timedelta(days=30)))
    for shape in ("total", "by service"):
        assert store.spans(shape, YEAR) == [span(-1), span(28), span(30)]


def test_forgetting_leaves_nothing(store: Store) -> None:
    store.write("total", [bucket(span())])
    store.keep("names", {}, NOW)
    store.forget()
    assert (store.shapes(), store.note("names")) == ((), None)
    assert store.summary().buckets == 0


def test_a_bucket_without_a_column_is_left_out_and_kept(store: Store) -> None:
    store.write("total", [bucket(span())])
    assert store.read("total", [span()], ("cost", "amortized")) == []
    assert store.read("total", [span()], ()) == [Bucket(span(), bucket(span()).keys, {})]


def test_a_write_is_all_or_nothing(store: Store) -> None:
    torn = Bucket(span(1), (("a",), ("b",)), {"cost": ("1",)})
    ragged = Bucket(span(1), (("a",), ("b", "c")), {"cost": ("1", "2")})
    for wrong in (torn, ragged):
        with pytest.raises(ValueError):
            store.write("total", [bucket(span()), wrong])
    assert store.spans("total", YEAR) == []


def test_a_note_is_kept_anew(store: Store) -> None:
    store.keep("tags", ["team"], NOW)
    local = datetime(2026, 11, 25, 10, tzinfo=timezone(timedelta(hours=2)))
    store.keep("tags", ["team", "env"], local)
    assert store.note("tags") == (["team", "env"], datetime(2026, 11, 25, 8, tzinfo=UTC))


def test_the_summary_counts_all_scopes(store: Store, tmp_path: Path) -> None:
    store.write("total", [bucket(span(0)), bucket(span(1))])
    store.write("by service", [bucket(span(0))])
    with closing(Store(tmp_path, "2")) as other:
        other.write("total", [bucket(span(0))])
    summary = store.summary()
    assert (summary.buckets, summary.shapes, summary.scopes) == (4, 3, 2)
    sizes = [path.stat().st_size for path in (tmp_path / "aws").glob("costs.sqlite*")]
    assert summary.bytes == sum(sizes) > 0


def test_files_are_the_users_alone(store: Store, tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        store.write("total", [bucket(span())])
        with store.alone("a question"):
            modes = sorted(oct(path.stat().st_mode) for path in (tmp_path / "aws").rglob("*"))
    finally:
        os.umask(mask)
    assert (tmp_path / "aws").stat().st_mode & 0o777 == 0o700
    # The file, its log and shared memory, one lock; and the folder of locks.
    assert modes == ["0o100600"] * 4 + ["0o40700"]


def test_the_file_does_not_say_whose_costs_it_holds(store: Store, tmp_path: Path) -> None:
    store.write("total", [bucket(span())])
    store.close()
    assert b"111111111111" not in (tmp_path / "aws" / "costs.sqlite").read_bytes()
