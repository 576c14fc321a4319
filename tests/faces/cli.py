"""Run the command line in this process, as a person's shell would, and keep what it printed."""

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from finops_cli.faces.cli import run

AS_OF = "2026-11-15"
DEMO = ("--source", "demo", "--as-of", AS_OF)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Pipe(io.StringIO):
    """A stream that says it is none, in UTF-8."""

    encoding = "utf-8"


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """The standard output without what differs from run to run.

        The time taken, and the queries: what a warm cache knows is not asked again.
        """
        timeless = re.sub(r"(?:\\?<)?\d+\.\d\d s(?=\*?$|\n)", "0.00 s", self.out)
        return re.sub(r"\d+ quer(?:y|ies)", "N queries", timeless)


def finops(*arguments: str, stdin: str | None = None) -> Run:
    """Run a command with its standard output in a pipe."""
    out, err = Pipe(), Pipe()
    before = sys.stdin
    sys.stdin = Pipe(stdin) if stdin is not None else Terminal()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(arguments))
    finally:
        sys.stdin = before
    return Run(code, out.getvalue(), err.getvalue())
