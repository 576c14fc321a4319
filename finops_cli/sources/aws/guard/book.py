"""The file of the ledger: one SQLite book in the state folder, or one in memory.

It is made whole before it gets its name, so an empty file is always a damaged one, and never mended
by beginning anew: that would forget what was spent.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from finops_cli.sources.new_file import give_name

if TYPE_CHECKING:
    import sqlite3

_SCHEMA = 1
_BUSY_SECONDS = 20
_TABLES = """
CREATE TABLE IF NOT EXISTS request (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, day TEXT NOT NULL, command TEXT NOT NULL,
    account TEXT NOT NULL, operation TEXT NOT NULL, micros INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS request_by_day ON request (day, micros);
"""
T = TypeVar("T")


class Book:
    """A book of requests.

    Args:
        file: Where it is; None keeps it in memory.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self._memory: sqlite3.Connection | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything was ever written to it."""
        return self._memory is not None or bool(self.file and self.file.exists())

    def change(self, work: Callable[["sqlite3.Connection"], T]) -> T:
        """Write in one transaction, which holds back every other process's.

        Raises:
            sqlite3.Error, OSError: The file is damaged, or cannot be written.
        """
        with self.opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            return result

    @contextmanager
    def opened(self) -> Iterator["sqlite3.Connection"]:
        """Open the book for a moment; a connection that stays open would outlive a fork.

        Raises:
            sqlite3.Error, OSError: The file is damaged, or cannot be read.
        """
        import sqlite3

        if self.file is None:
            yield self._in_memory()
            return
        _begin(self.file)
        connection = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            _check(connection)
            yield connection
        finally:
            connection.close()

    def _in_memory(self) -> "sqlite3.Connection":
        import sqlite3

        if self._memory is None:
            made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            made.executescript(_TABLES)
            self._memory = made
        return self._memory

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
        give_name(made, file)
    finally:
        made.unlink(missing_ok=True)


def _fill(made: Path) -> None:
    import sqlite3

    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version={_SCHEMA};COMMIT;")


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
