"""The demo's charges while they are being made: three tables in the engine.

``item`` holds what is the same every day, ``term`` the commitments, ``charge`` one narrow row for
each charge. The statements that fill them are in `statements`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from finops_cli.domain.period import Period
from finops_cli.sources.demo import statements as sql
from finops_cli.sources.demo.items import (
    item_of_purchase,
    item_of_support,
    item_of_tax,
    item_of_unused,
)
from finops_cli.sources.demo.model import Account, Commitment, Entry, Item
from finops_cli.sources.demo.noise import digits
from finops_cli.sources.demo.organisation import COST_CENTERS

if TYPE_CHECKING:
    import duckdb

TAX_RATE = Decimal("0.0125")


class Ledger:
    """Fills the three tables, each method one kind of charge.

    Args:
        connection: An engine without tables of these names.
        period: The days of the demo.
    """

    def __init__(self, connection: "duckdb.DuckDBPyConnection", period: Period) -> None:
        self._connection = connection
        self._dates = {"start": period.start, "until": period.end}
        self._items = 0
        connection.execute(sql.TABLES)

    def add_usage(self, items: Sequence[Item], usage: Mapping[str, Any]) -> None:
        """Charge metered usage.

        Args:
            items: The items that the usage counts from 0, in order; to be added before any other.
            usage: Columns ``item``, ``day`` (from the start), ``ticks``, ``term`` (-1 for none).
        """
        self._add_items(items)
        self._connection.register("usage", usage)
        self._connection.execute(sql.USAGE, {"start": self._dates["start"]})
        self._connection.unregister("usage")

    def add_commitments(self, terms: Sequence[Commitment]) -> None:
        """Charge the fees of the terms and what their usage, already charged, left unused."""
        unused = self._add_items([item_of_unused(term) for term in terms])
        fees = self._add_items([item_of_purchase(term) for term in terms])
        self._insert(
            "term",
            [
                (
                    number,
                    unused + number,
                    fees + number,
                    term.id,
                    term.name,
                    term.type,
                    term.billed,
                    term.daily,
                    term.rate,
                    term.start,
                    term.end,
                )
                for number, term in enumerate(terms)
            ],
        )
        self._connection.execute(sql.UNUSED, self._dates)
        self._connection.execute(sql.COMMITMENT_FEES, self._dates)

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Charge fees, credits and refunds."""
        first = self._add_items([entry.item for entry in entries])
        amounts = [entry.price * entry.quantity for entry in entries]
        self._connection.execute(
            sql.FEE,
            {
                "items": [first + number for number in range(len(entries))],
                "days": [entry.day for entry in entries],
                "untils": [entry.until for entry in entries],
                "categories": [entry.category for entry in entries],
                "corrections": [entry.correction for entry in entries],
                "quantities": [entry.quantity if entry.item.unit else None for entry in entries],
                "amounts": amounts,
                "listed": [max(amount, Decimal(0)) for amount in amounts],
            },
        )

    def add_support(self, account: Account) -> None:
        """Charge the account's support plan, a share of everything charged before."""
        item = self._add_items([item_of_support(account)])
        self._connection.execute(sql.SUPPORT, {**self._dates, "account": account.id, "item": item})

    def add_tax(self, accounts: Sequence[Account]) -> None:
        """Charge the accounts' tax, a share of everything charged before."""
        self._add_items([item_of_tax(account) for account in accounts])
        self._connection.execute(sql.TAX, {"rate": TAX_RATE})

    def _add_items(self, items: Sequence[Item]) -> int:
        first = self._items
        self._items += len(items)
        self._insert("item", [_row(first + at, item) for at, item in enumerate(items)])
        return first

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        types = self._connection.execute(f"DESCRIBE {table}").fetchall()
        columns = ", ".join(f"unnest(${at}::{kind}[])" for at, (_, kind, *_) in enumerate(types, 1))
        lists = [list(column) for column in zip(*rows, strict=True)]
        self._connection.execute(f"INSERT INTO {table} SELECT {columns}", lists)


def _row(number: int, item: Item) -> tuple[int | str | Decimal | None, ...]:
    region, region_name = (item.region.id, item.region.name) if item.region else (None, None)
    sku = digits("sku", item.service.code, item.usage_type or item.text, region or "").upper()
    return (
        number,
        item.account.id,
        item.account.name,
        region,
        region_name,
        item.zone,
        item.service.name,
        item.service.code,
        item.service.category,
        item.text,
        item.frequency,
        item.usage_type,
        item.operation,
        item.unit,
        item.price,
        item.committed,
        item.pricing,
        item.resource,
        item.resource_name,
        item.resource_type,
        sku if item.unit else None,
        f"{sku}.JRTCKXETXF.6YS6EN2CT7" if item.unit else None,
        item.publisher,
        item.issuer,
        item.team,
        item.account.environment,
        COST_CENTERS[item.team] if item.team else None,
    )
