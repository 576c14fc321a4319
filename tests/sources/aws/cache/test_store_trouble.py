"""Caches that are damaged, newer, locked, read-only or full: one warning, no wrong figure."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.packing import digest
from finops_cli.sources.aws.cache.store import Store
from tests.sources.aws.buckets import COLUMNS, NOW, YEAR, bucket, opening, span

DAYS = range(12)


def _file(folder: Path) -> Path:
    return folder / "aws" / "costs.sqlite"


def _filled(folder: Path) -> Path:
    with closing(Store(folder, "1")) as store:
        store.write("total", [bucket(span(day), groups=400) for day in DAYS])
        store.keep("names", {"1": "Production"}, NOW)
    return _file(folder)


@cache
def _whole() -> bytes:
    with TemporaryDirectory() as folder:
        return _filled(Path(folder)).read_bytes()


def _works(store: Store) -> None:
    """Hold a store to what it does whatever its file is like."""
    fresh = bucket(span(20), salt="fresh ")
    store.write("total", [fresh])
    store.keep("tags", ["team"], NOW)
    assert store.read("total", [span(20)], COLUMNS) == [fresh]
    assert span(20) in store.spans("total", YEAR)
    assert "total" in store.shapes()
    assert store.note("tags") == (["team"], NOW)
    store.drop(YEAR)
    assert store.spans("total", YEAR) == []
    store.write("total", [fresh])
    store.forget()
    assert (store.shapes(), store.note("tags")) == ((), None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=64))))
@example([(i / 200, b"\0" * 64) for i in range(200)])
@example([(0.0, b"no database at all")])
def test_damaged_bytes_never_make_a_wrong_figure(damage: list[tuple[float, bytes]]) -> None:
    content = bytearray(_whole())
    for where, garbage in damage:
        at = int(where * len(content))
        content[at : at + len(garbage)] = garbage
    _never_wrong(content)


@pytest.mark.parametrize(
    "text", [b"CREATE TABLE bucket", digest("1").encode(), b'"total"', b"09-04"]
)
@pytest.mark.parametrize("garbage", [b"\0", b"\x80", b"9"])
def test_damage_where_it_hurts(text: bytes, garbage: bytes) -> None:
    at = _whole().find(text)
    assert at > 0
    while at > 0:  # in tables and in indexes
        content = bytearray(_whole())
        content[at + 2 : at + 3] = garbage
        _never_wrong(content)
        at = _whole().find(text, at + 1)


def _never_wrong(content: bytes) -> None:
    with TemporaryDirectory() as name, closing(Store(Path(name), "1")) as store:
        folder = Path(name)
        _file(folder).parent.mkdir()
        _file(folder).write_bytes(content)
        assert store.shapes() in ((), ("total",))
        for found in store.read("total", [span(day) for day in DAYS], COLUMNS):
            assert found == bucket(found.span, groups=400)
            assert found.span in [span(day) for day in DAYS]
        assert set(store.spans("total", YEAR)) <= {span(day) for day in DAYS}
        assert store.note("names") in (None, ({"1": "Production"}, NOW))
        _works(store)
        assert store.note("names") is None


CELLS = [
    "UPDATE bucket SET fetched = '2027-01-01T00:00:00.000000+00:00' WHERE first = '2026-09-04'",
    "UPDATE bucket SET fetched = CAST(x'80' AS TEXT) WHERE first = '2026-09-04'",
    "UPDATE bucket SET estimated = 1 WHERE first = '2026-09-04'",
    "UPDATE bucket SET estimated = NULL WHERE first = '2026-09-04'",
    "UPDATE bucket SET first = 'x', until = '2026-09-05' WHERE first = '2026-09-04'",
    "UPDATE bucket SET until = '2026-09-06' WHERE first = '2026-09-04'",
    "UPDATE bucket SET seal = 'x' WHERE first = '2026-09-04'",
    "UPDATE content SET seal = 'x' WHERE bucket = 4",
    "UPDATE content SET packed = (SELECT packed FROM content WHERE bucket = 5) WHERE bucket = 4",
    "UPDATE content SET packed = 12 WHERE bucket = 4 AND part = 'column cost'",
    "UPDATE content SET packed = NULL WHERE bucket = 4 AND part = 'column cost'",
    "UPDATE content SET part = 'column more' WHERE bucket = 4 AND part = 'column cost'",
    "DELETE FROM content WHERE bucket = 4",
]


@pytest.mark.parametrize("change", CELLS)
def test_a_changed_cell_is_a_missing_bucket(tmp_path: Path, change: str) -> None:
    file = _filled(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')")
        connection.commit()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(change).rowcount > 0
        connection.commit()
    with closing(Store(tmp_path, "1")) as store:
        found = store.read("total", [span(day) for day in DAYS], COLUMNS)
        assert found == [bucket(span(day), groups=400) for day in DAYS if day != 3]
        assert set(store.spans("total", YEAR)) <= {span(day) for day in DAYS}
        store.write("total", [bucket(span(3), groups=400)])
        assert len(store.read("total", [span(day) for day in DAYS], COLUMNS)) == len(DAYS)
        assert store.warnings == ()


def test_a_damaged_bucket_is_forgotten(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE content SET seal = 'x' WHERE bucket = 4")
        connection.commit()
    with closing(Store(tmp_path, "1")) as store:
        assert span(3) in store.spans("total", YEAR)
        assert store.read("total", [span(3)], COLUMNS) == []
        assert span(3) not in store.spans("total", YEAR)


def test_what_is_no_database_is_set_aside(tmp_path: Path) -> None:
    file = _file(tmp_path)
    file.parent.mkdir()
    for number in (1, 2):
        file.write_text("not a database, but long enough to look at" * 20)
        with closing(Store(tmp_path, "1")) as store:
            store.write("total", [bucket(span())])
            assert store.warnings == (
                f"The cache {file} was damaged and a new one was begun: some figures are asked "
                f"for again, and costs.sqlite.damaged-{number} beside it can be deleted.",
            )
        assert file.with_name(f"costs.sqlite.damaged-{number}").read_text().startswith("not a")
        with closing(Store(tmp_path, "1")) as store:
            assert store.read("total", [span()], COLUMNS) == [bucket(span())]
            assert store.warnings == ()


def test_damage_found_in_the_middle_of_a_run_begins_anew(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with closing(Store(tmp_path, "1", opening("PRAGMA cache_size=1"))) as store:
        assert len(store.spans("total", YEAR)) == len(DAYS)
        with file.open("r+b") as opened:
            opened.seek(4096)
            opened.write(b"\x5a" * (file.stat().st_size - 4096))
        assert store.read("total", [span(day) for day in DAYS], COLUMNS) == []
        _works(store)
        assert len(store.warnings) == 1
        assert "damaged-1" in store.warnings[0]


def test_another_program_s_database_is_set_aside_whole(tmp_path: Path) -> None:
    file = _file(tmp_path)
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    with closing(Store(tmp_path, "1")) as store:
        _works(store)
    with closing(sqlite3.connect(file.with_name("costs.sqlite.damaged-1"))) as connection:
        assert connection.execute("SELECT count(*) FROM theirs").fetchone() == (0,)


def test_a_broken_index_is_found_on_opening(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage ="
            " (SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_note_1')"
            " WHERE name = 'sqlite_autoindex_bucket_1'"
        )
        connection.commit()
    with closing(Store(tmp_path, "1")) as store:
        assert store.spans("total", YEAR) == []
        assert "damaged-1" in store.warnings[0]


def test_a_damaged_file_is_set_aside_once(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with (
        closing(Store(tmp_path, "1", opening("PRAGMA cache_size=1"))) as early,
        closing(Store(tmp_path, "1")) as late,
    ):
        assert early.spans("total", YEAR) != []
        with file.open("r+b") as opened:
            opened.seek(4096)
            opened.write(b"\x5a" * (file.stat().st_size - 4096))
        late.write("total", [bucket(span())])
        assert early.read("total", [span()], COLUMNS) == []  # it still has the damaged file open
        assert early.read("total", [span()], COLUMNS) == [bucket(span())]
        late.write("total", [bucket(span(1))])
        assert early.spans("total", YEAR) == [span(), span(1)]
    assert [path.name for path in file.parent.glob("*.damaged-?")] == ["costs.sqlite.damaged-1"]


def test_the_log_of_a_file_that_was_removed_is_not_taken_for_a_new_one_s(tmp_path: Path) -> None:
    file = _file(tmp_path)
    log = file.with_name("costs.sqlite-wal")
    with closing(Store(tmp_path, "1")) as store:
        store.write("total", [bucket(span(day), groups=400) for day in DAYS])
        kept = log.read_bytes()
    file.unlink()
    log.write_bytes(kept)
    with closing(Store(tmp_path, "1")) as store:
        store.write("total", [bucket(span(20))])
        assert store.spans("total", YEAR) == [span(20)]
        assert store.warnings == ()


@pytest.mark.parametrize("remove", [Path.unlink, lambda file: file.rename(file.parent / "gone")])
def test_a_store_that_was_open_follows_to_the_new_file(
    tmp_path: Path, remove: Callable[[Path], object]
) -> None:
    _filled(tmp_path)
    with closing(Store(tmp_path, "1")) as early, closing(Store(tmp_path, "1")) as late:
        assert early.spans("total", YEAR) != []
        remove(_file(tmp_path))
        late.write("total", [bucket(span(1))])
        early.write("total", [bucket(span(2))])
        assert early.spans("total", YEAR) == late.spans("total", YEAR) == [span(1), span(2)]
        assert (early.warnings, late.warnings) == ((), ())


def test_a_newer_cache_is_left_alone(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version=2")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    with closing(Store(tmp_path, "1")) as store:
        assert store.spans("total", YEAR) == []
        _works(store)
        assert store.warnings == (
            f"The cache {file} is of a newer finops and left alone, so what AWS answers now is "
            "not kept: update finops, or name another folder with FINOPS_CACHE_DIR.",
        )
    assert file.read_bytes() == before


def test_a_full_disk_keeps_what_is_there_and_the_run_in_memory(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with closing(Store(tmp_path, "1", opening("PRAGMA max_page_count=1"))) as store:
        big = bucket(span(30), groups=5000)
        store.write("total", [big, bucket(span(0), salt="new ")])
        spans = store.spans("total", YEAR)
        assert spans == [*(span(day) for day in DAYS), span(30)]
        found = store.read("total", spans, COLUMNS)
        assert found[0] == bucket(span(0), salt="new ")
        assert found[1:-1] == [bucket(span(day), groups=400) for day in DAYS[1:]]
        assert found[-1] == big
        assert store.warnings == (
            f"No room for the cache {file}, so what AWS answers now is not kept: "
            "make room, or name another folder with FINOPS_CACHE_DIR.",
        )
        _works(store)


def test_a_disk_without_room_for_the_file_itself(tmp_path: Path) -> None:
    with closing(Store(tmp_path, "1", opening("PRAGMA max_page_count=1"))) as store:
        _works(store)
        assert len(store.warnings) == 1
    assert [path.name for path in (tmp_path / "aws").iterdir()] == ["locks"]


def test_a_lasting_lock_is_no_error(tmp_path: Path) -> None:
    file = _filled(tmp_path)
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as holder,
        closing(Store(tmp_path, "1", opening(timeout=0.01))) as store,
    ):
        holder.execute("BEGIN IMMEDIATE")
        store.write("total", [bucket(span(30))])
        assert store.spans("total", YEAR) == [*(span(day) for day in DAYS), span(30)]
        assert len(store.read("total", [span(1), span(30)], COLUMNS)) == 2
        assert store.warnings == (
            f"Another program holds the cache {file}, so what AWS answers now is not kept: "
            "end it, or ask later.",
        )
        holder.execute("ROLLBACK")
        store.write("total", [bucket(span(31))])  # kept for this run: it waits for a lock once
        with closing(Store(tmp_path, "1")) as other:
            assert other.spans("total", YEAR) == [span(day) for day in DAYS]
        _works(store)


def test_what_cannot_be_dropped_is_not_used(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(_filled(tmp_path), isolation_level=None)) as holder,
        closing(Store(tmp_path, "1", opening(timeout=0.01))) as store,
    ):
        holder.execute("BEGIN IMMEDIATE")
        store.drop(Period(span(3).start, span(3).end))
        holder.execute("ROLLBACK")
        assert store.spans("total", YEAR) == []


def test_a_python_without_sqlite(tmp_path: Path) -> None:
    def connect(address: str) -> sqlite3.Connection:
        raise ImportError("No module named '_sqlite3'")

    with closing(Store(tmp_path, "1", connect)) as store:
        _works(store)
        assert store.warnings == (
            "This Python has no SQLite, so what AWS answers now is not kept: "
            "install finops with a Python that has.",
        )


def test_a_failing_disk(tmp_path: Path) -> None:
    def connect(address: str) -> sqlite3.Connection:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        raise error

    file = _filled(tmp_path)
    with closing(Store(tmp_path, "1", connect)) as store:
        _works(store)
        assert store.warnings == (
            f"The disk of the cache {file} fails, so what AWS answers now is not kept: "
            "check it, or name another folder with FINOPS_CACHE_DIR.",
        )


def test_a_mistake_of_ours_is_not_taken_for_damage(tmp_path: Path) -> None:
    def connect(address: str) -> sqlite3.Connection:
        raise sqlite3.ProgrammingError("Incorrect number of bindings supplied")

    file = _filled(tmp_path)
    with closing(Store(tmp_path, "1", connect)) as store, pytest.raises(sqlite3.ProgrammingError):
        store.spans("total", YEAR)
    assert file.exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with closing(Store(tmp_path / "file" / "cache", "1")) as store:
        _works(store)
        assert len(store.warnings) == 1
        assert "mend its permissions" in store.warnings[0]


READER = """
import os, sqlite3, sys
from contextlib import closing
from pathlib import Path
from finops_cli.sources.aws.cache.packing import digest
from finops_cli.sources.aws.cache.store import Store
from tests.sources.aws.buckets import COLUMNS, YEAR, bucket, span
folder = Path(sys.argv[1])
with closing(Store(folder, "warm up")) as store:  # loads all that is loaded late
    store.summary()
