"""What is measured of live AWS beside its price: a warm cache, many accounts, many processes."""

import json
import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.account import Account
from tests.bench.processes import Program, alternate, finops, measure
from tests.bench.report import paired, show

_DAY = ("--as-of", "2026-11-16")
_LIVE = ("--source", "aws", *_DAY)
_ASKED = (("cost",), ("cost", "--by", "service"), ("explain", "nat"))
_LARGE = ("cost", "--by", "account,service", "--granularity", "daily", "-o", "csv")
_PERIOD = ("--period", "2025-10-01..2026-11-15")
_AT_ONCE = 8


def warm(scratch: Path) -> None:
    """Print how long an answer from the cache of live AWS takes, beside the demo's."""
    demo = finops("cost", *_DAY, "--source", "demo", cache=scratch / "demo")
    with Account("demo", scratch / "warm") as account:
        live = account.finops("cost", *_LIVE, cache=scratch / "warm" / "cache")
        runs = alternate(live, demo, 15)
    name = "finops cost --source aws, cache warm"
    show("Live AWS, answered from the cache", [paired(name, *runs, "", "--source demo")])


def organisation(scratch: Path) -> None:
    """Print what fourteen months of days by service of two hundred accounts take."""
    folder = scratch / "organisation"
    with Account("organisation", folder) as account:
        asked = account.finops(*_LARGE, *_PERIOD, *_LIVE, cache=folder / "cache")
        rows = [_large(account, name, asked) for name in ("cache empty", "cache warm")]
    kept = sum(file.stat().st_size for file in (folder / "cache").rglob("*") if file.is_file())
    rows.append(("cache on disk", "", "", "", "", f"{kept / 1e6:.1f} MB", ""))
    show(
        "200 accounts x 20 services x 411 days, 5,000 groups a page",
        rows,
        ("", "requests", "time", "processor", "endpoint", "peak", ""),
    )


def _large(account: Account, name: str, asked: Program) -> tuple[str, ...]:
    before = account.seen()
    run = measure(asked)
    after = account.seen()
    return (
        name,
        str(after.billed - before.billed),
        f"{run.seconds:.1f} s",
        f"{run.busy:.1f} s",
        f"{after.seconds - before.seconds:.1f} s",
        f"{run.peak_mb:.0f} MB",
        "at most four requests a second" if after.billed > before.billed else "",
    )


def together(scratch: Path) -> None:
    """Print what processes do that ask the same at once, all from one empty cache."""
    folder = scratch / "together"
    with Account("demo", folder) as account:
        rows = [_crowd(account, words, folder / str(at)) for at, words in enumerate(_ASKED)]
    head = ("", "requests of 1", "of 8", "lock errors", "unlike answers", "time of 1", "of 8", "")
    show("8 processes at once on one empty cache", rows, head)


def _crowd(account: Account, words: Sequence[str], folder: Path) -> tuple[str, ...]:
    _at_once(account, words, folder / "before", 1)  # the endpoint reads what it serves
    one = _at_once(account, words, folder / "one", 1)
    crowd = _at_once(account, words, folder / "crowd", _AT_ONCE)
    unlike = sum(answer != one.answers[0] for answer in crowd.answers)
    return (
        f"finops {' '.join(words)}",
        str(one.billed),
        str(crowd.billed),
        str(crowd.held),
        str(unlike),
        f"{one.seconds:.1f} s",
        f"{crowd.seconds:.1f} s",
        "",
    )


@dataclass(frozen=True, slots=True)
class _Crowd:
    """What processes did: their answers but for what each was billed, and who met a lock."""

    answers: list[Any]
    billed: int
    held: int
    seconds: float


def _at_once(account: Account, words: Sequence[str], cache: Path, count: int) -> _Crowd:
    asked = account.finops(*words, *_LIVE, "-o", "json", cache=cache)
    before = account.seen().billed
    began = time.perf_counter()
    environment = os.environ | asked.environment | {"FINOPS_CONFIG_FILE": os.devnull}
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen(asked.command, env=environment, stdout=pipe, stderr=pipe, text=True)
        for _ in range(count)
    ]
    with ThreadPoolExecutor(count) as pool:  # a full pipe must not hold its writer up
        said = list(pool.map(subprocess.Popen.communicate, started))
    seconds = time.perf_counter() - began
    held = sum("locked" in out + err or "holds the cache" in out + err for out, err in said)
    answers = [_without_provenance(out) for out, _ in said]
    return _Crowd(answers, account.seen().billed - before, held, seconds)


def _without_provenance(text: str) -> Any:
    answer = json.loads(text)
    del answer["provenance"]
    return answer
