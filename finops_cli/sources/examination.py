"""All that a doctor looks at, in the order in which one thing rests on another."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.config import Settings
from finops_cli.domain.check import Check, State, failed, skipped
from finops_cli.domain.source import CostSource, Meter
from finops_cli.errors import FinopsError
from finops_cli.sources import local

if TYPE_CHECKING:
    from finops_cli.sources.aws.guard.calls import Calls
    from finops_cli.sources.aws.guard.ledger import Ledger
    from finops_cli.sources.aws.session.identity import Identity
    from finops_cli.sources.aws.session.session import Session


@dataclass(frozen=True)
class Examination:
    """Looks at one setup.

    Args:
        settings: What the user set.
        cache: The cache folder.
        state: The state folder; None where nothing is kept.
        spec: Names the source, or raises where there is none.
        opened: Opens the source.
        remembered: Opens what the cache knows of the source, calling nobody.
        today: The day that counts as today.
        offline: Whether no API may be called.
        environment: The process's environment.
        meter: Counts what looking costs.
        model: Looks at the language model, if one is set.
    """

    settings: Settings
    cache: Path
    state: Path | None
    spec: Callable[[], str]
    opened: Callable[[], CostSource]
    remembered: Callable[[], CostSource]
    today: date
    offline: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    meter: Meter = field(default_factory=Meter)
    model: Callable[[], Iterable[Check]] = tuple

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
        yield from self.model()

    def _aws(self, spend: bool) -> Iterator[Check]:
        try:
            live = self.spec() == local.AWS
        except FinopsError:
            yield skipped("AWS", "Without a source or credentials, AWS is not asked anything.")
            return
        if live:
            yield from self._live(spend)
        else:
            yield skipped("AWS", "The source is no live account: AWS is not asked anything.")

    def _live(self, spend: bool) -> Iterator[Check]:
        from finops_cli.sources.aws.checks import access

        with closing(self._ledger()) as ledger:
            yield access.caps(self.settings, ledger.this_month)
            if self.offline:
                yield skipped("AWS", "--offline: AWS is not asked anything.")
                return
            yield access.proxy(self.environment, access.dial)
            profiles: list[str | None] = [*_listed(self.settings["profile"])] or [None]
            for profile in profiles:
                found = self._account(profile, ledger, spend, first=profile == profiles[0])
                for check in found:
                    yield check if len(profiles) == 1 else _of(profile, check)

    def _account(
        self, profile: str | None, ledger: "Ledger", spend: bool, first: bool
    ) -> Iterator[Check]:
        """Yield what is found with one profile; of further ones, only whether they work."""
        from finops_cli.sources.aws.checks import access
        from finops_cli.sources.aws.session.session import Session

        found = access.credentials(profile, self.environment)
        yield found
        if found.state is State.FAILED:
            yield skipped("identity", "Without credentials, AWS is not asked anything.")
            return
        with closing(Session(profile, None, self.environment)) as session:
            caller = access.caller(session.identity)
            yield access.identity(caller)
            if first:
                yield access.clock(caller, datetime.now(UTC))
                yield access.endpoint(session.partition, self.environment)
            if first and caller.identity:
                yield from self._services(session, caller.identity.account, ledger, spend)

    def _services(
        self, session: "Session", account: str, ledger: "Ledger", spend: bool
    ) -> Iterator[Check]:
        from finops_cli.sources.aws.checks import checkup, essentials

        if spend:
            yield essentials.cost_explorer(self._guard(session, account, ledger), self.today)
        else:
            yield essentials.unasked_cost_explorer(lambda: self.remembered().coverage())
        yield from checkup.services(session, account)
        if self.settings["role"] or self.settings["accounts"]:
            yield self._roles(session)

    def _roles(self, session: "Session") -> Check:
        from finops_cli.sources.aws.checks import essentials
        from finops_cli.sources.aws.session.session import Role

        name, secret = self.settings["role"], self.settings["external_id"]
        accounts = _listed(self.settings["accounts"])
        if not name or not accounts:
            lacking = "accounts organization" if name else "role finops-reader"
            said = "Accounts are read by a role where both are set: accounts and role."
            return failed("role", said, f"finops config set {lacking}")

        def take(account: str) -> "Identity":
            return session.taking(Role(name, account, secret)).identity()

        return essentials.roles(session, name, accounts, take)

    def _ledger(self) -> "Ledger":
        from finops_cli.sources.aws.guard.calls import SystemClock
        from finops_cli.sources.aws.guard.ledger import Ledger

        return Ledger(self.state, "doctor", SystemClock())

    def _guard(self, session: "Session", account: str, ledger: "Ledger") -> "Calls":
        from finops_cli.sources.aws.guard.calls import SystemClock
        from finops_cli.sources.aws.guard.caps import Caps
        from finops_cli.sources.aws.guard.deadline import Deadline
        from finops_cli.sources.aws.guard.guard import Guard
        from finops_cli.sources.aws.guard.pace import Pace

        caps, clock = Caps.of(self.settings), SystemClock()
        limits = Pace(clock), Deadline(clock, 60)
        return Guard(session, ledger, caps, self.meter, account, clock, *limits)


def _of(profile: str | None, check: Check) -> Check:
    return replace(check, name=f"{check.name} ({profile})")


def _listed(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]
