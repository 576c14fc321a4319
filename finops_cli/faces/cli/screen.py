"""What stands on stderr while one waits, drawn again in its place until it is cleared.

After each frame the cursor is parked where the frame starts. So whatever a terminal does with long
lines when its window changes, all of the frame is below the cursor, and erasing from there on
leaves nothing behind.
"""

import os
from collections.abc import Sequence
from typing import TextIO

_UNKNOWN = os.terminal_size((80, 24))
_ERASE_LINE = "\r\x1b[2K"
_ERASE_BELOW = "\r\x1b[J"
# A line that is too long all the same is cut off at the edge and stays one line.
_CUT, _WRAP = "\x1b[?7l", "\x1b[?7h"


class Screen:
    """The lines on a terminal that are there for the time being.

    Args:
        stream: The terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._used = False

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
        """Draw the lines in place of those that were there; there is at least one."""
        kept = lines[-self.size.lines :]
        above = "".join(f"{_ERASE_LINE}{line}\r\n" for line in kept[:-1])
        up = f"\x1b[{len(kept) - 1}A" if above else ""
        self._write(f"{_CUT}{above}{_ERASE_BELOW}{kept[-1]}{_WRAP}{up}\r")
        self._used = True

    def clear(self) -> None:
        """Take away what was drawn."""
        if self._used:
            self._write(_ERASE_BELOW)
            self._used = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
