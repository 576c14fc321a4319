"""What botocore, the providers' clients or Strands raised, read as one of the causes.

Strands wraps what it knows, and clients wrap what the network said: an exception is read together
with those that it was raised from.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from finops_cli.agents.model.causes import BY_CODE, BY_STRANDS, NAMES, WORDS, Cause, Table

_MOST_WORDS = 1000
_SECRET = re.compile(r"\b(?:sk-|pk-|gsk_|xai-|hf_|AIza|Bearer\s+|AKIA|ASIA)[\w*.-]{4,}")
_BY_STATUS = {
    401: Cause.KEY,
    403: Cause.DENIED,
    404: Cause.MISSING,
    408: Cause.SLOW,
    429: Cause.THROTTLED,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure as it was understood.

    Args:
        cause: What it means.
        name: The class of what was raised.
        words: What the other side said, cut short and without secrets.
    """

    cause: Cause
    name: str
    words: str


def fault_of(error: BaseException) -> Fault:
    """Return why a model gave no answer."""
    raised = list(_chain(error))
    code, status, words = _answered(raised)
    names = {cls.__name__ for each in raised for cls in type(each).__mro__}
    cause = (
        _by_names(names, BY_STRANDS)
        or _by_words(f"{words}\n{error}".lower())
        or BY_CODE.get(code.lower())
        or _by_status(status)
        or _by_names(names, NAMES)
        or Cause.UNKNOWN
    )
    return Fault(cause, type(raised[-1]).__name__, _clean(words or str(raised[-1])))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that it was raised from or wraps."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = getattr(following, "original_exception", None) or following.__cause__


def _answered(raised: list[BaseException]) -> tuple[str, int, str]:
    """Return the code, the HTTP status and the words of the other side, where it answered."""
    for error in raised:
        answer = getattr(error, "response", None)
        if isinstance(answer, dict):  # botocore's
            told = answer.get("Error", {})
            status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            return str(told.get("Code", "")), int(status or 0), str(told.get("Message", ""))
        body = getattr(error, "body", None)
        if isinstance(body, dict):  # OpenAI's and Anthropic's
            return _of_body(body, _status(error))
        if _status(error):  # Ollama's, or an answer that is no JSON
            return "", _status(error), str(getattr(error, "error", error))
    return "", 0, ""


def _of_body(body: Mapping[str, Any], status: int) -> tuple[str, int, str]:
    told = body.get("error", body)
    if not isinstance(told, dict):
        return "", status, str(told)
    code = told.get("code") if isinstance(told.get("code"), str) else told.get("type")
    return str(code or ""), status, str(told.get("message", ""))


def _status(error: BaseException) -> int:
    status = getattr(error, "status_code", 0)
    return status if isinstance(status, int) else 0


def _by_words(words: str) -> Cause | None:
    return next((cause for cause, known in WORDS if any(each in words for each in known)), None)


def _by_status(status: int) -> Cause | None:
    if status >= 500:
        return Cause.OVERLOADED
    return _BY_STATUS.get(status, Cause.REFUSED if status >= 400 else None)


def _by_names(names: set[str], table: Table) -> Cause | None:
    return next((cause for cause, known in table if names & set(known)), None)


def _clean(words: str) -> str:
    """Return words of the other side on one line, without what might be a key."""
    shown = "".join(character if character.isprintable() else " " for character in words)
    shown = _SECRET.sub("(hidden)", " ".join(shown.split()))
    return (shown if len(shown) <= _MOST_WORDS else shown[:_MOST_WORDS] + "...").rstrip(". ")
