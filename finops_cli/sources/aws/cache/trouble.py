"""What can be wrong with the file of the cache, told from the error, and said in one sentence."""

from enum import Enum
from pathlib import Path

_ELSEWHERE = "or name another folder with FINOPS_CACHE_DIR"
_NOT_KEPT = "so what AWS answers now is not kept"


class Unsound(Exception):
    """A file that is damaged, or no cache of ours."""


class Newer(Exception):
    """A cache that a later version of finops wrote."""


class Trouble(Enum):
    """What is wrong, as far as it matters for what to do next."""

    DAMAGED = "damaged"  # set it aside and begin anew
    BUSY = "busy"  # another process does not let go of it
    FULL = "full"  # no room on the disk
    READ_ONLY = "read-only"  # file or folder cannot be written
    NEWER = "newer"  # a later version of finops wrote it
    NO_SQLITE = "no SQLite"  # this Python lacks it
    DISK = "disk"  # the disk or the file system fails otherwise


def trouble_of(error: Exception) -> Trouble | None:
    """Return what an error says of the file; None if it is not about the file."""
    if isinstance(error, Unsound | UnicodeDecodeError):  # SQLite quotes what it cannot read
        return Trouble.DAMAGED
    if isinstance(error, Newer):
        return Trouble.NEWER
    if isinstance(error, ImportError):
        return Trouble.NO_SQLITE
    if isinstance(error, OSError):
        return _of_system(error)
    import sqlite3

    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return None
    return _of_sqlite(error) if isinstance(error, sqlite3.Error) else None


def _of_system(error: OSError) -> Trouble:
    from errno import EDQUOT, ENOSPC

    return Trouble.FULL if error.errno in (ENOSPC, EDQUOT) else Trouble.READ_ONLY


def _of_sqlite(error: Exception) -> Trouble:
    import sqlite3 as s

    code = getattr(error, "sqlite_errorcode", s.SQLITE_ERROR)
    return {
        s.SQLITE_BUSY: Trouble.BUSY,
        s.SQLITE_LOCKED: Trouble.BUSY,
        s.SQLITE_PROTOCOL: Trouble.BUSY,
        s.SQLITE_FULL: Trouble.FULL,
        s.SQLITE_READONLY: Trouble.READ_ONLY,
        s.SQLITE_CANTOPEN: Trouble.READ_ONLY,
        s.SQLITE_PERM: Trouble.READ_ONLY,
        s.SQLITE_AUTH: Trouble.READ_ONLY,
        s.SQLITE_IOERR: Trouble.DISK,
        s.SQLITE_NOMEM: Trouble.DISK,
        s.SQLITE_TOOBIG: Trouble.DISK,
        s.SQLITE_NOLFS: Trouble.DISK,
    }.get(code & 0xFF, Trouble.DAMAGED)


def sentence(trouble: Trouble, file: Path, aside: Path | None = None) -> str:
    """Return what a reader is told.

    Args:
        trouble: What is wrong.
        file: The cache.
        aside: What a damaged one is called now; None if it could not be moved.
    """
    if trouble is Trouble.DAMAGED:
        if aside is None:
            return f"The cache {file} is damaged, {_NOT_KEPT}: delete it, {_ELSEWHERE}."
        return (
            f"The cache {file} was damaged and a new one was begun: some figures are asked for "
            f"again, and {aside.name} beside it can be deleted."
        )
    return {
        Trouble.BUSY: f"Another program holds the cache {file}, {_NOT_KEPT}: end it, or ask later.",
        Trouble.FULL: f"No room for the cache {file}, {_NOT_KEPT}: make room, {_ELSEWHERE}.",
        Trouble.READ_ONLY: (
            f"The cache {file} cannot be opened or written, {_NOT_KEPT}: "
            f"mend its permissions, {_ELSEWHERE}."
        ),
        Trouble.NEWER: (
            f"The cache {file} is of a newer finops and left alone, {_NOT_KEPT}: "
            f"update finops, {_ELSEWHERE}."
        ),
        Trouble.NO_SQLITE: (
            f"This Python has no SQLite, {_NOT_KEPT}: install finops with a Python that has."
        ),
    }.get(trouble, f"The disk of the cache {file} fails, {_NOT_KEPT}: check it, {_ELSEWHERE}.")
