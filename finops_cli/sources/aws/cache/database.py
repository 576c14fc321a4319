"""Transactions on the file of the cache that never fail to the outside.

Any statement may find the disk full, the file locked or a page damaged. So all of them run inside
``read`` and ``write`` here: what goes wrong becomes one sentence in ``warnings``, a damaged file is
set aside, and one that cannot be written is left alone for the rest of the run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from finops_cli.sources.aws.cache.cache_file import CacheFile
from finops_cli.sources.aws.cache.trouble import Trouble, sentence, trouble_of

if TYPE_CHECKING:
    from sqlite3 import Connection

_TRIES = 3  # on the file that is there, on one begun anew, and where another process does the same
_T = TypeVar("_T")


class Database:
    """A file that may be missing, damaged, locked, read-only or full; for one thread at a time.

    Args:
        file: The file; the first write begins it.
    """

    def __init__(self, file: CacheFile) -> None:
        self.warnings: list[str] = []
        self._file = file
        self._connection: Connection | None = None
        self._readable = self._writable = True

    def read(self, work: Callable[["Connection"], _T], otherwise: _T) -> _T:
        """Return what some work finds in one snapshot of the file.

        Args:
            work: What to do; it changes nothing.
            otherwise: What to return where there is no file that can be read.
        """
        try:
            with self._transaction("BEGIN") as connection:
                return otherwise if connection is None else work(connection)
        except Exception as error:
            if self._meet(error) is not Trouble.DAMAGED:
                self.shut()
            return otherwise

    def write(self, work: Callable[["Connection"], None], begin: bool = True) -> bool:
        """Do some work as one transaction: all of it or nothing.

        Args:
            work: What to do.
            begin: Whether a file is begun where there is none; else there is nothing to do.

        Returns:
            Whether it is done.
        """
        for _ in range(_TRIES):
            if not (self._readable and self._writable):
                return False
            try:
                if not self._file.is_current():  # another process set it aside, or removed it
                    self.close()
                if begin:
                    self._file.begin()
                with self._transaction("BEGIN IMMEDIATE") as connection:
                    if connection is not None:
                        work(connection)
                return connection is not None or not begin
            except Exception as error:
                self._meet(error)
        return False

    def shut(self) -> None:
        """Use the file no more, such as where it could not be told what is out of date."""
        self.close()
        self._readable = False

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator["Connection | None"]:
        if self._connection is None and self._readable:
            self._connection = self._file.open()
        connection = self._connection
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

    def _meet(self, error: Exception) -> Trouble:
        """Make the best of an error of the file; any other is raised again."""
        trouble = trouble_of(error)
        if trouble is None:
            raise error
        if trouble is Trouble.DAMAGED:
            self._set_aside()
        else:
            self._warn(sentence(trouble, self._file.path))
            self._writable = False
        return trouble

    def _set_aside(self) -> None:
        self.close()
        try:
            aside = self._file.set_aside()
        except OSError:
            self.shut()
            self._warn(sentence(Trouble.DAMAGED, self._file.path))
        else:
            self._warn(sentence(Trouble.DAMAGED, self._file.path, aside))

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)
