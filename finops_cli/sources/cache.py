"""The cache folder: what is made from the user's files and can be made again.

Written whole to a temporary name and then renamed, so that a reader never sees half a file and a
killed process leaves nothing wrong behind. A cache that cannot be read or written is no cache: the
answer is computed as if it were not there.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from finops_cli.sources.new_file import give_name


class Cache:
    """A folder of derived files, private to the user.

    Args:
        folder: Where it is; made on the first write.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, kind: str, key: str, suffix: str) -> Path:
        """Return where an entry of a kind lives."""
        return self.folder / kind / f"{key}{suffix}"

    def read_json(self, kind: str, key: str) -> Any | None:
        """Return an entry, or None if there is none that can be read."""
        try:
            return json.loads(self.path(kind, key, ".json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def write_json(self, kind: str, key: str, value: Any) -> None:
        """Keep an entry; a cache that cannot be written is left as it is."""
        with contextlib.suppress(OSError), self.replacing(kind, key, ".json") as temporary:
            temporary.write_text(json.dumps(value), encoding="utf-8")

    @contextmanager
    def replacing(self, kind: str, key: str, suffix: str) -> Iterator[Path]:
        """Give a temporary path whose content becomes the entry when the block ends well.

        Raises:
            OSError: The cache folder cannot be written.
        """
        target = self.path(kind, key, suffix)
        with self._beside(target) as temporary:
            yield temporary
            temporary.replace(target)

    @contextmanager
    def making(
        self, kind: str, key: str, suffix: str, is_whole: Callable[[Path], bool] = Path.exists
    ) -> Iterator[Path]:
        """Give a temporary path whose content becomes the entry, unless there is one by then.

        For entries that are the same whoever makes them: another process may be reading the one
        that is there, and a reader that opens a file twice must find the same one twice.

        Args:
            kind: The kind of entry.
            key: Its key.
            suffix: The suffix of its file.
            is_whole: Tells whether an entry can be used; one that cannot is replaced.

        Raises:
            OSError: The cache folder cannot be written.
        """
        target = self.path(kind, key, suffix)
        with self._beside(target) as temporary:
            yield temporary
            if not give_name(temporary, target) and not is_whole(target):
                temporary.replace(target)

    @contextmanager
    def _beside(self, target: Path) -> Iterator[Path]:
        # First the folder itself: one that is made on the way to another is open to all.
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=f"{target.suffix}.part")
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    def drop(self, kind: str, key: str) -> None:
        """Remove the entries of a kind whose key begins so; what cannot be removed is left."""
        with contextlib.suppress(OSError):
            for path in (self.folder / kind).glob(f"{key}*"):
                path.unlink(missing_ok=True)

    def size(self) -> int:
        """Return the bytes that the cache holds."""
        total = 0
        for path in self.folder.rglob("*"):
            with contextlib.suppress(OSError):  # gone since it was listed
                total += path.stat().st_size if path.is_file() else 0
        return total
