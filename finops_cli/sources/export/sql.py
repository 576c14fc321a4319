"""One CostQuery, several tables, one SQL statement.

A dimension that has to be worked out (a category from a line item type, an instance type from a
usage type) is worked out once a group, not once a row: the inner query groups by the raw columns it
is made of, the outer one applies the expression to what little is left and groups again.
"""

from collections.abc import Sequence

from finops_cli.domain import query as q
from finops_cli.domain.query import CostQuery, Filter, Granularity
from finops_cli.sources.export.dialect import NO_TEXT
from finops_cli.sources.export.grouping import Grouping
from finops_cli.sources.export.quoting import quote_text
from finops_cli.sources.export.table import NO_USAGE, Table

_DAY, _COST, _USAGE = "__day", "__cost", "__usage"


def select(query: CostQuery, tables: Sequence[Table], currency: str | None) -> str:
    """Return the statement whose columns are those of the query's frame.

    Rows whose cost cannot be read count as zero. Usage is added up only where rows are grouped by
    usage type: a sum over hours, gigabytes and requests means nothing.

    Args:
        query: What is asked.
        tables: All that hold charges; together they are the source.
        currency: The billing currency to keep, None where there is only one.
    """
    parts = [_part(query, table, currency) for table in tables]
    keys = [*_dated(query), *(f"d{i}" for i in range(len(query.group_by)))]
    if len(parts) == 1:
        columns = ", ".join([*keys, "cost", *_usage("usage", "low_unit", "high_unit")])
        return f"SELECT {columns} FROM ({parts[0]})"
    merged = _usage("sum(usage)", "min(low_unit)", "max(high_unit)")
    columns = ", ".join([*keys, "sum(cost) AS cost", *merged])
    union = " UNION ALL ".join(parts)
    return f"SELECT {columns} FROM ({union}) GROUP BY ALL HAVING count(*) > 0"


def as_series(query: CostQuery) -> tuple[str, str]:
    """Return what to select of a daily query's statement, and its tail, for one row a group.

    A row holds the group's dimensions, then a list of day numbers (from the period's start) and a
    list of the costs on those days as floats.
    """
    keys = ", ".join(f"d{i}" for i in range(len(query.group_by)))
    day = f"CAST(date - DATE '{query.period.start}' AS INTEGER)"
    lists = f"list({day}), list(CAST(cost AS DOUBLE))"
    if not keys:
        return "HAVING count(*) > 0", lists
    return f"GROUP BY {keys} ORDER BY {keys}", f"{keys}, {lists}"


def has_usage(query: CostQuery) -> bool:
    """Tell whether the query's rows have one unit each, so that usage can be added up."""
    return q.USAGE_TYPE in query.group_by


def is_unbounded(dimension: str) -> bool:
    """Tell whether a dimension may have about as many values as there are rows."""
    return dimension == q.RESOURCE or q.tag_key(dimension) is not None


def _dated(query: CostQuery) -> list[str]:
    return [] if query.granularity is Granularity.TOTAL else ["date"]


def _part(query: CostQuery, table: Table, currency: str | None) -> str:
    filters = [*query.filters]
    if currency is not None:
        filters.append(Filter(q.CURRENCY, (currency,)))
    if q.RESOURCE in query.group_by:
        return _by_resource(query, table, filters)
    grouped = Grouping(table, query.group_by)
    where = [table.within(query.period.start, query.period.end)]
    where += [_condition(table, f) for f in filters]
    inner = [f"{table.day()} AS {_DAY}"] if _dated(query) else []
    inner += grouped.inner()
    inner.append(f"sum({table.cost(query.metric)}) AS {_COST}")
    if has_usage(query):
        inner += grouped.inner_unit()
        inner.append(f"sum({table.usage()}) AS {_USAGE}")
    source = (
        f"SELECT {', '.join(inner)} FROM {table.relation} WHERE {' AND '.join(where)} "
        "GROUP BY ALL HAVING count(*) > 0"
    )
    outer = [f"{_date(query, _DAY)} AS date"] if _dated(query) else []
    outer += [f"{grouped.outer(d)} AS d{i}" for i, d in enumerate(query.group_by)]
    outer += [
        f"coalesce(sum({_COST}), 0) AS cost",
        _summed_usage(query, _USAGE, grouped.outer_unit()),
    ]
    return f"SELECT {', '.join(outer)} FROM ({source}) GROUP BY ALL HAVING count(*) > 0"


def _by_resource(query: CostQuery, table: Table, filters: Sequence[Filter]) -> str:
    """Return the statement that groups once: resources are too many to be grouped twice."""
    columns = [f"{_date(query, table.day())} AS date"] if _dated(query) else []
    columns += [f"{table.dimension(d)} AS d{i}" for i, d in enumerate(query.group_by)]
    columns.append(f"coalesce(sum({table.cost(query.metric)}), 0) AS cost")
    columns.append(_summed_usage(query, table.usage(), table.usage_unit()))
    where = [table.within(query.period.start, query.period.end)]
    where += [_condition(table, f) for f in filters]
    return (
        f"SELECT {', '.join(columns)} FROM {table.relation} WHERE {' AND '.join(where)} "
        "GROUP BY ALL HAVING count(*) > 0"
    )


def _date(query: CostQuery, day: str) -> str:
    monthly = query.granularity is Granularity.MONTHLY
    return f"CAST(date_trunc('month', {day}) AS DATE)" if monthly else day


def _summed_usage(query: CostQuery, usage: str, unit: str) -> str:
    """Return the columns of a part: the usage, and the units between which all of them lie."""
    if not has_usage(query):
        return f"{NO_USAGE} AS usage, {NO_TEXT} AS low_unit, {NO_TEXT} AS high_unit"
    return f"sum({usage}) AS usage, min({unit}) AS low_unit, max({unit}) AS high_unit"


def _usage(usage: str, low_unit: str, high_unit: str) -> list[str]:
    """Return the usage and its unit, NULL where several units meet."""
    one = f"{low_unit} IS NOT DISTINCT FROM {high_unit}"
    return [
        f"CASE WHEN {one} THEN {usage} END AS usage",
        f"CASE WHEN {one} THEN {low_unit} END AS usage_unit",
    ]


def _condition(table: Table, wanted: Filter) -> str:
    """Return the test of a filter for each row; on the raw column, where statistics can skip it."""
    column = table.column(wanted.dimension)
    if column is None:
        return _test(table.dimension(wanted.dimension), wanted)
    return _test(column, wanted, or_empty=f" OR {column} = ''")


def _test(expression: str, wanted: Filter, or_empty: str = "") -> str:
    named = [quote_text(value) for value in wanted.values if value is not None]
    tests = [f"{expression} IN ({', '.join(named)})"] if named else []
    if None in wanted.values:
        tests.append(f"({expression} IS NULL{or_empty})")
    test = f"coalesce({' OR '.join(tests)}, false)" if tests else "false"
    return f"NOT {test}" if wanted.exclude else test
