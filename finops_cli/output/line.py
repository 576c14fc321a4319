"""Lines of fragments: what the terminal shows, before any escape code.

A layout says what a stretch of text *is* (its Role); only the terminal module knows how that looks.
Widths are measured by a function handed in, since a cell is not a character.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Measure = Callable[[str], int]


class Role(StrEnum):
    """What a fragment is."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    QUIET = "quiet"
    SHAPE = "shape"
    UP = "up"
    DOWN = "down"
    NOTE = "note"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text in one role; a ``whole`` one is never broken over two lines."""

    text: str
    role: Role = Role.PLAIN
    whole: bool = False


Line = tuple[Fragment, ...]
Word = list[Fragment]

EMPTY: Line = ()


def plain_text(line: Line) -> str:
    """Return the text of a line."""
    return "".join(fragment.text for fragment in line)


def wrap(
    fragments: Iterable[Fragment], width: int, measure: Measure, first: str = "", hang: str = ""
) -> list[Line]:
    """Break fragments into lines of at most ``width`` cells, at spaces.

    Args:
        fragments: The text.
        width: The cells of a line.
        measure: How many cells a text takes.
        first: What the first line starts with, such as an indent.
        hang: What every other line starts with.
    """
    lines: list[Word] = []
    used = width
    for word in _folded(_words(fragments), width - measure(max(first, hang, key=len)), measure):
        size = sum(measure(part.text) for part in word)
        if used + 1 + size > width:
            start = hang if lines else first
            lines.append([Fragment(start)] if start else [])
            used = measure(start)
        else:
            lines[-1].append(Fragment(" ", word[0].role))
            used += 1
        lines[-1].extend(word)
        used += size
    return [tuple(line) for line in lines]


def _words(fragments: Iterable[Fragment]) -> list[Word]:
    words: list[Word] = [[]]
    for fragment in fragments:
        pieces = [fragment.text] if fragment.whole else re.findall(r" +|[^ ]+", fragment.text)
        for piece in pieces:
            if piece.isspace():
                words.append([])
            else:
                words[-1].append(Fragment(piece, fragment.role))
    return [word for word in words if word]


def _folded(words: Iterable[Word], width: int, measure: Measure) -> Iterable[Word]:
    """Yield the words, those wider than a line cut into pieces that fit."""
    for word in words:
        if sum(measure(part.text) for part in word) <= width:
            yield word
        else:
            for part in word:
                for piece in _cut(part.text, max(width, 1), measure):
                    yield [Fragment(piece, part.role)]


def _cut(text: str, width: int, measure: Measure) -> list[str]:
    pieces = [""]
    for sign in text:
        if pieces[-1] and measure(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def crop(text: str, width: int, measure: Measure, ellipsis: str) -> str:
    """Return the text in at most ``width`` cells, its middle left out where it is too long.

    Names of one bill often share their beginning and differ at the end, or the other way round.
    """
    if measure(text) <= width:
        return text
    room = width - measure(ellipsis)
    if room < 1:
        return ellipsis[:width]
    head = _fitting(text, room - room // 2, measure)
    tail = _fitting(text[::-1], room // 2, measure)[::-1]
    return head.rstrip() + ellipsis + tail.lstrip()


def _fitting(text: str, width: int, measure: Measure) -> str:
    return _cut(text, width, measure)[0] if width > 0 else ""


def pad(text: str, width: int, measure: Measure, *, right: bool) -> str:
    """Return the text with spaces up to ``width`` cells, set to one side."""
    gap = " " * (width - measure(text))
    return gap + text if right else text + gap


def trimmed(fragments: Sequence[Fragment]) -> Line:
    """Return a line without the spaces at its end."""
    kept = list(fragments)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[-1] = Fragment(kept[-1].text.rstrip(), kept[-1].role)
    return tuple(kept)
