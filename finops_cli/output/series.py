"""A series as a sparkline with its dates and marks, for the terminal and for markdown.

Without drawing characters the shape is told in words: its lowest and its highest point.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from finops_cli.domain.answer import Figure, Kind, Series
from finops_cli.output import line, months, sparkline
from finops_cli.output.line import Fragment, Line, Role
from finops_cli.output.notation import Notation
from finops_cli.output.sheet import INDENT, Sheet

_NARROWEST_SPARK = 24
_GAP = "   "


def lines(series: Series, sheet: Sheet, *, repeated: bool) -> list[Line]:
    """Return a series as lines.

    Args:
        series: The points.
        sheet: What to write on.
        repeated: A table of the same answer lists the same days or months, so that bars with
            their amounts would say everything twice.
    """
    if not series.points:
        return []
    if months.is_short(series) and not repeated:
        return [*months.lines(series, sheet), *_marks_below(series, sheet, INDENT)]
    return list(_spark(series, sheet) if sheet.notation.unicode else _told(series, sheet))


def together(several: Sequence[Series], sheet: Sheet) -> list[Line]:
    """Return series over the same days as sparklines below one another, their days named once."""
    if not sheet.notation.unicode:
        return [found for one in several for found in _told(one, sheet)]
    names = [sheet.cropped(sheet.notation.label(one.name), sheet.room // 3) for one in several]
    width = max(sheet.measure(name) for name in names) + len(INDENT)
    found: list[Line] = []
    drawn, size = "", 1
    for one, name in zip(several, names, strict=True):
        drawn, size = shape(one, sheet.room - width)
        padding = " " * (width - sheet.measure(name))
        head = Fragment(INDENT + name + padding, Role.QUIET)
        found.append((head, Fragment(drawn, Role.SHAPE)))
    indent = INDENT + " " * width
    axis = Fragment(_axis(several[0], len(drawn), size, sheet), Role.QUIET)
    return [*found, (Fragment(indent), axis)]


def marks(series: Series, notation: Notation) -> list[str]:
    """Return the marks of a series as ``usual $1,655``."""
    return [f"{notation.label(mark.name)} {notation.figure(mark)}" for mark in series.marks]


def ends(series: Series, notation: Notation) -> tuple[str, str]:
    """Return the first and the last day, or month, as text."""
    kind = Kind.MONTH if months.is_monthly(series) else Kind.DATE
    days = series.points[0][0], series.points[-1][0]
    return notation.word(days[0], kind), notation.word(days[1], kind)


def shape(series: Series, width: int) -> tuple[str, int]:
    """Return a sparkline of at most so many cells and how many points a cell stands for."""
    values, size = sparkline.binned([value for _, value in series.points], width)
    return sparkline.sparkline(values), size


def bin_note(series: Series, size: int) -> str:
    """Return what one cell of a sparkline stands for, where that is not one point."""
    unit = "months" if months.is_monthly(series) else "days"
    return f"each mark the mean of {size} {unit}" if size > 1 else ""


def _spark(series: Series, sheet: Sheet) -> Iterator[Line]:
    notation = sheet.notation
    label = sheet.cropped(notation.label(series.name), sheet.room // 3) + INDENT
    room = sheet.room - sheet.measure(label)
    beside = _GAP + _GAP.join(marks(series, notation)) if series.marks else ""
    free = room - sheet.measure(beside)
    if free < _needed(len(series.points), room):
        beside, free = "", room
    drawn, size = shape(series, free)
    head = Fragment(INDENT + label, Role.QUIET)
    yield line.trimmed([head, Fragment(drawn, Role.SHAPE), Fragment(beside)])
    indent = INDENT + " " * sheet.measure(label)
    yield (Fragment(indent), Fragment(_axis(series, len(drawn), size, sheet), Role.QUIET))
    if not beside:
        yield from _marks_below(series, sheet, indent)


def _needed(points: int, room: int) -> int:
    """Return the cells that a sparkline should not be denied for the sake of marks beside it."""
    return points if points <= room else _NARROWEST_SPARK


def _axis(series: Series, width: int, size: int, sheet: Sheet) -> str:
    first, last = ends(series, sheet.notation)
    gap = width - len(first) - len(last)
    axis = f"{first}{' ' * gap}{last}" if gap > 1 else f"{first} {sheet.notation.dash} {last}"
    note = bin_note(series, size)
    return f"{axis}{_GAP}{note}" if note and len(axis) + len(note) + 16 < sheet.width else axis


def _marks_below(series: Series, sheet: Sheet, indent: str) -> Iterator[Line]:
    words: list[Fragment] = []
    for text in marks(series, sheet.notation):
        words += [Fragment(text + INDENT, whole=True), Fragment(" ")]
    for found in line.wrap(words, sheet.width, sheet.measure, indent, indent):
        yield line.trimmed(found)


def _told(series: Series, sheet: Sheet) -> Iterator[Line]:
    notation = sheet.notation
    first, last = ends(series, notation)
    words = [Fragment(f"{notation.label(series.name)}, {first} {notation.dash} {last}:")]
    values = [value for _, value in series.points]
    extremes = _said("low", min(values), series), _said("high", max(values), series)
    told = [f"{mark.name} {notation.figure(mark)}" for mark in extremes]
    for text in [*told, *marks(series, notation)]:
        words += [Fragment(" "), Fragment(" " + text, whole=True)]
    yield from line.wrap(words, sheet.width, sheet.measure, INDENT, INDENT * 2)


def _said(name: str, value: Decimal, series: Series) -> Figure:
    return Figure(name, value, series.kind, series.unit)
