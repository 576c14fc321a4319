"""Ollama's chat, a JSON object a line, and its list of the models that are there."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.model_endpoint.openai import closing, text
from tests.model_endpoint.replies import Fails, Frame, Message, Request, Text, ToolUse

STREAM_TYPE = "application/x-ndjson"


def read(path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    """Return the request of ``/api/chat``."""
    return Request(
        "ollama",
        body["model"],
        body,
        headers,
        bool(body.get("stream", True)),
        "\n".join(text(m["content"]) for m in body["messages"] if m["role"] == "system"),
        tuple(tool["function"]["name"] for tool in body.get("tools") or ()),
        closing(body["messages"]),
    )


def whole(message: Message, request: Request) -> bytes:
    """Return the body where no stream is wanted."""
    said = "".join(block.whole for block in message.blocks if isinstance(block, Text))
    calls = [_call(block) for block in message.blocks if isinstance(block, ToolUse)]
    return json.dumps(_end(message, request) | _says(said, calls)).encode()


def stream(message: Message, request: Request) -> Iterator[Frame]:
    """Yield the lines of a stream."""
    head = {"model": request.model, "created_at": "2026-11-24T12:00:00Z", "done": False}
    for block in message.blocks:
        if isinstance(block, Text):
            for part in block.parts:
                yield _line(head | _says(part), is_part=True)
        else:
            yield _line(head | _says("", [_call(block)]), is_part=True)
    yield _line(_end(message, request) | _says(""))


def refusal(failure: Fails) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an error, which has no code."""
    return {}, json.dumps({"error": failure.message}).encode()


def broken(failure: Fails) -> Frame:
    """Return an error within a stream."""
    return _line({"error": failure.message})


def tags(models: Iterable[str]) -> bytes:
    """Return the body of ``/api/tags``."""
    named = [{"name": model, "model": model, "size": 2_019_393_189} for model in models]
    return json.dumps({"models": named}).encode()


def _says(content: str, calls: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if calls:
        message["tool_calls"] = list(calls)
    return {"message": message}


def _call(block: ToolUse) -> dict[str, Any]:
    return {"function": {"name": block.name, "arguments": json.loads(block.arguments)}}


def _end(message: Message, request: Request) -> dict[str, Any]:
    return {
        "model": request.model,
        "created_at": "2026-11-24T12:00:01Z",
        "done": True,
        "done_reason": "length" if message.stop == "max_tokens" else "stop",
        "total_duration": 1_000_000,
        "load_duration": 1,
        "prompt_eval_count": message.usage.input,
        "prompt_eval_duration": 1,
        "eval_count": message.usage.output,
        "eval_duration": 1,
    }


def _line(value: Mapping[str, Any], *, is_part: bool = False) -> Frame:
    return Frame(json.dumps(value).encode() + b"\n", is_part)
