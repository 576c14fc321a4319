"""Which credentials would answer, found without asking anybody and without boto3.

An answer from the cache must know whose it is. So the place that botocore would take credentials
from is found in its order, and what decides the account there becomes a fingerprint: an access key,
a role, an account of an SSO session. Never a secret.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from finops_cli.sources.aws.session import profiles as files
from finops_cli.sources.aws.session.partition import global_region, partition_of
from finops_cli.sources.aws.session.profiles import DEFAULT, Profiles, Section

Kind = Literal["keys", "sso", "role", "process", "web", "container", "login", "none"]

_ARN = re.compile(r"arn:[\w-]+:(?:iam|sts)::(\d{12}):")
_CONTAINER = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")


@dataclass(frozen=True, slots=True)
class Found:
    """Where credentials come from.

    Args:
        profile: The profile that was asked for, by name or by the environment.
        kind: What sort of credentials; ``none`` may still be an instance's own role.
        region: The user's region, where one is set.
        fingerprint: A SHA-256 of what decides which account answers; None where only AWS can tell.
        account: The account, where the configuration itself names it.
        partition: Such as ``aws``.
        mfa: Whether somebody would have to type a code of an MFA device.
    """

    profile: str | None
    kind: Kind
    region: str | None
    fingerprint: str | None
    account: str | None
    partition: str = "aws"
    mfa: bool = False

    @property
    def working_region(self) -> str:
        """The user's region, or one of the partition where none is set."""
        return self.region or global_region(self.partition)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a kind of credentials says of itself; ``decides`` is what a fingerprint is made of."""

    kind: Kind
    decides: tuple[str, ...] = ()
    account: str | None = None
    partition: str | None = None
    mfa: bool = False


def find(profile: str | None, environment: Mapping[str, str]) -> Found:
    """Return where credentials would come from.

    Args:
        profile: The profile that the user names; None for what the environment chooses.
        environment: The process's environment.

    Raises:
        NoCredentials: The profile does not exist, or a configuration file is broken.
    """
    known = files.read(environment)
    named = profile or files.chosen(environment)
    section = known.named(named) if named else known.sections.get(DEFAULT, {})
    origin = _origin(profile, named or DEFAULT, known, environment)
    region = _region(profile, section, environment)
    return Found(
        profile=named,
        kind=origin.kind,
        region=region,
        fingerprint=_fingerprint(origin, section, environment),
        account=origin.account,
        partition=partition_of(region) if region else origin.partition or "aws",
        mfa=origin.mfa,
    )


def resolve_without_asking(environment: Mapping[str, str]) -> bool:
    """Tell whether the environment or the files name credentials; nothing is asked for.

    Raises:
        NoCredentials: As for ``find``: something is set up, and wrongly.
    """
    return find(None, environment).kind != "none"


def profiles(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of all profiles.

    Raises:
        NoCredentials: A configuration file is broken.
    """
    return tuple(files.read(environment).sections)


def _origin(
    profile: str | None, name: str, known: Profiles, environment: Mapping[str, str]
) -> _Origin:
    """Return the first source of botocore's order that has anything to say."""
    # A profile named by the user, not by the environment, outdoes keys of the environment.
    if profile is None and environment.get("AWS_ACCESS_KEY_ID"):
        return _Origin("keys", ("key", environment["AWS_ACCESS_KEY_ID"]))
    section = known.sections.get(name, {})
    if "role_arn" in section and "web_identity_token_file" not in section:
        return _role(name, known, environment)
    web = section
    if profile is None and environment.get("AWS_WEB_IDENTITY_TOKEN_FILE"):
        web = {"web_identity_token_file": "set", "role_arn": environment.get("AWS_ROLE_ARN", "")}
    return _of_section(web, known) or _of_section(section, known) or _of_place(environment)


def _of_section(section: Section, known: Profiles) -> _Origin | None:
    if "web_identity_token_file" in section:
        return _by_arn("web", section.get("role_arn", ""))
    if "sso_account_id" in section or "sso_role_name" in section:
        return _sso(section, known)
    if files.KEY in section:
        return _Origin("keys", ("key", section[files.KEY]))
    if "login_session" in section:
        return _by_arn("login", section["login_session"])
    if "credential_process" in section:
        return _Origin("process")
    if files.KEY_OF_CONFIG in section:
        return _Origin("keys", ("key", section[files.KEY_OF_CONFIG]))
    return None


def _of_place(environment: Mapping[str, str]) -> _Origin:
    return _Origin("container" if any(environment.get(each) for each in _CONTAINER) else "none")


def _role(name: str, known: Profiles, environment: Mapping[str, str]) -> _Origin:
    chain = files.chain(name, known)
    origin = _by_arn("role", chain[0]["role_arn"])
    roles = [section for section in chain if "role_arn" in section]
    return _Origin(
        "role",
        origin.decides,
        origin.account,
        origin.partition,
        mfa=any("mfa_serial" in section for section in roles),
    )


def _by_arn(kind: Kind, arn: str) -> _Origin:
    match = _ARN.match(arn)
    if match is None:
        return _Origin(kind)
    return _Origin(kind, ("arn", arn), match[1], partition_of(arn))


def _sso(section: Section, known: Profiles) -> _Origin:
    session = known.sso_sessions.get(section.get("sso_session", ""), section)
    account = section.get("sso_account_id")
    region = session.get("sso_region")
    place = partition_of(region) if region else None
    if not account:
        return _Origin("sso", partition=place)
    start, role = session.get("sso_start_url", ""), section.get("sso_role_name", "")
    return _Origin("sso", ("sso", start, account, role), account, place)


def _region(profile: str | None, section: Section, environment: Mapping[str, str]) -> str | None:
    of_environment = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION")
    # The region decides the partition: that of a profile the user names tells it best.
    if profile is not None:
        return section.get("region") or of_environment or None
    return of_environment or section.get("region") or None


def _fingerprint(origin: _Origin, section: Section, environment: Mapping[str, str]) -> str | None:
    """Return a digest of what decides the account, and of the endpoints that would be asked."""
    if not origin.decides:
        return None
    endpoints = [
        f"{name}={environment[name]}"
        for name in sorted(environment)
        if name.startswith("AWS_ENDPOINT_URL")
    ]
    configured = [section.get("endpoint_url", ""), section.get("services", "")]
    text = "\0".join([*origin.decides, "", *endpoints, *configured])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
