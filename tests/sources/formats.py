"""One small bill, written in every format that we read."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.fakes import FakeSource

START = datetime(2026, 8, 28)
HOURS = 24 * 9
_SERVICES = ("AmazonEC2", "AmazonS3", "AmazonRDS")
_REGIONS = ("us-east-1", "eu-west-1", None)
_TYPES = ("BoxUsage:m5.large", "TimedStorage-ByteHrs", "InstanceUsage:db.r5.large")
_UNITS = ("Hrs", "GB-Mo", "Hrs")
_TEAMS = ("web", "data", None, 'it\'s "odd"')


def bill() -> list[dict[str, Any]]:
    """Return hourly charges over nine days of two months, with credits, tax and commitments."""
    rows = []
    for i in range(HOURS):
        kind = i % 3
        category = "Credit" if i % 29 == 5 else "Tax" if i % 31 == 7 else "Usage"
        cost = Decimal(i * 7919 % 100_003) / 10_000 * (-1 if category == "Credit" else 1)
        committed = category == "Usage" and i % 5 == 0
        rows.append(
            {
                "moment": START + timedelta(hours=i),
                "service": _SERVICES[kind],
                "region": _REGIONS[i % 7 % 3],
                "account": ("012345678901", "999999999999")[i % 2],
                "usage_type": _TYPES[kind] if category == "Usage" else "Other",
                "resource": f"arn:aws:x:{i % 11}" if category == "Usage" else None,
                "charge_category": category,
                "purchase_option": "Savings Plan" if committed else "On Demand",
                "cost": cost,
                "effective": cost * Decimal("0.7") if committed else cost,
                "usage": Decimal(i % 13) / 4,
                "unit": _UNITS[kind] if category == "Usage" else "Units",
                "team": _TEAMS[i % 4],
            }
        )
    return rows


def fake(cost: str = "cost") -> FakeSource:
    """Return the bill as a fake source over one of its costs."""
    rows = []
    for row in bill():
        derived = {"BoxUsage:m5.large": "m5.large", "InstanceUsage:db.r5.large": "db.r5.large"}
        rows.append(
            {
                "date": row["moment"].date(),
                "cost": row[cost],
                "usage": row["usage"],
                "usage_unit": row["unit"],
                "instance_type": derived.get(row["usage_type"]),
                "provider": "AWS",
                "tags": {"team": row["team"]} if row["team"] else {},
                **{
                    name: row[name]
                    for name in (
                        *("service", "region", "account", "usage_type", "resource"),
                        *("charge_category", "purchase_option"),
                    )
                },
            }
        )
    return FakeSource(rows)


_FOCUS = """
    SELECT moment AS ChargePeriodStart, moment + INTERVAL 1 HOUR AS ChargePeriodEnd,
        'USD' AS BillingCurrency, account AS SubAccountId, service AS ServiceName,
        region AS RegionId, usage_type AS x_UsageType, resource AS ResourceId,
        charge_category AS ChargeCategory, cost AS BilledCost, effective AS EffectiveCost,
        CASE purchase_option WHEN 'On Demand' THEN 'Standard' ELSE 'Committed' END
            AS PricingCategory,
        CASE purchase_option WHEN 'Savings Plan' THEN 'Savings Plan' END
            AS CommitmentDiscountType,
        usage AS ConsumedQuantity, unit AS ConsumedUnit, {tags} AS Tags {extra}
    FROM bill
"""
_CUR = """
    SELECT moment AS "lineItem/UsageStartDate", account AS "lineItem/UsageAccountId",
        service AS "lineItem/ProductCode", region AS "product/region",
        usage_type AS "lineItem/UsageType", resource AS "lineItem/ResourceId",
        CASE WHEN purchase_option = 'Savings Plan' THEN 'SavingsPlanCoveredUsage'
            ELSE charge_category END AS "lineItem/LineItemType",
        cost AS "lineItem/UnblendedCost",
        CASE WHEN purchase_option = 'Savings Plan' THEN effective END
            AS "savingsPlan/SavingsPlanEffectiveCost",
        CASE WHEN false THEN 0::DECIMAL(18,6) END AS "reservation/EffectiveCost",
        'USD' AS "lineItem/CurrencyCode", usage AS "lineItem/UsageAmount",
        unit AS "pricing/unit", {tags} {extra}
    FROM bill
"""
_TIDY = """
    SELECT CAST(moment AS DATE) AS date, cost, effective AS amortized_cost, account, service,
        region, usage_type, resource, charge_category, purchase_option, usage,
        unit AS usage_unit, 'AWS' AS provider, 'USD' AS currency, team AS "tag:team"
    FROM bill
"""
_MAP = "CASE WHEN team IS NULL THEN MAP {} ELSE MAP {'{key}': team} END"
_JSON = "CASE WHEN team IS NULL THEN NULL ELSE json_object('{key}', team)::VARCHAR END"
_SNAKE = (
    ("lineItem/", "line_item_"),
    ("savingsPlan/", "savings_plan_"),
    ("reservation/EffectiveCost", "reservation_effective_cost"),
    ("product/region", "product_region_code"),
    ("pricing/", "pricing_"),
    ("UsageStartDate", "usage_start_date"),
    ("UsageAccountId", "usage_account_id"),
    ("ProductCode", "product_code"),
    ("UsageType", "usage_type"),
    ("ResourceId", "resource_id"),
    ("LineItemType", "line_item_type"),
    ("UnblendedCost", "unblended_cost"),
    ("SavingsPlanEffectiveCost", "savings_plan_effective_cost"),
    ("CurrencyCode", "currency_code"),
    ("UsageAmount", "usage_amount"),
)


def _focus(extra: str, tags: str = _JSON) -> str:
    return _FOCUS.format(tags=tags.replace("{key}", "team"), extra=extra)


def _cur(tags: str, extra: str = "", snake: bool = False) -> str:
    sql = _CUR.format(tags=tags, extra=extra)
    for slashed, snaked in _SNAKE if snake else ():
        sql = sql.replace(slashed, snaked)
    return sql


_PROVIDER = ", 'AWS' AS ProviderName"
SELECTS = {
    "FOCUS 1.0": _focus(_PROVIDER),
    "FOCUS 1.1": _focus(f"{_PROVIDER}, 'x' AS ServiceSubcategory"),
    "FOCUS 1.2": _focus(f"{_PROVIDER}, 'x' AS InvoiceId"),
    "FOCUS 1.3": _focus(", 'AWS' AS ServiceProviderName, 'AWS' AS HostProviderName"),
    "CUR 2.0": _cur(
        _JSON.replace("{key}", "user_team") + " AS resource_tags",
        ", 'Payer' AS bill_payer_account_name",
        snake=True,
    ),
    "legacy CUR, slashes": _cur('team AS "resourceTags/user:team"'),
    "legacy CUR, snake": _cur("team AS resource_tags_user_team", snake=True),
    "tidy table": _TIDY,
}
AS_MAP = {
    "FOCUS 1.2": _focus(f"{_PROVIDER}, 'x' AS InvoiceId", _MAP),
    "CUR 2.0": _cur(
        _MAP.replace("{key}", "user_team") + " AS resource_tags",
        ", 'Payer' AS bill_payer_account_name",
        snake=True,
    ),
}
"""The formats whose parquet keeps tags in a map."""

KINDS = ("parquet", "csv", "csv.gz")
CASES = [
    *((name, kind) for name in SELECTS for kind in KINDS[:2]),
    ("FOCUS 1.2", "csv.gz"),
    ("legacy CUR, slashes", "csv.gz"),
]


def write(folder: Path, name: str, kind: str, where: str = "true") -> Path:
    """Write the bill, or the rows of it for which the SQL condition holds, and return the file."""
    select = (AS_MAP if kind == "parquet" else {}).get(name, SELECTS[name])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bill.{kind}"
    connection = with_bill()
    # Decimal, as the bill is: a DOUBLE would bring its own noise into exact comparisons.
    options = "FORMAT parquet" if kind == "parquet" else "FORMAT csv, HEADER"
    if kind == "csv.gz":
        options += ", COMPRESSION gzip"
    connection.execute(f"COPY ({select} WHERE {where} ORDER BY moment) TO '{path}' ({options})")
    return path


def with_bill() -> duckdb.DuckDBPyConnection:
    """Return a connection with the bill as the table ``bill``."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE bill (moment TIMESTAMP, service VARCHAR, region VARCHAR, account VARCHAR, "
        "usage_type VARCHAR, resource VARCHAR, charge_category VARCHAR, purchase_option VARCHAR, "
        "cost DECIMAL(18,6), effective DECIMAL(18,6), usage DECIMAL(18,6), unit VARCHAR, "
        "team VARCHAR)"
    )
    rows = [tuple(row.values()) for row in bill()]
    connection.executemany(f"INSERT INTO bill VALUES ({', '.join('?' * 13)})", rows)
    return connection
