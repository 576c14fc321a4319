"""What finops remembers between runs: which anomalies were dismissed, and which were shown.

The only state that is not in the bill and cannot be made again. It is about patterns, not about
rows of an answer: the same thing happening again next week is the same pattern.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Protocol

Direction = Literal["up", "down"]
Reason = Literal["planned", "expected", "fixed", "ignore"]

REMEMBERED = timedelta(days=90)
"""How long an acknowledgement holds."""

_SAME_START = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What makes two events the same kind of thing: the line of the bill, and up or down."""

    account: str | None
    service: str | None
    region: str | None
    usage_type: str | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, as it is told apart from others: its id, its pattern, its first abnormal day."""

    id: str
    pattern: Pattern
    start: date

    def is_same(self, other: "Happening") -> bool:
        """Tell whether both are one event.

        What begins within days in one service of one account is one thing. With another version,
        or more history to learn from, its first day or the line that leads it may read otherwise.
        """
        near = abs(self.start - other.start) <= _SAME_START
        return self.id == other.id or (near and self._where == other._where)

    @property
    def _where(self) -> tuple[str | None, ...]:
        return self.pattern.account, self.pattern.service, self.pattern.direction


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An event that somebody has dismissed, and with it its pattern for a while.

    Args:
        event: What was dismissed.
        reason: Why.
        note: What else there is to say about it; may be empty.
        day: When, by the source's own today.
    """

    event: Happening
    reason: Reason
    note: str
    day: date

    @property
    def until(self) -> date:
        """The first day on which the pattern counts again."""
        return self.day + REMEMBERED

    def covers(self, event: Happening, raised: date, *, running_on: date | None) -> bool:
        """Tell whether an event needs no attention.

        Args:
            event: The event.
            raised: The day it was first known.
            running_on: Today, where the event still goes on; it comes up again when the time is
                over.
        """
        if running_on is not None and running_on >= self.until:
            return False
        again = event.pattern == self.event.pattern and self.event.start <= event.start
        return self.event.is_same(event) or (again and raised < self.until)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An event that was shown as new, at its largest so far."""

    event: Happening
    impact: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Memories:
    """All that is remembered about one source."""

    acknowledged: tuple[Acknowledgement, ...] = ()
    seen: tuple[Sighting, ...] = ()

    def with_acknowledged(self, one: Acknowledgement) -> "Memories":
        """Return these memories with an acknowledgement, in place of an earlier one."""
        kept = self.without_acknowledged(one.event)
        return replace(kept, acknowledged=(*kept.acknowledged, one))

    def without_acknowledged(self, event: Happening) -> "Memories":
        """Return these memories without the acknowledgement of an event."""
        kept = tuple(a for a in self.acknowledged if not a.event.is_same(event))
        return replace(self, acknowledged=kept)

    def with_seen(self, sighting: Sighting) -> "Memories":
        """Return these memories with an event shown; the larger size of two is kept."""
        before = self.sighting(sighting.event)
        if before:
            sighting = replace(before, impact=max(before.impact, sighting.impact))
        kept = tuple(s for s in self.seen if s is not before)
        return replace(self, seen=(*kept, sighting))

    def sighting(self, event: Happening) -> Sighting | None:
        """Return when an event was shown, None where it never was."""
        return next((s for s in self.seen if s.event.is_same(event)), None)


class Memory(Protocol):
    """Where memories of one source are kept."""

    def recall(self) -> Memories:
        """Return what is remembered.

        Raises:
            Unreadable: What was kept cannot be read.
        """

    def change(self, how: Callable[[Memories], Memories]) -> Memories:
        """Change what is remembered, undisturbed by other processes, and return it.

        Args:
            how: From what is remembered now to what shall be.

        Raises:
            Unreadable: What was kept cannot be read; it is left as it is.
            SourceError: It cannot be written.
        """


class Fleeting:
    """A memory that ends with the process: for callers that keep nothing."""

    def __init__(self) -> None:
        self._memories = Memories()

    def recall(self) -> Memories:
        """Return what is remembered."""
        return self._memories

    def change(self, how: Callable[[Memories], Memories]) -> Memories:
        """Change what is remembered."""
        self._memories = how(self._memories)
        return self._memories
