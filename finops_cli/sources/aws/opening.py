"""Open an account's bill: who asks, whose cache it is, what may be spent.

Nothing here asks AWS anything as long as the credentials are known from an earlier run.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from finops_cli.domain.events import Emit, ignore
from finops_cli.domain.source import Meter
from finops_cli.errors import NotCached
from finops_cli.sources.aws.bill.freshness import Freshness
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.cache.store import Store
from finops_cli.sources.aws.guard.calls import Calls, Clock, SystemClock
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.deadline import Deadline
from finops_cli.sources.aws.guard.guard import Guard
from finops_cli.sources.aws.guard.ledger import Ledger
from finops_cli.sources.aws.guard.operations import CALLER_IDENTITY
from finops_cli.sources.aws.guard.pace import Pace
from finops_cli.sources.aws.session.credentials import find
from finops_cli.sources.aws.session.identity import Identities, Identity, identity_of
from finops_cli.sources.aws.session.session import Role, Session
from finops_cli.sources.aws.source import CostExplorerSource, live_calendar
from finops_cli.sources.today import Today


@dataclass(frozen=True)
class Run:
    """What one run on live AWS goes by.

    Args:
        today: The day that counts as today.
        cache: Where figures are kept.
        state: Where it is kept what was spent; None keeps it in memory.
        command: The command that runs, for the ledger.
        caps: What may be spent.
        seconds: How long the run may take on AWS, None for as long as it takes.
        offline: Whether nothing may be called.
        refresh: Whether figures that were kept before may not be used.
        billing_view: The ARN of a billing view.
        emit: Receives progress.
        environment: The process's environment.
        clock: The time.
        meter: Counts what the run costs.
        calls: Makes the way to AWS for an account's session.
        keep: Opens the cache of a scope.
    """

    today: Today
    cache: Path
    state: Path | None
    command: str
    caps: Caps
    seconds: float | None = None
    offline: bool = False
    refresh: bool = False
    billing_view: str | None = None
    emit: Emit = ignore
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    clock: Clock = field(default_factory=SystemClock)
    meter: Meter = field(default_factory=Meter)
    calls: "Callable[[Run, Session, str], Calls]" = lambda run, *own: guarded(run, *own)
    keep: Callable[[Path, str], Store] = Store

    @cached_property
    def ledger(self) -> Ledger:
        """The book that all accounts of the run count in."""
        return Ledger(self.state, self.command, self.clock)

    @cached_property
    def pace(self) -> Pace:
        """How fast the run asks, whatever account."""
        return Pace(self.clock)

    @cached_property
    def deadline(self) -> Deadline:
        """Until when the run may take."""
        return Deadline(self.clock, self.seconds)


def guarded(run: Run, session: Session, account: str) -> Calls:
    """Return the way to AWS that counts, prices and caps every request of an account."""
    shared = run.ledger, run.caps, run.meter
    return Guard(session, *shared, account, run.clock, run.pace, run.deadline)


def open_account(run: Run, profile: str | None) -> CostExplorerSource:
    """Open the bill of the account that credentials lead to.

    Args:
        run: What this run goes by.
        profile: The AWS profile, None for the default chain.

    Raises:
        NoCredentials: There are none, or no such profile.
        Disabled: There is no Cost Explorer in this partition.
        NotCached: The run is offline, and it is not known yet whose credentials these are.
        FinopsError: AWS does not know the credentials.
    """
    session = Session(profile, environment=run.environment)
    identity = _identity(run, profile, session)
    return _opened(run, session, identity, profile)


def open_by_role(run: Run, base: Session, role: Role) -> CostExplorerSource:
    """Open the bill of another account by a role there.

    Args:
        run: What this run goes by.
        base: The session that may take the role.
        role: The role.
    """
    arn, partition = role.arn(base.partition), base.partition
    return _opened(run, base.taking(role), Identity(role.account, arn, partition), None)


def _opened(
    run: Run, session: Session, identity: Identity, profile: str | None
) -> CostExplorerSource:
    now = run.clock.now()
    freshness = Freshness(now, since=now if run.refresh else None, offline=run.offline)
    calls = run.calls(run, session, identity.account)
    store = run.keep(run.cache, _scope(run, identity))
    reader = Reader(calls, store, freshness, run.clock, run.meter, run.billing_view, run.emit)
    calendar = live_calendar(run.today.day, run.today.pinned)
    return CostExplorerSource(identity.account, _label(identity, profile), calendar, reader)


def _identity(run: Run, profile: str | None, session: Session) -> Identity:
    def ask() -> Identity:
        if run.offline:
            raise NotCached(
                "It is not known yet whose credentials these are, and --offline forbids asking.",
                "Ask once without --offline.",
            )
        reply = guarded(run, session, "").call(CALLER_IDENTITY, {})
        return identity_of(reply)

    return Identities(run.cache).of(find(profile, run.environment), ask)


def _scope(run: Run, identity: Identity) -> str:
    """Return whose figures these are: the same account behind a test endpoint is another one."""
    names = sorted(name for name in run.environment if name.startswith("AWS_ENDPOINT_URL"))
    endpoints = [f"{name}={run.environment[name]}" for name in names]
    return "|".join((identity.account, run.billing_view or "", *endpoints))


def _label(identity: Identity, profile: str | None) -> str:
    return f"aws {identity.account}" + (f" ({profile})" if profile else "")
