"""A terminal's window, as far as progress needs one: what a person would see after some output.

It knows the few sequences that are in use here and refuses any other. Resizing it breaks long
lines anew, as terminals do today, or cuts them off, as they did before.
"""

import fcntl
import os
import re
import select
import struct
import termios
from typing import TextIO

_PIECE = re.compile(r"\x1b\[(\??\d*)([A-Za-z])|\r|\n|[^\x1b\r\n]")
_PATIENCE_SECONDS = 20
_READ = 65536


class Window:
    """So many columns and lines of text, and what scrolled out of them above.

    Args:
        columns: The cells of a line.
        lines: The lines that are seen.
    """

    def __init__(self, columns: int = 80, lines: int = 24) -> None:
        self.columns = columns
        self.height = lines
        self.above: list[str] = []
        self._rows: list[str] = [""]
        self._at = (0, 0)
        self.wraps = True

    @property
    def text(self) -> str:
        """What is seen, without the empty lines at the end."""
        return "\n".join(row.rstrip() for row in self._rows).rstrip("\n")

    @property
    def cursor(self) -> tuple[int, int]:
        """The line and the column of the cursor, from 0."""
        return self._at

    def feed(self, text: str) -> None:
        """Take output in."""
        position = 0
        while position < len(text):
            piece = _PIECE.match(text, position)
            assert piece, f"Not understood: {text[position : position + 12]!r}"
            position = piece.end()
            if piece[2]:
                self._obey(piece[1], piece[2])
            else:
                self._take(piece[0])

    def resize(self, columns: int, *, reflows: bool) -> None:
        """Change the width; the cursor stays at the sign that it is at."""
        row, column = self._at
        if not reflows:
            self._rows = [one[:columns] for one in self._rows]
            self._at = (row, min(column, columns - 1))
        else:
            broken = [_broken(one.rstrip(), columns) for one in self._rows]
            self._at = (sum(map(len, broken[:row])) + column // columns, column % columns)
            self._rows = [piece for pieces in broken for piece in pieces]
        self.columns = columns
        self._scroll()

    def _take(self, sign: str) -> None:
        row, column = self._at
        if sign == "\r":
            self._at = (row, 0)
        elif sign == "\n":
            self._at = (row + 1, column)
            self._rows += [""] * (row + 2 - len(self._rows))
            self._scroll()
        elif column < self.columns:
            line = self._rows[row].ljust(column)
            self._rows[row] = line[:column] + sign + line[column + 1 :]
            self._at = (row, column + 1 if self.wraps else min(column + 1, self.columns - 1))
        else:
            self._take("\r")
            self._take("\n")
            self._take(sign)

    def _obey(self, number: str, letter: str) -> None:
        row, column = self._at
        match number, letter:
            case _, "A":
                self._at = (max(row - int(number or 1), 0), column)
            case "2", "K":
                self._rows[row] = ""
            case "", "J":
                self._rows[row:] = [self._rows[row][:column]]
            case "?7", "h" | "l":
                self.wraps = letter == "h"
            case _, "m":
                pass
            case _:
                raise AssertionError(f"Not understood: {number}{letter}")

    def _scroll(self) -> None:
        row, column = self._at
        # A window that became too small loses lines below the cursor before those above it.
        surplus = max(row + 1 - self.height, 0)
        self.above += self._rows[:surplus]
        self._rows = self._rows[surplus:][: self.height]
        self._at = (row - surplus, column)


def _broken(line: str, columns: int) -> list[str]:
    return [line[at : at + columns] for at in range(0, len(line), columns)] or [""]


class Terminal:
    """A pseudo terminal with a window at its other end.

    Args:
        columns: The cells of a line.
        lines: The lines that are seen.
    """

    def __init__(self, columns: int = 80, lines: int = 24, encoding: str = "utf-8") -> None:
        self._ours, theirs = os.openpty()
        self.stream: TextIO = os.fdopen(theirs, "w", encoding=encoding, newline="")
        self.window = Window(columns, lines)
        self.seen: list[str] = []
        self._told = ""
        self.set_size(columns, lines)

    def set_size(self, columns: int, lines: int) -> None:
        """Tell the program another size; the window is resized apart."""
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, size)

    def wait_for(self, text: str) -> None:
        """Read until the window shows the text."""
        while text not in self.window.text:
            ready, _, _ = select.select([self._ours], [], [], _PATIENCE_SECONDS)
            assert ready, f"{text!r} never came; the window shows {self.window.text!r}"
            self._read()

    def rest(self) -> str:
        """Read what there is and return what the window shows."""
        while select.select([self._ours], [], [], 0)[0]:
            self._read()
        return self.window.text

    def close(self) -> None:
        """Close both ends."""
        self.stream.close()
        os.close(self._ours)

    def _read(self) -> None:
        """Feed the window whole sequences and whole characters only."""
        self._told += os.read(self._ours, _READ).decode("latin-1")
        whole = re.match(r"(?s).*[\r\n](?:\x1b\[\??\d*[A-Za-z])*", self._told)
        if whole:
            self._told = self._told[whole.end() :]
            self.window.feed(whole[0].encode("latin-1").decode())
            self.seen.append(self.window.text)
