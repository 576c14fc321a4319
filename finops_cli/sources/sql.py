"""One CostQuery, several tables, one SQL statement."""

from collections.abc import Sequence

from finops_cli.domain import query as q
from finops_cli.domain.query import CostQuery, Filter, Granularity
from finops_cli.sources.dialect import MONEY_TYPE, quote_text
from finops_cli.sources.table import Table


def select(query: CostQuery, tables: Sequence[Table], currency: str | None) -> str:
    """Return the statement whose columns are those of the query's frame.

    Rows whose cost cannot be read count as zero. Usage is added up only where rows are grouped by
    usage type: a sum over hours, gigabytes and requests means nothing.
    """
    parts = [_part(query, table, currency) for table in tables]
    if len(parts) == 1:
        return f"{parts[0]} ORDER BY ALL"
    keys = [*(["date"] if query.granularity is not Granularity.TOTAL else []), *_names(query)]
    sums = "sum(cost) AS cost, " + _merged_usage(query)
    grouping = f" GROUP BY {', '.join(keys)}" if keys else ""
    union = " UNION ALL ".join(parts)
    return f"SELECT {', '.join([*keys, sums])} FROM ({union}){grouping} ORDER BY ALL"


def has_usage(query: CostQuery) -> bool:
    """Tell whether the query's rows have one unit each, so that usage can be added up."""
    return q.USAGE_TYPE in query.group_by


def _names(query: CostQuery) -> list[str]:
    return [f"d{i}" for i in range(len(query.group_by))]


def _part(query: CostQuery, table: Table, currency: str | None) -> str:
    keys = [f"{table.dimension(d)} AS d{i}" for i, d in enumerate(query.group_by)]
    if query.granularity is Granularity.DAILY:
        keys.insert(0, f"{table.day()} AS date")
    elif query.granularity is Granularity.MONTHLY:
        keys.insert(0, f"CAST(date_trunc('month', {table.day()}) AS DATE) AS date")
    where = [table.within(query.period.start, query.period.end)]
    where += [_condition(table.dimension(f.dimension), f) for f in query.filters]
    if currency is not None:
        where.append(f"{table.dimension(q.CURRENCY)} = {quote_text(currency)}")
    cost = f"coalesce(sum({table.cost(query.metric)}), 0) AS cost"
    columns = ", ".join([*keys, cost, _summed_usage(query, table)])
    grouping = f" GROUP BY {', '.join(str(i + 1) for i in range(len(keys)))}" if keys else ""
    return f"SELECT {columns} FROM {table.relation} WHERE {' AND '.join(where)}{grouping}"


def _summed_usage(query: CostQuery, table: Table) -> str:
    if not has_usage(query):
        return f"NULL::{MONEY_TYPE} AS usage, NULL::VARCHAR AS usage_unit"
    unit = table.usage_unit()
    one = f"min({unit}) IS NOT DISTINCT FROM max({unit})"
    return (
        f"CASE WHEN {one} THEN sum({table.usage()}) END AS usage, "
        f"CASE WHEN {one} THEN min({unit}) END AS usage_unit"
    )


def _merged_usage(query: CostQuery) -> str:
    if not has_usage(query):
        return f"NULL::{MONEY_TYPE} AS usage, NULL::VARCHAR AS usage_unit"
    one = "min(usage_unit) IS NOT DISTINCT FROM max(usage_unit)"
    return (
        f"CASE WHEN {one} AND count(usage) = count(*) THEN sum(usage) END AS usage, "
        f"CASE WHEN {one} THEN min(usage_unit) END AS usage_unit"
    )


def _condition(expression: str, wanted: Filter) -> str:
    named = [quote_text(value) for value in wanted.values if value is not None]
    tests = [f"{expression} IN ({', '.join(named)})"] if named else []
    if None in wanted.values:
        tests.append(f"{expression} IS NULL")
    test = f"coalesce({' OR '.join(tests)}, false)" if tests else "false"
    return f"NOT {test}" if wanted.exclude else test
