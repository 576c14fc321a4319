"""What was spent on API requests, on disk, for all processes to count against one cap.

A request is booked before it is sent, in one transaction with the sum that the caps are held
against: of two processes that would pass a cap together, one is refused. What AWS did not answer is
not billed, and taken back. The book cannot be made again, so it lives in the state folder, and a
damaged one is never begun anew while a cap depends on it: that would forget what was spent.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from finops_cli.errors import SourceError, SpendCap
from finops_cli.sources.aws.calls import Clock
from finops_cli.sources.aws.caps import DAY, MONTH, RUN, Caps
from finops_cli.sources.aws.operations import Operation

if TYPE_CHECKING:
    import sqlite3

NAME = "spend.sqlite"
_SCHEMA = 1
_MICRO = Decimal(1_000_000)
_BUSY_SECONDS = 20
_TABLES = """
CREATE TABLE IF NOT EXISTS request (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, day TEXT NOT NULL, command TEXT NOT NULL,
    account TEXT NOT NULL, operation TEXT NOT NULL, micros INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS request_by_day ON request (day, micros);
CREATE INDEX IF NOT EXISTS request_by_run ON request (run, micros);
"""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A request that was booked; ``id`` is None for a free one."""

    id: int | None
    price: Decimal


@dataclass(frozen=True, slots=True)
class Spent:
    """What one command spent on one day."""

    day: date
    command: str
    requests: int
    cost: Decimal


class Ledger:
    """The book of one run among all runs.

    Args:
        folder: The state folder; None keeps the book in memory.
        command: The command that runs.
        clock: The time.
    """

    def __init__(self, folder: Path | None, command: str, clock: Clock) -> None:
        self.file = folder / NAME if folder else None
        self.warnings: tuple[str, ...] = ()
        self._command = command
        self._clock = clock
        self._run = uuid4().hex
        self._memory: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def reserve(self, operation: Operation, account: str, caps: Caps) -> Receipt:
        """Book a request before it is sent.

        Raises:
            SpendCap: Its price would pass a cap: it must not be sent.
            SourceError: A cap counts other runs too, and the book cannot be read or written.
        """
        if not operation.price:
            return Receipt(None, operation.price)
        now = self._clock.now()
        entry = (self._run, f"{now:%Y-%m-%d}", self._command, account, str(operation))

        def book(connection: "sqlite3.Connection") -> Receipt:
            self._hold(connection, caps, operation.price, now)
            cursor = connection.execute(
                "INSERT INTO request (run, day, command, account, operation, micros) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (*entry, int(operation.price * _MICRO)),
            )
            return Receipt(cursor.lastrowid, operation.price)

        return self._change(book, caps)

    def settle(self, receipt: Receipt, billed: bool) -> None:
        """Take a booking back if AWS did not bill it; where that fails, it stays booked."""
        import sqlite3

        if receipt.id is None or billed:
            return
        number = receipt.id
        try:
            with self._lock:
                self._written(lambda c: c.execute("DELETE FROM request WHERE id = ?", (number,)))
        except (sqlite3.Error, OSError) as error:
            # Going on in memory from here would forget what the caps are held against.
            self.warnings = (f"{self._broken(error).message} Too much is counted as spent.",)

    def this_run(self) -> Decimal:
        """Return what this run has spent."""
        return self._sum("run = ?", self._run)

    def today(self) -> Decimal:
        """Return what all runs have spent on this UTC day."""
        return self._sum("day = ?", f"{self._clock.now():%Y-%m-%d}")

    def this_month(self) -> Decimal:
        """Return what all runs have spent in this UTC month."""
        return self._sum("day LIKE ?", f"{self._clock.now():%Y-%m}-%")

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

    def _hold(
        self, connection: "sqlite3.Connection", caps: Caps, price: Decimal, now: datetime
    ) -> None:
        """Refuse a price that would pass a cap."""
        held = (
            (caps.run, "this run", RUN, "run = ?", self._run),
            (caps.day, "today", DAY, "day = ?", f"{now:%Y-%m-%d}"),
            (caps.month, "this month", MONTH, "day LIKE ?", f"{now:%Y-%m}-%"),
        )
        for cap, when, setting, where, value in held:
            if cap is None:
                continue
            spent = _summed(connection, where, value)
            if spent + price > cap:
                raise _passed(cap, when, setting, spent, price)

    def _sum(self, where: str, value: str) -> Decimal:
        return self._look(lambda connection: _summed(connection, where, value), Decimal(0))

    def _look(self, work: Callable[["sqlite3.Connection"], T], otherwise: T) -> T:
        """Read the book; one that does not exist yet is empty.

        Raises:
            SourceError: It cannot be read.
        """
        import sqlite3

        if self._memory is None and (self.file is None or not self.file.exists()):
            return otherwise
        try:
            with self._lock, self._opened() as connection:
                return work(connection)
        except (sqlite3.Error, OSError) as error:
            raise self._broken(error) from error

    def _change(self, work: Callable[["sqlite3.Connection"], T], caps: Caps) -> T:
        """Write to the book in one transaction; to one in memory where no cap needs the file.

        Raises:
            SourceError: It cannot be written, and a cap depends on it.
        """
        import sqlite3

        with self._lock:
            try:
                return self._written(work)
            except (sqlite3.Error, OSError) as error:
                if caps.outlast_a_run:
                    raise self._broken(error) from error
                self.warnings = (f"{self._broken(error).message} This run is counted alone.",)
                self.file = None
                return self._written(work)

    def _written(self, work: Callable[["sqlite3.Connection"], T]) -> T:
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            return result

    @contextmanager
    def _opened(self) -> Iterator["sqlite3.Connection"]:
        """Open the book for one transaction; a connection that stays open would outlive a fork."""
        import sqlite3

        if self.file is None:
            if self._memory is None:
                self._memory = sqlite3.connect(
                    ":memory:", isolation_level=None, check_same_thread=False
                )
                self._memory.executescript(_TABLES)
            yield self._memory
            return
        _begin(self.file)
        connection = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            _check(connection)
            yield connection
        finally:
            connection.close()

    def _broken(self, error: Exception) -> SourceError:
        why = getattr(error, "strerror", None) or error
        return SourceError(
            f"The book of what was spent, {self.file}, cannot be used ({why}).",
            "Nothing billable is sent while a cap per day or month depends on it. Mend it or move "
            "it away, which forgets what was spent, or name another folder with FINOPS_STATE_DIR.",
        )

    def close(self) -> None:
        """Forget what was kept in memory."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None


def _begin(file: Path) -> None:
    """Make the book whole under another name first: an empty one is then always a damaged one."""
    import tempfile

    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    os.close(handle)
    made = Path(name)
    try:
        _fill(made)
        _put(made, file)
    finally:
        made.unlink(missing_ok=True)


def _fill(made: Path) -> None:
    import sqlite3

    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version={_SCHEMA};COMMIT;")


def _put(made: Path, file: Path) -> None:
    """Give a new book its name, unless another process was first."""
    try:
        os.link(made, file)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not file.exists():
            made.rename(file)


def _check(connection: "sqlite3.Connection") -> None:
    """Refuse what is no book of this version.

    Raises:
        sqlite3.Error: The file is no book, or one of a later version.
    """
    import sqlite3

    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _SCHEMA:
        raise sqlite3.DatabaseError("written by a later version of finops")
    if version < _SCHEMA:
        raise sqlite3.DatabaseError("it is empty, or something else")


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
