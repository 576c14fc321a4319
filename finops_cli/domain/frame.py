"""Tidy rows, the only shape in which data travels from a source to the analytics.

Columns stand in this order: ``date`` (unless the query asked for the total of the period), the
dimensions of ``group_by`` as asked, then ``cost``, ``usage`` and ``usage_unit``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

DATE = "date"
COST = "cost"
USAGE = "usage"
USAGE_UNIT = "usage_unit"

SMALLER = "(smaller ones)"
"""The value of a dimension in a row that adds up its smaller values: a source tells apart no more
groups than anybody could use."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows under named columns.

    ``date`` is a ``datetime.date`` (the first of the month for monthly rows), a dimension is
    ``str`` or None where the bill has no value, ``cost`` a Decimal, ``usage`` a Decimal or None,
    ``usage_unit`` the unit of the usage or None where a row adds up several units (then ``usage``
    is None too).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[Any]:
        """Return one column's values in row order.

        Raises:
            ValueError: The frame has no such column.
        """
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def select(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield the named columns of each row, in the order of the names."""
        at: Sequence[int] = [self.columns.index(name) for name in names]
        for row in self.rows:
            yield tuple(row[i] for i in at)

    def total(self) -> Decimal:
        """Return the sum of the cost column, exactly."""
        return sum(self.column(COST), Decimal(0))
