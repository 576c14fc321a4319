"""What was spent on API requests, on disk, for all processes to count against one cap.

A request is booked before it is sent, in one transaction with the sum that the caps are held
against: of two processes that would pass a cap together, one is refused. What AWS did not answer is
not billed, and taken back. The book cannot be made again, so it lives in the state folder, and a
damaged one is never begun anew while a cap depends on it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from finops_cli.errors import SourceError, SpendCap
from finops_cli.sources.aws.guard.book import Book
from finops_cli.sources.aws.guard.calls import Clock
from finops_cli.sources.aws.guard.caps import DAY, MONTH, RUN, Caps
from finops_cli.sources.aws.guard.operations import Operation

if TYPE_CHECKING:
    import sqlite3

NAME = "spend.sqlite"
_MICRO = Decimal(1_000_000)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A request that was booked.

    Args:
        price: US dollars.
        book: Where it is booked; None for a free request.
        id: Its number there.
    """

    price: Decimal
    book: Book | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What one command spent on one day."""

    day: date
    command: str
    requests: int
    cost: Decimal


class Ledger:
    """What one run spends, and all runs have spent.

    Args:
        folder: The state folder; None keeps the book in memory.
        command: The command that runs.
        clock: The time.
    """

    def __init__(self, folder: Path | None, command: str, clock: Clock) -> None:
        self.file = folder / NAME if folder else None
        self.warnings: tuple[str, ...] = ()
        self._book = Book(self.file)
        self._command = command
        self._clock = clock
        self._run = uuid4().hex
        self._spent = Decimal(0)
        self._lock = threading.Lock()

    def reserve(self, operation: Operation, account: str, caps: Caps) -> Receipt:
        """Book a request before it is sent.

        Raises:
            SpendCap: Its price would pass a cap: it must not be sent.
            SourceError: A cap counts other runs too, and the book cannot be read or written.
        """
        if not operation.price:
            return Receipt(operation.price)
        with self._lock:
            _hold(caps.run, "this run", RUN, self._spent, operation.price)
            receipt = self._booked(operation, account, caps)
            self._spent += operation.price
        return receipt

    def _booked(self, operation: Operation, account: str, caps: Caps) -> Receipt:
        import sqlite3

        now = self._clock.now()
        entry = (self._run, f"{now:%Y-%m-%d}", self._command, account, str(operation))

        def book(connection: "sqlite3.Connection") -> int | None:
            _hold_all(connection, caps, operation.price, now)
            cursor = connection.execute(
                "INSERT INTO request (run, day, command, account, operation, micros) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (*entry, int(operation.price * _MICRO)),
            )
            return cursor.lastrowid

        try:
            return Receipt(operation.price, self._book, self._book.change(book))
        except (sqlite3.Error, OSError) as error:
            if caps.outlast_a_run:
                raise self._broken(error) from error
            self.warnings = (f"{self._broken(error).message} This run is counted alone.",)
            self._book = Book(None)
            return Receipt(operation.price, self._book, self._book.change(book))

    def settle(self, receipt: Receipt, billed: bool) -> None:
        """Take a booking back if AWS did not bill it; where that fails, it stays booked."""
        import sqlite3

        book, number = receipt.book, receipt.id
        if book is None or billed:
            return
        with self._lock:
            try:
                book.change(lambda c: c.execute("DELETE FROM request WHERE id = ?", (number,)))
                self._spent -= receipt.price
            except (sqlite3.Error, OSError) as error:
                # Going on in memory from here would forget what the caps are held against.
                self.warnings = (f"{self._broken(error).message} Too much is counted as spent.",)

    def this_run(self) -> Decimal:
        """Return what this run has spent."""
        return self._spent

    def today(self) -> Decimal:
        """Return what all runs have spent on this UTC day.

        Raises:
            SourceError: The book cannot be read.
        """
        now = self._clock.now()
        return self._look(lambda connection: _of_day(connection, now), Decimal(0))

    def this_month(self) -> Decimal:
        """Return what all runs have spent in this UTC month.

        Raises:
            SourceError: The book cannot be read.
        """
        now = self._clock.now()
        return self._look(lambda connection: _of_month(connection, now), Decimal(0))

    def by_day(self, days: int = 31) -> tuple[Spent, ...]:
        """Return what was spent by day and command, the latest day first.

        Raises:
            SourceError: The book cannot be read.
        """
        first = (self._clock.now() - timedelta(days=days)).date()

        def look(connection: "sqlite3.Connection") -> tuple[Spent, ...]:
            rows = connection.execute(
                "SELECT day, command, count(*), sum(micros) FROM request WHERE day > ? "
                "GROUP BY day, command ORDER BY day DESC, sum(micros) DESC, command",
                (first.isoformat(),),
            )
            return tuple(
                Spent(date.fromisoformat(day), command, count, micros / _MICRO)
                for day, command, count, micros in rows
            )

        return self._look(look, ())

    def _look(self, work: Callable[["sqlite3.Connection"], T], otherwise: T) -> T:
        """Read the book; one that does not exist yet is empty."""
        import sqlite3

        if not self._book.is_there:
            return otherwise
        try:
            with self._lock, self._book.opened() as connection:
                return work(connection)
        except (sqlite3.Error, OSError) as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> SourceError:
        why = getattr(error, "strerror", None) or error
        return SourceError(
            f"The book of what was spent, {self.file}, cannot be used ({why}).",
            "Nothing billable is sent while a cap per day or month depends on it. Mend it or move "
            "it away, which forgets what was spent, or name another folder with FINOPS_STATE_DIR.",
        )

    def close(self) -> None:
        """Forget what was kept in memory."""
        self._book.close()


def _hold_all(connection: "sqlite3.Connection", caps: Caps, price: Decimal, now: datetime) -> None:
    """Refuse a price that would pass what all runs may spend."""
    if caps.day is not None:
        _hold(caps.day, "today", DAY, _of_day(connection, now), price)
    if caps.month is not None:
        _hold(caps.month, "this month", MONTH, _of_month(connection, now), price)


def _hold(cap: Decimal | None, when: str, setting: str, spent: Decimal, price: Decimal) -> None:
    if cap is not None and spent + price > cap:
        raise _passed(cap, when, setting, spent, price)


def _of_day(connection: "sqlite3.Connection", now: datetime) -> Decimal:
    return _summed(connection, "day = ?", f"{now:%Y-%m-%d}")


def _of_month(connection: "sqlite3.Connection", now: datetime) -> Decimal:
    return _summed(connection, "day LIKE ?", f"{now:%Y-%m}-%")


def _summed(connection: "sqlite3.Connection", where: str, value: str) -> Decimal:
    statement = f"SELECT coalesce(sum(micros), 0) FROM request WHERE {where}"
    (micros,) = connection.execute(statement, (value,)).fetchone()
    return Decimal(micros) / _MICRO


def _passed(cap: Decimal, when: str, setting: str, spent: Decimal, price: Decimal) -> SpendCap:
    return SpendCap(
        f"The cap of ${cap} for {when} is reached: ${spent:.2f} is spent, and the next request "
        f"costs ${price:.2f}.",
        f"Raise it with --{RUN.replace('_', '-')}, or ask the cache alone with --offline."
        if setting == RUN
        else f"Raise it: finops config set {setting} USD; or ask the cache alone with --offline.",
    )
