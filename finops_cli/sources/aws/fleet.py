"""Which bills a run reads: one account's, several profiles', each account's of an organisation.

Costs must not count twice: the same account under two profiles is read once, and an account whose
payer is read too is part of the payer's bill already.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from finops_cli.config import Settings
from finops_cli.domain.source import CostSource
from finops_cli.errors import FinopsError, UsageError
from finops_cli.sources.aws.merged import Member, MergedSource, left_out
from finops_cli.sources.aws.opening import Run, open_account, open_by_role
from finops_cli.sources.aws.session.session import Role, Session
from finops_cli.sources.aws.source import CostExplorerSource, live_calendar

ORGANIZATION = "organization"
_MOST_AT_ONCE = 32
Opening = tuple[str, Callable[[], CostExplorerSource]]


def open_bills(run: Run, settings: Settings) -> CostSource:
    """Open the bills that the settings name.

    Args:
        run: What this run goes by.
        settings: The user's settings: ``profile`` may name several, split by commas; ``accounts``
            and ``role`` name accounts to read by a role of theirs.

    Raises:
        UsageError: The settings contradict one another.
        FinopsError: None of the bills can be opened.
    """
    profiles = _listed(settings["profile"])
    if settings["accounts"] or settings["role"]:
        openings = [*_by_role(run, settings, profiles)]
    else:
        openings = [(name, partial(open_account, run, name)) for name in profiles]
    if not openings:
        return open_account(run, None)
    if len(openings) == 1:
        return openings[0][1]()
    return _merged(run, openings, _concurrency(settings))


def _by_role(run: Run, settings: Settings, profiles: Sequence[str]) -> Iterator[Opening]:
    name, accounts = settings["role"], _listed(settings["accounts"])
    if not name or not accounts:
        raise UsageError(
            "To read accounts by a role, both settings are needed: accounts and role.",
            "finops config set accounts organization; finops config set role finops-reader.",
        )
    if len(profiles) > 1:
        raise UsageError(
            "Roles are taken from one profile only.",
            "Name one --profile, or: finops config unset accounts.",
        )
    base = profiles[0] if profiles else None
    session = Session(base, environment=run.environment)
    called = {}
    if accounts == [ORGANIZATION]:
        called = open_account(run, base).organization()
        accounts = list(called)
    for account in accounts:
        if not (len(account) == 12 and account.isdigit()):
            raise UsageError(
                f"{account!r} is no account id.", "Write twelve digits, or accounts organization."
            )
        role = Role(name, account, settings["external_id"])
        yield called.get(account, account), partial(open_by_role, run, session, role)


def _merged(run: Run, openings: Sequence[Opening], concurrency: int) -> CostSource:
    bills: list[tuple[str, CostExplorerSource]] = []
    failures: list[FinopsError] = []
    for name, found in _opened(openings, concurrency):
        if isinstance(found, FinopsError):
            failures.append(found)
            run.meter.shortfalls.append(left_out(name, found))
        else:
            bills.append((name, found))
    if not bills:
        raise failures[0]
    kept, notes = once_only(bills)
    members = [Member(name, source) for name, source in kept]
    calendar = live_calendar(run.today.day, run.today.pinned)
    return MergedSource(members, calendar, run.meter, concurrency, notes)


def _opened(
    openings: Sequence[Opening], concurrency: int
) -> list[tuple[str, CostExplorerSource | FinopsError]]:
    def safely(opening: Opening) -> CostExplorerSource | FinopsError:
        try:
            source = opening[1]()
            source.coverage()  # what fails, fails here: before any figure is added up
            return source
        except FinopsError as error:
            return error

    with ThreadPoolExecutor(concurrency) as pool:
        found = list(pool.map(safely, openings))
    return [(name, one) for (name, _), one in zip(openings, found, strict=True)]


def once_only(
    bills: Sequence[tuple[str, CostExplorerSource]],
) -> tuple[list[tuple[str, CostExplorerSource]], tuple[str, ...]]:
    """Return the bills without those that are part of another one, and what to say of them."""
    kept: dict[str, tuple[str, CostExplorerSource]] = {}
    notes = []
    for name, source in bills:
        if source.account in kept:
            other = kept[source.account][0]
            notes.append(f"{name} is account {source.account}, as {other} is: counted once.")
        else:
            kept[source.account] = name, source
    for account, (name, source) in list(kept.items()):
        payer = source.payer()
        if payer in kept and payer != account:
            del kept[account]
            notes.append(f"{name} is part of the bill of {kept[payer][0]}: counted once.")
    return list(kept.values()), tuple(notes)


def _listed(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _concurrency(settings: Settings) -> int:
    text = settings["concurrency"] or "4"
    if not text.isdigit() or not 1 <= int(text) <= _MOST_AT_ONCE:
        raise UsageError(
            f"{text!r} is no number of accounts to read at once.",
            f"concurrency lies between 1 and {_MOST_AT_ONCE}.",
        )
    return int(text)
