"""From settings to a supervisor with its tools over one source."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.bootstrap.assistants import assistant
from finops_cli.bootstrap.budgets import budgets_of
from finops_cli.bootstrap.live import price_of, run_of
from finops_cli.config import Settings
from finops_cli.domain.events import Emit, Event
from finops_cli.domain.plan import Price, Step
from finops_cli.errors import SetupError, UsageError
from finops_cli.supervisor import Supervisor
from finops_cli.supervisor.plugins import Plugins

if TYPE_CHECKING:
    from finops_cli.agents.plugins import Installed
    from finops_cli.domain.memory import Memory
    from finops_cli.domain.source import CostSource
    from finops_cli.domain.spending import Spending
    from finops_cli.sources.aws.opening import Run
    from finops_cli.sources.export.source import ExportSource
    from finops_cli.sources.shared import SharedSource
    from finops_cli.tools import Catalogue
    from finops_cli.tools.doctor import Doctor
    from finops_cli.tools.exports import Exports

AWS = "aws"


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
        offline: Whether no API may be called.
        command: The command that runs.
        confirm: Asks a person whether a Step that changes something may run; None where nobody can
            be asked.
        conversation: Tells the folder of the conversation that goes on, None for a single question.
        left_out: Which MCP servers could not be used for the question under way, a sentence each.
    """

    settings: Settings
    as_of: date | None
    cache: Path
    emit: Emit
    refresh: bool = False
    state: Path | None = None
    offline: bool = False
    command: str = "finops"
    confirm: Callable[[Step], bool] | None = None
    conversation: Callable[[], Path | None] = lambda: None
    left_out: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day that counts as today before any source is opened: pinned, or the UTC day."""
        return self.as_of or datetime.now(UTC).date()

    @cached_property
    def source(self) -> "SharedSource":
        """The source that the settings name, opened once.

        Raises:
            SetupError: None is set.
            FinopsError: It cannot be opened.
        """
        from finops_cli.sources.shared import SharedSource

        if self.spec != AWS:
            return SharedSource(self.export)
        self.emit(Event("progress", "Opening the bill"))
        source, currency = self.bills, self.settings["currency"]
        return SharedSource(source.in_currency(currency.upper()) if currency else source)

    @property
    def spec(self) -> str:
        """What names the source: the setting, else live AWS where credentials are at hand.

        Raises:
            SetupError: Nothing is set, and there are no credentials.
        """
        from finops_cli.sources.aws.session.credentials import resolve_without_asking

        spec = self.settings["source"]
        if spec:
            return spec
        if self.settings["profile"] or resolve_without_asking(os.environ):
            return AWS
        raise SetupError(
            "No source is set: I do not know which bill to read.",
            "Try the demo with --source demo, read an export with --source PATH, or connect an "
            "account: finops init.",
        )

    @cached_property
    def export(self) -> "ExportSource":
        """The demo, or the billing export that the settings name.

        Raises:
            UsageError: Live AWS is no export.
            FinopsError: It cannot be opened.
        """
        from finops_cli.sources import Today, open_source

        if self.spec == AWS:
            raise UsageError("Live AWS is no billing export.", "Name one: --source PATH.")
        self.emit(Event("progress", "Opening the bill"))
        today = Today(self.today, pinned=self.as_of is not None)
        export = open_source(self.spec, today, self.cache, refresh=self.refresh)
        currency = self.settings["currency"]
        return export.in_currency(currency.upper()) if currency else export

    def begin(self) -> None:
        """Begin another question to the source that is open, if one is.

        What an answer takes is counted anew, and so is its time on AWS; what may be spent is not.
        """
        if "source" in self.__dict__:
            self.source.begin()
        if "_live_run" in self.__dict__:
            self._live_run.deadline.restart()

    @cached_property
    def bills(self) -> "CostSource":
        """The bills of live AWS that the settings name, opened once.

        Raises:
            FinopsError: None of them can be opened.
        """
        from finops_cli.sources.aws.fleet import open_bills

        return open_bills(self._live_run, self.settings)

    @cached_property
    def _live_run(self) -> "Run":
        return run_of(self)

    def price(self, step: Step) -> Price | None:
        """Return what a Step would cost on live AWS, None where nothing is billed.

        Nothing billable is sent.

        Raises:
            FinopsError: No source is set, or it is not known whose bill it is.
        """
        return price_of(self, step) if self.spec == AWS else None

    @property
    def memory(self) -> "Memory | None":
        """What is remembered about the source that the settings name, whatever its files."""
        from finops_cli.sources.memory import FileMemory

        if not self.state:
            return None
        spec = self.spec
        if spec == AWS:
            return FileMemory(self.state, self.source.label)
        named = spec == "demo" or "://" in spec
        return FileMemory(self.state, spec if named else str(Path(spec).expanduser().absolute()))

    def spending(self) -> "Spending":
        """Return what was spent on API requests, beside the caps.

        Raises:
            UsageError: A cap is no amount.
            SourceError: The ledger cannot be read.
        """
        from finops_cli.sources.aws.guard.calls import SystemClock
        from finops_cli.sources.aws.guard.spending import spending

        return spending(self.state, self.settings, SystemClock())

    @property
    def exports(self) -> "Exports":
        """The tool that looks at the export itself."""
        from finops_cli.tools.exports import Exports

        return Exports(self.export, self.emit)

    @property
    def doctor(self) -> "Doctor":
        """The tool that finds what is wrong with the setup."""
        from finops_cli.bootstrap.checkups import model_checks
        from finops_cli.sources.examination import Examination
        from finops_cli.tools.doctor import Doctor

        examination = Examination(
            self.settings,
            self.cache,
            self.state,
            lambda: self.spec,
            lambda: self.source,
            lambda: replace(self, offline=True, refresh=False).source,
            self.today,
            self.offline,
            model=lambda: model_checks(self.settings, self.offline),
        )
        return Doctor(examination, self.emit)

    @cached_property
    def plugins(self) -> "Installed":
        """The agents that packages add; they are looked for once, where a question is asked."""
        from finops_cli.agents.plugins import installed

        return installed()

    @property
    def catalogue(self) -> "Catalogue":
        """Every tool over the source, plugins' among them."""
        from finops_cli.tools import Catalogue

        more = self.plugins.tools, lambda: budgets_of(self)
        return Catalogue(self.source, self.emit, self.memory, *more)

    @cached_property
    def supervisor(self) -> Supervisor:
        """The supervisor; it opens the source when a question needs it."""
        return Supervisor(
            lambda: self.catalogue,
            lambda: self.source.calendar(),
            self.today,
            {"metric": self.settings["metric"]},
            self.price,
            lambda: assistant(self),
            self.emit,
            Plugins(
                lambda: self.plugins.words,
                lambda tool: self.catalogue.accepted(tool),
                self._lacking,
            ),
        )

    def _lacking(self) -> tuple[str, ...]:
        """Return which plugins and MCP servers the last answer lacks; a server is told once."""
        told = (*self.plugins.warnings, *self.left_out)
        self.left_out.clear()
        return told
