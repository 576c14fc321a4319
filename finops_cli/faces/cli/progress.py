"""A line on stderr for work that takes over half a second; nothing in a pipe, nothing with -q."""

import itertools
import sys
import threading
from types import TracebackType

from finops_cli.domain.events import Event

_PATIENCE_SECONDS = 0.5
_FRAME_SECONDS = 0.1
_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_FRAMES_ASCII = "|/-\\"


class Progress:
    """Shows the latest event while the block runs, once the wait is worth a word.

    Args:
        shown: Whether there is a person to show it to.
    """

    def __init__(self, shown: bool) -> None:
        self._shown = shown
        self._text = "Working"
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._spin, daemon=True)

    def tell(self, event: Event) -> None:
        """Receive an event."""
        self._text = f"{event.text} ({event.progress} %)" if event.progress else event.text

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

    def _spin(self) -> None:
        if self._done.wait(_PATIENCE_SECONDS):
            return
        unicode = (sys.stderr.encoding or "").lower().startswith("utf")
        for frame in itertools.cycle(_FRAMES if unicode else _FRAMES_ASCII):
            sys.stderr.write(f"\r\x1b[2K{frame} {self._text}")
            sys.stderr.flush()
            if self._done.wait(_FRAME_SECONDS):
                break
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()
