"""OpenAI's chat completions, which most servers of open models speak too."""

import json
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from tests.model_endpoint.replies import Fails, Frame, Message, Request, Text, ToolUse, Usage

STREAM_TYPE = "text/event-stream"
_STOPS = {
    "end_turn": "stop",
    "tool_use": "tool_calls",
    "max_tokens": "length",
    "guardrail_intervened": "content_filter",
    "content_filtered": "content_filter",
}


def read(path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    """Return the request of ``/v1/chat/completions``."""
    system = [m for m in body["messages"] if m["role"] in ("system", "developer")]
    return Request(
        "openai",
        body["model"],
        body,
        headers,
        bool(body.get("stream")),
        "\n".join(text(m["content"]) for m in system),
        tuple(tool["function"]["name"] for tool in body.get("tools") or ()),
        closing(body["messages"]),
    )


def closing(messages: list[dict[str, Any]]) -> str:
    """Return the texts of the last message and of those before it that have the same role.

    What several tools answered is one message elsewhere, and one each here.
    """
    role = messages[-1]["role"]
    last = takewhile(lambda message: message["role"] == role, reversed(messages))
    return "\n".join(reversed([text(message.get("content")) for message in last]))


def text(content: Any) -> str:
    """Return the text of a message's content, which is a text or a list of parts."""
    if isinstance(content, list):
        return "\n".join(part.get("text", "") for part in content)
    return content or ""


def whole(message: Message, request: Request) -> bytes:
    """Return the body where no stream is wanted."""
    said = "".join(block.whole for block in message.blocks if isinstance(block, Text))
    calls = [_call(block) for block in message.blocks if isinstance(block, ToolUse)]
    answer: dict[str, Any] = {"role": "assistant", "content": said or None}
    if calls:
        answer["tool_calls"] = calls
    choice = {"index": 0, "message": answer, "finish_reason": _STOPS[message.stop]}
    head = _head(request) | {"object": "chat.completion"}
    return json.dumps(head | {"choices": [choice], "usage": _usage(message.usage)}).encode()


def stream(message: Message, request: Request) -> Iterator[Frame]:
    """Yield the chunks of a stream."""
    yield _chunk(request, {"role": "assistant", "content": ""})
    number = 0
    for block in message.blocks:
        if isinstance(block, Text):
            for part in block.parts:
                yield _chunk(request, {"content": part}, is_part=True)
        else:
            called = {"index": number, **_call(block)}
            yield _chunk(request, {"tool_calls": [called]}, is_part=True)
            number += 1
    yield _chunk(request, {}, stop=_STOPS[message.stop])
    if request.body.get("stream_options", {}).get("include_usage"):
        yield _data(_head(request) | {"choices": [], "usage": _usage(message.usage)})
    yield Frame(b"data: [DONE]\n\n")


def refusal(failure: Fails) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an error."""
    return {}, json.dumps(_error(failure)).encode()


def broken(failure: Fails) -> Frame:
    """Return an error within a stream."""
    return _data(_error(failure))


def _error(failure: Fails) -> dict[str, Any]:
    kind = "invalid_request_error" if failure.status < 500 else "server_error"
    told = {"message": failure.message, "type": kind, "param": None, "code": failure.code}
    return {"error": told}


def _call(block: ToolUse) -> dict[str, Any]:
    called = {"name": block.name, "arguments": block.arguments}
    return {"id": block.id, "type": "function", "function": called}


def _usage(usage: Usage) -> dict[str, Any]:
    # Unlike others, OpenAI counts what came from the cache among the prompt's tokens.
    prompt = usage.input + usage.cache_read
    return {
        "prompt_tokens": prompt,
        "completion_tokens": usage.output,
        "total_tokens": prompt + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.cache_read},
    }


def _head(request: Request) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_764_000_000,
        "model": request.model,
    }


def _chunk(
    request: Request, delta: Mapping[str, Any], *, stop: str | None = None, is_part: bool = False
) -> Frame:
    choice = {"index": 0, "delta": delta, "finish_reason": stop}
    return _data(_head(request) | {"choices": [choice]}, is_part=is_part)


def _data(value: Mapping[str, Any], *, is_part: bool = False) -> Frame:
    return Frame(f"data: {json.dumps(value)}\n\n".encode(), is_part)
