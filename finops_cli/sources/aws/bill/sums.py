"""Buckets added up: the frame or the panel that a query asks for."""

from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.frame import COST, DATE, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import first_of_month
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.sources.aws.bill.shape import Key, Shape, cell, keeps
from finops_cli.sources.aws.cache.buckets import Bucket

_NONE = Decimal(0)


def columns_of(query: CostQuery) -> tuple[str, ...]:
    """Return the columns of a bucket that a query needs."""
    # Only usage of one type has one unit, and can be added up.
    narrowed = any(f.dimension == q.USAGE_TYPE and not f.exclude for f in query.filters)
    one_unit = narrowed or q.USAGE_TYPE in query.group_by
    return (query.metric.value, *((USAGE, USAGE_UNIT) if one_unit else ()))


def frame(query: CostQuery, shape: Shape, buckets: Iterable[Bucket]) -> Frame:
    """Return the frame of a query: its rows in order, every amount an exact sum.

    Args:
        query: What is asked.
        shape: What the buckets tell apart.
        buckets: In the order of their days: each day's or month's rows are done before the next
            begin, so that nothing but rows is ever held of a long period.
    """
    rows: list[tuple[Any, ...]] = []
    cut = _Cut(query, shape)
    for moment, some in groupby(buckets, key=lambda b: _moment(b.span.start, query.granularity)):
        rows += _rows(query, cut, moment, some)
    dated = () if query.granularity is Granularity.TOTAL else (DATE,)
    return Frame((*dated, *query.group_by, COST, USAGE, USAGE_UNIT), tuple(rows))


def _rows(
    query: CostQuery, cut: "_Cut", moment: tuple[date, ...], buckets: Iterable[Bucket]
) -> list[tuple[Any, ...]]:
    """Return the rows of one day, of one month, or of all that is asked about."""
    costs: dict[Key, Decimal] = {}
    usages: dict[Key, dict[str, Decimal]] = {}
    for bucket in buckets:
        for key, amount in zip(bucket.keys, bucket.columns[query.metric.value], strict=True):
            where = cut.of(key)
            if where is not None:
                costs[where] = costs.get(where, _NONE) + Decimal(amount or 0)
        if USAGE in bucket.columns:
            _add_usage(usages, cut, bucket)
    order = sorted(costs, key=lambda where: [(part is None, part or "") for part in where])
    return [(*moment, *where, costs[where], *_usage(usages.get(where, {}))) for where in order]


def panel(query: CostQuery, shape: Shape, buckets: Iterable[Bucket]) -> Panel:
    """Return the daily series of a query, read bucket by bucket: never all rows at once."""
    series: dict[Key, array[float]] = {}
    cut = _Cut(query, shape)
    first, days = query.period.start, query.period.days
    for bucket in buckets:
        at = (bucket.span.start - first).days
        amounts = bucket.columns[query.metric.value]
        for key, amount in zip(bucket.keys, amounts, strict=True):
            where = cut.of(key)
            if where is None:
                continue
            values = series.get(where)
            if values is None:
                values = series[where] = array("d", bytes(8 * days))
            values[at] += float(amount or 0)
    return Panel(query.period, query.group_by, tuple(series), tuple(series.values()))


class _Cut:
    """Where a row of a shape belongs in a query; each key is looked at once."""

    def __init__(self, query: CostQuery, shape: Shape) -> None:
        self._shape = shape
        self._group_by = query.group_by
        self._filters = tuple(f for f in Shape.of(query).filters if f not in shape.filters)
        self._known: dict[Key, Key | None] = {}

    def of(self, key: Key) -> Key | None:
        """Return the values of the query's dimensions, None for a row that it filters out."""
        if key not in self._known:
            kept = keeps(self._shape, key, self._filters)
            cells = (cell(self._shape, key, d) for d in self._group_by)
            self._known[key] = tuple(cells) if kept else None
        return self._known[key]


def _moment(day: date, granularity: Granularity) -> tuple[date, ...]:
    if granularity is Granularity.TOTAL:
        return ()
    return (first_of_month(day) if granularity is Granularity.MONTHLY else day,)


def _add_usage(usages: dict[Key, dict[str, Decimal]], cut: _Cut, bucket: Bucket) -> None:
    for where, amount, unit in _used(cut, bucket):
        units = usages.setdefault(where, {})
        units[unit] = units.get(unit, _NONE) + Decimal(amount)


def _used(cut: _Cut, bucket: Bucket) -> Iterator[tuple[Key, str, str]]:
    columns = bucket.columns
    for key, amount, unit in zip(bucket.keys, columns[USAGE], columns[USAGE_UNIT], strict=True):
        where = cut.of(key)
        if where is not None and amount is not None and unit is not None:
            yield where, amount, unit


def _usage(units: dict[str, Decimal]) -> tuple[Decimal | None, str | None]:
    """Return usage and unit, nothing where several units meet."""
    if len(units) != 1:
        return None, None
    ((unit, amount),) = units.items()
    return amount, unit
