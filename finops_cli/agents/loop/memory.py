"""What the supervisor agent remembers of a conversation, in a folder that is the user's alone."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finops_cli.errors import Unreadable

if TYPE_CHECKING:
    from strands.session import FileSessionManager

_SESSION = "model"
_NO_ANSWER = "(The answer was stopped.)"
_DATA = re.compile(
    r'<data id="(\w+)" kind="(?!question")([^"]*)">\n.*?\n</data id="\1">', re.DOTALL
)


def session_in(folder: Path) -> "FileSessionManager":
    """Return Strands' session manager over a folder, which is made where it is missing.

    Raises:
        Unreadable: The folder holds no conversation that can be read.
    """
    from strands.session import FileSessionManager

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileSessionManager(_SESSION, str(folder))
    except Exception as error:
        raise unreadable() from error


def unreadable() -> Unreadable:
    """Return what is told where a conversation is damaged."""
    return Unreadable(
        "What the model remembers of this conversation cannot be read.",
        "Start a new one: finops chat.",
    )


def mended(messages: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return a conversation in which the speakers take turns, as providers demand.

    A question whose answer was stopped stands alone, and a window over a long conversation may
    open on an answer.
    """
    kept: list[Any] = []
    for message in messages:
        if not kept and not _is_question(message):
            continue
        if kept and message["role"] == "user" == kept[-1]["role"]:
            kept.append({"role": "assistant", "content": [{"text": _NO_ANSWER}]})
        kept.append(message)
    if kept and kept[-1]["role"] == "user":
        kept.append({"role": "assistant", "content": [{"text": _NO_ANSWER}]})
    return kept


def faded(messages: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return a conversation without the data of earlier questions: what was said of it remains.

    Data is most of what a conversation holds, it ages, and it would be paid for with each question.
    """
    return [
        {**message, "content": [_faded(one) for one in message["content"]]} for message in messages
    ]


def _faded(block: Mapping[str, Any]) -> dict[str, Any]:
    if "text" in block:
        return {**block, "text": _without_data(block["text"])}
    if "toolResult" in block:
        result = block["toolResult"]
        content = [
            {"text": _without_data(one["text"])} if "text" in one else one
            for one in result["content"]
        ]
        return {**block, "toolResult": {**result, "content": content}}
    return dict(block)


def _without_data(text: str) -> str:
    return _DATA.sub(r"(\2: no longer shown)", text)


def _is_question(message: Mapping[str, Any]) -> bool:
    return message["role"] == "user" and not any("toolResult" in one for one in message["content"])
