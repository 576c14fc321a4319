"""What travels: a call as it was understood, and an error as AWS writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Reply = dict[str, Any]
NO_ANSWER = 0
"""The status of a request that got no answer at all."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, its wire form taken off.

    Args:
        service: The name of the API in botocore, such as ``ce``.
        operation: The operation as AWS writes it.
        parameters: The members of the operation's input.
        account: The account whose credentials signed it.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]
    account: str


Answering = Callable[[Call], Reply]
"""Answers one operation, or raises an ``AwsError``."""


class AwsError(Exception):
    """A refusal.

    Args:
        code: The error code, such as ``ValidationException``.
        message: What AWS says with it.
        status: The HTTP status.
        fields: Further members of the error's shape.
    """

    def __init__(
        self, code: str, message: str, status: int = 400, fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.fields = dict(fields or {})


def invalid(message: str) -> AwsError:
    """Return the error for input that the model allows and the service does not."""
    return AwsError("ValidationException", message)


@dataclass(frozen=True, slots=True)
class Record:
    """One request as it was answered; ``billed`` where AWS would have charged for it."""

    service: str
    operation: str
    body: Mapping[str, Any]
    account: str
    status: int
    billed: bool


@dataclass(slots=True)
class Message:
    """An HTTP request, read whole."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Response:
    """An HTTP response; ``keep`` is how much of its body is sent before the line is cut."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    keep: int | None = None
