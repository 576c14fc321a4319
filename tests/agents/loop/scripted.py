"""A model of Strands' own kind that says what a test has written for it."""

import asyncio
import json
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from strands.models import Model

Line = Callable[["Heard"], AsyncIterator[dict[str, Any]]]
"""What a model says to one request, as Strands' stream events."""


@dataclass(frozen=True)
class Heard:
    """One request to the model."""

    system: str
    messages: list[Any]
    tools: tuple[str, ...]
    specs: list[Any]
    choice: Any
    signal: threading.Event | None = None

    @property
    def last(self) -> str:
        return json.dumps(self.messages[-1]["content"], ensure_ascii=False)

    @property
    def results(self) -> list[Any]:
        return [one["toolResult"] for one in self.messages[-1]["content"] if "toolResult" in one]


class Scripted(Model):
    """Says the lines of a role in their order; a role is told by a word of its system prompt.

    Args:
        roles: Lines by role, ``supervisor``, ``helper`` or ``choose``; the last is said again.
    """

    def __init__(self, **roles: Sequence[Line]) -> None:
        self.heard: list[tuple[str, Heard]] = []
        self._roles = {name: list(lines) for name, lines in roles.items()}

    def update_config(self, **model_config: Any) -> None:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return {}

    def structured_output(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def asked(self, role: str) -> list[Heard]:
        return [heard for name, heard in self.heard if name == role]

    async def stream(
        self,
        messages: Any,
        tool_specs: Any = None,
        system_prompt: str | None = None,
        *,
        tool_choice: Any = None,
        cancel_signal: threading.Event | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[dict[str, Any]]:
        specs = list(tool_specs or [])
        names = tuple(spec["name"] for spec in specs)
        heard = Heard(system_prompt or "", list(messages), names, specs, tool_choice, cancel_signal)
        role = _role(heard.system)
        self.heard.append((role, heard))
        lines = self._roles[role]
        line = lines.pop(0) if len(lines) > 1 else lines[0]
        async for event in line(heard):
            yield event


def _role(system: str) -> str:
    if "voice of a FinOps tool" in system:
        return "supervisor"
    return "choose" if "choose_action" in system else "helper"


def says(*pieces: str, stop: str = "end_turn", tokens: tuple[int, int] = (100, 10)) -> Line:
    """Say words, piece by piece."""

    async def line(_heard: Heard) -> AsyncIterator[dict[str, Any]]:
        yield {"messageStart": {"role": "assistant"}}
        for event in _words(pieces):
            yield event
        for event in _end(stop, tokens):
            yield event

    return line


def calls(*uses: tuple[str, Any], before: str = "", tokens: tuple[int, int] = (100, 10)) -> Line:
    """Call tools; arguments that are text are sent as they stand."""

    async def line(_heard: Heard) -> AsyncIterator[dict[str, Any]]:
        yield {"messageStart": {"role": "assistant"}}
        for event in _words([before] if before else []):
            yield event
        for name, given in uses:
            for event in _call(name, given):
                yield event
        for event in _end("tool_use", tokens):
            yield event

    return line


def breaks(error: BaseException, *pieces: str) -> Line:
    """Say words, then fail."""

    async def line(_heard: Heard) -> AsyncIterator[dict[str, Any]]:
        if pieces:
            yield {"messageStart": {"role": "assistant"}}
        for event in _words(pieces, closed=False):
            yield event
        raise error

    return line


def trails_off(*pieces: str) -> Line:
    """Say words, then end the stream without a word that it ends."""

    async def line(_heard: Heard) -> AsyncIterator[dict[str, Any]]:
        yield {"messageStart": {"role": "assistant"}}
        for event in _words(pieces):
            yield event

    return line


def hangs(*pieces: str, then: Callable[[], None] = lambda: None) -> Line:
    """Say words, let the test know, then never say more."""

    async def line(_heard: Heard) -> AsyncIterator[dict[str, Any]]:
        if pieces:
            yield {"messageStart": {"role": "assistant"}}
        for event in _words(pieces, closed=False):
            yield event
        then()
        await asyncio.Event().wait()

    return line


def interrupt() -> None:
    """Interrupt the main thread as Ctrl-C does."""
    os.kill(os.getpid(), signal.SIGINT)


_COUNT = iter(range(1_000_000))


def _call(name: str, given: Any) -> list[dict[str, Any]]:
    text = given if isinstance(given, str) else json.dumps(given)
    use = {"toolUseId": f"call-{next(_COUNT)}", "name": name}
    return [
        {"contentBlockStart": {"start": {"toolUse": use}}},
        {"contentBlockDelta": {"delta": {"toolUse": {"input": text[:5]}}}},
        {"contentBlockDelta": {"delta": {"toolUse": {"input": text[5:]}}}},
        {"contentBlockStop": {}},
    ]


def _words(pieces: Sequence[str], *, closed: bool = True) -> list[dict[str, Any]]:
    if not pieces:
        return []
    events: list[dict[str, Any]] = [{"contentBlockStart": {"start": {}}}]
    events += [{"contentBlockDelta": {"delta": {"text": piece}}} for piece in pieces]
    return [*events, {"contentBlockStop": {}}] if closed else events


def _end(stop: str, tokens: tuple[int, int]) -> list[dict[str, Any]]:
    read, written = tokens
    usage = {"inputTokens": read, "outputTokens": written, "totalTokens": read + written}
    return [
        {"messageStop": {"stopReason": stop}},
        {"metadata": {"usage": usage, "metrics": {"latencyMs": 1}}},
    ]


@dataclass
class Ran:
    """Runs Steps by functions, and remembers them."""

    answers: Mapping[str, Callable[..., Any]]
    steps: list[Any] = field(default_factory=list)

    def __call__(self, step: Any) -> Any:
        self.steps.append(step)
        return self.answers[step.tool](**step.arguments)
