"""The report of a doctor: every check a line, and what to do first."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from finops_cli.domain.answer import (
    Answer,
    Column,
    Exit,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)
from finops_cli.domain.check import Check, State
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.source import Meter

_SETUP = 4


class Examining(Protocol):
    """What looks at a setup."""

    @property
    def meter(self) -> Meter:
        """What looking has cost so far."""

    def checks(self, spend: bool) -> Iterator[Check]:
        """Yield what is found; ``spend`` permits looks that cost money."""


class Doctor:
    """Answers what is wrong with a setup, and what mends it.

    Args:
        examination: Looks at the setup.
        emit: Receives progress.
    """

    def __init__(self, examination: Examining, emit: Emit = ignore) -> None:
        self._examination = examination
        self._emit = emit

    def examine(self, spend: bool = False) -> Answer:
        """Check the whole setup.

        Args:
            spend: Check what costs money too.
        """
        found: list[Check] = []
        self._emit(Event("progress", "Looking at the setup"))
        for check in self._examination.checks(spend):
            found.append(check)
            self._emit(Event("progress", f"Looked at: {check.name}"))
        meter = self._examination.meter
        return Answer(
            title=_title(found),
            provenance=Provenance(
                source="setup", api_calls=meter.api_calls, api_cost=meter.api_cost
            ),
            tables=(_table(found),),
            next=_next(found),
            exit=_exit(found),
        )


def _title(found: Sequence[Check]) -> Sentence:
    bad, poor = _in(found, State.FAILED), _in(found, State.WARNING)
    figures = (
        Figure("failed", len(bad), Kind.COUNT),
        Figure("warnings", len(poor), Kind.COUNT),
        Figure("checks", len(found), Kind.COUNT),
        Figure("names", ", ".join(dict.fromkeys(check.name for check in bad))),
    )
    warned = f"{{warnings}} {'warning' if len(poor) == 1 else 'warnings'}"
    if bad:
        also = f"; {warned}" if poor else ""
        return Sentence(f"{{failed}} of {{checks}} checks failed: {{names}}{also}.", figures)
    if poor:
        return Sentence(f"It works, with {warned} in {{checks}} checks.", figures)
    return Sentence("All is well: none of {checks} checks found anything wrong.", figures)


def _table(found: Sequence[Check]) -> Table:
    columns = (
        Column("check", Kind.TEXT),
        Column("state", Kind.TEXT),
        Column("what", Kind.TEXT, prose=True),
        Column("fix", Kind.TEXT, prose=True),
    )
    rows = tuple((c.name, c.state.value, c.what, c.fix) for c in found)
    return Table("Checks", columns, rows)


def _next(found: Sequence[Check]) -> tuple[str, ...]:
    """Return what mends failures, the first first; with none, what to go on with."""
    bad = _in(found, State.FAILED)
    mending = [command for check in bad for command in [_command(check.fix)] if command]
    return tuple(dict.fromkeys(mending)) if bad else ("finops cost --by service",)


def _command(fix: str) -> str:
    """Return the command that a fix is, or the first that it names between backticks."""
    if fix and not fix.endswith((".", "?")):
        return fix
    named = (part for part in fix.split("`")[1::2] if " " in part and not part.startswith("-"))
    return next(named, "")


def _exit(found: Sequence[Check]) -> Exit:
    bad = _in(found, State.FAILED)
    if not bad:
        return Exit()
    setup = any(check.exit_code == _SETUP for check in bad)
    return Exit(_SETUP if setup else 1, f"failed: {', '.join(check.name for check in bad)}")


def _in(found: Sequence[Check], state: State) -> list[Check]:
    return [check for check in found if check.state is state]
