"""A table of measured accuracy, as text for a terminal and as markdown for the docs."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows under a header, with a note on what was measured how."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    note: str = ""


def markdown(table: Table) -> str:
    """Return the table as a section of a page."""
    return "\n".join(_markdown(table)) + "\n"


def _markdown(table: Table) -> Iterator[str]:
    yield f"### {table.title}"
    yield ""
    widths = [max(len(row[i]) for row in (table.header, *table.rows)) for i in _columns(table)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    for row in (table.header, tuple(rule), *table.rows):
        cells = [cell.ljust(w) if not i else cell.rjust(w) for i, cell, w in _cells(row, widths)]
        yield f"| {' | '.join(cells)} |"
    if table.note:
        yield ""
        yield table.note


def text(table: Table) -> str:
    """Return the table for a terminal."""
    widths = [max(len(row[i]) for row in (table.header, *table.rows)) for i in _columns(table)]
    lines = [f"\n{table.title}"]
    for row in (table.header, *table.rows):
        cells = [cell.ljust(w) if not i else cell.rjust(w) for i, cell, w in _cells(row, widths)]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join([*lines, *([f"  {table.note}"] if table.note else [])])


def _columns(table: Table) -> range:
    return range(len(table.header))


def _cells(row: tuple[str, ...], widths: list[int]) -> Iterator[tuple[int, str, int]]:
    return ((i, cell, width) for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
