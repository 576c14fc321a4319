"""A history and the forecast that continues it, with its band, as a chart of a few rows.

A month is a level, not an area, so it is drawn as a mark at its height, half a row exact: the axis
need not start at zero, says where it starts, and leaves the room to the band. Where history stops
and forecast begins there is a rule, and the two differ in shape as well as in colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finops_cli.domain.answer import Answer, Kind, Series
from finops_cli.output import format as fmt
from finops_cli.output.line import Fragment, Line, Role, trimmed
from finops_cli.output.sheet import INDENT, Sheet

_ROWS = 9
_WIDEST = 4
_LONGEST_HISTORY = 15
_HALF = Decimal("0.5")
_NEAR_ZERO = Decimal("0.3")


@dataclass(frozen=True, slots=True)
class _Point:
    value: Decimal
    low: Decimal
    high: Decimal
    ahead: bool


def charted(answer: Answer) -> list[tuple[Series, Series]]:
    """Return each history with the banded series that continues it."""
    drawn = [one for one in answer.series if one.points and not one.detail]
    return [
        (before, after)
        for before, after in zip(drawn, drawn[1:], strict=False)
        if after.low and after.high and before.points[-1][0] < after.points[0][0]
    ]


def lines(history: Series, forecast: Series, sheet: Sheet) -> list[Line]:
    """Return the chart; nothing where the room is too narrow to draw a mark for each point."""
    history = _recent(history)
    points = [*_past(history), *_ahead(forecast)]
    floor, top = _scale(points)
    labels = _labels(floor, top, forecast, sheet)
    margin = max(map(sheet.measure, labels)) + 1
    wide = min((sheet.room - margin - 3) // len(points), _WIDEST)
    if wide < 1 or top == floor:
        return []
    rows = [
        _row(labels[at], margin, _cells(points, at, floor, top, wide, sheet), sheet)
        for at in range(_ROWS)
    ]
    heading = f"{sheet.notation.label(history.name)}: history, then {_told(forecast, sheet)}"
    return [
        (Fragment(INDENT), Fragment(sheet.cropped(heading, sheet.room), Role.QUIET)),
        *rows,
        _months(history, forecast, margin, wide, sheet),
    ]


def _recent(history: Series) -> Series:
    """Return the last months of a history: a year and a bit, so that seasons meet."""
    return Series(history.name, history.kind, history.unit, history.points[-_LONGEST_HISTORY:])


def _past(history: Series) -> Iterator[_Point]:
    for _, value in history.points:
        yield _Point(value, value, value, ahead=False)


def _ahead(forecast: Series) -> Iterator[_Point]:
    bounds = zip(forecast.points, forecast.low or (), forecast.high or (), strict=True)
    for (_, value), low, high in bounds:
        yield _Point(value, low, high, ahead=True)


def _scale(points: Sequence[_Point]) -> tuple[Decimal, Decimal]:
    """Return the amounts at the foot and the head; the foot is zero unless all lies far above."""
    low, high = min(p.low for p in points), max(p.high for p in points)
    if 0 <= low < high * _NEAR_ZERO:
        return Decimal(0), high
    if high <= 0:
        return low, Decimal(0) if low < 0 else high
    room = (high - low) / 10 or abs(high) / 10
    return low - room, high + room


def _labels(floor: Decimal, top: Decimal, series: Series, sheet: Sheet) -> list[str]:
    """Return the amount at the middle of every fourth row, from the top."""
    step = (top - floor) / _ROWS
    found = []
    for at in range(_ROWS):
        value = top - step * (Decimal(at) + _HALF)
        shown = at % 4 == 0
        found.append(
            sheet.notation.text(fmt.short_amount(value, series.unit or sheet.notation.currency))
            if shown
            else ""
        )
    return found


def _cells(
    points: Sequence[_Point], at: int, floor: Decimal, top: Decimal, wide: int, sheet: Sheet
) -> list[Fragment]:
    """Return the marks of one row, the rule between history and forecast among them."""
    step = (top - floor) / _ROWS
    ceiling = top - step * at
    found: list[Fragment] = []
    before = False
    for point in points:
        if point.ahead and not before:
            found.append(Fragment(sheet.notation.glyph("┊", "|"), Role.QUIET))
        before = point.ahead
        found.append(_mark(point, ceiling - step, ceiling, wide, sheet))
    return found


def _mark(point: _Point, low: Decimal, high: Decimal, wide: int, sheet: Sheet) -> Fragment:
    drawn = wide - 1 if wide > 1 else 1
    gap = " " * (wide - drawn)
    glyph = sheet.notation.glyph
    if low < point.value <= high or (point.value <= low and point.value == point.low == low):
        upper = point.value - low > (high - low) * _HALF
        sign = glyph("▀" if upper else "▄", "-" if point.ahead else "=")
        role = Role.NOTE if point.ahead else Role.SHAPE
        return Fragment(sign * drawn + gap, role)
    if point.ahead and point.low < high and point.high > low:
        return Fragment(glyph("░", ":") * drawn + gap, Role.QUIET)
    return Fragment(" " * wide)


def _row(label: str, margin: int, cells: Sequence[Fragment], sheet: Sheet) -> Line:
    edge = sheet.notation.glyph("┤" if label else "│", "|")
    head = Fragment(INDENT + sheet.right(label, margin - 1) + edge, Role.QUIET)
    return trimmed([head, *cells])


def _months(history: Series, forecast: Series, margin: int, wide: int, sheet: Sheet) -> Line:
    """Return the names of the first month, the first one ahead and the last, where they fit."""
    ahead_at = len(history.points) * wide + 1
    end = ahead_at + len(forecast.points) * wide
    named = [(0, history.points[0][0]), (ahead_at, forecast.points[0][0])]
    text = ""
    for at, day in named:
        word = sheet.notation.word(day, Kind.MONTH)
        if at >= len(text) + bool(text) and at + len(word) <= end:
            text = text.ljust(at) + word
    last = sheet.notation.word(forecast.points[-1][0], Kind.MONTH)
    if end - len(last) > len(text):
        text = text.ljust(end - len(last)) + last
    return (Fragment(INDENT + " " * margin), Fragment(text, Role.QUIET))


def _told(forecast: Series, sheet: Sheet) -> str:
    return f"{sheet.notation.label(forecast.name)} with its band"
