"""Sends requests to AWS: the one place that knows boto3's engine, and loads it only to send.

botocore's own retries are off: the guard counts and prices each request, so each must be one. Two
of botocore's habits would spoil figures and are turned off here. A JSON answer that breaks off is
parsed as an empty one, so each body is looked at before it is parsed; and a role that wants an MFA
code is asked for on the terminal, so such a profile is refused before.
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from finops_cli import __version__
from finops_cli.config import APP
from finops_cli.errors import FinopsError
from finops_cli.sources.aws.guard import operations
from finops_cli.sources.aws.guard.calls import (
    RETRIED,
    CallFailed,
    Clock,
    Failure,
    Parameters,
    Reply,
    SystemClock,
)
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.session.codes import call_failed
from finops_cli.sources.aws.session.credentials import Found, find
from finops_cli.sources.aws.session.failures import told
from finops_cli.sources.aws.session.identity import Identity, identity_of
from finops_cli.sources.aws.session.partition import home_region
from finops_cli.sources.aws.session.streams import close_streams
from finops_cli.sources.aws.session.wholeness import check

CONNECT_SECONDS = 5
READ_SECONDS = 60
_RENEWED_BEFORE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Role:
    """A role in another account."""

    name: str
    account: str
    external_id: str | None = None

    def arn(self, partition: str) -> str:
        """Return its ARN; a name may have a path before it."""
        return f"arn:{partition}:iam::{self.account}:role/{self.name.lstrip('/')}"


class Session:
    """Sends one request at a time as one caller, from any number of threads.

    Args:
        profile: The AWS profile that the user names; None for what the environment chooses.
        role: A role to take; None to call as the profile itself.
        environment: The process's environment; botocore itself always reads the process's own.
        clock: Tells when the role's credentials are to be renewed.
    """

    def __init__(
        self,
        profile: str | None,
        role: Role | None = None,
        environment: Mapping[str, str] = os.environ,
        clock: Clock | None = None,
    ) -> None:
        self._profile = profile
        self._role = role
        self._environment = environment
        self._clock = clock or SystemClock()
        self._source = Session(profile, None, environment, clock) if role else None
        self._lock = threading.RLock()
        self._engine: Any = None
        self._clients: dict[str, Any] = {}
        self._taken_until: datetime | None = None
        self._keys: dict[str, str] = {}

    def taking(self, role: Role) -> "Session":
        """Return a session that takes a role from this one, and shares what was loaded for it."""
        session = Session(self._profile, role, self._environment, self._clock)
        session._source = self
        return session

    @cached_property
    def found(self) -> Found:
        """Where the credentials come from.

        Raises:
            NoCredentials: The profile does not exist, or a configuration file is broken.
        """
        root = self._root
        return find(self._profile, self._environment) if root is self else root.found

    @property
    def partition(self) -> str:
        """The partition that is called, such as ``aws``."""
        return self.found.partition

    def __call__(self, operation: Operation, parameters: Parameters, /) -> Reply:
        """Send one request, without any retry, and return its answer as plain data.

        Raises:
            CallFailed: AWS did not answer it.
            NoCredentials: There is no such profile, or its files are broken.
            Denied, Expired: The role cannot be taken.
            Disabled: The partition does not have the service.
        """
        region = home_region(operation.service, self.partition, self.found.region)
        try:
            return self._send(operation, parameters, region)
        except (CallFailed, FinopsError):
            raise
        except Exception as error:
            # Its text and its causes may hold the body of an answer, and with it credentials.
            raise call_failed(error, operation, self.found.profile) from None

    def identity(self) -> Identity:
        """Return who AWS says the caller is.

        Raises:
            CallFailed: AWS did not answer.
        """
        return identity_of(self(operations.CALLER_IDENTITY, {}))

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()
        if self._source:
            self._source.close()

    def _send(self, operation: Operation, parameters: Parameters, region: str) -> Reply:
        from botocore import xform_name

        client = self._client(operation.service, region)
        reply: Reply = getattr(client, xform_name(operation.name))(**parameters)
        reply.pop("ResponseMetadata", None)
        return reply

    def _client(self, service: str, region: str) -> Any:
        with self._lock:
            if self._role and self._source:
                self._take(self._role, self._source)
            if service not in self._clients:
                self._clients[service] = self._make(service, region)
            return self._clients[service]

    def _make(self, service: str, region: str) -> Any:
        """Return a new client; the engine can make but one at a time."""
        root = self._root
        with root._lock:
            if root._engine is None:
                root._engine = _engine(root._profile, root.found)
                root._engine.register("before-parse", _check)
            return root._engine.create_client(
                service, region_name=region, config=_config(), **self._keys
            )

    @property
    def _root(self) -> "Session":
        """The session that takes no role, whose engine all share that take roles from it."""
        return self._source._root if self._source else self

    def _take(self, role: Role, source: "Session") -> None:
        """Take the role, where that was not done or its credentials are about to end."""
        now = self._clock.now()
        if self._taken_until and now < self._taken_until - _RENEWED_BEFORE:
            return
        asked = {"RoleArn": role.arn(self.partition), "RoleSessionName": APP}
        if role.external_id:
            asked["ExternalId"] = role.external_id
        given = _taken(source, asked)
        self._keys = {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }
        self._taken_until = given["Expiration"]
        self._clients.clear()


def _taken(source: Session, asked: Parameters) -> Reply:
    try:
        credentials: Reply = source(operations.ASSUME_ROLE, asked)["Credentials"]
    except CallFailed as failed:
        if failed.failure in RETRIED:
            raise
        raise told(failed, operations.ASSUME_ROLE) from None
    return credentials


def _engine(profile: str | None, found: Found) -> Any:
    if found.mfa:
        raise CallFailed(
            Failure.CREDENTIALS, "RefreshWithMFAUnsupportedError", "MFA", found.profile
        )
    from botocore.session import Session as Engine

    engine = Engine(profile=profile)
    engine.set_config_variable("region", found.working_region)
    return engine


def boto_session(
    profile: str | None,
    region: str | None,
    seconds: float,
    environment: Mapping[str, str] = os.environ,
) -> tuple[Any, Any]:
    """Return a session of boto3 in a region (else the user's own), and how its clients behave.

    Raises:
        NoCredentials: As for ``Session.found``, or an MFA code would have to be typed.
    """
    found = find(profile, environment)
    try:
        engine = _engine(profile, found)
    except CallFailed as failed:
        raise told(failed, operations.CALLER_IDENTITY) from None
    import boto3

    engine.register("after-call.bedrock-runtime", close_streams)
    return boto3.Session(botocore_session=engine, region_name=region), _config(seconds)


def _config(seconds: float = READ_SECONDS) -> Any:
    from botocore.config import Config

    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=seconds,
        retries={"mode": "standard", "total_max_attempts": 1},
        user_agent_extra=f"{APP}/{__version__}",
    )


def _check(operation_model: Any, response_dict: dict[str, Any], **others: Any) -> None:
    """Look at an answer before botocore parses it."""
    is_json = operation_model.service_model.resolved_protocol.endswith("json")
    check(is_json, response_dict["status_code"], response_dict["headers"], response_dict["body"])
