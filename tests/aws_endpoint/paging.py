"""Pages: tokens that need no memory, and the faults that strike them.

A token names where the next page begins and carries a digest of the request that it belongs to, so
that any thread can follow it and a changed request is noticed, as on AWS.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tests.aws_endpoint.faults import Faults
from tests.aws_endpoint.wire import AwsError, Call

Item = TypeVar("Item")
_NOT_PART = {"NextPageToken", "NextToken", "nextToken", "MaxResults", "maxResults"}


def page(
    call: Call, items: Sequence[Item], size: int, faults: Faults, token_name: str = "NextPageToken"
) -> tuple[Sequence[Item], dict[str, str]]:
    """Return one page of items, and the member that leads to the next where there is one.

    Raises:
        AwsError: The token is none, or belongs to another request.
    """
    given = call.parameters.get(token_name)
    start = _position(call, given) if given else 0
    if faults.hits("empty_page", call):
        return items[:0], {token_name: _token(call, start, given or "")}
    end = start + size
    if given and faults.hits("repeat_token", call):
        return items[start:end], {token_name: given}
    if end >= len(items) or faults.hits("drop_token", call):
        return items[start:end], {}
    return items[start:end], {token_name: _token(call, end)}


def _token(call: Call, start: int, salt: str = "") -> str:
    content = {"at": start, "of": request_digest(call), "salt": _digest(salt)[:8]}
    text = json.dumps(content)
    return base64.urlsafe_b64encode(f"{_digest(text)[:8]}{text}".encode()).decode()


def _position(call: Call, token: str) -> int:
    try:
        text = base64.urlsafe_b64decode(token.encode("ascii")).decode()
        check, text = text[:8], text[8:]
        content = json.loads(text)
    except (ValueError, binascii.Error) as error:
        raise _unreadable(call) from error
    if check != _digest(text)[:8]:
        raise _unreadable(call)
    if content["of"] != request_digest(call):
        if call.service == "ce":
            raise AwsError(
                "RequestChangedException",
                "Your request parameters changed between pages. Try again with the old parameters "
                "or without a pagination token.",
            )
        raise _unreadable(call)
    return int(content["at"])


def _unreadable(call: Call) -> AwsError:
    code = {"ce": "InvalidNextTokenException", "budgets": "InvalidNextTokenException"}
    return AwsError(code.get(call.service, "ValidationException"), "Invalid next page token")


def request_digest(call: Call) -> str:
    """Return what two requests share that differ in their page alone."""
    kept: Mapping[str, Any] = {k: v for k, v in call.parameters.items() if k not in _NOT_PART}
    return _digest(json.dumps([call.operation, call.account, kept], sort_keys=True, default=str))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
