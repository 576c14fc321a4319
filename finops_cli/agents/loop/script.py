"""What a model has written so far, taken from its stream as it comes.

Only the words of its last message count: what it says before it calls a tool ("let me look") is no
answer, and what a broken attempt said is said again by the next.
"""

import re
from collections.abc import Mapping
from typing import Any

from finops_cli.agents.loop.turn import Turn
from finops_cli.domain.events import Event
from finops_cli.errors import FinopsError, NoReply

_CLOSING = r"""["'”’»)*_`]*"""
_END = re.compile(
    rf"(?<!\d)[.!?…]{_CLOSING}(?=\s|$)|\d[.!?]{_CLOSING}(?=\s)|[。！？]{_CLOSING}|\n(?=\n|\s*[-*])"
)
_ITEM = re.compile(r"\s*\d+$")
_COMPLETE = frozenset({"end_turn", "stop_sequence"})


class Script:
    """Collects what one agent writes.

    Args:
        turn: The question's turn.
        aloud: Whether its words are emitted as tokens.
    """

    def __init__(self, turn: Turn, *, aloud: bool) -> None:
        self._turn = turn
        self._aloud = aloud
        self._pieces: list[str] = []
        self._calls_tools = False
        self._is_closed = False
        self.stop_reason: str | None = None

    @property
    def text(self) -> str:
        """The words of the last message, none where it goes on to call a tool."""
        return "" if self._calls_tools else "".join(self._pieces).strip()

    def take(self, event: Mapping[str, Any]) -> None:
        """Take one event of an agent's stream."""
        chunk = event.get("event")
        if isinstance(chunk, Mapping):
            self._chunk(chunk)
        if isinstance(event.get("data"), str):
            self._pieces.append(event["data"])
            if self._aloud:
                self._turn.tell(Event("token", event["data"]))
        if event.get("type") == "tool_use_stream":
            use = event["current_tool_use"]
            self._turn.inputs[use.get("toolUseId", "")] = str(use.get("input", ""))
        if "result" in event:
            self.stop_reason = event["result"].stop_reason

    def _chunk(self, chunk: Mapping[str, Any]) -> None:
        if "messageStart" in chunk:
            self._restart()
        elif "toolUse" in chunk.get("contentBlockStart", {}).get("start", {}):
            self._calls_tools = True
        elif "toolUse" in chunk.get("contentBlockDelta", {}).get("delta", {}):
            self._calls_tools = True
        elif "messageStop" in chunk:
            self._is_closed = True

    def _restart(self) -> None:
        if self._pieces and self._aloud:
            self._turn.tell(Event("restart", ""))
        self._pieces = []
        self._calls_tools = self._is_closed = False

    def unfinished(self) -> FinopsError | None:
        """Tell what is wrong with what was written, None where nothing is."""
        if self.stop_reason not in _COMPLETE:
            return NoReply(
                f"The model ended with {self.stop_reason}.",
                "Ask in other words, or set another model: finops config set model NAME.",
            )
        if not self._is_closed and self._pieces:
            return NoReply("The model's text broke off.", "Ask again.")
        if not self.text:
            return NoReply("The model said nothing.", "Ask again.")
        return None


def whole_sentences(text: str) -> str:
    """Return a text that was cut off up to the end of its last whole sentence or paragraph.

    A dot after a digit ends nothing at the cut, where more digits may be missing, nor behind the
    number of a list's item.
    """
    kept = 0
    for end in _END.finditer(text):
        line = text[text.rfind("\n", 0, end.start()) + 1 : end.start() + 1]
        if not _ITEM.fullmatch(line):
            kept = end.end()
    return text[:kept].strip()
