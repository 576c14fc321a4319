"""What makes a metric other than the billed cost unreliable in these files.

Looked into when a metric is first asked for, over the whole export, and kept in the cache, so that
a question about billed cost never pays for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.query import ChargeCategory, Metric
from finops_cli.sources.cache import Cache
from finops_cli.sources.export import costs
from finops_cli.sources.export.dialect import NO_TEXT
from finops_cli.sources.export.quoting import quote_text
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.warehouse import Warehouse

_KIND = "metrics"
_LAYOUT = "1"


def metric_warnings(
    metric: Metric, tables: Sequence[RawTable], key: str, cache: Cache, warehouse: Warehouse
) -> tuple[str, ...]:
    """Return what a reader must know before trusting totals of the metric.

    Args:
        metric: Any metric but the billed cost, which the profile covers.
        tables: The raw tables of the source.
        key: What identifies its files.
        cache: Where the outcome is kept.
        warehouse: The engine.
    """
    entry = f"{key}-{_LAYOUT}-{metric.value}"
    kept = cache.read_json(_KIND, entry)
    if isinstance(kept, list) and all(isinstance(note, str) for note in kept):
        return tuple(kept)
    notes = [note for table in tables for note in _notes(metric, table, warehouse)]
    cache.write_json(_KIND, entry, notes)
    return tuple(notes)


def _notes(metric: Metric, table: RawTable, warehouse: Warehouse) -> Iterator[str]:
    if costs.is_line_items(table.reading):
        yield from _unamortized(metric, table, warehouse)
    elif table.cost(metric) != table.cost(Metric.UNBLENDED):
        yield from _unread(metric, table, warehouse)
        if metric in (Metric.AMORTIZED, Metric.NET_AMORTIZED):
            yield from _implausible(metric, table, warehouse)


def _unamortized(metric: Metric, table: RawTable, warehouse: Warehouse) -> Iterator[str]:
    """Count the line items whose amortized cost needs columns that are not there."""
    kinds = costs.unamortized(table.reading, metric)
    if not kinds:
        return
    column = table.reading.raw("line_item_line_item_type")
    listed = ", ".join(quote_text(kind) for kind in kinds)
    found = warehouse.rows(
        f"SELECT {column}, count(*) FROM {table.relation} WHERE {column} IN ({listed}) "
        "GROUP BY 1 ORDER BY 1"
    )
    for kind, count in found:
        yield (
            f"{count:,} {kind} rows are in {metric.value} totals at their billed cost: the export "
            "lacks the columns that would spread it."
        )


def _unread(metric: Metric, table: RawTable, warehouse: Warehouse) -> Iterator[str]:
    counted = f"SELECT count(*), count({table.cost(metric)}) FROM {table.relation}"
    rows, read = warehouse.rows(counted)[0]
    if read < rows:
        yield (
            f"{rows - read:,} of {rows:,} rows have a {metric.value} cost that is empty or no "
            "number; they count as zero."
        )


def _implausible(metric: Metric, table: RawTable, warehouse: Warehouse) -> Iterable[str]:
    """Find providers whose effective costs cannot be what they say.

    Seen in a published export: AWS rows whose EffectiveCost is rounded to whole units (a total
    28 % too low), and a provider whose EffectiveCost is zero throughout.
    """
    effective, billed = table.cost(metric), table.cost(Metric.UNBLENDED)
    provider = table.dimension(q.PROVIDER)
    statement = (
        f"SELECT {'NULL' if provider == NO_TEXT else provider}, sum({effective}), sum({billed}), "
        f"bool_and({effective} = round({effective}, 0)), "
        f"bool_and({billed} = round({billed}, 0)), max(abs({effective})) "
        f"FROM {table.relation} "
        f"WHERE {table.dimension(q.CHARGE_CATEGORY)} = '{ChargeCategory.USAGE}' GROUP BY 1 "
        "ORDER BY 1"
    )
    notes = (_implausible_note(*row) for row in warehouse.rows(statement))
    return [note for note in notes if note]


def _implausible_note(
    provider: str | None,
    effective: Decimal | None,
    billed: Decimal | None,
    whole: Any,
    billed_whole: Any,
    largest: Decimal | None,
) -> str:
    who, charged = provider or "this provider", (billed or Decimal(0)).normalize()
    if not largest and charged:
        return f"All effective costs of {who} are zero although {charged:f} was billed."
    if whole and not billed_whole:
        total = (effective or Decimal(0)).normalize()
        return (
            f"The effective costs of {who} are all whole numbers (total {total:f}, billed "
            f"{charged:f}): the export rounded them, so amortized totals are not reliable."
        )
    return ""
