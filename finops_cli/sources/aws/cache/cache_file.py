"""The SQLite file of the cache on its disk: begun whole, opened with care, set aside when damaged.

In WAL mode: readers and one writer at once, and a transaction of a process that is killed is not
there. ``synchronous=NORMAL``: a power cut may take the last transactions with it, each a request
that is sent again; waiting for the disk at every write would delay every answer instead.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.sources.aws.cache.locks import Locks, make_private
from finops_cli.sources.aws.cache.trouble import Newer, Trouble, Unsound, trouble_of
from finops_cli.sources.new_file import give_name

if TYPE_CHECKING:
    from sqlite3 import Connection

SCHEMA = 1
_WAIT = 15.0
Connect = Callable[[str], "Connection"]


def connect(address: str) -> "Connection":
    """Return a connection to the SQLite file of a URI; it waits for others' transactions."""
    import sqlite3

    return sqlite3.connect(
        address, timeout=_WAIT, isolation_level=None, check_same_thread=False, uri=True
    )


class CacheFile:
    """One SQLite file that other processes use, begin and set aside as well.

    Args:
        path: Where it is.
        tables: The statements that make its tables.
        connect: Opens it.
    """

    def __init__(self, path: Path, tables: Sequence[str], connect: Connect) -> None:
        self.path = path
        self._tables = tables
        self._connect = connect
        self._locks = Locks(path.parent / "locks")
        self._opened: os.stat_result | None = None

    def open(self) -> "Connection | None":
        """Return a connection, None where there is no file.

        Raises:
            Newer: A later version of finops wrote it.
            Unsound: It is damaged, or something else.
            sqlite3.Error, OSError: It cannot be read.
        """
        try:
            self._opened = self.path.stat()
        except FileNotFoundError:
            return None
        connection = self._readable()
        try:
            _check(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _readable(self) -> "Connection":
        address = self.path.absolute().as_uri()
        try:
            return self._tried(f"{address}?mode=rw")
        except Exception as error:
            if trouble_of(error) is not Trouble.READ_ONLY or self._has_log():
                raise
            # A folder that cannot be written has no place for the shared memory of WAL mode.
            return self._tried(f"{address}?mode=ro&immutable=1")

    def _tried(self, address: str) -> "Connection":
        connection = self._connect(address)
        try:
            connection.text_factory = lambda raw: raw.decode(errors="replace")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA user_version").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _has_log(self) -> bool:
        log = self._beside("-wal")
        return log.exists() and log.stat().st_size > 0

    def begin(self) -> None:
        """Make the file, whole from its first moment, if there is none.

        Raises:
            sqlite3.Error, OSError: It cannot be made.
        """
        if self.path.exists():
            return
        make_private(self.path.parent)
        with self._locks.alone("begin", _WAIT):
            if not self.path.exists():
                for suffix in ("-wal", "-shm"):  # of a file that was removed
                    self._beside(suffix).unlink(missing_ok=True)
                self._make()

    def _make(self) -> None:
        handle, name = tempfile.mkstemp(dir=self.path.parent, suffix=".part")
        os.close(handle)
        made = Path(name)
        try:
            self._fill(made)
            give_name(made, self.path)
        finally:
            made.unlink(missing_ok=True)

    def _fill(self, made: Path) -> None:
        with closing(self._connect(f"{made.absolute().as_uri()}?mode=rw")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            for statement in self._tables:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={SCHEMA}")
            connection.execute("COMMIT")

    def is_current(self) -> bool:
        """Tell whether the file that was opened last is the one that is there."""
        try:
            now = self.path.stat()
        except FileNotFoundError:
            return False
        return self._opened is not None and os.path.samestat(self._opened, now)

    def set_aside(self) -> Path:
        """Give the file that was opened last another name, unless another process did so.

        Returns:
            Its new name.

        Raises:
            OSError: It cannot be renamed.
        """
        with self._locks.alone("begin", _WAIT):
            aside = self._free_name()
            if self.is_current():
                self.path.rename(aside)
                self._beside("-shm").unlink(missing_ok=True)
                if self._beside("-wal").exists():
                    self._beside("-wal").rename(f"{aside}-wal")
        return aside

    def _free_name(self) -> Path:
        number = 1
        while self._beside(f".damaged-{number}").exists():
            number += 1
        return self._beside(f".damaged-{number}")

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)


def _check(connection: "Connection") -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA:
        raise Newer if version > SCHEMA else Unsound
    # With a broken index a row could be found and yet not be deleted. This takes some 10 ms for a
    # year of 4,000 groups a day.
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise Unsound
