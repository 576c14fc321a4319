"""One process at a time for one piece of work: a lock that dies with its holder.

Two processes that ask the same should send one request. Whoever comes second waits for the first,
then looks into the cache again. Waiting has an end, and where a file system knows no locks nobody
waits: sending a request twice costs a cent, standing still costs the answer.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.02


class Locks:
    """The locks of one folder.

    Args:
        folder: Where their files are, one for each name while it is held; made when needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._threads: dict[str, threading.Lock] = {}

    @contextmanager
    def alone(self, name: str, seconds: float) -> Iterator[None]:
        """Hold a name for a block, not to be entered again from within.

        Args:
            name: What is held, fit for a file's name.
            seconds: How long to wait for others; then the block runs all the same.
        """
        deadline = time.monotonic() + seconds
        with self._guard:
            thread = self._threads.setdefault(name, threading.Lock())
        held = thread.acquire(timeout=max(0.0, seconds))
        try:
            with _file_held(self._folder / f"{name}.lock", deadline):
                yield
        finally:
            if held:
                thread.release()


@contextmanager
def _file_held(file: Path, deadline: float) -> Iterator[None]:
    handle = _acquired(file, deadline)
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):  # Windows removes no open file
                file.unlink()
            os.close(handle)


def _acquired(file: Path, deadline: float) -> int | None:
    """Return the handle of a file that is now ours, or None: too late, or no locks here."""
    try:
        make_private(file.parent)
        while True:
            handle = _once(file)
            if handle is not None:
                return handle
            if time.monotonic() >= deadline:
                return None
            time.sleep(_PAUSE)
    except OSError:
        return None


def _once(file: Path) -> int | None:
    handle, ours = os.open(file, os.O_RDWR | os.O_CREAT, 0o600), False
    try:
        ours = _try(handle) and _is_at(handle, file)
    finally:
        if not ours:
            os.close(handle)
    return handle if ours else None


def _try(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_at(handle: int, file: Path) -> bool:
    """Tell whether a file is still at its path: its last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except FileNotFoundError:
        return False


def make_private(folder: Path) -> None:
    """Make a folder and those above it, for this user alone where they were not there.

    Raises:
        OSError: It cannot be made.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
