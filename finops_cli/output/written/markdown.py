"""A model's text as Markdown again: a quotation in which nothing is alive.

It is written anew from what was read, so every sign of its text is literal: no HTML, no images, no
mentions, and addresses to read instead of links. Its headings stand below those of code.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.prose import Prose
from finops_cli.output import escape
from finops_cli.output.notation import Notation
from finops_cli.output.written import reader
from finops_cli.output.written.blocks import (
    Block,
    Code,
    Edge,
    Grid,
    Heading,
    Rule,
    Run,
    Text,
    Words,
)
from finops_cli.output.written.caption import caption

_LEVELS_BELOW = 3
_LOWEST = 6
_LOOK = attrgetter("strong", "emphasis", "code")
# A dollar sign before a digit cannot end a formula, so where all others are escaped none starts.
_AMOUNT = re.compile(r"\\\$(?=\d)")
# Below another line these would make a heading or a table of it.
_UNDERLINE = re.compile(r"^[-:|][-:| ]*$")


def markdown(prose: Prose, use: ModelUse | None, notation: Notation) -> str:
    """Return a prose as a quotation under its caption."""
    found = [f"*{escape.markdown(caption(prose, use, notation))}*"]
    before: Block | None = None
    for block in reader.read(prose):
        if not (before and before.tight and block.tight):
            found.append("")
        found += _edged(block, notation)
        before = block
    return "\n".join(f"> {line}".rstrip() for line in found)


def _edged(block: Block, notation: Notation) -> Iterator[str]:
    edges = block.edges
    for line in _content(block, notation):
        yield "".join(map(_edge, edges)) + line
        edges = tuple(replace(edge, opens=False) for edge in edges)


def _edge(edge: Edge) -> str:
    if not edge.marker:
        return "> "
    return f"{edge.marker} " if edge.opens else " " * (len(edge.marker) + 1)


def _content(block: Block, notation: Notation) -> Iterator[str]:
    match block.content:
        case Text(lines):
            shown = [_line(words, notation) for words in lines]
            yield from (f"{line}\\" for line in shown[:-1])
            yield from shown[-1:]
        case Heading(level, words):
            marks = "#" * min(level + _LEVELS_BELOW, _LOWEST)
            yield f"{marks} {_literal(words, notation)}"
        case Code(lines):
            yield from _fenced(lines, notation)
        case Grid():
            yield from _table(block.content, notation)
        case Rule():
            yield "---"


def _line(words: Words, notation: Notation) -> str:
    line = escape.markdown_block(_literal(words, notation))
    return f"\\{line}" if _UNDERLINE.match(line) else line


def _fenced(lines: Iterable[Words], notation: Notation) -> Iterator[str]:
    shown = ["".join(notation.text(run.text) for run in words) for words in lines]
    longest = max((len(run) for one in shown for run in re.findall("`+", one)), default=0)
    fence = "`" * max(longest + 1, 3)
    yield from (fence, *shown, fence)


def _table(grid: Grid, notation: Notation) -> Iterator[str]:
    rule = " | ".join("--:" if right else "---" for right in grid.right)
    head, *body = (_row(row, notation) for row in (grid.head, *grid.rows))
    yield from (head, f"| {rule} |", *body)


def _row(row: Iterable[Words], notation: Notation) -> str:
    cells = (escape.markdown_cell(_literal(words, notation)) for words in row)
    return f"| {' | '.join(cells)} |"


def _literal(words: Iterable[Run], notation: Notation) -> str:
    """Return runs as markdown, their looks switched on and off between them."""
    written = ""
    strong = emphasis = False
    for run in (*_joined(words), Run("")):
        written += "**" * (run.strong != strong) + "*" * (run.emphasis != emphasis)
        strong, emphasis = run.strong, run.emphasis
        piece = _run(run, notation)
        # Two code spans side by side would be read as one fence.
        written += " " * (written.endswith("`") and piece.startswith("`")) + piece
    return written.strip()


def _joined(words: Iterable[Run]) -> Iterator[Run]:
    """Yield runs of one look as one: what is asleep in halves could wake up when they meet."""
    for (strong, emphasis, code), runs in groupby(words, _LOOK):
        yield Run("".join(run.text for run in runs), strong, emphasis, code)


def _run(run: Run, notation: Notation) -> str:
    text = notation.text(run.text)
    if run.code and text:
        return escape.markdown_code(text)
    return _AMOUNT.sub("$", escape.markdown(text))
