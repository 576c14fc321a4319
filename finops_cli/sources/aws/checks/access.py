"""What a doctor finds on the way to AWS: the proxy, the endpoints, credentials, clock, caps."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from finops_cli.config import Settings
from finops_cli.domain.check import Check, failed, ok, skipped, warning
from finops_cli.errors import FinopsError
from finops_cli.sources.aws.guard.calls import CallFailed
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.operations import CALLER_IDENTITY
from finops_cli.sources.aws.session.credentials import Found, find
from finops_cli.sources.aws.session.failures import told
from finops_cli.sources.aws.session.identity import Identity
from finops_cli.sources.aws.session.partition import home_region

CLOCK_MAY_DIFFER = timedelta(minutes=5)
_SECONDS = 3.0
_SET_CLOCK = {
    "darwin": "sudo sntp -sS time.apple.com",
    "win32": "w32tm /resync",
    "linux": "sudo timedatectl set-ntp true",
}
_KINDS = {
    "keys": "An access key",
    "sso": "An SSO session",
    "role": "A role",
    "process": "A credential_process",
    "web": "A web identity",
    "container": "The role of this container",
    "login": "A session of `aws login`",
}
_NONE = "None in the environment or in ~/.aws: the role of this machine, if it has one, is used."
# AWS names its own time in brackets: "(20261124T200000Z - 5 min.)".
_SERVER_TIME = re.compile(r"\((\d{8}T\d{6}Z) [+-] \d+ min")

Dial = Callable[[str, int, float], None]


def credentials(profile: str | None, environment: Mapping[str, str]) -> Check:
    """Tell which credentials would be used; nobody is asked."""
    try:
        found = find(profile, environment)
    except FinopsError as error:
        return failed("credentials", error.message, error.hint, error.exit_code)
    if found.mfa:
        said = f"The role{_of(found)} asks for a code of an MFA device, which cannot be given here."
        return failed("credentials", said, "Take the role first and export what it gives.", 4)
    if found.kind == "none":
        return ok("credentials", _NONE)
    return ok("credentials", f"{_KINDS[found.kind]}{_of(found)}{_until(environment)}.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who AWS says is calling, or why it does not say so."""

    identity: Identity | None = None
    error: CallFailed | FinopsError | None = None


def caller(ask: Callable[[], Identity]) -> Caller:
    """Ask AWS who is calling: free, and permitted to everybody.

    Args:
        ask: Sends the request.
    """
    try:
        return Caller(ask())
    except (CallFailed, FinopsError) as error:
        return Caller(error=error)


def identity(found: Caller) -> Check:
    """Tell who is calling."""
    who, error = found.identity, found.error
    if who is None:
        reason = told(error, CALLER_IDENTITY) if isinstance(error, CallFailed) else error
        assert reason is not None
        return failed("identity", reason.message, reason.hint, reason.exit_code)
    if who.arn.endswith(":root"):
        said = f"The root user of account {who.account}: it may do anything."
        return warning("identity", said, "finops iam-policy")
    return ok("identity", f"{who.arn}.")


def clock(found: Caller, now: datetime) -> Check:
    """Tell whether AWS accepts the time of this machine, which it checks on every request.

    Args:
        found: What AWS said to the first request.
        now: The time here, in UTC.
    """
    if found.identity is not None:
        return ok("clock", f"AWS accepts {now:%Y-%m-%d %H:%M} UTC: less than 5 minutes off.")
    said = _SERVER_TIME.search(str(found.error))
    if said is None:
        return skipped("clock", "AWS did not answer, so its time is not known.")
    theirs = datetime.strptime(said[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    off = now - theirs
    if abs(off) <= CLOCK_MAY_DIFFER:
        return ok("clock", f"{_minutes(off)} against AWS.")
    mend = _SET_CLOCK.get(sys.platform, "Set the clock of this machine.")
    return failed("clock", f"It is {_minutes(off)} against AWS, which refuses that.", mend)


def endpoint(partition: str, environment: Mapping[str, str]) -> Check:
    """Tell which AWS is asked, and where its Cost Explorer is."""
    try:
        region = home_region("ce", partition)
    except FinopsError as error:
        return failed("endpoint", error.message, error.hint, error.exit_code)
    other = next((name for name in sorted(environment) if name.startswith("AWS_ENDPOINT_URL")), "")
    if other:
        url = _without_password(environment[other])
        return warning("endpoint", f"{other} sends requests to {url}.", f"unset {other}")
    return ok("endpoint", f"Cost Explorer of {region}, partition {partition}.")


def caps(settings: Settings, spent: Callable[[], Decimal]) -> Check:
    """Tell what asking AWS may cost at most, and what it has cost.

    Args:
        settings: What the user set.
        spent: Returns the US dollars of this month.
    """
    name = "spend caps"
    try:
        found, dollars = Caps.of(settings), f"${spent():.2f} spent this month"
    except FinopsError as error:
        return failed(name, error.message, error.hint)
    limits = ((found.run, "a run"), (found.day, "a day"), (found.month, "a month"))
    named = [f"${amount} {per}" for amount, per in limits if amount is not None]
    if not found.outlast_a_run:
        said = f"At most {named[0]}" if named else "None for a run"
        said += f", and nothing limits what many runs may cost; {dollars}."
        return warning(name, said, "finops config set max_api_cost_per_month 5")
    return ok(name, f"At most {', '.join(named)}; {dollars}.")


def proxy(environment: Mapping[str, str], dial: Dial) -> Check:
    """Tell whether a proxy is set, and can be reached.

    Args:
        environment: The process's environment.
        dial: Opens a connection to a host and port within so many seconds, or raises OSError.
    """
    name, url = next(
        ((n, environment[n]) for n in ("HTTPS_PROXY", "https_proxy") if environment.get(n)),
        ("", ""),
    )
    if not url:
        return ok("proxy", "None is set: AWS is reached directly.")
    spared = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    but = f"; it is not used for {spared}" if spared else ""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        dial(parts.hostname or "", parts.port or 80, _SECONDS)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        said = f"{_without_password(url)} cannot be reached ({reason})."
        return failed("proxy", said, f"Set {name} anew, or `unset {name}`.")
    return ok("proxy", f"{_without_password(url)} answers{but}.")


def dial(host: str, port: int, seconds: float) -> None:
    """Open a connection and close it again.

    Raises:
        OSError: Nobody listens there, or there is no such host.
    """
    import socket

    socket.create_connection((host, port), timeout=seconds).close()


def _minutes(off: timedelta) -> str:
    minutes = round(abs(off).total_seconds() / 60)
    unit = "minute" if minutes == 1 else "minutes"
    return f"{minutes} {unit} {'fast' if off > timedelta() else 'slow'}"


def _of(found: Found) -> str:
    return f" of profile {found.profile}" if found.profile else ""


def _until(environment: Mapping[str, str]) -> str:
    """Return until when exported credentials hold; other kinds renew themselves or say so."""
    ends = environment.get("AWS_CREDENTIAL_EXPIRATION")
    return f", until {ends}" if ends and environment.get("AWS_ACCESS_KEY_ID") else ""


def _without_password(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//", url if "://" in url else f"//{url}").removeprefix("//")
