"""A test account for the time of a table: started, asked what it has seen, and ended."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.bench.processes import Program, finops


@dataclass(frozen=True, slots=True)
class Seen:
    """What an account has seen: billable requests, and the seconds that answering took."""

    billed: int
    seconds: float


class Account:
    """An account that is served while the ``with`` block runs.

    Args:
        name: Which one: ``demo`` or ``organisation``.
        scratch: Where everything that belongs to it is kept.
    """

    def __init__(self, name: str, scratch: Path) -> None:
        self._state = scratch / "state"
        command = (sys.executable, "-m", "tests.bench.serving", name, str(scratch / "served"))
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._environment = json.loads(self._line())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()
        if self._process.returncode and error is None:
            raise SystemExit("The account failed.")

    def asked_by(self, program: Program) -> Program:
        """Return a program that asks this account, for as long and as much as it takes."""
        apart = {
            "FINOPS_STATE_DIR": str(self._state),
            "FINOPS_API_SECONDS": "0",
            "FINOPS_MAX_API_COST": "100",
        }
        return Program(
            program.command, {**program.environment, **apart, **self._environment}, program.fresh
        )

    def finops(self, *arguments: str, cache: Path) -> Program:
        """Return a finops command line that asks this account."""
        return self.asked_by(finops(*arguments, cache=cache))

    def seen(self) -> Seen:
        """Return what it has seen so far."""
        return self._told("count")

    def becomes_tomorrow(self) -> None:
        """Begin the next day there."""
        self._told("tomorrow")

    def _told(self, word: str) -> Seen:
        _of(self._process.stdin).write(f"{word}\n")
        _of(self._process.stdin).flush()
        return Seen(**json.loads(self._line()))

    def _line(self) -> str:
        line = _of(self._process.stdout).readline()
        if not line:
            raise SystemExit("The account ended early.")
        return line


def _of(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
