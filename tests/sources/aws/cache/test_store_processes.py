"""The cache with several processes and threads at once, and with one that is killed."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from finops_cli.sources.aws.cache.store import Store
from tests.sources.aws.buckets import COLUMNS, YEAR, bucket, span

WRITE = """
import sys
from contextlib import closing
from pathlib import Path
from finops_cli.sources.aws.cache.store import Store
from tests.sources.aws.buckets import COLUMNS, YEAR, bucket, span
folder, number = Path(sys.argv[1]), int(sys.argv[2])
with closing(Store(folder, "1")) as store:
    sys.stdin.read()  # all begin at once
    for turn in range(5):
        store.write("total", [bucket(span(day, hours=turn), 300) for day in range(8)])
        store.write(f"of {number}", [bucket(span(turn), 300)])
        spans = store.spans("total", YEAR)
        found = store.read("total", spans, COLUMNS)
        assert len(found) == 8, spans
        assert all(one == bucket(one.span, 300) for one in found)
        assert len({one.span.fetched for one in found}) == 1
    print(*store.warnings)
"""
FOREVER = """
import sys
from contextlib import closing
from pathlib import Path
from finops_cli.sources.aws.cache.store import Store
from tests.sources.aws.buckets import bucket, span
with closing(Store(Path(sys.argv[1]), "1")) as store:
    for turn in range(10**9):
        store.write("total", [bucket(span(day, hours=turn), 300) for day in range(8)])
        print("written", flush=True)
"""


def test_processes_that_begin_the_file_and_write_at_once(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(tmp_path), str(number)],
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )
        for number in range(3)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.close()
        writer.stdin = None
    assert [writer.communicate() for writer in writers] == [("\n", "")] * 3
    with closing(Store(tmp_path, "1")) as store:
        assert sorted(store.shapes()) == ["of 0", "of 1", "of 2", "total"]
        for number in range(3):
            assert store.spans(f"of {number}", YEAR) == [span(turn) for turn in range(5)]
        assert store.read("total", store.spans("total", YEAR), COLUMNS) == [
            bucket(span(day, hours=4), 300) for day in range(8)
        ]
        assert store.warnings == ()


def test_a_killed_writer_leaves_whole_buckets(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", FOREVER, str(tmp_path)]
    for times in (1, 2, 3):
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(times):
                assert writer.stdout.readline() == "written\n"
            os.kill(writer.pid, signal.SIGKILL)
        with closing(Store(tmp_path, "1")) as store:
            found = store.read("total", store.spans("total", YEAR), COLUMNS)
            assert len(found) == 8
            assert all(one == bucket(one.span, 300) for one in found)
            assert len({one.span.fetched for one in found}) == 1
            assert store.warnings == ()


def test_threads_share_a_store(tmp_path: Path) -> None:
    with closing(Store(tmp_path, "1")) as store:

        def work(number: int) -> bool:
            store.write("total", [bucket(span(day), 50) for day in range(8)])
            store.write(f"of {number}", [bucket(span(number), 50)])
            found = store.read("total", store.spans("total", YEAR), COLUMNS)
            return found == [bucket(span(day), 50) for day in range(8)]

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(work, range(12)))
        assert len(store.shapes()) == 13
        assert store.warnings == ()
