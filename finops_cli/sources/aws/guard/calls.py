"""What stands between a question and AWS: the shapes that session, guard and source share."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from finops_cli.sources.aws.guard.operations import Operation

Parameters = Mapping[str, Any]
Reply = dict[str, Any]


class Failure(Enum):
    """Why AWS did not answer, as far as it matters for what to do next."""

    THROTTLED = "throttled"  # too many requests: wait and try again
    SERVER = "server"  # AWS answered 5xx: try again
    NETWORK = "network"  # no connection, no name, a timeout before an answer: try again
    CUT = "cut"  # the answer broke off: AWS may have billed it; try again
    DENIED = "denied"  # no permission
    EXPIRED = "expired"  # credentials or an SSO session that are over
    CREDENTIALS = "credentials"  # none, incomplete, wrong, or MFA that cannot be asked for
    UNAVAILABLE = "unavailable"  # AWS has no data for this: DataUnavailableException and its kin
    DISABLED = "disabled"  # the API is not switched on for this account, or not there in a region
    REFUSED = "refused"  # AWS calls the request wrong


RETRIED = (Failure.THROTTLED, Failure.SERVER, Failure.NETWORK, Failure.CUT)


class CallFailed(Exception):
    """AWS did not answer one request.

    Args:
        failure: Why.
        code: AWS's error code, or the name of the exception below.
        message: AWS's words, without secrets.
        profile: The AWS profile that was used, so that a hint can name it.
    """

    def __init__(
        self, failure: Failure, code: str, message: str, profile: str | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.profile = profile
        self.failure = failure
        self.code = code
        self.message = message


class Send(Protocol):
    """Sends one request and returns its answer; what a session does, and a fake in a test."""

    def __call__(self, operation: Operation, parameters: Parameters, /) -> Reply:
        """Send one request, without any retry.

        Raises:
            CallFailed: AWS did not answer it.
        """


class Calls(Protocol):
    """Requests that are counted, priced, capped and tried again: what the guard offers."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong with counting and capping, one sentence each."""

    def call(self, operation: Operation, parameters: Parameters) -> Reply:
        """Return the answer of one request.

        Raises:
            SpendCap: It would pass a cap: nothing was sent.
            TimeUp: The time of this run is over.
            FinopsError: AWS refused it, or did not answer after several tries.
        """

    def pages(self, operation: Operation, parameters: Parameters) -> Iterator[Reply]:
        """Yield the answer page by page, each a request of its own.

        Raises:
            FinopsError: As for ``call``; and where AWS repeats a page's token.
        """


class Clock(Protocol):
    """The time, so that tests need not wait."""

    def now(self) -> datetime:
        """Return the time, in UTC with its zone."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the time, in UTC with its zone."""
        from datetime import UTC

        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""
        import time

        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        import time

        time.sleep(seconds)
