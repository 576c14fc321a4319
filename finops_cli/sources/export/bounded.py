"""Answers of bounded size: an export may have as many resources as it has rows.

Of more groups than a person or a table can use, the largest are told apart and the others added up,
so that totals stay exact and memory stays small.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from finops_cli.domain.frame import SMALLER
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.sources.export.sql import is_unbounded

MOST_ROWS = 100_000
Row = tuple[Any, ...]


def bounded_rows(
    query: CostQuery, run: Callable[[CostQuery, str], list[Row]], most: int = MOST_ROWS
) -> tuple[list[Row], bool]:
    """Return the rows of a query's frame in order, and whether smaller groups were added up.

    Args:
        query: What is asked.
        run: Answers a query; its second argument is the SQL that follows (order and limit).
        most: How many groups to tell apart.
    """
    if not any(is_unbounded(dimension) for dimension in query.group_by):
        return run(query, "ORDER BY ALL"), False
    rows = run(query, f"ORDER BY abs(cost) DESC LIMIT {most + 1}")
    folded = len(rows) > most
    if folded:
        rows = rows[:most]
        rows += _rest(query, rows, run)
    return sorted(rows, key=lambda row: _order(row[:-3])), folded


def _rest(
    query: CostQuery, kept: Sequence[Row], run: Callable[[CostQuery, str], list[Row]]
) -> list[Row]:
    """Return one row for all that was not kept, for each day and each dimension with few values."""
    few = [i for i, dimension in enumerate(query.group_by) if not is_unbounded(dimension)]
    dated = 0 if query.granularity is Granularity.TOTAL else 1
    stay = [*range(dated), *(dated + i for i in few)]
    costs: dict[Row, Decimal] = defaultdict(Decimal)
    usages: dict[Row, Decimal] = defaultdict(Decimal)
    for row in kept:
        key = tuple(row[i] for i in stay)
        costs[key] += row[-3]
        usages[key] += row[-2] or 0
    coarse = replace(query, group_by=tuple(query.group_by[i] for i in few))
    rest = []
    for *key_cells, cost, usage, unit in run(coarse, "ORDER BY ALL"):
        key = tuple(key_cells)
        if cost == costs[key]:
            continue
        cells: list[Any] = [SMALLER] * (dated + len(query.group_by))
        for at, cell in zip(stay, key, strict=True):
            cells[at] = cell
        left = None if usage is None else usage - usages[key]
        rest.append((*cells, cost - costs[key], left, unit))
    return rest


def _order(cells: Row) -> list[tuple[bool, Any]]:
    return [(cell is None, "" if cell is None else cell) for cell in cells]
