"""Measure whole processes: how long they take and the most memory they ever hold.

A user waits for the process, not for a function in it, so nothing is measured from inside. The
harness itself stays small, because a child begins with its parent's memory as its peak.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_KIB_PER_UNIT = 1 / 1024 if sys.platform == "darwin" else 1
"""macOS counts the peak in bytes, Linux in KiB."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took, or the medians of several runs of it.

    ``busy`` are the seconds in which it used a processor: it waited for the rest.
    """

    seconds: float
    peak_mb: float
    busy: float = 0.0


@dataclass(frozen=True, slots=True)
class Program:
    """A command and its environment; ``fresh`` is called before each run, outside the clock."""

    command: Sequence[str]
    environment: Mapping[str, str]
    fresh: Callable[[], None] = lambda: None


def finops(*arguments: str, cache: Path, fresh: Callable[[], None] = lambda: None) -> Program:
    """Return a finops command line with its own cache, as the installed script runs it."""
    script = str(Path(sys.executable).with_name("finops"))
    return Program((script, *arguments), {"FINOPS_CACHE_DIR": str(cache)}, fresh)


def python(code: str, *arguments: str) -> Program:
    """Return a run of this interpreter on a piece of code."""
    return Program((sys.executable, "-c", code, *arguments), {})


def measure(program: Program) -> Run:
    """Run a program once.

    Raises:
        SystemExit: It failed; its own words are shown.
    """
    program.fresh()
    environment = {**os.environ, "FINOPS_CONFIG_FILE": os.devnull, **program.environment}
    began = time.perf_counter()
    child = subprocess.Popen(
        program.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert child.stderr is not None
    complaint = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise SystemExit(f"{' '.join(program.command)} failed: {complaint.decode()}")
    busy = usage.ru_utime + usage.ru_stime
    return Run(seconds, usage.ru_maxrss * _KIB_PER_UNIT / 1024, busy)


def alternate(ours: Program, theirs: Program, times: int) -> tuple[Run, Run]:
    """Return the medians of two programs run in turn, after one unmeasured run of each.

    Taking turns spreads whatever else the machine does over both.
    """
    measure(ours), measure(theirs)
    pairs = [(measure(ours), measure(theirs)) for _ in range(times)]
    return _middle([a for a, _ in pairs]), _middle([b for _, b in pairs])


def repeat(program: Program, times: int) -> Run:
    """Return the medians of a program run several times."""
    return _middle([measure(program) for _ in range(times)])


def _middle(runs: Sequence[Run]) -> Run:
    peak = max(r.peak_mb for r in runs)
    return Run(median(r.seconds for r in runs), peak, median(r.busy for r in runs))
