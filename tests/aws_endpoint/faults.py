"""What can go wrong at AWS, switched on and off while the endpoint runs.

Each fault names an operation (or none, for all) and an account (or none), and how many times it
strikes; without a number it stays until it is cleared.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finops_cli.domain.period import first_of_month
from tests.aws_endpoint.wire import AwsError, Call

_FOR_EVER = -1


@dataclass(slots=True)
class _Fault:
    kind: str
    operation: str | None
    account: str | None
    left: int = _FOR_EVER
    seconds: float = 0.0
    error: Callable[[Call], AwsError] | None = None

    def strikes(self, call: Call) -> bool:
        return (
            self.left != 0
            and self.operation in (None, call.operation)
            and self.account in (None, call.account)
        )


class Faults:
    """The faults of one endpoint; safe to change from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[_Fault] = []
        self._restated: dict[date, Decimal] = {}

    def clear(self) -> None:
        """End every fault; months that were restated stay so."""
        with self._lock:
            self._faults.clear()

    def throttle(
        self, times: int = 1, operation: str | None = None, account: str | None = None
    ) -> None:
        """Refuse requests as too many."""
        self._fail("ThrottlingException", "Rate exceeded", 400, times, operation, account)

    def limit(
        self, times: int = 1, operation: str | None = None, account: str | None = None
    ) -> None:
        """Refuse requests as Cost Explorer itself does when there are too many."""
        said = "You made too many calls in a short period of time. Try again later."
        self._fail("LimitExceededException", said, 400, times, operation, account)

    def server_error(
        self, times: int = 1, operation: str | None = None, account: str | None = None
    ) -> None:
        """Answer with HTTP 500."""
        said = "We encountered an internal error. Please try again."
        self._fail("InternalServerException", said, 500, times, operation, account)

    def deny(self, operation: str | None = None, account: str | None = None) -> None:
        """Refuse an operation as not permitted, until cleared."""
        self._add(_Fault("fail", operation, account, error=_denied))

    def expire(self, operation: str | None = None, account: str | None = None) -> None:
        """Call the credentials expired, until cleared."""
        said = "The security token included in the request is expired"
        self._fail("ExpiredTokenException", said, 400, _FOR_EVER, operation, account)

    def unknown_key(self, operation: str | None = None, account: str | None = None) -> None:
        """Call the credentials wrong, until cleared."""
        said = "The security token included in the request is invalid."
        self._fail("UnrecognizedClientException", said, 400, _FOR_EVER, operation, account)

    def wrong_clock(self) -> None:
        """Find the time of every request wrong, until cleared."""
        said = (
            "Signature expired: 20261116T110000Z is now earlier than 20261116T115500Z "
            "(20261116T120000Z - 5 min.)"
        )
        self._fail("InvalidSignatureException", said, 400, _FOR_EVER, None, None)

    def disabled(self, account: str | None = None) -> None:
        """Answer as an account that never opened Cost Explorer, until cleared."""
        said = "User not enabled for cost explorer access"
        self._add(
            _Fault("cost explorer", None, account, error=_always("AccessDeniedException", said))
        )

    def unready(self, account: str | None = None) -> None:
        """Answer as an account that opened Cost Explorer within the last day, until cleared."""
        said = (
            "Data is not available. Please try to adjust the time period. If just enabled Cost "
            "Explorer, data might not be ingested yet"
        )
        error = _always("DataUnavailableException", said)
        self._add(_Fault("cost explorer", None, account, error=error))

    def no_support_plan(self, account: str | None = None) -> None:
        """Answer as an account of Basic Support, until cleared."""
        self._add(_Fault("support plan", None, account, error=_without_support))

    def not_enrolled(self, account: str | None = None) -> None:
        """Answer as an account outside Cost Optimization Hub and Compute Optimizer."""
        self._add(_Fault("enrolment", None, account))

    def slow(self, seconds: float, operation: str | None = None, times: int = _FOR_EVER) -> None:
        """Let requests wait before they are answered."""
        self._add(_Fault("slow", operation, None, times, seconds))

    def cut(self, times: int = 1, operation: str | None = None, account: str | None = None) -> None:
        """Close the connection in the middle of the body of a good answer."""
        self._add(_Fault("cut", operation, account, times))

    def hang_up(
        self, times: int = 1, operation: str | None = None, account: str | None = None
    ) -> None:
        """Close the connection before any answer."""
        self._add(_Fault("hang_up", operation, account, times))

    def repeat_token(self, times: int = 1, operation: str | None = None) -> None:
        """Give as the token of the next page the one that led to this page."""
        self._add(_Fault("repeat_token", operation, None, times))

    def drop_token(self, times: int = 1, operation: str | None = None) -> None:
        """Leave out the token although there are more pages."""
        self._add(_Fault("drop_token", operation, None, times))

    def empty_page(self, times: int = 1, operation: str | None = None) -> None:
        """Answer with an empty page and a token that leads to what it should have held."""
        self._add(_Fault("empty_page", operation, None, times))

    def restate(self, month: date, factor: Decimal | str | int) -> None:
        """Change what a month has cost, closed or not, as AWS does with late credits."""
        with self._lock:
            self._restated[first_of_month(month)] = Decimal(factor)

    def factor(self, day: date) -> Decimal | None:
        """Return what the costs of a day are multiplied with, None where they stay."""
        return self._restated.get(first_of_month(day)) if self._restated else None

    def restatements(self) -> tuple[tuple[date, Decimal], ...]:
        """Return the months whose costs were changed."""
        return tuple(self._restated.items())

    def refusal(self, call: Call) -> AwsError | None:
        """Return the error that a request meets, None where it is answered."""
        fault = self._take(call, "fail")
        if fault is None and call.service == "ce":
            fault = self._take(call, "cost explorer")
        if fault is None and call.service in ("support", "trustedadvisor"):
            fault = self._take(call, "support plan")
        return fault.error(call) if fault and fault.error else None

    def is_enrolled(self, call: Call) -> bool:
        """Tell whether the account takes part in what recommends savings."""
        return not self.hits("enrolment", call)

    def delay(self, call: Call) -> float:
        """Return the seconds that a request waits."""
        fault = self._take(call, "slow")
        return fault.seconds if fault else 0.0

    def hits(self, kind: str, call: Call) -> bool:
        """Tell whether a fault of a kind strikes a request, and count it."""
        return self._take(call, kind) is not None

    def _fail(
        self,
        code: str,
        message: str,
        status: int,
        times: int,
        operation: str | None,
        account: str | None,
    ) -> None:
        error = _always(code, message, status)
        self._add(_Fault("fail", operation, account, times, error=error))

    def _add(self, fault: _Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def _take(self, call: Call, kind: str) -> _Fault | None:
        with self._lock:
            for fault in self._faults:
                if fault.kind == kind and fault.strikes(call):
                    fault.left -= fault.left > 0
                    return fault
        return None


def _always(code: str, message: str, status: int = 400) -> Callable[[Call], AwsError]:
    return lambda call: AwsError(code, message, status)


def _denied(call: Call) -> AwsError:
    action = f"{call.service}:{call.operation}"
    who = f"arn:aws:iam::{call.account}:user/finops"
    said = (
        f"User: {who} is not authorized to perform: {action} on resource: "
        f"arn:aws:{call.service}:us-east-1:{call.account}:/{call.operation} "
        f"because no identity-based policy allows the {action} action"
    )
    status = 403 if call.service == "sts" else 400
    return AwsError(
        "AccessDenied" if call.service == "sts" else "AccessDeniedException", said, status
    )


def _without_support(call: Call) -> AwsError:
    if call.service == "support":
        said = "Amazon Web Services Premium Support Subscription is required to use this service."
        return AwsError("SubscriptionRequiredException", said)
    return AwsError("AccessDeniedException", "Access denied due to support level", 403)
