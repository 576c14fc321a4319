"""What a script says: the replies of a language model, and the ways in which it gives none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Usage:
    """The tokens that a reply says it took."""

    input: int = 100
    output: int = 20
    cache_read: int = 0
    cache_write: int = 0


@dataclass(frozen=True, slots=True)
class Says:
    """Text.

    Args:
        text: What it says.
        pieces: Into how many parts it is cut where it is streamed.
        stop: Why it ends, as Bedrock calls it: ``max_tokens``, ``guardrail_intervened``, ...
        usage: What it took.
    """

    text: str
    pieces: int = 4
    stop: str = "end_turn"
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Calls:
    """One call of a tool.

    Args:
        tool: The tool's name.
        input: Its arguments; a text is sent as it is, be it JSON or not.
        says: Text before the call.
        usage: What it took.
    """

    tool: str
    input: Mapping[str, Any] | str = field(default_factory=dict)
    says: str = ""
    usage: Usage = Usage()


class Together:
    """Several calls in one reply."""

    def __init__(self, *calls: Calls, says: str = "", usage: Usage | None = None) -> None:
        self.calls = calls
        self.says = says
        self.usage = usage or Usage()


@dataclass(frozen=True, slots=True)
class Empty:
    """A reply without any content."""

    stop: str = "end_turn"
    usage: Usage = Usage(output=0)


@dataclass(frozen=True, slots=True)
class Fails:
    """A refusal.

    Args:
        code: Such as ``AccessDeniedException`` (Bedrock), ``overloaded_error`` (Anthropic) or
            ``invalid_api_key`` (OpenAI).
        message: What it says.
        status: The HTTP status.
    """

    code: str
    message: str = ""
    status: int = 400


@dataclass(frozen=True, slots=True)
class Breaks:
    """A stream that ends before its time.

    Args:
        reply: What would have been said.
        after: How many parts of it are sent.
        fails: An error sent within the stream; None just cuts the line.
    """

    reply: Says | Calls = Says("Costs rose because of something that nobody will read to its end.")
    after: int = 2
    fails: Fails | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """No more than ``after`` parts of a reply, and then nothing until the endpoint is closed.

    Without parts, not even the HTTP status is sent.
    """

    reply: Says | Calls = Says("Costs rose because of something that nobody will read to its end.")
    after: int = 0


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are no answer of the protocol, with a good status."""

    body: bytes = b"<html>This is a proxy, not a model.</html>"


Reply = Says | Calls | Together | Empty | Fails | Breaks | Silent | Garbage


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the model.

    Args:
        protocol: ``bedrock``, ``openai``, ``anthropic`` or ``ollama``.
        model: The model's id.
        body: The body, parsed.
        headers: The headers, their names in lower case.
        streams: Whether a stream is wanted.
        system: The system prompt.
        tools: The names of the tools that are offered.
        last: All texts of the last message: the user's words, or what tools answered.
    """

    protocol: str
    model: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    streams: bool
    system: str
    tools: tuple[str, ...]
    last: str


Script = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True)
class Text:
    """Text within a message, in the parts in which it is streamed."""

    parts: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All of it."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A call within a message; ``arguments`` is JSON unless a test wants it broken."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """A reply that says something, whatever the protocol."""

    blocks: tuple[Text | ToolUse, ...]
    stop: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Frame:
    """What is sent at once; ``is_part`` where it carries a part of the reply."""

    data: bytes
    is_part: bool = False


def message_of(reply: Says | Calls | Together | Empty, number: int) -> Message:
    """Return what a reply says.

    Args:
        reply: The reply.
        number: Tells the ids of its calls from those of other replies.
    """
    if isinstance(reply, Empty):
        return Message((), reply.stop, reply.usage)
    if isinstance(reply, Says):
        return Message((Text(_cut(reply.text, reply.pieces)),), reply.stop, reply.usage)
    calls = reply.calls if isinstance(reply, Together) else (reply,)
    uses = tuple(
        ToolUse(f"tooluse_{number}_{at}", call.tool, _json(call.input))
        for at, call in enumerate(calls)
    )
    said = (Text(_cut(reply.says, 2)),) if reply.says else ()
    return Message((*said, *uses), "tool_use", reply.usage)


def _cut(text: str, pieces: int) -> tuple[str, ...]:
    size = max(1, -(-len(text) // pieces))
    return tuple(text[at : at + size] for at in range(0, len(text), size))


def _json(value: Mapping[str, Any] | str) -> str:
    import json

    return value if isinstance(value, str) else json.dumps(value)
