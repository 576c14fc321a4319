"""A terminal's window, as far as progress needs one: what a person would see after some output.

It knows the few sequences that are in use here and refuses any other. Resizing it breaks long
lines anew, as terminals do today, or cuts them off, as they did before; the alternate screen cuts
them off and keeps nothing of what scrolls out of it.
"""

import fcntl
import os
import re
import select
import struct
import termios
from dataclasses import dataclass, field
from typing import TextIO

_PIECE = re.compile(r"\x1b\[(\??\d*)([A-Za-z])|\r|\n|[^\x1b\r\n]")
_PATIENCE_SECONDS = 20
_READ = 65536


@dataclass
class _Page:
    """A screen's lines, its cursor, and the lines that scrolled out of it."""

    rows: list[str] = field(default_factory=lambda: [""])
    row: int = 0
    column: int = 0
    above: list[str] = field(default_factory=list)

    def scroll(self, height: int) -> None:
        """Bring the cursor into the window; lines below it are lost before those above it."""
        surplus = max(self.row + 1 - height, 0)
        self.above += self.rows[:surplus]
        self.rows = self.rows[surplus:][:height]
        self.row -= surplus

    def cut(self, columns: int) -> None:
        """Cut the lines off at the edge."""
        self.rows = [one[:columns] for one in self.rows]
        self.column = min(self.column, columns - 1)

    def reflow(self, columns: int) -> None:
        """Break the lines anew; the cursor stays at the sign that it is at."""
        broken = [_broken(one.rstrip(), columns) for one in self.rows]
        self.row = sum(map(len, broken[: self.row])) + self.column // columns
        self.column %= columns
        self.rows = [piece for pieces in broken for piece in pieces]


class Window:
    """So many columns and lines of text, and what scrolled out of them above.

    Args:
        columns: The cells of a line.
        lines: The lines that are seen.
    """

    def __init__(self, columns: int = 80, lines: int = 24) -> None:
        self.columns = columns
        self.height = lines
        self.wraps = True
        self.has_alternate = True
        self._main = _Page()
        self._page = self._main

    @property
    def text(self) -> str:
        """What is seen, without the empty lines at the end."""
        return "\n".join(row.rstrip() for row in self._page.rows).rstrip("\n")

    @property
    def above(self) -> list[str]:
        """What a person finds who scrolls up."""
        return self._main.above

    @property
    def cursor(self) -> tuple[int, int]:
        """The line and the column of the cursor, from 0."""
        return self._page.row, self._page.column

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

    def resize(self, columns: int, lines: int, *, reflows: bool) -> None:
        """Change the size."""
        self.columns, self.height = columns, lines
        for page in (self._main, self._page):
            if reflows and page is self._main:
                page.reflow(columns)
            else:
                page.cut(columns)
            page.scroll(lines)

    def _take(self, sign: str) -> None:
        page = self._page
        if sign == "\r":
            page.column = 0
        elif sign == "\n":
            page.row += 1
            page.rows += [""] * (page.row + 1 - len(page.rows))
            page.scroll(self.height)
        elif page.column < self.columns:
            line = page.rows[page.row].ljust(page.column)
            page.rows[page.row] = line[: page.column] + sign + line[page.column + 1 :]
            page.column = min(page.column + 1, self.columns - (not self.wraps))
        else:
            for one in ("\r", "\n", sign):
                self._take(one)

    def _obey(self, number: str, letter: str) -> None:
        page = self._page
        match number, letter:
            case "", "H":
                page.row = page.column = 0
            case "2", "K":
                page.rows[page.row] = ""
            case "", "J":
                page.rows[page.row :] = [page.rows[page.row][: page.column]]
            case "?7", "h" | "l":
                self.wraps = letter == "h"
            case "?1049", "h" | "l":
                alternate = letter == "h" and self.has_alternate
                self._page = _Page() if alternate else self._main
            case _, "m":
                pass
            case _:
                raise AssertionError(f"Not understood: {number}{letter}")


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
