"""A cost source over a list of rows in memory: the protocol, plainly, for tests of what uses it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from finops_cli.domain.frame import COST, DATE, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.opinion import SecondOpinion
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Calendar, Period, first_of_month
from finops_cli.domain.query import CURRENCY, TAG_PREFIX, CostQuery, Filter, Granularity, tag_key
from finops_cli.domain.source import Meter
from finops_cli.errors import UnknownName, did_you_mean

Row = Mapping[str, Any]
_NOT_DIMENSIONS = {DATE, COST, USAGE, USAGE_UNIT, "tags", CURRENCY}


class FakeSource:
    """A ``CostSource`` over rows such as ``{"date", "cost", "service", "region", "tags", ...}``.

    Args:
        rows: One dict a charge. ``date`` and ``cost`` are needed; every other key is a dimension,
            except ``usage``, ``usage_unit``, ``currency`` and ``tags`` (a dict, read as
            ``tag:KEY``).
        today: What today is; by default the day after the last row.
        max_group_by: How many dimensions a query may group by.
        names: What people call the values of a dimension, for example of the account.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        today: date | None = None,
        max_group_by: int = 6,
        names: Mapping[str, dict[str, str]] | None = None,
    ) -> None:
        self.rows = list(rows)
        self.max_group_by = max_group_by
        self.is_billed = False
        self.second_opinion: SecondOpinion | None = None
        self.label = "fake"
        self.meter = Meter()
        self.queries: list[CostQuery] = []
        self._today = today
        self._names = names or {}

    def coverage(self) -> Period:
        days = [row[DATE] for row in self.rows]
        return Period(min(days), max(days) + timedelta(days=1))

    def daily_from(self) -> date:
        return self.coverage().start

    def calendar(self) -> Calendar:
        return Calendar.of(self._today or self.coverage().end)

    def dimensions(self) -> tuple[str, ...]:
        names = {name for row in self.rows for name in row} - _NOT_DIMENSIONS
        tags = {TAG_PREFIX + key for row in self.rows for key in row.get("tags", {})}
        return (*sorted(names), *sorted(tags))

    def offers(self, dimension: str) -> bool:
        return dimension in self.dimensions()

    def values(self, dimension: str) -> tuple[str, ...]:
        self._check((dimension,))
        spent: dict[str, Decimal] = {}
        for row in self.rows:
            value = _value(row, dimension)
            if value is not None:
                spent[value] = spent.get(value, Decimal(0)) + Decimal(row[COST])
        return tuple(sorted(spent, key=lambda value: (-spent[value], value)))

    def names(self, dimension: str) -> dict[str, str]:
        return self._names.get(dimension, {})

    def currencies(self) -> tuple[str, ...]:
        found = [row.get(CURRENCY, "USD") for row in self.rows]
        return tuple(sorted(set(found), key=lambda currency: (-found.count(currency), currency)))

    def in_currency(self, currency: str) -> "FakeSource":
        rows = [row for row in self.rows if row.get(CURRENCY, "USD") == currency]
        return FakeSource(rows, self._today, self.max_group_by, self._names)

    def warnings(self) -> tuple[str, ...]:
        return ()

    def fetch(self, query: CostQuery) -> Frame:
        self.meter.queries += 1
        self.queries.append(query)
        self._check((*query.group_by, *(f.dimension for f in query.filters)))
        assert len(query.group_by) <= self.max_group_by, "more dimensions than the source can group"
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in self.rows:
            if row[DATE] in query.period and all(_keeps(f, row) for f in query.filters):
                key = (
                    *_moment(row[DATE], query.granularity),
                    *(_value(row, d) for d in query.group_by),
                )
                groups.setdefault(key, []).append(row)
        dated = query.granularity is not Granularity.TOTAL
        columns = ((DATE,) if dated else ()) + (*query.group_by, COST, USAGE, USAGE_UNIT)
        order = sorted(groups, key=lambda key: [(part is None, part or "") for part in key])
        return Frame(columns, tuple((*key, *_sums(groups[key])) for key in order))

    def panel(self, query: CostQuery) -> Panel:
        daily = replace(query, granularity=Granularity.DAILY)
        return Panel.of(self.fetch(daily), query.period)

    def _check(self, names: Sequence[str]) -> None:
        known = self.dimensions()
        for name in names:
            # As everywhere in the field, asking for a tag nobody uses is no error: all untagged.
            if name not in known and tag_key(name) is None:
                raise UnknownName(f"No dimension {name!r} here.", did_you_mean(name, known))


def _value(row: Row, dimension: str) -> str | None:
    key = tag_key(dimension)
    found = row.get(dimension) if key is None else row.get("tags", {}).get(key)
    return None if found is None else str(found)


def _keeps(rule: Filter, row: Row) -> bool:
    return (_value(row, rule.dimension) in rule.values) is not rule.exclude


def _moment(day: date, granularity: Granularity) -> tuple[date, ...]:
    if granularity is Granularity.TOTAL:
        return ()
    return (first_of_month(day) if granularity is Granularity.MONTHLY else day,)


def _sums(rows: Sequence[Row]) -> tuple[Decimal, Decimal | None, str | None]:
    cost = sum((Decimal(row[COST]) for row in rows), Decimal(0))
    used = [row for row in rows if row.get(USAGE) is not None]
    units = {row.get(USAGE_UNIT) for row in used}
    if len(units) != 1 or None in units:
        return cost, None, None
    return cost, sum((Decimal(row[USAGE]) for row in used), Decimal(0)), units.pop()