if os.getuid() == 0:
    os.chdir("/")
    os.setuid(65534)
with closing(Store(folder, "1")) as store:
    spans = store.spans("total", YEAR)
    found = store.read("total", spans, COLUMNS)
    assert found == [bucket(where, groups=400) for where in spans]
    print(len(found), store.warnings)
    store.write("total", [bucket(span(30))])
    assert store.read("total", [span(30)], COLUMNS) == [bucket(span(30))]
    print(len(store.spans("total", YEAR)), store.warnings)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such permissions")
@pytest.mark.parametrize(("folder", "file"), [(0o500, 0o400), (0o700, 0o400), (0o500, 0o600)])
def test_a_read_only_cache_is_read(folder: int, file: int) -> None:
    with TemporaryDirectory() as name:
        path = _filled(Path(name))
        try:
            for entry, mode in ((path, file), (path.parent, folder)):
                if os.getuid() == 0:
                    os.chown(entry, 65534, 65534)
                entry.chmod(mode)
            Path(name).chmod(0o755)
            said = _run(READER, name).splitlines()
        finally:
            path.parent.chmod(0o700)
        assert said[0] == "12 ()"
        assert said[1] == (
            f"13 ('The cache {path} cannot be opened or written, so what AWS answers now is not "
            "kept: mend its permissions, or name another folder with FINOPS_CACHE_DIR.',)"
        )


def _run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout
