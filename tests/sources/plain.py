"""Plain SQL over raw billing files, written for the tests and sharing nothing with the package.

For each format: where month, service, billed and effective cost stand, by the words of its
specification. What comes out is what the sources must give.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

MONEY = "DECIMAL(38,12)"
Totals = Mapping[tuple[str, str | None], Decimal]
"""Sums by month (2026-09) and service."""


@dataclass(frozen=True)
class Plain:
    """One file and the SQL of its columns; ``effective`` is None where the format has none."""

    relation: str
    currency: str
    month: str
    service: str
    billed: str
    effective: str | None

    def totals(self, cost: str) -> dict[str, Totals]:
        """Return the sums of a cost column by month and service, by currency."""
        rows = connect().execute(
            f"SELECT {self.currency}, {self.month}, {self.service}, sum({cost}) "
            f"FROM {self.relation} GROUP BY ALL"
        )
        found: dict[str, dict[tuple[str, str | None], Decimal]] = {}
        for currency, month, service, total in rows.fetchall():
            found.setdefault(currency, {})[(month, service)] = total or Decimal(0)
        return found


def connect() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def plain(path: Path) -> Plain | None:
    """Return the plain SQL of a billing file; None for a file that is none."""
    relation, columns = _open(path)
    for names, make in (
        ({"BilledCost", "ChargePeriodStart"}, _focus),
        ({"lineItem/UnblendedCost"}, _slash_cur),
        ({"line_item_unblended_cost"}, _snake_cur),
        ({"usage_start_date", "cost"}, _small),
        ({"MeterCategory", "Date"}, _azure),
    ):
        if names <= columns:
            return make(relation, columns)
    return None


def _open(path: Path) -> tuple[str, set[str]]:
    if path.suffix == ".parquet":
        relation = f"read_parquet('{path}')"
    else:
        relation = (
            f"read_csv('{path}', delim = ',', header = true, all_varchar = true, quote = '\"', "
            "escape = '\"', null_padding = true, strict_mode = false, nullstr = ['NULL', ''])"
        )
    described = connect().execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    return relation, {row[0] for row in described}


def _month(column: str) -> str:
    text = f'"{column}"::VARCHAR'
    spelled = f"coalesce(try_strptime({text}, '%m/%d/%y'), try_strptime({text}, '%m/%d/%Y'))"
    month = f"strftime({spelled}, '%Y-%m')"
    return f"CASE WHEN {text} LIKE '____-__-%' THEN left({text}, 7) ELSE {month} END"


def _focus(relation: str, columns: set[str]) -> Plain:
    def money(column: str) -> str:
        if relation.startswith("read_parquet"):
            return f'"{column}"::{MONEY}'
        return f"replace(replace(\"{column}\"::VARCHAR, '$', ''), ',', '')::{MONEY}"

    return Plain(
        relation,
        '"BillingCurrency"' if "BillingCurrency" in columns else "'USD'",
        _month("ChargePeriodStart"),
        '"ServiceName"' if "ServiceName" in columns else "NULL",
        money("BilledCost"),
        money("EffectiveCost"),
    )


def _slash_cur(relation: str, columns: set[str]) -> Plain:
    return Plain(
        relation,
        '"lineItem/CurrencyCode"',
        _month("lineItem/UsageStartDate"),
        '"lineItem/ProductCode"',
        f'"lineItem/UnblendedCost"::{MONEY}',
        _amortized(columns),
    )


def _snake_cur(relation: str, columns: set[str]) -> Plain:
    return Plain(
        relation,
        "line_item_currency_code" if "line_item_currency_code" in columns else "'USD'",
        _month("line_item_usage_start_date"),
        "line_item_product_code",
        f"line_item_unblended_cost::{MONEY}",
        None,
    )


def _amortized(columns: set[str]) -> str:
    """AWS: reserved usage counts its effective cost, unused reservations their unused fee."""
    billed = f'"lineItem/UnblendedCost"::{MONEY}'
    rules = ""
    for kind, column in (
        ("DiscountedUsage", "reservation/EffectiveCost"),
        ("SavingsPlanCoveredUsage", "savingsPlan/SavingsPlanEffectiveCost"),
    ):
        if column in columns:
            rules += f" WHEN '{kind}' THEN \"{column}\"::{MONEY}"
    if "savingsPlan/SavingsPlanEffectiveCost" in columns:
        rules += " WHEN 'SavingsPlanNegation' THEN 0 WHEN 'SavingsPlanUpfrontFee' THEN 0"
    unused = "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod"
    if unused in columns:
        other = "reservation/UnusedRecurringFee"
        rules += (
            f' WHEN \'RIFee\' THEN coalesce("{unused}"::{MONEY} + "{other}"::{MONEY}, {billed})'
        )
    if "savingsPlan/TotalCommitmentToDate" in columns:
        rules += (
            f" WHEN 'SavingsPlanRecurringFee' THEN \"savingsPlan/TotalCommitmentToDate\"::{MONEY}"
            f' - "savingsPlan/UsedCommitment"::{MONEY}'
        )
    return f'CASE "lineItem/LineItemType"{rules} ELSE {billed} END' if rules else billed


def _small(relation: str, _columns: set[str]) -> Plain:
    return Plain(relation, "'USD'", _month("usage_start_date"), "service", f"cost::{MONEY}", None)


def _azure(relation: str, columns: set[str]) -> Plain:
    by_name = "CostInBillingCurrency" in columns
    return Plain(
        relation,
        '"BillingCurrencyCode"' if by_name else '"BillingCurrency"',
        _month("Date"),
        '"MeterCategory"',
        f'"{"CostInBillingCurrency" if by_name else "Cost"}"::{MONEY}',
        None,
    )
