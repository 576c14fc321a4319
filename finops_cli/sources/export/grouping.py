"""Group rows by the raw columns that dimensions are made of, and work the dimensions out after.

A category made from a line item type, or an instance type from a usage type, is so computed once a
group and not once a row: on ten million rows, a few hundred times instead of ten million.
"""

from collections.abc import Iterable

from finops_cli.sources.export.table import Table

UNIT = "__unit"


class Grouping:
    """How an inner query groups a table, and what an outer one makes of its columns.

    Args:
        table: What is read.
        names: The dimensions that the outer query needs.
    """

    def __init__(self, table: Table, names: Iterable[str]) -> None:
        self._table = table
        self._raw: dict[str, None] = {}
        self._direct: dict[str, str] = {}
        for name in dict.fromkeys(names):
            raw = table.ingredients(name)
            if raw is None:
                self._direct[name] = f"__d{len(self._direct)}"
            else:
                self._raw.update(dict.fromkeys(raw))
        self._unit_raw = table.unit_ingredients()

    def inner(self) -> list[str]:
        """Return the columns that the inner query groups by."""
        direct = [f"{self._table.dimension(n)} AS {alias}" for n, alias in self._direct.items()]
        return [*self._raw, *direct]

    def inner_unit(self) -> list[str]:
        """Return the columns of the usage unit that are not among the others yet."""
        if self._unit_raw is None:
            return [f"{self._table.usage_unit()} AS {UNIT}"]
        return [column for column in self._unit_raw if column not in self._raw]

    def outer(self, name: str) -> str:
        """Return the SQL of a dimension over the inner query's columns."""
        return self._direct.get(name) or self._table.dimension(name)

    def outer_unit(self) -> str:
        """Return the SQL of the usage unit over the inner query's columns."""
        return UNIT if self._unit_raw is None else self._table.usage_unit()
