"""What each file of a source holds, counted in one scan: rows, days, currencies, what is unread.

Counted per file, so that two files with the same charges (a delivery and its copy in another
format, a csv beside its csv.gz) are found before anything is added up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.query import Metric
from finops_cli.sources.export.quoting import quote_text
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.warehouse import FILE_COLUMN, Warehouse

_PLAUSIBLE = (datetime(2000, 1, 1), datetime(2100, 1, 1))
"""AWS's first bill came in 2006: any other year is damage or a slip of the pen."""

_CONTENT = (q.ACCOUNT, q.SERVICE, q.REGION, q.USAGE_TYPE, q.RESOURCE, q.CHARGE_CATEGORY)


@dataclass(slots=True)
class FileCount:
    """What one file holds; ``currencies`` counts rows, under None those that name no currency."""

    rows: int = 0
    currencies: Counter[str | None] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None
    undated: int = 0
    unread_costs: int = 0
    cost: Decimal = Decimal(0)

    def add(self, other: "FileCount") -> None:
        """Count another part of the same source as well."""
        self.rows += other.rows
        self.currencies.update(other.currencies)
        self.first = min((m for m in (self.first, other.first) if m), default=None)
        self.last = max((m for m in (self.last, other.last) if m), default=None)
        self.undated += other.undated
        self.unread_costs += other.unread_costs
        self.cost += other.cost


def count_files(tables: Sequence[RawTable], warehouse: Warehouse) -> dict[str, FileCount]:
    """Return what each file holds, by location."""
    counts: dict[str, FileCount] = {}
    for table in tables:
        moment = table.moment()
        rows = _rows(table, f"min({moment}), max({moment}), count({moment})", warehouse)
        if any(_is_odd(moment) for row in rows for moment in row[2:4]):
            start, end = _PLAUSIBLE
            real = f"FILTER ({moment} >= TIMESTAMP '{start}' AND {moment} < TIMESTAMP '{end}')"
            dated = f"min({moment}) {real}, max({moment}) {real}, count({moment}) {real}"
            rows = _rows(table, dated, warehouse)
        for location, currency, first, last, dated_rows, count, read, cost in rows:
            counts.setdefault(location, FileCount()).add(
                FileCount(
                    rows=count,
                    currencies=Counter({currency.upper() if currency else None: count}),
                    first=_as_moment(first),
                    last=_as_moment(last),
                    undated=count - dated_rows,
                    unread_costs=count - read,
                    cost=cost or Decimal(0),
                )
            )
    return counts


def repeated_files(
    counts: dict[str, FileCount], tables: Sequence[RawTable], warehouse: Warehouse
) -> dict[str, str]:
    """Return the files that hold the very charges of another one, with that other one."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for location, count in sorted(counts.items()):
        if count.rows and count.cost:
            alike[(count.rows, count.first, count.last, count.cost)].append(location)
    suspects = [location for group in alike.values() if len(group) > 1 for location in group]
    if not suspects:
        return {}
    first_with: dict[object, str] = {}
    repeated: dict[str, str] = {}
    contents = _contents(suspects, tables, warehouse)
    for location in suspects:
        original = first_with.setdefault(contents[location], location)
        if original != location:
            repeated[location] = original
    return repeated


def _rows(table: RawTable, dated: str, warehouse: Warehouse) -> list[tuple[Any, ...]]:
    currency = table.reading.text("currency")
    cost = table.cost(Metric.UNBLENDED)
    return warehouse.rows(
        f"SELECT {FILE_COLUMN}, {currency}, {dated}, count(*), count({cost}), sum({cost}) "
        f"FROM {table.relation} GROUP BY 1, 2"
    )


def _contents(
    locations: Iterable[str], tables: Sequence[RawTable], warehouse: Warehouse
) -> dict[str, object]:
    """Return a digest of each file's charges, whatever their order and the file's format."""
    wanted = ", ".join(quote_text(location) for location in locations)
    found: dict[str, object] = {}
    for table in tables:
        cells = [f"{table.moment()}::TIMESTAMP", table.cost(Metric.UNBLENDED)]
        cells += [table.dimension(name) for name in _CONTENT]
        digest = f"sum(hash({', '.join(cells)})::HUGEINT)"
        found |= dict(
            warehouse.rows(
                f"SELECT {FILE_COLUMN}, {digest} FROM {table.relation} "
                f"WHERE {FILE_COLUMN} IN ({wanted}) GROUP BY 1"
            )
        )
    return found


def _is_odd(moment: object) -> bool:
    if moment is None:
        return False
    if isinstance(moment, date):
        return not _PLAUSIBLE[0] <= _as_plain(moment) < _PLAUSIBLE[1]
    return True  # what Python has no date for, such as infinity, comes as text


def _as_moment(moment: object) -> datetime | None:
    return _as_plain(moment) if isinstance(moment, date) else None


def _as_plain(moment: date) -> datetime:
    return (
        moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    )
