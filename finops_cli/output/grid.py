"""A table as text, before any layout: the same cells for the terminal and for markdown.

The cells of a column are written together, so that they share their decimals and add up to what
the total row shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finops_cli.domain.answer import Answer, Column, Kind, Table, Value
from finops_cli.output import format as fmt
from finops_cli.output.notation import Notation, is_number

_FROM_THE_LEFT = frozenset({Kind.TEXT, Kind.DATE, Kind.MONTH, Kind.PERIOD})
_MONEY = frozenset({Kind.MONEY, Kind.CHANGE, Kind.ESTIMATE})
_RATIO = frozenset({Kind.SHARE, Kind.RATIO, Kind.GROWTH})
_SIGNED = frozenset({Kind.CHANGE, Kind.GROWTH})


@dataclass(frozen=True, slots=True)
class Strip:
    """One column of a grid: its heading, its cells from top to bottom and its total's cell.

    A remark is text after the last number, such as a reason; a row may well have none.
    """

    column: Column
    heading: str
    cells: tuple[str, ...]
    total: str
    values: tuple[Value, ...]
    is_remark: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the column lines up on the right."""
        return self.column.kind not in _FROM_THE_LEFT

    def texts(self) -> Iterator[str]:
        """Yield everything that the column shows."""
        yield self.heading
        yield from self.cells
        yield self.total


def strips(table: Table, notation: Notation) -> list[Strip]:
    """Return the columns of a table as text; a total row without a name is called so."""
    found = [_strip(table, at, notation) for at in range(len(table.columns))]
    last = max((at for at, strip in enumerate(found) if strip.is_number), default=len(found))
    found[last + 1 :] = [_remark(strip) for strip in found[last + 1 :]]
    return [_named(found[0]), *found[1:]] if table.total and found else found


def _named(first: Strip) -> Strip:
    return first if first.is_number or first.total else replace(first, total="total")


def _remark(strip: Strip) -> Strip:
    if strip.column.kind is not Kind.TEXT:
        return strip
    pairs = zip(strip.cells, strip.values, strict=True)
    return replace(strip, is_remark=True, cells=tuple(c if v else "" for c, v in pairs))


def _strip(table: Table, at: int, notation: Notation) -> Strip:
    column = table.columns[at]
    values = tuple(row[at] for row in table.rows)
    total = table.total[at] if table.total else None
    cells, ending = column_cells(column, values, total, notation)
    if column.kind is Kind.TEXT:
        # "Everything else" has no region of its own: an empty cell, not a dash for one unknown.
        items = len(values) - table.rest
        kept = zip(cells[items:], values[items:], strict=True)
        cells[items:] = ["" if value is None else cell for cell, value in kept]
    unit = column.unit if column.kind is Kind.QUANTITY else None
    heading = notation.label(column.heading or column.name) + (
        f" ({notation.text(unit)})" if unit else ""
    )
    return Strip(column, heading, tuple(cells), ending, values)


def shown(answer: Answer) -> list[Table]:
    """Return the tables that a person is shown: those with rows, without what is detail."""
    tables = [_without_details(each) for each in answer.tables if not each.detail]
    return [each for each in tables if each.columns and each.rows]


def _without_details(table: Table) -> Table:
    kept = [at for at, column in enumerate(table.columns) if not column.detail]
    if len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        total=tuple(table.total[at] for at in kept) if table.total else None,
    )


def by_time(answer: Answer) -> bool:
    """Tell whether a table lists days or months: a series need not list its amounts again."""
    leads = [each.columns[0].kind for each in shown(answer)]
    return any(kind in (Kind.DATE, Kind.MONTH, Kind.PERIOD) for kind in leads)


def column_cells(
    column: Column, values: Sequence[Value], total: Value, notation: Notation
) -> tuple[list[str], str]:
    """Write the cells of a column and of its total; a total that is None is left empty."""
    numbers = [value for value in values if is_number(value)]
    ending = [total] if is_number(total) else []
    places = _places(column, [*numbers, *ending], notation)
    shown = iter(_rounded_together(column, numbers, ending, places))
    cells = [_cell(column, next(shown) if is_number(v) else v, places, notation) for v in values]
    return cells, "" if total is None else _cell(column, total, places, notation)


def _places(column: Column, numbers: Sequence[Decimal], notation: Notation) -> int:
    if column.kind is Kind.ESTIMATE:
        return fmt.estimate_places(numbers, column.unit or notation.currency)
    if column.kind in _MONEY:
        return fmt.column_places(numbers, column.unit or notation.currency)
    return 1


def _rounded_together(
    column: Column, numbers: list[Decimal], total: list[Decimal], places: int
) -> list[Decimal]:
    if column.kind is Kind.SHARE and total:
        return fmt.apportion(numbers, total[0], places + 2)
    if column.kind in _MONEY and total:
        return fmt.apportion(numbers, total[0], places)
    return numbers


def _cell(column: Column, value: Value, places: int, notation: Notation) -> str:
    if not is_number(value):
        return notation.word(value, column.kind)
    signed = column.kind in _SIGNED
    if column.kind in _RATIO:
        return fmt.percent(value, places, signed=signed)
    if column.kind not in _MONEY:
        return fmt.quantity(value)
    currency = column.unit or notation.currency
    text = notation.money(value, currency, places, signed=signed)
    return f"{text} {_arrow(text, notation)}" if signed else text


def _arrow(amount: str, notation: Notation) -> str:
    """Return an arrow that says the sign again, for eyes that see no colour and skip signs."""
    if amount[0] not in "+-":
        return notation.glyph("=", "=")
    return notation.glyph("▲", "^") if amount[0] == "+" else notation.glyph("▼", "v")
