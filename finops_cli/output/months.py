"""A few months of a series: with so few points, an amount and a bar each say more than a line."""

from collections.abc import Iterator
from decimal import Decimal

from finops_cli.domain.answer import Column, Kind, Series, Table, Value
from finops_cli.output import line, sparkline, table
from finops_cli.output.grid import column_cells
from finops_cli.output.line import Fragment, Line, Role
from finops_cli.output.sheet import INDENT, Sheet

_MOST = 18
_WIDEST_BAR = 30
_SHORTEST_BAR = 8


def is_monthly(series: Series) -> bool:
    """Tell whether the points are months; a single day on the first of one is a day."""
    return len(series.points) > 1 and all(day.day == 1 for day, _ in series.points)


def is_short(series: Series) -> bool:
    """Tell whether a series is a few months: few enough to list each with its amount."""
    return is_monthly(series) and len(series.points) <= _MOST


def as_table(series: Series) -> Table:
    """Return a short series as a table of its months, its band as two columns."""
    bounds = {"low": series.low, "high": series.high}
    bands = {name: band for name, band in bounds.items() if band is not None}
    amounts = (Column(name, series.kind, series.unit) for name in (series.name, *bands))
    rows: list[tuple[Value, ...]] = [
        (day, value, *(band[at] for band in bands.values()))
        for at, (day, value) in enumerate(series.points)
    ]
    return Table(series.name, (Column("month", Kind.MONTH), *amounts), tuple(rows))


def lines(series: Series, sheet: Sheet) -> list[Line]:
    """Return the months with their amounts as bars, or as a table where bars find no room."""
    amounts = _amounts(series, [value for _, value in series.points], sheet)
    bands = _bands(series, sheet)
    months = [sheet.notation.word(day, Kind.MONTH) for day, _ in series.points]
    taken = sum(max(map(sheet.measure, column)) for column in (months, amounts, bands))
    room = min(sheet.room - taken - 3 * len(INDENT), _WIDEST_BAR)
    if room < _SHORTEST_BAR:
        return table.lines(as_table(series), sheet)
    rows = zip(months, amounts, _bars(series, room, sheet), bands, strict=True)
    heading = (Fragment(INDENT), Fragment(sheet.notation.label(series.name), Role.QUIET))
    return [heading, *(_row(*row) for row in rows)]


def _row(month: str, amount: str, bar: str, band: str) -> Line:
    return line.trimmed(
        [
            Fragment(INDENT + month + INDENT, Role.QUIET),
            Fragment(amount + INDENT),
            Fragment(bar, Role.SHAPE),
            Fragment(INDENT + band, Role.QUIET),
        ]
    )


def _bars(series: Series, room: int, sheet: Sheet) -> Iterator[str]:
    values = [value for _, value in series.points]
    top = max(*values, Decimal(0)) or Decimal(1)
    for value in values:
        bar = sparkline.bar(value / top, room, drawn=sheet.notation.unicode)
        yield sheet.left(bar, room)


def _amounts(series: Series, values: list[Decimal], sheet: Sheet) -> list[str]:
    column = Column(series.name, series.kind, series.unit)
    texts, _ = column_cells(column, values, None, sheet.notation)
    wide = max(map(sheet.measure, texts))
    return [sheet.right(text, wide) for text in texts]


def _bands(series: Series, sheet: Sheet) -> list[str]:
    if series.low is None or series.high is None:
        return [""] * len(series.points)
    low, high = (_amounts(series, [*band], sheet) for band in (series.low, series.high))
    return [f"{a} {sheet.notation.dash} {b}" for a, b in zip(low, high, strict=True)]
