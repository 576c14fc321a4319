"""Bedrock's Converse and ConverseStream, with the binary framing of its event stream."""

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from tests.model_endpoint.replies import Fails, Frame, Message, Request, Text, ToolUse, Usage

STREAM_TYPE = "application/vnd.amazon.eventstream"
_STRING = 7


def read(path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    """Return the request of ``/model/ID/converse`` or ``/model/ID/converse-stream``."""
    model, _, operation = path.removeprefix("/model/").rpartition("/")
    tools = body.get("toolConfig", {}).get("tools", [])
    return Request(
        "bedrock",
        unquote(model),
        body,
        headers,
        operation == "converse-stream",
        "\n".join(part["text"] for part in body.get("system", []) if "text" in part),
        tuple(tool["toolSpec"]["name"] for tool in tools if "toolSpec" in tool),
        "\n".join(_texts(body["messages"][-1]["content"])),
    )


def _texts(content: list[dict[str, Any]]) -> Iterator[str]:
    for block in content:
        if "text" in block:
            yield block["text"]
        if "json" in block:
            yield json.dumps(block["json"])
        if "toolResult" in block:
            yield from _texts(block["toolResult"]["content"])


def whole(message: Message, request: Request) -> bytes:
    """Return the body of Converse."""
    content = [_block(block) for block in message.blocks]
    return _bytes(
        {
            "output": {"message": {"role": "assistant", "content": content}},
            "stopReason": message.stop,
            "usage": _usage(message.usage),
            "metrics": {"latencyMs": 1},
        }
    )


def stream(message: Message, request: Request) -> Iterator[Frame]:
    """Yield the events of ConverseStream."""
    yield _event("messageStart", {"role": "assistant"})
    for index, block in enumerate(message.blocks):
        at = {"contentBlockIndex": index}
        if isinstance(block, ToolUse):
            start = {"toolUse": {"toolUseId": block.id, "name": block.name}}
            yield _event("contentBlockStart", {"start": start, **at})
            delta: dict[str, Any] = {"toolUse": {"input": block.arguments}}
            yield _event("contentBlockDelta", {"delta": delta, **at}, is_part=True)
        else:
            for part in block.parts:
                yield _event("contentBlockDelta", {"delta": {"text": part}, **at}, is_part=True)
        yield _event("contentBlockStop", at)
    yield _event("messageStop", {"stopReason": message.stop})
    yield _event("metadata", {"usage": _usage(message.usage), "metrics": {"latencyMs": 1}})


def refusal(failure: Fails) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an error."""
    return {"x-amzn-ErrorType": failure.code}, _bytes({"message": failure.message})


def broken(failure: Fails) -> Frame:
    """Return an error within a stream: ``code`` such as ``throttlingException``."""
    headers = {
        ":exception-type": failure.code,
        ":content-type": "application/json",
        ":message-type": "exception",
    }
    return Frame(_framed(headers, _bytes({"message": failure.message})))


def _block(block: Text | ToolUse) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"text": block.whole}
    try:
        given = json.loads(block.arguments)
    except ValueError:
        given = block.arguments
    return {"toolUse": {"toolUseId": block.id, "name": block.name, "input": given}}


def _usage(usage: Usage) -> dict[str, int]:
    return {
        "inputTokens": usage.input,
        "outputTokens": usage.output,
        "totalTokens": usage.input + usage.output + usage.cache_read + usage.cache_write,
        "cacheReadInputTokens": usage.cache_read,
        "cacheWriteInputTokens": usage.cache_write,
    }


def _event(kind: str, payload: Mapping[str, Any], *, is_part: bool = False) -> Frame:
    headers = {
        ":event-type": kind,
        ":content-type": "application/json",
        ":message-type": "event",
    }
    return Frame(_framed(headers, _bytes(payload)), is_part)


def _framed(headers: Mapping[str, str], payload: bytes) -> bytes:
    """Return a message of an event stream: lengths, headers and payload, each with its CRC.

    https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html describes it.
    """
    head = b"".join(_header(name.encode(), value.encode()) for name, value in headers.items())
    prelude = struct.pack("!II", 16 + len(head) + len(payload), len(head))
    body = prelude + struct.pack("!I", zlib.crc32(prelude)) + head + payload
    return body + struct.pack("!I", zlib.crc32(body))


def _header(name: bytes, value: bytes) -> bytes:
    return struct.pack("!B", len(name)) + name + struct.pack("!BH", _STRING, len(value)) + value


def _bytes(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value).encode()
