"""The call guard: no request leaves without being counted, priced and within its caps.

Each attempt is a request of its own: reserved in the ledger before it is sent, and taken back if
AWS did not answer it. What broke off half-way, or was interrupted, stays booked: AWS may bill it.

What may pass is tried again with exponential backoff and full jitter (AWS Architecture Blog,
"Exponential Backoff And Jitter"), never past the time that the run may take.
"""

import random
from collections.abc import Callable, Iterator

from finops_cli.domain.source import Meter
from finops_cli.errors import FinopsError, NoAnswer
from finops_cli.sources.aws.guard.calls import (
    RETRIED,
    CallFailed,
    Clock,
    Failure,
    Parameters,
    Reply,
    Send,
)
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.deadline import Deadline
from finops_cli.sources.aws.guard.ledger import Ledger, Receipt
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.guard.pace import Pace

_ATTEMPTS = 5
_FIRST_WAIT = 0.2
_LONGEST_WAIT = 8.0


class Guard:
    """The way to AWS of one account in one run.

    Args:
        send: Sends one request.
        ledger: Where requests are booked.
        caps: What may be spent.
        meter: Counts what the run costs; other guards may share it.
        account: Whose requests these are.
        clock: The time.
        pace: How fast to ask.
        deadline: Until when.
        jitter: Returns a random number from 0 to 1.
    """

    def __init__(
        self,
        send: Send,
        ledger: Ledger,
        caps: Caps,
        meter: Meter,
        account: str,
        clock: Clock,
        pace: Pace,
        deadline: Deadline,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._send = send
        self._ledger = ledger
        self._caps = caps
        self._meter = meter
        self._account = account
        self._clock = clock
        self._jitter = jitter
        self._pace = pace
        self._deadline = deadline
        self._patience = _ATTEMPTS  # one, once AWS has not answered so often: it will not now

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong with the ledger."""
        return self._ledger.warnings

    def call(self, operation: Operation, parameters: Parameters) -> Reply:
        """Return the answer of one request.

        Raises:
            SpendCap: It would pass a cap: nothing was sent.
            TimeUp: The time of this run is over.
            FinopsError: AWS refused it, or did not answer after several tries.
        """
        for attempt in range(_ATTEMPTS):
            try:
                reply = self._attempt(operation, parameters)
                self._patience = _ATTEMPTS
                return reply
            except CallFailed as failed:
                if failed.failure not in RETRIED or attempt >= self._patience - 1:
                    self._patience = 1 if failed.failure in RETRIED else self._patience
                    raise _told(failed, operation) from failed
                if failed.failure is Failure.THROTTLED:
                    self._pace.slower()
                self._sleep(min(_LONGEST_WAIT, _FIRST_WAIT * 2**attempt) * self._jitter())
        raise AssertionError("the last attempt returns or raises")

    def pages(self, operation: Operation, parameters: Parameters) -> Iterator[Reply]:
        """Yield the answer page by page, each a request of its own.

        Raises:
            NoAnswer: AWS repeats a page's token: the listing would never end.
            FinopsError: As for ``call``.
        """
        wanted, seen = dict(parameters), set[str]()
        while True:
            page = self.call(operation, wanted)
            yield page
            token = page.get(operation.token) if operation.token else None
            if not token:
                return
            if token in seen:
                raise NoAnswer(
                    f"{operation} leads back to a page that it has shown: the rest cannot be had.",
                    "Try again; if it stays so, AWS Support knows more.",
                )
            seen.add(token)
            wanted[str(operation.token)] = token

    def _attempt(self, operation: Operation, parameters: Parameters) -> Reply:
        """Send one request.

        Raises:
            CallFailed: AWS did not answer it.
        """
        self._deadline.check()
        if operation.price:
            self._sleep(self._pace.wait())
        receipt = self._book(operation)
        try:
            reply = self._send(operation, parameters)
        except CallFailed as failed:
            self._settle(receipt, billed=failed.failure is Failure.CUT)
            raise
        except FinopsError:  # it was not even sent: a role could not be taken
            self._settle(receipt, billed=False)
            raise
        self._pace.faster()
        return reply

    def _book(self, operation: Operation) -> Receipt:
        receipt = self._ledger.reserve(operation, self._account, self._caps)
        if receipt.price:
            with self._meter.lock:
                self._meter.api_calls += 1
                self._meter.api_cost += receipt.price
        return receipt

    def _settle(self, receipt: Receipt, billed: bool) -> None:
        self._ledger.settle(receipt, billed)
        if receipt.price and not billed:
            with self._meter.lock:
                self._meter.api_calls -= 1
                self._meter.api_cost -= receipt.price

    def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            self._deadline.check(seconds)
            self._clock.sleep(seconds)


def _told(failed: CallFailed, operation: Operation) -> FinopsError:
    from finops_cli.sources.aws.session.failures import told

    return told(failed, operation)
