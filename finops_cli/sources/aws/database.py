"""The file of the cache: opened when needed, set aside when it is no good, never in the way.

SQLite in WAL mode: readers and one writer at once, and a transaction of a process that is killed is
not there. ``synchronous=NORMAL``: a power cut may take the last transactions with it, each a
request that is sent again; waiting for the disk at every write would delay every answer instead.

Any statement may find the disk full or a page damaged. So all of them run inside ``read`` and
``write`` here, and what goes wrong becomes one sentence in ``warnings``.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from finops_cli.sources.aws.locks import Locks, make_private
from finops_cli.sources.aws.trouble import NotOurs, Trouble, sentence, trouble_of

if TYPE_CHECKING:
    from sqlite3 import Connection

SCHEMA = 1
_WAIT = 15.0
_T = TypeVar("_T")


def connect(address: str) -> "Connection":
    """Return a connection to the SQLite file of a URI; it waits for others' transactions."""
    import sqlite3

    return sqlite3.connect(
        address, timeout=_WAIT, isolation_level=None, check_same_thread=False, uri=True
    )


Connect = Callable[[str], "Connection"]


class Database:
    """One SQLite file that may be missing, damaged, locked, read-only or full.

    Args:
        file: Where it is; made by the first write.
        tables: The statements that make its tables.
        connect: Opens it.
    """

    def __init__(self, file: Path, tables: Sequence[str], connect: Connect = connect) -> None:
        self.file = file
        self.warnings: list[str] = []
        self._tables = tables
        self._connect = connect
        self._lock = threading.RLock()
        self._beginning = Locks(file.parent / "locks")
        self._connection: Connection | None = None
        self._opened_as: os.stat_result | None = None
        self._readable = self._writable = True

    def read(self, work: Callable[["Connection"], _T], otherwise: _T) -> _T:
        """Return what some work finds in one snapshot of the file.

        Args:
            work: What to do; it changes nothing.
            otherwise: What to return where there is no file that can be read.
        """
        with self._lock:
            try:
                with self._transaction("BEGIN") as connection:
                    return otherwise if connection is None else work(connection)
            except Exception as error:
                self._meet(error, reading=True)
                return otherwise

    def write(self, work: Callable[["Connection"], None], begin: bool = True) -> bool:
        """Do some work as one transaction: all of it or nothing.

        Args:
            work: What to do.
            begin: Whether the file is made where there is none; else there is nothing to do.

        Returns:
            Whether it is done.
        """
        with self._lock:
            for _ in range(3):  # once more on a file begun anew, and where another process did so
                if not (self._readable and self._writable):
                    return False
                try:
                    return self._written(work, begin)
                except Exception as error:
                    self._meet(error, reading=False)
            return False

    def shut(self) -> None:
        """Use the file no more, such as where it cannot be told what is out of date."""
        with self._lock:
            self.close()
            self._readable = False

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                with suppress(Exception):
                    connection.close()

    def _written(self, work: Callable[["Connection"], None], begin: bool) -> bool:
        if begin:
            self._begin()
        with self._transaction("BEGIN IMMEDIATE") as connection:
            if connection is not None:
                work(connection)
            return self._readable and (connection is not None or not begin)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator["Connection | None"]:
        connection = self._open()
        if connection is None:
            yield None
            return
        connection.execute(begin)
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(Exception):
                connection.execute("ROLLBACK")
            raise

    def _open(self) -> "Connection | None":
        if self._connection is None and self._readable:
            try:
                self._opened_as = self.file.stat()
            except FileNotFoundError:
                return None
            self._connection = self._checked()
        return self._connection

    def _checked(self) -> "Connection | None":
        """Return a connection to the file that is there, None where it is not for us to read."""
        version, connection = self._version()
        if version == SCHEMA:
            return connection
        connection.close()
        if version < SCHEMA:
            raise NotOurs
        self._warn(sentence(Trouble.NEWER, self.file))
        self._readable = False
        return None

    def _version(self) -> "tuple[int, Connection]":
        address = self.file.absolute().as_uri()
        try:
            return self._tried(f"{address}?mode=rw")
        except Exception as error:
            if trouble_of(error) is not Trouble.READ_ONLY or self._has_log():
                raise
            # A folder that cannot be written has no place for the shared memory of WAL mode.
            return self._tried(f"{address}?mode=ro&immutable=1")

    def _tried(self, address: str) -> "tuple[int, Connection]":
        connection = self._connect(address)
        try:
            connection.text_factory = lambda raw: raw.decode(errors="replace")
            connection.execute("PRAGMA synchronous=NORMAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return version, connection

    def _has_log(self) -> bool:
        log = self._beside("-wal")
        return log.exists() and log.stat().st_size > 0

    def _begin(self) -> None:
        """Make the file, whole from its first moment, if there is none."""
        if self._connection is not None or self.file.exists():
            return
        make_private(self.file.parent)
        with self._beginning.alone("begin", _WAIT):
            if self.file.exists():
                return
            for suffix in ("-wal", "-shm"):  # what belonged to a file that was removed
                self._beside(suffix).unlink(missing_ok=True)
            handle, name = tempfile.mkstemp(dir=self.file.parent, suffix=".part")
            os.close(handle)
            try:
                self._fill(Path(name))
                _put(Path(name), self.file)
            finally:
                Path(name).unlink(missing_ok=True)

    def _fill(self, file: Path) -> None:
        with closing(self._connect(f"{file.absolute().as_uri()}?mode=rw")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            for statement in self._tables:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={SCHEMA}")
            connection.execute("COMMIT")

    def _meet(self, error: Exception, reading: bool) -> None:
        """Make the best of an error of the file; others are raised again."""
        trouble = trouble_of(error)
        if trouble is None:
            raise error
        if trouble is Trouble.MOVED:
            self.close()
        elif trouble is Trouble.DAMAGED:
            self._set_aside()
        else:
            self._warn(sentence(trouble, self.file))
            self._writable = False
            if reading:
                self.shut()

    def _set_aside(self) -> None:
        self.close()
        aside = self._free_name()
        try:
            with self._beginning.alone("begin", _WAIT):
                if self._is_there_still():
                    self.file.rename(aside)
                    self._beside("-shm").unlink(missing_ok=True)
                    if self._beside("-wal").exists():
                        self._beside("-wal").rename(f"{aside}-wal")
            self._warn(sentence(Trouble.DAMAGED, self.file, aside))
        except OSError:
            self._warn(sentence(Trouble.DAMAGED, self.file))
            self.shut()

    def _free_name(self) -> Path:
        number = 1
        while self._beside(f".damaged-{number}").exists():
            number += 1
        return self._beside(f".damaged-{number}")

    def _is_there_still(self) -> bool:
        try:
            return self._opened_as is not None and os.path.samestat(
                self._opened_as, self.file.stat()
            )
        except FileNotFoundError:
            return False

    def _beside(self, suffix: str) -> Path:
        return self.file.with_name(self.file.name + suffix)

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


def _put(made: Path, file: Path) -> None:
    """Give a file its name, unless it is taken by then."""
    with suppress(FileExistsError):
        try:
            os.link(made, file)
        except (NotImplementedError, PermissionError, OSError) as error:
            if isinstance(error, FileExistsError):
                raise
            made.rename(file)  # a file system without links
