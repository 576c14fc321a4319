"""What stands on a terminal while one waits: a line in its place, or a whole page of its own.

A line is drawn over itself, and the cursor parked where it starts: whatever a terminal does with a
long line when its window changes, all of it is behind the cursor. For several lines nothing of that
kind holds (a terminal may scroll some of them away before we hear of the change), so they get the
alternate screen, as an editor does: nothing on it is ever kept, and what was there before comes
back.
"""

import os
from collections.abc import Sequence
from typing import TextIO

_UNKNOWN = os.terminal_size((80, 24))
_ERASE_LINE = "\r\x1b[2K"
_ERASE_FROM_HERE = "\r\x1b[J"
_TOP = "\x1b[H"
_ENTER, _LEAVE = "\x1b[?1049h", "\x1b[?1049l"
# A line that is too long all the same is cut off at the edge and stays one line.
_CUT, _WRAP = "\x1b[?7l", "\x1b[?7h"


class Screen:
    """The lines on a terminal that are there for the time being.

    Args:
        stream: The terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._width: int | None = None
        self._paged = False

    @property
    def size(self) -> os.terminal_size:
        """The columns and lines of the terminal, as they are now."""
        try:
            size = os.get_terminal_size(self._stream.fileno())
        except (OSError, ValueError):
            return _UNKNOWN
        return size if size.columns and size.lines else _UNKNOWN

    @property
    def unicode(self) -> bool:
        """Whether the terminal shows more than ASCII."""
        return (self._stream.encoding or "").lower().startswith("utf")

    def show(self, lines: Sequence[str]) -> None:
        """Draw one line in its place, or several on a page of their own, which one then keeps."""
        size = self.size  # asked once: it may change at any time
        if len(lines) == 1 and not self._paged:
            line = lines[0][: size.columns]
            self._write(f"{self._erasing(size.columns)}{_CUT}{line}{_WRAP}\r")
            self._width = size.columns
            return
        if not self._paged:
            self._write((self._erasing(size.columns) if self._width else "") + _ENTER)
            self._paged = True
        self._write(_paged(lines, size.lines))

    def clear(self) -> None:
        """Take away what was drawn."""
        if self._paged:
            # Erased first: a terminal without an alternate screen would keep it.
            self._write(_TOP + _ERASE_FROM_HERE + _LEAVE)
        elif self._width:
            self._write(self._erasing(self.size.columns))
        self._width, self._paged = None, False

    def _erasing(self, columns: int) -> str:
        """Return what erases the line, with what a narrower window has made of it."""
        # Not always from here on: a terminal may keep a copy of a screen that is erased whole.
        return _ERASE_LINE if self._width in (None, columns) else _ERASE_FROM_HERE

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _paged(lines: Sequence[str], height: int) -> str:
    kept = lines[-height:]
    rows = "\r\n".join(_ERASE_LINE + line for line in kept)
    below = f"\r\n{_ERASE_FROM_HERE}" if len(kept) < height else ""
    return f"{_CUT}{_TOP}{rows}{below}{_WRAP}\r"
