"""One at a time: threads, processes, holders that are killed, and places without locks."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from finops_cli.sources.aws.cache.locks import Locks

COUNT = """
import sys
from pathlib import Path
from finops_cli.sources.aws.cache.locks import Locks
folder, file = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(100):
    with Locks(folder).alone("count", 60):
        file.write_text(str(int(file.read_text()) + 1))
"""
HOLD = """
import sys
from pathlib import Path
from finops_cli.sources.aws.cache.locks import Locks
with Locks(Path(sys.argv[1])).alone("work", 60):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-c", HOLD, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_processes_take_turns(tmp_path: Path) -> None:
    file = tmp_path / "count"
    file.write_text("0")
    arguments = [sys.executable, "-c", COUNT, str(tmp_path / "locks"), str(file)]
    processes = [subprocess.Popen(arguments) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert file.read_text() == "300"


@pytest.mark.parametrize("shared", [True, False])
def test_threads_take_turns(tmp_path: Path, shared: bool) -> None:
    one, file = Locks(tmp_path / "locks"), tmp_path / "count"
    file.write_text("0")

    def count(_: int) -> None:
        for _ in range(25):
            with (one if shared else Locks(tmp_path / "locks")).alone("count", 60):
                file.write_text(str(int(file.read_text()) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(4)))
    assert file.read_text() == "100"


def test_threads_take_turns_where_files_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    locks, inside, most = Locks(tmp_path / "file" / "locks"), [], []
    together = threading.Barrier(4)

    def work(number: int) -> None:
        together.wait()
        with locks.alone("work", 60):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0)  # lets the others in, were they not kept out
            inside.remove(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert most == [1, 1, 1, 1]


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        before = time.monotonic()
        with Locks(tmp_path).alone("work", 60):
            assert time.monotonic() - before < 30


def test_waiting_has_an_end(tmp_path: Path) -> None:
    with _holder(tmp_path):
        before = time.monotonic()
        with Locks(tmp_path).alone("work", 0.05):
            assert time.monotonic() - before >= 0.05
        with Locks(tmp_path).alone("other work", 60):
            assert time.monotonic() - before < 30


def test_who_waited_comes_in_when_the_holder_is_done(tmp_path: Path) -> None:
    said: list[str] = []

    def wait() -> None:
        with Locks(tmp_path).alone("work", 60):
            said.append("second")

    with Locks(tmp_path).alone("work", 60):
        second = threading.Thread(target=wait)
        second.start()
        second.join(0.05)
        said.append("first")
    second.join()
    assert said == ["first", "second"]


def test_a_block_that_fails_lets_go(tmp_path: Path) -> None:
    locks = Locks(tmp_path)
    with pytest.raises(KeyError), locks.alone("work", 60):
        raise KeyError
    before = time.monotonic()
    with locks.alone("work", 60):
        assert time.monotonic() - before < 30


def test_no_file_stays_behind(tmp_path: Path) -> None:
    with Locks(tmp_path).alone("work", 60):
        assert [path.name for path in tmp_path.iterdir()] == ["work.lock"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blocked", ["file", "file/below"])
def test_where_no_file_can_be_made_nobody_waits(tmp_path: Path, blocked: str) -> None:
    (tmp_path / "file").touch()
    entered = False
    with Locks(tmp_path / blocked).alone("work", 60):
        entered = True
    assert entered
