"""What is left of the cache of live AWS when its writers are killed at random moments.

Each text of a bucket can be told from its days and its round, so that a figure that was torn, mixed
or never written is recognised. Nothing here waits for a writer to be at some point of its work.
"""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.store import Bucket, Span, Store
from tests.bench.report import show

KILLS = 200
_LONGEST = 0.15
_SHAPE = "by service"
_COLUMNS = ("cost", "usage")
_FIRST, _DAYS, _GROUPS = date(2026, 1, 1), 200, 20
_BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_PERIOD = Period(_FIRST, _FIRST + _DAYS * _DAY)
_HEAD = ("killed", "found", "aim", "")


@dataclass(slots=True)
class Found:
    """What was found so far, and the round that the next writer begins with."""

    next: int = 0
    buckets: int = 0
    wrong: int = 0
    torn: int = 0
    lost: int = 0
    warnings: tuple[str, ...] = ()


def kills(scratch: Path) -> None:
    """Print what two hundred killed writers did to one cache."""
    folder, found = scratch / "kills", Found()
    began = time.perf_counter()
    for _ in range(KILLS):
        _examine(folder, _killed(folder, found.next), found)
    seconds = time.perf_counter() - began
    aside = len(list(folder.rglob("*.damaged-*")))
    held = sum("holds the cache" in warning for warning in found.warnings)
    rows = [
        ("buckets read", f"{found.buckets:,}", "", f"written in {found.next:,} rounds"),
        ("wrong buckets", str(found.wrong), "0", "a figure or a key that was never written"),
        ("torn rounds", str(found.torn), "0", "a part of a transaction was there"),
        ("lost rounds", str(found.lost), "0", "kept, by the writer's word, and not there"),
        ("files set aside", str(aside), "0", "taken for damaged"),
        ("lock errors", str(held), "0", "of writers and of readers"),
        ("other warnings", str(len(found.warnings) - held), "0", ""),
        ("time", f"{seconds:.0f} s", "60 s", "starting, killing and reading after each"),
    ]
    show(f"SIGKILL at a random moment, {KILLS} times on one cache", rows, _HEAD)


def write(folder: Path, begin: int) -> None:
    """Write round after round, saying each one when it is kept, until killed."""
    with closing(Store(folder, "1")) as store:
        for turn in range(begin, begin + 10**9):
            store.write(_SHAPE, [_bucket(day, turn) for day in _PERIOD.each_day()])
            print(turn, *store.warnings, flush=True)


def _killed(folder: Path, begin: int) -> str:
    """Let a writer begin, kill it, and return what it said."""
    code = "import sys; from pathlib import Path; from tests.bench.kills import write; "
    code += "print('begun', flush=True); write(Path(sys.argv[1]), int(sys.argv[2]))"
    command = (sys.executable, "-c", code, str(folder), str(begin))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(random.uniform(0, _LONGEST))
        writer.send_signal(signal.SIGKILL)
        return writer.stdout.read()


def _examine(folder: Path, said: str, found: Found) -> None:
    """Read everything after a kill, and count what is wrong."""
    kept = found.next - 1
    for line in said.splitlines():
        number, _, warning = line.partition(" ")
        kept = int(number)
        found.warnings += (warning,) if warning else ()
    with closing(Store(folder, "1")) as store:
        spans = store.spans(_SHAPE, _PERIOD)
        buckets = store.read(_SHAPE, spans, _COLUMNS)
        found.warnings += store.warnings
    turns = {(bucket.span.fetched - _BEGAN) // _SECOND for bucket in buckets}
    there = max(turns, default=-1)
    found.buckets += len(buckets)
    found.wrong += sum(bucket != _bucket(bucket.span.start, there) for bucket in buckets)
    found.torn += len(buckets) not in (0, _DAYS) or len(turns) > 1
    found.lost += there < kept
    found.next = there + 1


def _bucket(day: date, turn: int) -> Bucket:
    span = Span(day, day + _DAY, _BEGAN + turn * _SECOND, True)
    keys = tuple((f"account {i % 20}", f"service {i // 20}") for i in range(_GROUPS))
    texts = {
        name: tuple(f"{turn}.{day:%j}{i:04}{len(name)}" for i in range(_GROUPS))
        for name in _COLUMNS
    }
    return Bucket(span, keys, texts)
