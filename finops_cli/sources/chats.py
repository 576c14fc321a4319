"""Conversations: a folder each in the state folder, kept for a week after their last use.

What cannot be read is told and left alone, and nothing is removed that does not look in every part
like what is written here.
"""

import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from finops_cli.domain.chat import ChatLine, ChatList
from finops_cli.errors import UnknownName, Unreadable
from finops_cli.sources.chat_file import ROOM, TURNS, FileChat, turns_in

KEPT_FOR = timedelta(days=7)
_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{4}")
_OURS_IN_ROOM = (".json", ".tmp")


class FileChats:
    """The conversations of a user.

    Args:
        folder: The state folder; made when the first turn is kept.
        now: Returns the time, in UTC.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder / "chats"
        self._now = now

    def new(self) -> FileChat:
        """Return a conversation without a turn; it is kept from its first one on."""
        day = self._now().date().isoformat()
        while True:
            folder = self._folder / f"{day}-{secrets.token_hex(2)}"
            if not os.path.lexists(folder):
                return FileChat(folder)

    def open(self, name: str) -> FileChat:
        """Return a conversation by its name.

        Raises:
            UnknownName: There is none of this name.
            Unreadable: It is damaged.
        """
        folder = self._folder / name
        if folder not in self._folders():
            raise UnknownName(f"There is no chat {name!r}.", "See finops chat --list.")
        return FileChat(folder, turns_in(folder))

    def latest(self) -> FileChat | None:
        """Return the conversation that was used last, of those that can be read."""
        listed = self.list().chats
        return self.open(listed[0].id) if listed else None

    def list(self) -> ChatList:
        """Return those that are kept, the last used first, and what is wrong with the others."""
        lines: list[ChatLine] = []
        damaged: list[str] = []
        for folder in self._folders():
            try:
                turns = turns_in(folder)
            except Unreadable as error:
                damaged.append(f"{error.message} {error.hint}")
                continue
            if turns:
                told = turns[0].when, turns[-1].when, len(turns), turns[0].question
                lines.append(ChatLine(folder.name, *told))
        return ChatList(tuple(sorted(lines, key=_by_use, reverse=True)), tuple(damaged))

    def forget_expired(self) -> None:
        """Remove those that nobody has used for a week; what cannot be removed is left."""
        before = self._now() - KEPT_FOR
        for folder in self._folders():
            if _used(folder) < before:
                _remove(folder)

    def clear(self) -> int:
        """Remove all conversations, and return how many there were."""
        return sum(_remove(folder) for folder in self._folders())

    def _folders(self) -> Sequence[Path]:
        """Return the folders that are conversations; what a link leads to is none."""
        if self._folder.is_symlink():
            return ()
        try:
            entries = sorted(self._folder.iterdir())
        except OSError:
            return ()
        return [one for one in entries if _ID.fullmatch(one.name) and _is(one, stat.S_ISDIR)]


def _by_use(line: ChatLine) -> tuple[datetime, str]:
    return line.used, line.id


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    """Tell what a path is, a link being none of what it leads to."""
    try:
        return kind(path.lstat().st_mode)
    except OSError:
        return False


def _used(folder: Path) -> datetime:
    """Return when a conversation was used last; its file's own time where it cannot be read."""
    with suppress(Unreadable):
        if turns := turns_in(folder):
            return turns[-1].when
    try:
        return datetime.fromtimestamp(folder.lstat().st_mtime, UTC)
    except OSError:
        return datetime.max.replace(tzinfo=UTC)


def _remove(folder: Path) -> bool:
    """Remove a conversation that is one in every part, and tell whether it is gone."""
    if not all(_is_ours(path, folder) for path in _within(folder)):
        return False
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _within(folder: Path) -> Iterator[Path]:
    for path, folders, files in os.walk(folder, followlinks=False):
        yield from (Path(path, name) for name in (*folders, *files))


def _is_ours(path: Path, folder: Path) -> bool:
    top = path.relative_to(folder).parts[0]
    if _is(path, stat.S_ISDIR):
        return top == ROOM
    in_room = top == ROOM and path.suffix in _OURS_IN_ROOM
    return _is(path, stat.S_ISREG) and (path == folder / TURNS or in_room)
