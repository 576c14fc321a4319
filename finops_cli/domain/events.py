"""What happens while an answer is made. Every face reads the same stream."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Event:
    """One thing worth telling while the user waits.

    ``progress`` is the share of the work done, 0 to 100, for the kind ``progress``; ``text`` is a
    short phrase. A ``token`` is a piece of what a language model writes, as it comes: unchecked, so
    it may be shown while one waits, and never kept. ``restart`` takes back the tokens so far.
    """

    kind: Literal["progress", "token", "restart", "warning"]
    text: str
    progress: int = 0


Emit = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """Receive an event and do nothing: for callers that show no progress."""
