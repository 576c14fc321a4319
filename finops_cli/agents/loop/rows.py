"""A table as a model reads it: its first rows, and the sums of those that are left out.

The sums are figures of ours like any other: whoever checks a text has to know them too.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from finops_cli.agents.loop.quoting import MONEY, Quoted, quoted
from finops_cli.domain.answer import Answer, Figure, Kind, Table, Value

MOST_ROWS = 20
_TIMES = frozenset({Kind.DATE, Kind.MONTH})
Row = tuple[Value, ...]


def told_table(table: Table, currency: str | None) -> dict[str, Any]:
    """Return what a model is told of a table.

    Args:
        table: Any table.
        currency: What its money is in.
    """
    at = [n for n, column in enumerate(table.columns) if not column.detail]
    columns = [table.columns[n] for n in at]

    def told(row: Row) -> list[Quoted]:
        cells = zip(columns, (row[n] for n in at), strict=True)
        return [quoted(value, column.kind, column.unit, currency) for column, value in cells]

    shown, left = _parted(table)
    content: dict[str, Any] = {
        "name": table.name,
        "columns": [column.name for column in columns],
        "rows": [told(row) for row in shown],
    }
    if table.total:
        content["total"] = told(table.total)
    if left:
        sums = left_out(table, currency)
        content["rows_left_out"] = {
            "count": len(left),
            **{one.name: quoted(one.value, one.kind, one.unit, currency) for one in sums},
        }
    return content


def left_out(table: Table, currency: str | None) -> tuple[Figure, ...]:
    """Return what the rows that are not told come to, in each column of money that adds up."""
    _, left = _parted(table)
    total = table.total or (None,) * len(table.columns)
    return tuple(
        Figure(column.name, _sum(left, n), column.kind, column.unit or currency)
        for n, column in enumerate(table.columns)
        if left and column.kind in MONEY and total[n] is not None and not column.detail
    )


def sums_left_out(answers: Sequence[Answer]) -> tuple[Figure, ...]:
    """Return all such sums of several Answers."""
    return tuple(
        figure
        for answer in answers
        for table in answer.tables
        if not table.detail
        for figure in left_out(table, answer.provenance.currency)
    )


def _parted(table: Table) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the rows that are told and those that are not.

    Remainders are always told; of rows in time the latest, of others the first.
    """
    count = len(table.rows) - table.rest
    items, remainders = table.rows[:count], table.rows[count:]
    if table.columns and table.columns[0].kind in _TIMES:
        first = max(count - MOST_ROWS, 0)
        return (*items[first:], *remainders), items[:first]
    return (*items[:MOST_ROWS], *remainders), items[MOST_ROWS:]


def _sum(rows: Sequence[Row], at: int) -> Decimal:
    amounts = (row[at] for row in rows)
    return sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
