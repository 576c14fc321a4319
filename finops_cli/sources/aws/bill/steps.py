"""A query by more dimensions than one request groups by, answered in steps.

The dimension with the fewest values is told apart by one request each, the costliest value first,
as far as the spend cap allows; what is left is added up, so that the total stays exact.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.frame import COST, SMALLER, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.query import CostQuery, Filter
from finops_cli.domain.source import Meter, Shortfall
from finops_cli.errors import FinopsError, SpendCap

_FEW_FIRST = (
    q.CHARGE_CATEGORY,
    q.RECORD_TYPE,
    q.PURCHASE_OPTION,
    q.REGION,
    q.ACCOUNT,
    q.SERVICE,
    q.AVAILABILITY_ZONE,
    q.INSTANCE_TYPE,
    q.OPERATION,
    q.USAGE_TYPE,
)
"""Dimensions by how many values they usually have."""

Fetch = Callable[[CostQuery], Frame]


def in_steps(query: CostQuery, fetch: Fetch, meter: Meter) -> Frame:
    """Return the frame of a query by one request for each value of one of its dimensions.

    Args:
        query: Groups by at least three dimensions.
        fetch: Answers a query with one dimension less.
        meter: Is told what a cap or a failure left out.

    Raises:
        FinopsError: Not even the first step could be made.
    """
    pivot = min(query.group_by, key=_rank)
    others = tuple(d for d in query.group_by if d != pivot)
    whole = fetch(replace(query, group_by=(pivot,)))
    rows: list[tuple[Any, ...]] = []
    values = _costliest_first(whole, pivot)
    for at, value in enumerate(values):
        narrowed = (*query.filters, Filter(pivot, (value,)))
        try:
            part = fetch(replace(query, group_by=others, filters=narrowed))
        except FinopsError as error:
            if not rows:
                raise
            rows += _added_up(query, whole, pivot, values[at:])
            meter.shortfalls.append(_short(pivot, len(values) - at, error))
            break
        rows += _placed(query, part, pivot, value)
    rows.sort(key=lambda row: [(cell is None, "" if cell is None else cell) for cell in row[:-3]])
    return Frame((*_dated(whole), *query.group_by, COST, USAGE, USAGE_UNIT), tuple(rows))


def _rank(dimension: str) -> int:
    return _FEW_FIRST.index(dimension) if dimension in _FEW_FIRST else len(_FEW_FIRST)


def _costliest_first(whole: Frame, pivot: str) -> list[str | None]:
    costs: dict[str | None, Decimal] = {}
    for value, cost in whole.select(pivot, COST):
        costs[value] = costs.get(value, Decimal(0)) + cost
    return sorted(costs, key=lambda value: (-abs(costs[value]), value or ""))


def _placed(query: CostQuery, part: Frame, pivot: str, value: str | None) -> list[tuple[Any, ...]]:
    names = (*_dated(part), *query.group_by, COST, USAGE, USAGE_UNIT)
    at = [None if name == pivot else part.columns.index(name) for name in names]
    return [tuple(value if i is None else row[i] for i in at) for row in part.rows]


def _added_up(
    query: CostQuery, whole: Frame, pivot: str, values: Sequence[str | None]
) -> list[tuple[Any, ...]]:
    """Return the rows of values that were not told apart any further."""
    dated = _dated(whole)
    rows = []
    for *moment, value, cost in whole.select(*dated, pivot, COST):
        if value in values:
            cells = [value if d == pivot else SMALLER for d in query.group_by]
            rows.append((*moment, *cells, cost, None, None))
    return rows


def _short(pivot: str, count: int, error: FinopsError) -> Shortfall:
    code = 6 if isinstance(error, SpendCap) else 5
    name = pivot.replace("_", " ")
    are = "is" if count == 1 else "are"
    text = f"{count} of the values by {name} {are} not split any further. {error.message}"
    return Shortfall(text, code, error.code)


def _dated(frame: Frame) -> tuple[str, ...]:
    return tuple(name for name in frame.columns if name == "date")
