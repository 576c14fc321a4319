"""A model's text as lines for the terminal, behind a bar that tells them from those of code."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.prose import Prose
from finops_cli.output import line
from finops_cli.output.line import EMPTY, Fragment, Line, Role
from finops_cli.output.sheet import INDENT, Sheet
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

_WIDEST = 100
_GAP = "  "


def lines(prose: Prose, use: ModelUse | None, sheet: Sheet) -> list[Line]:
    """Return a prose under its caption, every line behind a bar."""
    bar = Fragment(sheet.notation.glyph("│ ", "| "), Role.QUIET)
    room = replace(sheet, width=min(sheet.width, _WIDEST) - len(bar.text))
    said = [Fragment(caption(prose, use, sheet.notation), Role.QUIET)]
    found = [*line.wrap(said, room.width, room.measure), EMPTY, *body(prose, room)]
    return [line.trimmed((bar, *one)) for one in found]


def body(prose: Prose, sheet: Sheet) -> list[Line]:
    """Return a prose alone."""
    found: list[Line] = []
    before: Block | None = None
    for block in reader.read(prose):
        if shown := list(_block(block, sheet)):
            close = before is None or (before.tight and block.tight)
            found += shown if close else [EMPTY, *shown]
            before = block
    return found


def _block(block: Block, sheet: Sheet) -> Iterator[Line]:
    edges = block.edges
    while 2 * sheet.measure(_prefix(edges, sheet)) > sheet.width:
        edges = edges[1:]
    prefix = _prefix(edges, sheet)
    following = _prefix([replace(edge, opens=False) for edge in edges], sheet)
    room = replace(sheet, width=sheet.width - sheet.measure(prefix))
    for one in _content(block, room):
        yield (Fragment(prefix, Role.QUIET), *one) if prefix else one
        prefix = following


def _prefix(edges: Iterable[Edge], sheet: Sheet) -> str:
    return "".join(_edge(edge, sheet) for edge in edges)


def _edge(edge: Edge, sheet: Sheet) -> str:
    if not edge.marker:
        return sheet.notation.glyph("▏ ", "> ")
    marker = sheet.notation.glyph("•", "-") if edge.marker == "-" else edge.marker
    return f"{marker} " if edge.opens else " " * (len(marker) + 1)


def _content(block: Block, sheet: Sheet) -> Iterator[Line]:
    match block.content:
        case Text(several):
            for words in several:
                yield from _wrapped(words, sheet)
        case Heading(_, words):
            yield from _wrapped([replace(run, strong=True) for run in words], sheet)
        case Code(several):
            for words in several:
                yield from _cut(words, sheet)
        case Grid():
            yield from _grid(block.content, sheet)
        case Rule():
            yield (Fragment(sheet.notation.glyph("─", "-") * min(sheet.width, 20), Role.QUIET),)


def _wrapped(words: Iterable[Run], sheet: Sheet, hang: str = "") -> list[Line]:
    return line.wrap(_fragments(words, sheet), sheet.width, sheet.measure, hang=hang)


def _fragments(words: Iterable[Run], sheet: Sheet) -> list[Fragment]:
    return [Fragment(sheet.notation.text(run.text), _role(run)) for run in words]


def _role(run: Run) -> Role:
    if run.doubted:
        return Role.NOTE
    if run.code:
        return Role.CODE
    return Role.STRONG if run.strong else Role.EMPHASIS if run.emphasis else Role.PLAIN


def _cut(words: Words, sheet: Sheet) -> Iterator[Line]:
    """Yield a line of code, cut where the room ends: its spaces mean something."""
    coded = _fragments([replace(run, code=True) for run in words], sheet)
    row = [Fragment(INDENT)]
    for sign in (Fragment(sign, one.role) for one in coded for sign in one.text):
        if len(row) > 1 and sheet.measure(line.plain_text((*row, sign))) > sheet.width:
            yield line.trimmed(_joined(row))
            row = [Fragment(INDENT)]
        row.append(sign)
    yield line.trimmed(_joined(row))


def _joined(row: Iterable[Fragment]) -> list[Fragment]:
    runs = groupby(row, attrgetter("role"))
    return [Fragment("".join(sign.text for sign in run), role) for role, run in runs]


def _grid(grid: Grid, sheet: Sheet) -> Iterator[Line]:
    """Yield a table with its columns side by side; where they do not fit, its rows as blocks."""
    rows = [grid.head, *grid.rows]
    widths = [max(_wide(row[at], sheet) for row in rows) for at in range(len(grid.head))]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > sheet.width:
        for row in grid.rows:
            yield from _apart(grid.head, row, sheet)
        return
    yield _beside(
        [[replace(run, strong=True) for run in one] for one in rows[0]], widths, grid, sheet
    )
    for row in rows[1:]:
        yield _beside(row, widths, grid, sheet)


def _wide(words: Iterable[Run], sheet: Sheet) -> int:
    return sum(sheet.measure(one.text) for one in _fragments(words, sheet))


def _beside(row: Sequence[Sequence[Run]], widths: Sequence[int], grid: Grid, sheet: Sheet) -> Line:
    found: list[Fragment] = []
    for words, width, right in zip(row, widths, grid.right, strict=True):
        gap = Fragment(" " * (width - _wide(words, sheet)))
        cell = _fragments(words, sheet)
        found += [*([gap, *cell] if right else [*cell, gap]), Fragment(_GAP)]
    return line.trimmed(found)


def _apart(head: Sequence[Words], row: Sequence[Words], sheet: Sheet) -> Iterator[Line]:
    for at, (name, cell) in enumerate(zip(head, row, strict=True)):
        said = [replace(run, strong=True) for run in name] + [Run(": ")] if at else []
        yield from _wrapped([*said, *cell], sheet, hang=INDENT)
