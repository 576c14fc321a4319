"""Progress on stderr for work that takes over half a second; nothing in a pipe, nothing with -q.

A line that says what is being done and, above it, what a language model is writing meanwhile. That
text is unchecked, so it goes with the line when the work is done: the answer holds the checked one.
"""

import itertools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from types import TracebackType
from typing import TextIO

from finops_cli.domain.events import Event
from finops_cli.faces.cli.screen import Screen
from finops_cli.output import Style, draft, escape

_PATIENCE_SECONDS = 0.5
_FRAME_SECONDS = 0.1
_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_FRAMES_ASCII = "|/-\\"
_LINES_BELOW = 2


class Progress:
    """Shows the latest event of one question while the block runs, once the wait is worth a word.

    Args:
        shown: Whether there is a person to show it to.
        style: How to show what a model is writing; None where it is not shown.
        stream: The terminal; stderr without one.
        patience: After how many seconds there is something to see.
    """

    def __init__(
        self,
        shown: bool,
        style: Style | None = None,
        stream: TextIO | None = None,
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        self._shown = shown
        self._style = style
        self._patience = patience
        self._screen = Screen(stream or sys.stderr)
        # Most frames differ from the one before in the spinner alone.
        self._draft = lru_cache(maxsize=1)(draft)
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._text = "Working"
        self._percent = 0
        self._written = ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def tell(self, event: Event) -> None:
        """Receive an event, from any thread; the share of the work done never shrinks."""
        with self._lock:
            match event.kind:
                case "token":
                    self._written += event.text
                case "restart":
                    self._written = ""
                case _:
                    self._text = event.text
                    self._percent = max(self._percent, min(event.progress, 100))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Draw nothing while the block runs, so that a person can be asked something."""
        with self._drawing:
            self._screen.clear()
            yield

    def __enter__(self) -> "Progress":
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._shown:
            self._thread.join()

    def _watch(self) -> None:
        if self._done.wait(self._patience):
            return
        try:
            for glyph in itertools.cycle(_FRAMES if self._screen.unicode else _FRAMES_ASCII):
                with self._drawing:
                    self._screen.show(self._lines(glyph))
                if self._done.wait(_FRAME_SECONDS):
                    break
        finally:
            self._screen.clear()

    def _lines(self, glyph: str) -> list[str]:
        with self._lock:
            text, percent, written = self._text, self._percent, self._written
        said = escape.plain(text) if self._screen.unicode else escape.ascii_only(escape.plain(text))
        status = f"{glyph} {said} ({percent} %)" if percent else f"{glyph} {said}"
        return [*self._drafted(written), status]

    def _drafted(self, written: str) -> list[str]:
        if not self._style or not written.strip():
            return []
        size = self._screen.size
        style = replace(self._style, width=size.columns, unicode=self._screen.unicode)
        return [*self._draft(written, style, max(size.lines - _LINES_BELOW, 1)), ""]
