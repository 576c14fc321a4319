"""Wiring, and only here: from settings to a supervisor with its tools over one source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.config import Settings
from finops_cli.domain.events import Emit, Event
from finops_cli.domain.period import Calendar
from finops_cli.errors import BadPeriod, SetupError
from finops_cli.supervisor import Supervisor, Tool

if TYPE_CHECKING:
    from finops_cli.domain.memory import Memory
    from finops_cli.sources.export.source import ExportSource
    from finops_cli.tools.exports import Exports


@dataclass(frozen=True)
class Application:
    """One run of the program: its settings, its day, its cache, and what is built from them.

    Args:
        settings: What the user set.
        as_of: The day the user pinned, if any.
        cache: Where derived files are kept.
        emit: Receives progress.
        refresh: Whether what the cache knows of the files is to be forgotten first.
        state: Where it is kept what people have said; None keeps nothing.
    """

    settings: Settings
    as_of: date | None
    cache: Path
    emit: Emit
    refresh: bool = False
    state: Path | None = None

    @property
    def today(self) -> date:
        """The day that counts as today before any source is opened: pinned, or the UTC day."""
        return self.as_of or datetime.now(UTC).date()

    @cached_property
    def source(self) -> "ExportSource":
        """The source that the settings name, opened once.

        Raises:
            SetupError: None is set.
            FinopsError: It cannot be opened.
        """
        from finops_cli.sources import Today, open_source

        spec = self.settings["source"]
        if not spec:
            raise SetupError(
                "No source is set: I do not know which bill to read.",
                "Try the demo with --source demo, read an export with --source PATH, or set one "
                "for good: finops config set source PATH.",
            )
        self.emit(Event("progress", "Opening the bill"))
        today = Today(self.today, pinned=self.as_of is not None)
        source = open_source(spec, today, self.cache, refresh=self.refresh)
        currency = self.settings["currency"]
        return source.in_currency(currency.upper()) if currency else source

    @property
    def memory(self) -> "Memory | None":
        """What is remembered about the source that the settings name, whatever its files."""
        from finops_cli.sources.memory import FileMemory

        spec = self.settings["source"] or ""
        named = spec in ("demo", "aws") or "://" in spec
        source = spec if named else str(Path(spec).expanduser().absolute())
        return FileMemory(self.state, source) if self.state else None

    @property
    def exports(self) -> "Exports":
        """The tool that looks at the export itself."""
        from finops_cli.tools.exports import Exports

        return Exports(self.source, self.emit)

    @cached_property
    def supervisor(self) -> Supervisor:
        """The supervisor; it opens the source when a question needs it."""

        def tools() -> Mapping[str, Tool]:
            from finops_cli.tools import Catalogue

            return Catalogue(self.source, self.emit, self.memory)

        def calendar() -> Calendar:
            return self.source.calendar()

        return Supervisor(tools, calendar, self.today, {"metric": self.settings["metric"]})


def parse_day(text: str | None) -> date | None:
    """Return the day that ``--as-of`` names, or None.

    Raises:
        BadPeriod: It is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadPeriod(f"{text!r} is no day.", "Write it as 2026-09-30.") from error
