"""Data for a model, behind a fence that nothing in the data can open or close.

Names, tags and descriptions of a bill are anybody's text. A model reads them between two marks that
carry a random number of this run; angle brackets in the data become others, and what looks like
the turn of another speaker no longer does. That a model obeys data all the same is not ruled out:
so no tool that changes anything runs without a person's yes (``gate``).
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass, field

_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
_TURN = re.compile(r"\b(system|assistant|human|user|developer|tool)\s*:(?=\s|$)", re.IGNORECASE)
_INSTRUCTION = re.compile(r"\[(/?)(inst|sys|system)\]", re.IGNORECASE)
_MOST_CHARACTERS = 400


def _nonce() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Fence:
    """The marks of one run around data.

    Args:
        nonce: What no data can know.
    """

    nonce: str = field(default_factory=_nonce)

    def around(self, kind: str, text: str) -> str:
        """Return text as data.

        Args:
            kind: What it is, a word of ours, such as ``question``.
            text: Anything.
        """
        return f'<data id="{self.nonce}" kind="{kind}">\n{inert(text)}\n</data id="{self.nonce}">'


def inert(text: str) -> str:
    """Return text in which nothing can pass for a fence, a speaker or a control sequence."""
    shown = "".join(_shown(character) for character in text).translate(_BRACKETS)
    shown = _TURN.sub(r"\1 -", shown)
    return _INSTRUCTION.sub(r"(\1\2)", shown)


def one_line(text: str) -> str:
    """Return inert text on one line, so that no line of it can look like a turn."""
    return " ".join(inert(text).split())


def cropped(text: str, most: int = _MOST_CHARACTERS) -> str:
    """Return text of at most so many characters, an ellipsis where it was longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _shown(character: str) -> str:
    """Return a character as it is, a blank for one that moves, nothing for one that is not seen."""
    if character == "\n":
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else character
