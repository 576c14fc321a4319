"""The charges as a FOCUS 1.2 export: one parquet file a month, with AWS's own extra columns.

How each amount follows FOCUS:

- usage on demand: billed, effective, contracted and list cost are the same, as no discount is
  negotiated;
- usage under a commitment: billed 0, effective at the committed rate, contracted and list at the
  public price;
- the unused part of a commitment: a Usage charge with effective cost only;
- a commitment's fee: a Purchase with billed cost only. Its list cost is 0, so that the list cost
  of a bill is what its usage would have cost, and nothing counts twice.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.domain.period import Period
from finops_cli.sources.demo.days import month_file
from finops_cli.sources.demo.model import Account
from finops_cli.sources.demo.noise import seed

if TYPE_CHECKING:
    import duckdb

_MONTH = """
SELECT
    $payer AS BillingAccountId,
    $payer_name AS BillingAccountName,
    i.account AS SubAccountId,
    i.account_name AS SubAccountName,
    'USD' AS BillingCurrency,
    $month::TIMESTAMP AS BillingPeriodStart,
    $next_month::TIMESTAMP AS BillingPeriodEnd,
    c.day::TIMESTAMP AS ChargePeriodStart,
    c.until::TIMESTAMP AS ChargePeriodEnd,
    c.category AS ChargeCategory,
    CASE WHEN c.correction THEN 'Correction' END AS ChargeClass,
    i.text AS ChargeDescription,
    i.frequency AS ChargeFrequency,
    i.service AS ServiceName,
    i.service_category AS ServiceCategory,
    i.region AS RegionId,
    i.region_name AS RegionName,
    i.zone AS AvailabilityZone,
    i.resource AS ResourceId,
    i.resource_name AS ResourceName,
    i.resource_type AS ResourceType,
    i.sku AS SkuId,
    i.usage_type AS SkuMeter,
    i.sku_price AS SkuPriceId,
    CASE WHEN c.term IS NOT NULL AND c.category = 'Usage' THEN 'Committed'
        WHEN c.category IN ('Usage', 'Purchase') THEN i.pricing END AS PricingCategory,
    c.quantity AS PricingQuantity,
    CASE WHEN c.quantity IS NOT NULL THEN i.unit END AS PricingUnit,
    CASE WHEN c.category = 'Usage' THEN c.quantity END AS ConsumedQuantity,
    CASE WHEN c.category = 'Usage' AND c.quantity IS NOT NULL THEN i.unit END AS ConsumedUnit,
    c.billed AS BilledCost,
    c.effective AS EffectiveCost,
    c.listed AS ListCost,
    c.listed AS ContractedCost,
    CASE WHEN c.category IN ('Usage', 'Purchase') THEN coalesce(i.price, c.listed) END
        AS ListUnitPrice,
    ListUnitPrice AS ContractedUnitPrice,
    t.id AS CommitmentDiscountId,
    t.name AS CommitmentDiscountName,
    t.type AS CommitmentDiscountType,
    CASE t.type WHEN 'Savings Plan' THEN 'Spend' WHEN 'Reserved Instance' THEN 'Usage' END
        AS CommitmentDiscountCategory,
    CASE WHEN t.id IS NOT NULL AND c.category = 'Usage' THEN
        CASE WHEN c.quantity IS NULL THEN 'Unused' ELSE 'Used' END END AS CommitmentDiscountStatus,
    ((c.billed + c.effective) / t.rate)::DECIMAL(18,4) AS CommitmentDiscountQuantity,
    CASE t.type WHEN 'Savings Plan' THEN 'USD' WHEN 'Reserved Instance' THEN 'Hrs' END
        AS CommitmentDiscountUnit,
    'AWS' AS ProviderName,
    i.publisher AS PublisherName,
    i.issuer AS InvoiceIssuerName,
    $invoice AS InvoiceId,
    CASE
        WHEN i.team IS NOT NULL THEN MAP {
            'team': i.team, 'environment': i.environment, 'cost-center': i.cost_center}
        WHEN i.resource IS NOT NULL THEN MAP([]::VARCHAR[], []::VARCHAR[])
    END AS Tags,
    i.usage_type AS x_UsageType,
    i.operation AS x_Operation,
    i.service_code AS x_ServiceCode
FROM charge AS c
JOIN item AS i ON i.number = c.item
LEFT JOIN term AS t ON t.number = c.term
WHERE c.day >= $month AND c.day < $next_month"""
_COPY = f"COPY ({_MONTH}) TO $path (FORMAT parquet, COMPRESSION zstd)"
_WRITERS = 2  # a month is too short for the engine to share it out among its own threads


def write_months(
    connection: "duckdb.DuckDBPyConnection", months: list[Period], payer: Account, folder: Path
) -> None:
    """Write a filled ledger into the folder, each calendar month as ``2026-10.parquet``."""

    def write(month: Period) -> None:
        values = {
            "payer": payer.id,
            "payer_name": payer.name,
            "month": month.start,
            "next_month": month.end,
            "invoice": _invoice(month.start),
            "path": str(folder / month_file(month.start)),
        }
        with connection.cursor() as cursor:
            cursor.execute(_COPY, values)

    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(write, months))


def _invoice(month: date) -> str:
    return f"INV{month:%y}-{seed('invoice', month.isoformat()) % 10**7:07d}"
