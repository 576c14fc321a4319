"""The bill that is served: a source's daily costs, each way of grouping them fetched once.

A source may not be made for several threads: one lock is held while it is asked.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.frame import COST, DATE, USAGE, USAGE_UNIT
from finops_cli.domain.period import Period, month_of
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.errors import MissingColumn

METRICS = {
    "UnblendedCost": Metric.UNBLENDED,
    "BlendedCost": Metric.UNBLENDED,
    "AmortizedCost": Metric.AMORTIZED,
    "NetUnblendedCost": Metric.NET_UNBLENDED,
    "NetAmortizedCost": Metric.NET_AMORTIZED,
    "BilledCost": Metric.UNBLENDED,
    "ListCost": Metric.LIST,
}
USAGE_QUANTITY = "UsageQuantity"
NORMALIZED_USAGE = "NormalizedUsageAmount"
_INSTEAD = {
    Metric.NET_UNBLENDED: Metric.UNBLENDED,
    Metric.NET_AMORTIZED: Metric.AMORTIZED,
    Metric.AMORTIZED: Metric.UNBLENDED,
    Metric.LIST: Metric.UNBLENDED,
}
Raw = tuple[str | None, ...]
Line = tuple[Raw, Decimal, str | None]
"""The values of the dimensions asked for, an amount, and the unit of a usage."""
Days = dict[date, list[Line]]
NO_UNIT = "N/A"


class Bill:
    """Costs and usage by day.

    Args:
        source: Where they come from; of several currencies, the first is served.
    """

    def __init__(self, source: CostSource) -> None:
        self.currency = source.currencies()[0]
        self._source = source.in_currency(self.currency)
        self._lock = threading.RLock()
        self._kept: dict[tuple[tuple[str, ...], str], Days] = {}
        self.coverage = source.coverage()
        self.label = source.label
        self.account_names = source.names(q.ACCOUNT)

    def tag_keys(self) -> tuple[str, ...]:
        """Return the keys of all tags."""
        with self._lock:
            keys = (q.tag_key(name) for name in self._source.dimensions())
            return tuple(sorted(key for key in keys if key is not None))

    def accounts(self) -> tuple[str, ...]:
        """Return the accounts that have charges."""
        with self._lock:
            return self._source.values(q.ACCOUNT) if self._source.offers(q.ACCOUNT) else ()

    def days(self, names: Iterable[str], metric: str) -> Days:
        """Return the amounts of a metric by day, told apart by dimensions in their order.

        A dimension that the source does not have is None everywhere.
        """
        key = (tuple(names), metric)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._read(*key)
            return self._kept[key]

    def spent(self, names: Iterable[str], period: Period) -> list[tuple[Raw, Decimal]]:
        """Return the unblended costs of a period; dimensions that are not there are None."""
        names = tuple(names)
        with self._lock:
            offered = tuple(name for name in names if self._source.offers(name))
            query = CostQuery(period, Metric.UNBLENDED, Granularity.TOTAL, offered)
            rows = list(self._fetch(query, COST))
        found = []
        for *raw, cost in rows:
            values = dict(zip(offered, raw, strict=True))
            found.append((tuple(values.get(name) for name in names), cost))
        return found

    def _read(self, names: tuple[str, ...], metric: str) -> Days:
        offered = tuple(name for name in names if self._source.offers(name))
        if metric in METRICS:
            rows = self._costs(offered, METRICS[metric])
        else:
            rows = self._usage(offered)
        at = [offered.index(name) if name in offered else None for name in names]
        known: dict[Raw, Raw] = {}
        days: Days = {}
        for day, raw, amount, unit in rows:
            values = known.get(raw)
            if values is None:
                values = known[raw] = tuple(None if i is None else raw[i] for i in at)
            days.setdefault(day, []).append((values, amount, unit))
        return days

    def _costs(
        self, names: tuple[str, ...], metric: Metric
    ) -> Iterable[tuple[date, Raw, Decimal, str | None]]:
        query = CostQuery(self.coverage, metric, Granularity.DAILY, names)
        try:
            rows = list(self._fetch(query, COST))
        except MissingColumn:
            if metric not in _INSTEAD:
                raise
            yield from self._costs(names, _INSTEAD[metric])
            return
        for day, *raw, cost in rows:
            yield day, tuple(raw), cost, self.currency

    def _usage(self, names: tuple[str, ...]) -> Iterable[tuple[date, Raw, Decimal, str | None]]:
        """Yield usage by usage type, where alone it has one unit."""
        finer = names
        if q.USAGE_TYPE not in names and self._source.offers(q.USAGE_TYPE):
            finer = (*names, q.USAGE_TYPE)
        query = CostQuery(self.coverage, Metric.UNBLENDED, Granularity.DAILY, finer)
        for day, *raw, usage, unit in self._fetch(query, USAGE, USAGE_UNIT):
            yield day, tuple(raw[: len(names)]), usage or Decimal(0), unit

    def _fetch(self, query: CostQuery, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the day (unless it is a total), the dimensions in order, and columns.

        Of more dimensions than the source can group by, the last is asked for value by value; by
        tag, month by month: of too many rows at once, a source adds up the smaller ones.
        """
        daily = query.granularity is Granularity.DAILY
        if daily and query.period.days > 31 and any(q.tag_key(name) for name in query.group_by):
            for month in _months(query.period):
                yield from self._fetch(replace(query, period=month), *columns)
            return
        dated = () if query.granularity is Granularity.TOTAL else (DATE,)
        if len(query.group_by) <= self._source.max_group_by:
            yield from self._source.fetch(query).select(*dated, *query.group_by, *columns)
            return
        *fewer, last = query.group_by
        at = len(dated) + len(fewer)
        for value in (*self._source.values(last), None):
            only = (*query.filters, Filter(last, (value,)))
            narrowed = replace(query, group_by=tuple(fewer), filters=only)
            for row in self._fetch(narrowed, *columns):
                yield (*row[:at], value, *row[at:])


def _months(period: Period) -> Iterator[Period]:
    start = period.start
    while start < period.end:
        end = min(month_of(start).end, period.end)
        yield Period(start, end)
        start = end
