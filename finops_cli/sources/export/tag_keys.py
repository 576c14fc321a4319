"""Which tag keys the files of a source carry, found once and kept in the cache.

Finding them means reading every tag of every row, which on a large export takes longer than many a
question.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from finops_cli.sources.cache import Cache
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.export.tags import (
    Spelling,
    by_shown_key,
    keys_expression,
    merged,
    tag_columns,
)
from finops_cli.sources.warehouse import Warehouse

_KIND = "tags"
_LAYOUT = "1"


def tag_keys_of(
    tables: Sequence[RawTable], key: str, cache: Cache, warehouse: Warehouse
) -> dict[str, tuple[Spelling, ...]]:
    """Return the tag keys as they are shown, each with its spellings in the files.

    Args:
        tables: The raw tables of the source.
        key: What identifies its files.
        cache: Where the keys are kept.
        warehouse: The engine.
    """
    if all(keys_expression(t.reading) is None and not tag_columns(t.reading) for t in tables):
        return {}
    entry = f"{key}-{_LAYOUT}"
    kept = _kept(cache, entry)
    if kept is not None:
        return kept
    pairs = [pair for table in tables for pair in _pairs(table, warehouse)]
    found = merged(pairs)
    content = {shown: [[s.text, s.is_column] for s in group] for shown, group in found.items()}
    cache.write_json(_KIND, entry, content)
    return found


def _pairs(table: RawTable, warehouse: Warehouse) -> Iterable[tuple[str, Spelling]]:
    reading = table.reading
    spellings = tag_columns(reading)
    keys = keys_expression(reading)
    if keys is not None:
        statement = f"SELECT DISTINCT unnest({keys}) FROM {table.relation}"
        spellings += [Spelling(str(row[0])) for row in warehouse.rows(statement)]
    return by_shown_key(reading, spellings)


def _kept(cache: Cache, entry: str) -> dict[str, tuple[Spelling, ...]] | None:
    """Return what was kept, or None where there is nothing or the entry is damaged."""
    content: Any = cache.read_json(_KIND, entry)
    try:
        return {
            str(shown): tuple(Spelling(str(text), bool(is_column)) for text, is_column in group)
            for shown, group in content.items()
        }
    except (AttributeError, TypeError, ValueError):
        return None
