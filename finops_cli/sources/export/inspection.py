"""A full look at an export: every check that would be too slow to make before each question."""

from collections.abc import Iterator

from finops_cli.domain import query as q
from finops_cli.domain.facts import CategoryTotal, ExportFacts, Issue
from finops_cli.domain.query import Metric
from finops_cli.sources.export import costs
from finops_cli.sources.export.profile import Profile
from finops_cli.sources.export.quoting import quote_name
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.warehouse import Warehouse

_AWS_ACCOUNT_DIGITS = 12


def inspect(
    label: str, profile: Profile, tables: tuple[RawTable, ...], warehouse: Warehouse
) -> ExportFacts:
    """Return the facts of an export.

    Args:
        label: How the source is named to a person.
        profile: What is known of it already.
        tables: Its raw tables.
        warehouse: The engine.
    """
    files = [file for group in profile.groups for file in group.files]
    return ExportFacts(
        label=label,
        formats=tuple(dict.fromkeys(_format(t) for t in tables)),
        files=len(files),
        size=sum(file.size for file in files),
        rows=profile.rows,
        coverage=profile.coverage,
        metrics=_metrics(tables),
        found=tuple(dict.fromkeys(pair for table in tables for pair in _found(table))),
        missing=_missing(tables),
        totals=tuple(_totals(tables, warehouse)),
        issues=tuple(_issues(profile, tables, warehouse)),
    )


def _metrics(tables: tuple[RawTable, ...]) -> tuple[str, ...]:
    """Return the metrics that every table can give."""
    given = [costs.metrics(table.reading) for table in tables]
    return tuple(m.value for m in Metric if all(m in metrics for metrics in given))


def _format(table: RawTable) -> str:
    kind = "parquet" if "read_parquet" in table.relation else "csv"
    return f"{table.reading.format} ({kind})"


def _found(table: RawTable) -> Iterator[tuple[str, str]]:
    reading = table.reading
    for field in reading.dialect.fields:
        columns = [column[1:-1].replace('""', '"') for column in reading.raw_of(field)]
        if columns:
            yield field, ", ".join(columns)


def _missing(tables: tuple[RawTable, ...]) -> tuple[str, ...]:
    lacking = [set(table.reading.missing()) for table in tables]
    return tuple(sorted(set.union(*lacking)))


def _totals(tables: tuple[RawTable, ...], warehouse: Warehouse) -> Iterator[CategoryTotal]:
    for table in tables:
        metrics = costs.metrics(table.reading)
        sums = ", ".join(f"sum({table.cost(m)})" for m in metrics)
        rows = warehouse.rows(
            f"SELECT {table.dimension(q.CURRENCY)}, {table.dimension(q.CHARGE_CATEGORY)}, "
            f"count(*), {sums} FROM {table.relation} GROUP BY 1, 2 ORDER BY 1, 4 DESC"
        )
        for currency, category, count, *amounts in rows:
            by_metric = dict(zip((m.value for m in metrics), amounts, strict=True))
            yield CategoryTotal(currency, category, count, by_metric)


def _issues(
    profile: Profile, tables: tuple[RawTable, ...], warehouse: Warehouse
) -> Iterator[Issue]:
    for note in profile.warnings():
        yield Issue("reading", 0, note, serious=True)
    if len(profile.currencies) > 1:
        listed = ", ".join(f"{name} ({rows:,} rows)" for name, rows in profile.currencies.items())
        yield Issue("mixed currencies", profile.rows, f"{listed}: never added up; see --currency.")
    yield from _gaps(profile, tables, warehouse)
    for check in (_duplicates, _negative_usage, _other_month, _offsets, _odd_accounts, _rounded):
        for table in tables:
            if (found := check(table, warehouse)) is not None:
                yield found


def _count(table: RawTable, warehouse: Warehouse, condition: str) -> int:
    rows = warehouse.rows(f"SELECT count(*) FROM {table.relation} WHERE {condition}")
    return int(rows[0][0])


