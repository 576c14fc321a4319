"""The blocks of a model's text: what is left of its Markdown once it is read.

They are flat: a block knows what it stands in (lists, quotes) by its edges, from the outside in.
"""

from dataclasses import dataclass

NOT_IN_DATA = " [not in the data]"
"""What follows a figure that no answer holds, in words: it has to read without colour."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; a doubted one belongs to a figure that no answer holds."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    doubted: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, on as many lines as its writer broke it into."""

    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the highest level, 6 the lowest."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be shown as they stand."""

    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, its rows, and which of its columns are set to the right."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


Content = Text | Heading | Code | Grid | Rule


@dataclass(frozen=True, slots=True)
class Edge:
    """What a block stands in: a quote, which has no marker, or an item of a list.

    ``opens`` tells the first block of an item, which its marker stands before.
    """

    marker: str = ""
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """One block; a tight one follows another of its list without an empty line."""

    content: Content
    edges: tuple[Edge, ...] = ()
    tight: bool = False
