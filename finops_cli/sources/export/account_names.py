"""What people call the accounts of an export, found once and kept in the cache."""

from collections.abc import Sequence

from finops_cli.sources.cache import Cache
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.warehouse import Warehouse

_KIND = "names"
_LAYOUT = "1"


def account_names(
    tables: Sequence[RawTable], key: str, cache: Cache, warehouse: Warehouse
) -> dict[str, str]:
    """Return account names by account id; of several names of one account, the last by alphabet.

    Args:
        tables: The raw tables of the source.
        key: What identifies its files.
        cache: Where the names are kept.
        warehouse: The engine.
    """
    entry = f"{key}-{_LAYOUT}"
    kept = cache.read_json(_KIND, entry)
    if isinstance(kept, dict):
        return {str(account): str(name) for account, name in kept.items()}
    found: dict[str, str] = {}
    for table in tables:
        found |= dict(_pairs(table, warehouse))
    names = {account: name for account, name in found.items() if name != account}
    cache.write_json(_KIND, entry, names)
    return names


def _pairs(table: RawTable, warehouse: Warehouse) -> list[tuple[str, str]]:
    """Return ids with names; the payer's name is only ever the payer's own."""
    fields = table.reading.dialect.fields
    found: list[tuple[str, str]] = []
    for names in zip(fields["account"], fields["account_name"], strict=False):
        account, name = (table.reading.raw(column) for column in names)
        if account and name:
            found += warehouse.rows(
                f"SELECT nullif({account}::VARCHAR, '') AS account, max({name}) AS name "
                f"FROM (SELECT DISTINCT {account}, {name} FROM {table.relation}) "
                f"WHERE {name} <> '' GROUP BY 1 HAVING account IS NOT NULL"
            )
    return found