def _gaps(profile: Profile, tables: tuple[RawTable, ...], warehouse: Warehouse) -> Iterator[Issue]:
    if profile.monthly:
        return
    days = {
        row[0]
        for table in tables
        for row in warehouse.rows(f"SELECT DISTINCT {table.day()} FROM {table.relation}")
    }
    gaps = [day for day in profile.coverage.each_day() if day not in days]
    if gaps:
        listed = ", ".join(day.isoformat() for day in gaps[:5])
        more = f" and {len(gaps) - 5} more" if len(gaps) > 5 else ""
        yield Issue("gaps in days", 0, f"{len(gaps)} days have no charge: {listed}{more}.")


def _duplicates(table: RawTable, warehouse: Warehouse) -> Issue | None:
    item, interval = (
        table.reading.raw("identity_line_item_id"),
        table.reading.raw("identity_time_interval"),
    )
    # A line item id repeats every hour by design; only the pair identifies a row of a CUR.
    every = ", ".join(quote_name(column) for column in table.reading.columns)
    row = f"{item}, {interval}" if item and interval else every
    rows = warehouse.rows(f"SELECT count(*) - count(DISTINCT hash({row})) FROM {table.relation}")
    repeated = int(rows[0][0])
    if not repeated:
        return None
    text = f"{repeated:,} rows repeat another row: the files may hold a delivery twice."
    return Issue("duplicate rows", repeated, text, serious=True)


def _negative_usage(table: RawTable, warehouse: Warehouse) -> Issue | None:
    found = _count(table, warehouse, f"{table.usage()} < 0")
    text = f"{found:,} rows have a negative usage quantity (corrections, usually)."
    return Issue("negative usage", found, text) if found else None


def _other_month(table: RawTable, warehouse: Warehouse) -> Issue | None:
    billed = table.reading.moment("billing_start")
    if billed is None:
        return None
    months = f"date_trunc('month', {table.moment()}) <> date_trunc('month', {billed})"
    found = _count(table, warehouse, months)
    text = (
        f"{found:,} rows were charged in another month than they are billed in; the month of the "
        "charge is used, as in Cost Explorer."
    )
    return Issue("charge month is not billing month", found, text) if found else None


def _offsets(table: RawTable, warehouse: Warehouse) -> Issue | None:
    column = table.reading.raw_of("start")[0]
    if not table.reading.is_text(column):
        return None
    offset = f"regexp_matches({column}, '[+-][0-9]{{2}}:?[0-9]{{2}}$')"
    found = _count(table, warehouse, f"{offset} AND NOT regexp_matches({column}, '00:?00$')")
    text = f"{found:,} rows are dated with a time zone other than UTC; they were moved to UTC days."
    return Issue("dates with time zones", found, text) if found else None


def _odd_accounts(table: RawTable, warehouse: Warehouse) -> Issue | None:
    account = table.dimension(q.ACCOUNT)
    digits = (
        f"regexp_full_match({account}, '[0-9]+') AND length({account}) <> {_AWS_ACCOUNT_DIGITS}"
    )
    aws = f"{table.dimension(q.PROVIDER)} = 'AWS'"
    found = _count(table, warehouse, f"{digits} AND {aws}")
    text = f"{found:,} rows have an AWS account id that is not 12 digits long; kept as written."
    return Issue("odd account ids", found, text) if found else None


def _rounded(table: RawTable, warehouse: Warehouse) -> Issue | None:
    if Metric.AMORTIZED not in costs.metrics(table.reading):
        return None
    effective, billed = table.cost(Metric.AMORTIZED), table.cost(Metric.UNBLENDED)
    rows = warehouse.rows(
        f"SELECT {table.dimension(q.PROVIDER)}, count(*) FROM {table.relation} GROUP BY 1 HAVING "
        f"bool_and({effective} = round({effective}, 0)) "
        f"AND NOT bool_and({billed} = round({billed}, 0))"
    )
    if not rows:
        return None
    names = ", ".join(str(name) for name, _ in rows)
    text = f"Effective costs of {names} are whole numbers: amortized totals are not reliable."
    return Issue("rounded effective costs", sum(n for _, n in rows), text, serious=True)
