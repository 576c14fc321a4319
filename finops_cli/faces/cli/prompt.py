"""Where the questions of a chat come from: a person at a terminal, or the lines of a pipe.

What is typed is remembered for the arrow keys as long as the chat lasts, and written nowhere.
"""

import io
import sys
from collections.abc import Iterator
from typing import Protocol

PROMPT = "finops> "


class Asker(Protocol):
    """Who asks the questions."""

    @property
    def is_person(self) -> bool:
        """Whether there is somebody who can be told things, and may interrupt an answer."""

    def questions(self) -> Iterator[str]:
        """Yield what is asked, without empty lines, until there is no more."""


def asker() -> Asker:
    """Return who asks: a person if the input is a terminal, else a pipe."""
    return Person() if sys.stdin.isatty() else Pipe()


class Pipe:
    """A question a line."""

    is_person = False

    def questions(self) -> Iterator[str]:
        """Yield the lines; what is no text in them is replaced, not fatal."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        for line in sys.stdin:
            if line.strip():
                yield line.strip()


class Person:
    """Somebody at a terminal; one Ctrl-C clears the line, another one leaves."""

    is_person = True

    def __init__(self) -> None:
        self._read = _edited if sys.stdin.isatty() and sys.stdout.isatty() else _typed

    def questions(self) -> Iterator[str]:
        """Yield what is typed until Ctrl-D, or Ctrl-C twice."""
        interrupted = False
        while True:
            try:
                line = self._read().strip()
            except EOFError:
                sys.stderr.write("\n")
                return
            except KeyboardInterrupt:
                sys.stderr.write("\n")
                if interrupted:
                    return
                interrupted = True
                sys.stderr.write("Ctrl-C again, or Ctrl-D, ends the chat.\n")
                continue
            interrupted = False
            if line:
                yield line


def _edited() -> str:
    """Return a line that can be edited; the prompt goes where the editing is: to the terminal.

    Raises:
        EOFError: The input has ended.
        KeyboardInterrupt: Ctrl-C.
    """
    try:
        import readline  # noqa: F401  (from its import on, input edits lines and knows the last ones)
    except ImportError:  # not on every system
        pass
    sys.stdout.flush()
    return input(PROMPT)


def _typed() -> str:
    """Return a line where stdout is for the answers alone.

    Raises:
        EOFError: The input has ended.
        KeyboardInterrupt: Ctrl-C.
    """
    sys.stderr.write(PROMPT)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
