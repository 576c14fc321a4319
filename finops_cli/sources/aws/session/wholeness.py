"""Whether an answer of AWS arrived whole, looked at before it is parsed.

botocore does not compare a body's length with the length that was promised, and reads JSON that
breaks off as an answer without any content: a bill of nothing. Some servers in between answer with
a page of HTML, which is no answer of AWS at all.
"""

import json
from collections.abc import Mapping

from finops_cli.sources.aws.guard.calls import CallFailed, Failure
from finops_cli.sources.aws.session.codes import failure_of


def check(is_json: bool, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Let an answer pass that is whole.

    Args:
        is_json: Whether the API answers in JSON; the others do in XML.
        status: The HTTP status.
        headers: The headers; names in any case, as botocore hands them.
        body: The body as it arrived.

    Raises:
        CallFailed: It broke off, or is no answer of AWS.
    """
    promised = headers.get("content-length")
    short = promised is not None and promised.isdigit() and len(body) < int(promised)
    if status >= 300:
        if short or _is_page(body):
            code = str(status)
            raise CallFailed(failure_of(code, status, ""), code, f"HTTP status {code}")
        return
    if short or (is_json and not _is_object(body, measured=promised is not None)):
        raise CallFailed(Failure.CUT, "CutAnswer", "the answer broke off")


def _is_page(body: bytes) -> bool:
    return body[:256].lstrip().lower().startswith((b"<!doctype", b"<html"))


def _is_object(body: bytes, measured: bool) -> bool:
    """Tell whether a body is one JSON object; one of the promised length need not be read twice."""
    if not (body.lstrip().startswith(b"{") and body.rstrip().endswith(b"}")):
        return False
    if measured:
        return True
    try:
        json.loads(body)
    except ValueError:
        return False
    return True
