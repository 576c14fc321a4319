"""Whose bill it is, remembered, so that a question that the cache can answer asks nobody.

An access key belongs to one account for ever, and so do a role's ARN and an account of an SSO
session. What decides the account is known by its fingerprint (``credentials.find``); the account
that AWS told for it is kept beside the cache's answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from finops_cli.sources.aws.session.credentials import Found
from finops_cli.sources.aws.session.partition import partition_of
from finops_cli.sources.cache import Cache

_KIND, _KEY = "aws", "identities"
_SCHEMA = "finops.identities/1"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who AWS says the caller is."""

    account: str
    arn: str
    partition: str


def identity_of(reply: Mapping[str, Any]) -> Identity:
    """Return who GetCallerIdentity says the caller is."""
    return Identity(reply["Account"], reply["Arn"], partition_of(reply["Arn"]))


class Identities:
    """The identities that AWS has told, by the fingerprint of the credentials.

    Args:
        cache_folder: The cache's folder; a file in it that cannot be read is no memory.
    """

    def __init__(self, cache_folder: Path) -> None:
        self._cache = Cache(cache_folder)

    def of(self, found: Found, session_identity: Callable[[], Identity]) -> Identity:
        """Return whose credentials these are.

        Args:
            found: Where they come from.
            session_identity: Asks AWS; called only where it was not asked before.
        """
        kept = self._kept()
        if found.fingerprint is not None and found.fingerprint in kept:
            return kept[found.fingerprint]
        identity = session_identity()
        if found.fingerprint is not None:
            kept = {**self._kept(), found.fingerprint: identity}
            entries = {key: asdict(value) for key, value in kept.items()}
            self._cache.write_json(_KIND, _KEY, {"schema": _SCHEMA, "identities": entries})
        return identity

    def _kept(self) -> dict[str, Identity]:
        content = self._cache.read_json(_KIND, _KEY)
        if not isinstance(content, dict) or content.get("schema") != _SCHEMA:
            return {}
        entries = content.get("identities")
        if not isinstance(entries, dict):
            return {}
        read = {key: _read(value) for key, value in entries.items()}
        return {key: identity for key, identity in read.items() if identity is not None}


def _read(value: Any) -> Identity | None:
    """Return a kept identity, or None where it is damaged."""
    try:
        identity = Identity(**value)
    except TypeError:
        return None
    fields = (identity.account, identity.arn, identity.partition)
    return identity if all(isinstance(each, str) and each for each in fields) else None
