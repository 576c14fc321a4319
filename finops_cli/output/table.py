"""A table on the terminal: quiet headings, names left, amounts right, the total under a thin rule.

Where the numbers do not fit beside each other, each row becomes a small block of its own: a number
is never cropped.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finops_cli.domain.answer import Kind, Table
from finops_cli.output import line, sparkline
from finops_cli.output.columns import GAP, Layout, fit
from finops_cli.output.grid import Strip, strips
from finops_cli.output.line import Fragment, Line, Role
from finops_cli.output.notation import is_number
from finops_cli.output.sheet import INDENT, Sheet

_SIGNED = (Kind.CHANGE, Kind.GROWTH)
_STATE = "state"
_STATES = {"ok": Role.DOWN, "warning": Role.NOTE, "failed": Role.ALERT, "skipped": Role.QUIET}
"""The words of a column called ``state``, as a doctor's report has one, and how each looks."""


@dataclass(frozen=True, slots=True)
class _Track:
    """A column at its width: every text filled up, every cell with its role."""

    heading: str
    cells: tuple[Fragment, ...]
    total: str


def lines(table: Table, sheet: Sheet) -> list[Line]:
    """Return a table as lines; one without rows has none."""
    columns = strips(table, sheet.notation)
    if not columns or not table.rows:
        return []
    layout = fit(columns, sheet.room, sheet.measure)
    if layout is None:
        return list(_blocks(columns, sheet))
    if layout.folded:
        return list(_folded(columns, layout, sheet))
    return list(_beside(table, columns, layout, sheet))


def _beside(table: Table, columns: Sequence[Strip], layout: Layout, sheet: Sheet) -> Iterator[Line]:
    tracks = list(_tracks(columns, layout, sheet))
    items = len(table.rows) - table.rest
    yield _joined(Fragment(track.heading, Role.QUIET) for track in tracks)
    for row in range(len(table.rows)):
        cells = [track.cells[row] for track in tracks]
        yield _joined(cells if row < items else [Fragment(c.text, Role.QUIET) for c in cells])
        for at in layout.below:
            yield from _remark(columns[at].cells[row], sheet)
    if table.total:
        rule = sheet.notation.glyph("─", "-") * layout.total
        yield (Fragment(INDENT), Fragment(rule, Role.QUIET))
        yield _joined(Fragment(track.total, Role.STRONG) for track in tracks)


def _folded(columns: Sequence[Strip], layout: Layout, sheet: Sheet) -> Iterator[Line]:
    """Yield each row with its prose in the last column, on as many lines as it takes."""
    names = [at for at in layout.widths if at not in layout.folded]
    tracks = [_track(columns[at], layout.widths[at], sheet) for at in names]
    heading = Fragment(columns[layout.folded[0]].heading, Role.QUIET)
    yield _joined([*(Fragment(track.heading, Role.QUIET) for track in tracks), heading])
    margin = sum(layout.widths[at] + GAP for at in names)
    empty = [Fragment(" " * (margin - GAP))]
    for row in range(len(columns[0].cells)):
        cells = [track.cells[row] for track in tracks]
        for text in _prose(columns, layout, row, sheet):
            yield _joined([*cells, *text])
            cells = empty


def _prose(columns: Sequence[Strip], layout: Layout, row: int, sheet: Sheet) -> Iterator[Line]:
    """Yield the prose of a row: its first column, then those that are told below it."""
    width = layout.widths[layout.folded[0]]
    for at in layout.folded:
        text, role = columns[at].cells[row], Role.PLAIN if at == layout.folded[0] else Role.CODE
        if columns[at].values[row]:
            for one in line.wrap([Fragment(text, role)], width, sheet.measure):
                yield (Fragment(line.plain_text(one), role),)


def _joined(cells: Iterable[Fragment]) -> Line:
    pieces = [piece for cell in cells for piece in (Fragment(" " * GAP), cell)]
    return line.trimmed([Fragment(INDENT), *pieces[1:]])


def _remark(text: str, sheet: Sheet) -> list[Line]:
    indent = INDENT * 2
    return line.wrap([Fragment(text, Role.QUIET)], sheet.width, sheet.measure, indent, indent)


def _tracks(columns: Sequence[Strip], layout: Layout, sheet: Sheet) -> Iterator[_Track]:
    bar = layout.bar
    for at, width in layout.widths.items():
        yield _track(columns[at], width, sheet)
        if bar and columns[at].column.kind is Kind.SHARE:
            yield _bar_track(columns[at], bar, sheet)
            bar = 0


def _track(strip: Strip, width: int, sheet: Sheet) -> _Track:
    fill = sheet.right if strip.is_number else sheet.left
    return _Track(
        fill(strip.heading, width),
        tuple(Fragment(fill(text, width), _role(strip, text)) for text in strip.cells),
        fill(strip.total, width),
    )


def _role(strip: Strip, text: str) -> Role:
    """Return the role of a cell: what a change *reads* as, so that a shown zero has no colour."""
    if strip.column.name == _STATE:
        return _STATES.get(text, Role.PLAIN)
    if strip.column.kind not in _SIGNED:
        return Role.PLAIN
    return {"+": Role.UP, "-": Role.DOWN}.get(text[0], Role.PLAIN)


def _bar_track(strip: Strip, width: int, sheet: Sheet) -> _Track:
    """Draw shares: of the largest one where the column has a total, else of the whole.

    Parts of a whole are compared with each other; the share of a limit is not.
    """
    shares = [value if is_number(value) else Decimal(0) for value in strip.values]
    full = max(shares) if strip.total and max(shares) > 0 else Decimal(1)
    bars = (sparkline.bar(one / full, width, drawn=sheet.notation.unicode) for one in shares)
    cells = tuple(Fragment(sheet.left(bar, width), Role.SHAPE) for bar in bars)
    return _Track(" " * width, cells, " " * width)


def _blocks(columns: Sequence[Strip], sheet: Sheet) -> Iterator[Line]:
    for texts in zip(*(strip.cells for strip in columns), strict=True):
        yield from _block(columns, texts, sheet)
    if any(strip.total for strip in columns):
        yield from _block(columns, [strip.total for strip in columns], sheet)


def _block(columns: Sequence[Strip], texts: Sequence[str], sheet: Sheet) -> Iterator[Line]:
    """Yield one row as a name and, below it, a line for each other column."""
    names = [text for strip, text in zip(columns, texts, strict=True) if not strip.is_number]
    name = sheet.notation.glyph(" · ", " - ").join(text for text in names if text)
    said = [Fragment(name, Role.STRONG)]
    yield from line.wrap(said, sheet.width, sheet.measure, INDENT, INDENT)
    numbers = [at for at, strip in enumerate(columns) if strip.is_number and texts[at]]
    label = max((sheet.measure(columns[at].heading) for at in numbers), default=0)
    value = max((sheet.measure(texts[at]) for at in numbers), default=0)
    for at in numbers:
        heading = Fragment(INDENT * 2 + sheet.left(columns[at].heading, label) + INDENT, Role.QUIET)
        yield line.trimmed([heading, Fragment(sheet.right(texts[at], value))])
