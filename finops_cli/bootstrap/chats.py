"""Where the conversations of a user are kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finops_cli.domain.chat import Chats


def chats_in(state: Path) -> "Chats":
    """Return the conversations in a state folder."""
    from finops_cli.sources.chats import FileChats

    return FileChats(state, lambda: datetime.now(UTC))
