"""Memories in a file: what was acknowledged and shown, by source, in the state folder.

One small JSON file, written whole to a temporary name and then renamed. Who changes it holds a
lock from reading to renaming, so two jobs that end at the same moment both keep what they learnt.
A file that cannot be understood is never written over: it may be all that somebody knows.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from finops_cli.domain.memory import (
    Acknowledgement,
    Happening,
    Memories,
    Pattern,
    Reason,
    Sighting,
)
from finops_cli.errors import SourceError, Unreadable

SCHEMA = "finops.memory/1"
_NAME = "anomalies.json"
Json = dict[str, Any]


class FileMemory:
    """The memories of one source.

    Args:
        folder: The state folder; made on the first write.
        source: What the source is called, the same on every day.
    """

    def __init__(self, folder: Path, source: str) -> None:
        self._file = folder / _NAME
        self._source = source

    def recall(self) -> Memories:
        """Return what is remembered.

        Raises:
            Unreadable: The file is damaged, or of a later version of finops.
        """
        return self._of_source(self._read())

    def change(self, how: Callable[[Memories], Memories]) -> Memories:
        """Change what is remembered and return it; other processes wait.

        Raises:
            Unreadable: The file is damaged; it is left as it is.
            SourceError: The state folder cannot be written.
        """
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _locked(self._file.with_suffix(".lock")):
                content = self._read()
                before = self._of_source(content)
                after = how(before)
                if after != before:
                    content["sources"][self._source] = _written(after)
                    self._replace(content)
        except OSError as error:
            raise SourceError(
                f"What was said cannot be remembered: {self._file.parent} cannot be written "
                f"({error.strerror}).",
                "Name a folder that can be, with FINOPS_STATE_DIR.",
            ) from error
        return after

    def _read(self) -> Json:
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"schema": SCHEMA, "sources": {}}
        except (OSError, ValueError) as error:
            raise self._damaged() from error
        if not isinstance(content, dict) or not isinstance(content.get("sources"), dict):
            raise self._damaged()
        if content.get("schema") != SCHEMA:
            raise Unreadable(
                f"{self._file} was written by another version of finops.",
                "Use that version, or name another folder with FINOPS_STATE_DIR.",
            )
        return content

    def _of_source(self, content: Json) -> Memories:
        try:
            return _memories(content["sources"].get(self._source, {}))
        except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise self._damaged() from error

    def _damaged(self) -> Unreadable:
        return Unreadable(
            f"{self._file} is damaged: what was acknowledged and shown cannot be read.",
            "Mend it, or move it away to begin anew; nothing was changed.",
        )

    def _replace(self, content: Json) -> None:
        handle, name = tempfile.mkstemp(dir=self._file.parent, suffix=".part")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                json.dump(content, written, indent=1, ensure_ascii=False)
                written.flush()
                os.fsync(written.fileno())
            temporary.replace(self._file)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold a lock that the system takes back when the process ends, however it ends."""
    with file.open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _written(memories: Memories) -> Json:
    return {
        "acknowledged": [
            {**_happening(a.event), "reason": a.reason, "note": a.note, "day": a.day.isoformat()}
            for a in memories.acknowledged
        ],
        "seen": [
            {**_happening(s.event), "impact": str(s.impact), "day": s.day.isoformat()}
            for s in memories.seen
        ],
    }


def _happening(event: Happening) -> Json:
    return {"id": event.id, "start": event.start.isoformat(), "pattern": asdict(event.pattern)}


def _memories(content: Json) -> Memories:
    return Memories(
        tuple(
            Acknowledgement(_event(a), _reason(a["reason"]), str(a["note"]), _day(a["day"]))
            for a in content.get("acknowledged", ())
        ),
        tuple(
            Sighting(_event(s), Decimal(s["impact"]), _day(s["day"]))
            for s in content.get("seen", ())
        ),
    )


def _event(row: Mapping[str, Any]) -> Happening:
    return Happening(str(row["id"]), Pattern(**row["pattern"]), _day(row["start"]))


def _reason(word: str) -> Reason:
    if word not in get_args(Reason):
        raise ValueError(word)
    return word  # type: ignore[return-value]


def _day(text: str) -> date:
    return date.fromisoformat(text)
