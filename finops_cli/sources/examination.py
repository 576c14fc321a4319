"""All that a doctor looks at, in the order in which one thing rests on another."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.config import Settings
from finops_cli.domain.check import Check, State, skipped
from finops_cli.domain.source import CostSource, Meter
from finops_cli.errors import FinopsError
from finops_cli.sources import local

if TYPE_CHECKING:
    from finops_cli.sources.aws.calls import Calls
    from finops_cli.sources.aws.session import Session


@dataclass(frozen=True)
class Examination:
    """Looks at one setup.

    Args:
        settings: What the user set.
        cache: The cache folder.
        state: The state folder; None where nothing is kept.
        spec: Names the source, or raises where there is none.
        opened: Opens the source.
        today: The day that counts as today.
        offline: Whether no API may be called.
        environment: The process's environment.
        meter: Counts what looking costs.
    """

    settings: Settings
    cache: Path
    state: Path | None
    spec: Callable[[], str]
    opened: Callable[[], CostSource]
    today: date
    offline: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    meter: Meter = field(default_factory=Meter)

    def checks(self, spend: bool) -> Iterator[Check]:
        """Yield what is found, one thing after the other.

        Args:
            spend: Whether a look may cost money.
        """
        yield local.config_file(self.settings.file)
        yield local.folder("cache folder", self.cache)
        if self.state:
            yield local.folder("state folder", self.state)
        yield local.source(self.spec, self.opened)
        yield from self._aws(spend)

    def _aws(self, spend: bool) -> Iterator[Check]:
        try:
            live = self.spec() == local.AWS
        except FinopsError:
            yield skipped("AWS", "Without a source or credentials, AWS is not asked anything.")
            return
        if not live:
            yield skipped("AWS", "The source is no live account: AWS is not asked anything.")
            return
        yield local.caps(self.settings)
        if self.offline:
            yield skipped("AWS", "--offline: AWS is not asked anything.")
            return
        yield from self._live(spend)

    def _live(self, spend: bool) -> Iterator[Check]:
        from finops_cli.sources.aws import access

        yield access.proxy(self.environment, access.dial)
        named = self.settings["profile"]
        profiles: list[str | None] = [*filter(None, (named or "").split(","))] or [None]
        for profile in profiles:
            yield from self._account(profile, spend, first=profile == profiles[0])

    def _account(self, profile: str | None, spend: bool, first: bool) -> Iterator[Check]:
        """Yield what is found with one profile; of further ones, only whether they work."""
        from finops_cli.sources.aws import access, checkup
        from finops_cli.sources.aws.session import Session

        found = access.credentials(profile, self.environment)
        yield found
        if found.state is State.FAILED:
            yield skipped("identity", "Without credentials, AWS is not asked anything.")
            return
        session = Session(profile, None, self.environment)
        try:
            caller = access.caller(session.identity)
            yield access.identity(caller)
            if first:
                yield access.clock(caller, datetime.now(UTC))
                yield access.endpoint(session.partition, self.environment)
            if first and caller.identity:
                account = caller.identity.account
                yield self._cost_explorer(session, account, spend)
                yield from checkup.services(session, account)
        finally:
            session.close()

    def _cost_explorer(self, session: "Session", account: str, spend: bool) -> Check:
        from finops_cli.sources.aws import checkup

        if not spend:
            return checkup.unasked_cost_explorer(known=False)
        return checkup.cost_explorer(self._guarded(session, account), self.today)

    def _guarded(self, session: "Session", account: str) -> "Calls":
        from finops_cli.sources.aws.calls import SystemClock
        from finops_cli.sources.aws.caps import Caps
        from finops_cli.sources.aws.guard import Guard
        from finops_cli.sources.aws.ledger import Ledger

        time = SystemClock()
        ledger = Ledger(self.state, "doctor", time)
        return Guard(session, ledger, Caps.of(self.settings), self.meter, account, time)
