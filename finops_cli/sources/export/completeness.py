"""Up to which day an export has all its charges.

AWS fills a day over about 24 hours, and an export is written in between: its last day, sometimes
its last two, hold only part of what they will. Taken for whole, such a day looks like a drop of
everything at once; so a day is judged against the week before it, in three ways:

- its rows stop before an hour that the days before it reach;
- it has less than half of their rows;
- things that cost the same every day (storage, a database instance, an address) all cost less.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from finops_cli.domain import query as q
from finops_cli.domain.query import Metric
from finops_cli.sources.export import dimensions
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.warehouse import Warehouse

_DAY = timedelta(days=1)
_WEEK = 7
_FEW_ROWS = 20
_PARTIAL = 0.5
_MOST_PARTIAL_DAYS = 2
_LINES = (q.SERVICE, q.ACCOUNT, q.REGION, q.USAGE_TYPE)
_FEWEST_STEADY = 3
_STEADY = 1.05
_LESS = 0.9
_MOST_OF_THEM = 0.75


def complete_until(tables: Sequence[RawTable], last: date, warehouse: Warehouse) -> date:
    """Return the first day that is not complete.

    Args:
        tables: All that hold charges, not kept by the month.
        last: The last day that has any.
        warehouse: The engine.
    """
    if _stops_early(tables, last, warehouse):
        return last
    steady = _lines(tables, last, warehouse)
    end = last + _DAY
    for _ in range(_MOST_PARTIAL_DAYS):
        if not _all_cost_less(steady, end - _DAY):
            break
        end -= _DAY
    return end


def _stops_early(tables: Sequence[RawTable], last: date, warehouse: Warehouse) -> bool:
    rows: Counter[date] = Counter()
    hours: dict[date, int] = {}
    for table in tables:
        sql = (
            f"SELECT {table.day()}, count(*), max(hour({table.moment()})) FROM {table.relation} "
            f"WHERE {table.within(last - _DAY * _WEEK, last + _DAY)} GROUP BY 1"
        )
        for day, count, hour in warehouse.rows(sql):
            rows[day] += count
            hours[day] = max(hours.get(day, 0), hour)
    before = [day for day in rows if day != last]
    if not before:
        return False
    usual = median(rows[day] for day in before)
    few = usual >= _FEW_ROWS and rows[last] < usual * _PARTIAL
    return few or hours[last] < min(hours[day] for day in before)


def _lines(
    tables: Sequence[RawTable], last: date, warehouse: Warehouse
) -> dict[tuple[object, ...], dict[date, float]]:
    """Return what each line of the bill cost on the last days, as floats."""
    since = last - _DAY * (_WEEK + _MOST_PARTIAL_DAYS + 1)
    costs: dict[tuple[object, ...], dict[date, float]] = defaultdict(dict)
    for table in tables:
        keys = [table.dimension(d) for d in _LINES if dimensions.offers(table.reading, d)]
        columns = ", ".join([table.day(), *keys])
        sql = (
            f"SELECT {columns}, CAST(sum({table.cost(Metric.UNBLENDED)}) AS DOUBLE) "
            f"FROM {table.relation} WHERE {table.within(since, last + _DAY)} GROUP BY ALL"
        )
        for day, *key, cost in warehouse.rows(sql):
            line = costs[tuple(key)]
            line[day] = line.get(day, 0.0) + (cost or 0.0)
    return costs


def _all_cost_less(lines: dict[tuple[object, ...], dict[date, float]], day: date) -> bool:
    """Tell whether most of what cost the same for a week costs less on a day.

    The day before stays out of that week: it may be partial as well.
    """
    week = [day - _DAY * back for back in range(2, _WEEK + 2)]
    steady = [
        (min(before), costs.get(day, 0.0))
        for costs in lines.values()
        if all(other in costs for other in week)
        and 0 < max(before := [costs[other] for other in week]) <= _STEADY * min(before)
    ]
    if len(steady) < _FEWEST_STEADY:
        return False
    return sum(now < _LESS * usual for usual, now in steady) >= _MOST_OF_THEM * len(steady)
