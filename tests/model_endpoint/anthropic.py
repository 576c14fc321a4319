"""Anthropic's messages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.model_endpoint.replies import Fails, Frame, Message, Request, Text, ToolUse, Usage

STREAM_TYPE = "text/event-stream"
_STOPS = {"guardrail_intervened": "refusal", "content_filtered": "refusal"}


def read(path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    """Return the request of ``/v1/messages``."""
    return Request(
        "anthropic",
        body["model"],
        body,
        headers,
        bool(body.get("stream")),
        "\n".join(_texts(body.get("system", ""))),
        tuple(tool["name"] for tool in body.get("tools") or ()),
        "\n".join(_texts(body["messages"][-1]["content"])),
    )


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
        return
    for block in content:
        if "text" in block:
            yield block["text"]
        elif block.get("type") == "tool_result":
            yield from _texts(block.get("content", ""))


def whole(message: Message, request: Request) -> bytes:
    """Return the body where no stream is wanted."""
    content = [_block(block) for block in message.blocks]
    stop = _STOPS.get(message.stop, message.stop)
    body = _message(request, message.usage) | {"content": content, "stop_reason": stop}
    return json.dumps(body).encode()


def stream(message: Message, request: Request) -> Iterator[Frame]:
    """Yield the events of a stream."""
    yield _event("message_start", message=_message(request, message.usage))
    for index, block in enumerate(message.blocks):
        yield _event("content_block_start", index=index, content_block=_start(block))
        for delta in _deltas(block):
            yield _event("content_block_delta", is_part=True, index=index, delta=delta)
        yield _event("content_block_stop", index=index)
    stop = {"stop_reason": _STOPS.get(message.stop, message.stop), "stop_sequence": None}
    yield _event("message_delta", delta=stop, usage={"output_tokens": message.usage.output})
    yield _event("message_stop")


def refusal(failure: Fails) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an error."""
    return {"request-id": "req_1"}, json.dumps({"type": "error", **_error(failure)}).encode()


def broken(failure: Fails) -> Frame:
    """Return an error within a stream."""
    return _event("error", **_error(failure))


def _error(failure: Fails) -> dict[str, Any]:
    return {"error": {"type": failure.code, "message": failure.message}}


def _start(block: Text | ToolUse) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"type": "text", "text": ""}
    return {"type": "tool_use", "id": block.id, "name": block.name, "input": {}}


def _block(block: Text | ToolUse) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"type": "text", "text": block.whole}
    return _start(block) | {"input": json.loads(block.arguments)}


def _deltas(block: Text | ToolUse) -> Iterator[dict[str, str]]:
    if isinstance(block, ToolUse):
        yield {"type": "input_json_delta", "partial_json": block.arguments}
        return
    for part in block.parts:
        yield {"type": "text_delta", "text": part}


def _message(request: Request, usage: Usage) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": request.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {
            "input_tokens": usage.input,
            "output_tokens": usage.output,
            "cache_read_input_tokens": usage.cache_read,
            "cache_creation_input_tokens": usage.cache_write,
        },
    }


def _event(kind: str, *, is_part: bool = False, **fields: Any) -> Frame:
    data = json.dumps({"type": kind, **fields})
    return Frame(f"event: {kind}\ndata: {data}\n\n".encode(), is_part)
