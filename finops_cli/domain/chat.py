"""A conversation: its turns, and where it is kept between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from finops_cli.domain.plan import Route


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it.

    Args:
        question: The question as it was asked.
        route: What it meant; None where it was not understood, or failed.
        title: The headline of its answer, as plain text.
        when: When it was answered, in UTC.
        source: What the bill is called that answered it.
    """

    question: str
    route: Route | None
    title: str
    when: datetime
    source: str


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A conversation in a list of them."""

    id: str
    started: datetime
    used: datetime
    turns: int
    first: str


@dataclass(frozen=True, slots=True)
class ChatList:
    """The conversations that are kept, the last used first, and those that cannot be read."""

    chats: tuple[ChatLine, ...]
    damaged: tuple[str, ...]


class Chat(Protocol):
    """One conversation that is kept."""

    @property
    def id(self) -> str:
        """Its name, such as ``2026-11-24-a1b2``."""

    @property
    def turns(self) -> Sequence[Turn]:
        """Its turns so far."""

    def add(self, turn: Turn) -> None:
        """Keep a further turn.

        Raises:
            SourceError: It cannot be kept.
        """

    def room(self) -> Path | None:
        """Return a folder of its own for what a language model remembers, None if none can be."""


class Chats(Protocol):
    """Where conversations are kept."""

    def new(self) -> Chat:
        """Return a conversation without a turn; it is kept from its first one on."""

    def latest(self) -> Chat | None:
        """Return the conversation that was used last, of those that can be read."""

    def list(self) -> ChatList:
        """Return those that are kept."""

    def forget_expired(self) -> None:
        """Remove those that nobody has used for a week."""
