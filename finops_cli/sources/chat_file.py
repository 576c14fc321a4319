"""One conversation in a file: a line a turn.

A turn is appended in one write as soon as it is answered, so that a killed process loses none but
the one under way, whose torn line is passed over.
"""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from finops_cli.domain.chat import Turn
from finops_cli.domain.plan import Route
from finops_cli.errors import SourceError, Unreadable

TURNS = "turns.jsonl"
ROOM = "model"
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)  # Windows has none
Json = dict[str, Any]


class FileChat:
    """One conversation in a folder, which is made when its first turn is kept.

    Args:
        folder: The folder of the conversation.
        turns: Its turns so far.
    """

    def __init__(self, folder: Path, turns: Sequence[Turn] = ()) -> None:
        self._folder = folder
        self._turns = list(turns)

    @property
    def id(self) -> str:
        """Its name, such as ``2026-11-24-a1b2``."""
        return self._folder.name

    @property
    def turns(self) -> Sequence[Turn]:
        """Its turns so far."""
        return tuple(self._turns)

    def add(self, turn: Turn) -> None:
        """Keep a further turn.

        Raises:
            SourceError: The state folder cannot be written.
        """
        self._turns.append(turn)
        line = json.dumps(_written(turn), ensure_ascii=False) + "\n"
        try:
            _make(self._folder)
            _append(self._folder / TURNS, line.encode("utf-8", "replace"))
        except OSError as error:
            raise SourceError(
                f"This chat cannot be kept: {self._folder} cannot be written ({error.strerror}).",
                "Name a folder that can be, with FINOPS_STATE_DIR.",
            ) from error

    def room(self) -> Path | None:
        """Return a folder of its own for what a language model remembers, None if none can be."""
        try:
            _make(self._folder)
            _make(self._folder / ROOM)
        except OSError:
            return None
        return self._folder / ROOM


def _make(folder: Path) -> None:
    """Make a folder that only the user may enter, and those above it alike."""
    if not folder.parent.exists():
        _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _append(file: Path, line: bytes) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINKS
    handle = os.open(file, flags, 0o600)
    try:
        _drop_torn(handle)
        os.write(handle, line)
    finally:
        os.close(handle)


def _drop_torn(handle: int) -> None:
    """Take away what a killed process left of a line, so that the next one stands alone."""
    size = os.fstat(handle).st_size
    with os.fdopen(os.dup(handle), "rb") as file:
        content = file.read(size)
    if content and not content.endswith(b"\n"):
        os.ftruncate(handle, content.rfind(b"\n") + 1)


def turns_in(folder: Path) -> list[Turn]:
    """Return the turns of a conversation, without one that was torn.

    Raises:
        Unreadable: Its file is damaged.
    """
    file = folder / TURNS
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | _NO_LINKS), "rb") as opened:
            *lines, _torn = opened.read().split(b"\n")
        return [_turn(json.loads(line)) for line in lines]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(
            f"The chat {folder.name} is damaged and cannot be continued.",
            f"Mend {file} or remove it; the others are not touched.",
        ) from error


def _written(turn: Turn) -> Json:
    return {
        "question": turn.question,
        "route": turn.route.to_dict() if turn.route else None,
        "title": turn.title,
        "when": turn.when.isoformat(),
        "source": turn.source,
    }


def _turn(content: Json) -> Turn:
    when = datetime.fromisoformat(content["when"])
    if when.tzinfo is None:
        raise ValueError("a time without a zone")
    route = content["route"]
    told = Route.from_dict(route) if route is not None else None
    return Turn(str(content["question"]), told, str(content["title"]), when, str(content["source"]))
