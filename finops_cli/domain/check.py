"""One thing that a doctor looks at: how it is, and what mends it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a checked thing is."""

    OK = "ok"
    WARNING = "warning"  # works, but for less than it could
    FAILED = "failed"  # must be mended
    SKIPPED = "skipped"  # nobody looked


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Args:
        name: What was looked at, such as ``clock``.
        state: How it is.
        what: What was found, in a sentence.
        fix: The command that mends it, or a sentence that says how; empty where nothing is wrong.
        exit_code: What a failure ends the command with: 4 where credentials or a permission lack.
    """

    name: str
    state: State
    what: str
    fix: str = ""
    exit_code: int = 1


def ok(name: str, what: str) -> Check:
    """Return that a thing is as it should be."""
    return Check(name, State.OK, what)


def warning(name: str, what: str, fix: str = "") -> Check:
    """Return that a thing works, but for less than it could."""
    return Check(name, State.WARNING, what, fix)


def failed(name: str, what: str, fix: str = "", exit_code: int = 1) -> Check:
    """Return that a thing must be mended."""
    return Check(name, State.FAILED, what, fix, exit_code)


def skipped(name: str, what: str, fix: str = "") -> Check:
    """Return that nobody looked, and why."""
    return Check(name, State.SKIPPED, what, fix)
