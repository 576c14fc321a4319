"""Write a CUR 2.0 export of any size: the input of the speed and memory tables.

Made with DuckDB from hashes of the row number, so that the same call gives the same rows anywhere.
The shape follows a Data Exports delivery: three monthly partitions, 48 columns, three of them maps,
long line item ids and resource ids (the columns that make real files big), hourly rows.
"""

import sys
from pathlib import Path

MONTHS = ("2026-08", "2026-09", "2026-10")

_ROWS = """
SELECT r, hash(r * 7 + {seed}) AS h, hash(r * 13 + {seed}) AS g, hash(r * 31 + {seed}) AS k
FROM range({rows}) t(r)
"""

_LINE = """
WITH line AS ({rows}),
pick AS (
    SELECT *, (h % 12)::INT AS s, (h // 12 % 14)::INT AS u, (g % 40)::INT AS account,
        (g // 40 % 4)::INT AS region, (k % {resources})::BIGINT AS resource,
        TIMESTAMP '{month}-01' + to_hours((r * {hours} // {total})::INT) AS hour
    FROM line
)
SELECT
    md5(r::VARCHAR) || md5((r + 1)::VARCHAR) AS identity_line_item_id,
    strftime(hour, '%Y-%m-%dT%H:%M:%SZ') || '/' ||
        strftime(hour + INTERVAL 1 HOUR, '%Y-%m-%dT%H:%M:%SZ') AS identity_time_interval,
    NULL::VARCHAR AS bill_invoice_id, 'AWS' AS bill_billing_entity,
    'Anniversary' AS bill_bill_type, '012345678901' AS bill_payer_account_id,
    'Example Corp' AS bill_payer_account_name,
    TIMESTAMP '{month}-01' AS bill_billing_period_start_date,
    TIMESTAMP '{month}-01' + INTERVAL 1 MONTH AS bill_billing_period_end_date,
    'Amazon Web Services, Inc.' AS bill_invoicing_entity,
    lpad((100000000000 + account * 7919)::VARCHAR, 12, '0') AS line_item_usage_account_id,
    'account-' || account AS line_item_usage_account_name,
    CASE WHEN r % 997 = 0 THEN 'Credit' WHEN r % 499 = 0 THEN 'Tax'
         WHEN s = 0 AND u < 4 THEN 'SavingsPlanCoveredUsage' ELSE 'Usage'
    END AS line_item_line_item_type,
    hour AS line_item_usage_start_date, hour + INTERVAL 1 HOUR AS line_item_usage_end_date,
    ['AmazonEC2', 'AmazonS3', 'AmazonRDS', 'AWSLambda', 'AmazonDynamoDB', 'AmazonCloudWatch',
     'AmazonCloudFront', 'AmazonECS', 'AWSELB', 'awskms', 'AmazonVPC', 'AWSQueueService'
    ][s + 1] AS line_item_product_code,
    ['', 'USW2-', 'EU-', 'EUC1-'][region + 1] ||
    ['BoxUsage:m5.large', 'BoxUsage:m5.xlarge', 'BoxUsage:c6i.2xlarge', 'BoxUsage:r6g.large',
     'EBS:VolumeUsage.gp3', 'DataTransfer-Out-Bytes', 'NatGateway-Bytes', 'Requests-Tier1',
     'TimedStorage-ByteHrs', 'InstanceUsage:db.r5.large', 'Lambda-GB-Second', 'LCUUsage',
     'ReadCapacityUnit-Hrs', 'CW:MetricMonitorUsage'][u + 1] AS line_item_usage_type,
    ['RunInstances', 'PutObject', 'CreateDBInstance', 'Invoke'][u % 4 + 1] AS line_item_operation,
    ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'][region + 1] || 'a'
        AS line_item_availability_zone,
    'arn:aws:service:' || account || ':resource/' || md5(resource::VARCHAR)
        AS line_item_resource_id,
    (1 + h % 1000) / 100.0 AS line_item_usage_amount,
    NULL::DOUBLE AS line_item_normalization_factor,
    NULL::DOUBLE AS line_item_normalized_usage_amount, 'USD' AS line_item_currency_code,
    '0.0' || (1 + u) AS line_item_unblended_rate,
    CASE WHEN r % 997 = 0 THEN -1 ELSE 1 END * (1 + g % 1000) * (1 + u) / 1000.0
        AS line_item_unblended_cost,
    '0.0' || (1 + u) AS line_item_blended_rate,
    (1 + g % 1000) * (1 + u) / 1000.0 AS line_item_blended_cost,
    'per unit of usage type ' || u AS line_item_line_item_description, NULL AS line_item_tax_type,
    'Amazon Web Services, Inc.' AS line_item_legal_entity,
    MAP {{'product_name': 'Product ' || s, 'region': 'r' || region}} AS product,
    ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'][region + 1] AS product_region_code,
    CASE WHEN u < 4 THEN ['m5.large', 'm5.xlarge', 'c6i.2xlarge', 'r6g.large'][u + 1] END
        AS product_instance_type,
    CASE WHEN u < 4 THEN 'General purpose' END AS product_instance_family,
    'Compute Instance' AS product_product_family, ['AmazonEC2', 'AmazonS3'][s % 2 + 1]
        AS product_servicecode, 'SKU' || (s * 14 + u) AS product_sku,
    'Hrs' AS pricing_unit, 'OnDemand' AS pricing_term, 'USD' AS pricing_currency,
    (1 + g % 1000) * (1 + u) / 900.0 AS pricing_public_on_demand_cost,
    '0.0' || (1 + u) AS pricing_public_on_demand_rate,
    NULL::VARCHAR AS reservation_reservation_a_r_n, NULL::DOUBLE AS reservation_effective_cost,
    CASE WHEN s = 0 AND u < 4 THEN 'arn:aws:savingsplans::012345678901:savingsplan/1' END
        AS savings_plan_savings_plan_a_r_n,
    CASE WHEN s = 0 AND u < 4 THEN (1 + g % 1000) * (1 + u) / 1500.0 END
        AS savings_plan_savings_plan_effective_cost,
    MAP {{'user_team': 'team-' || (account % 9),
          'user_environment': ['prod', 'dev'][account % 2 + 1]}}
        AS resource_tags,
    MAP {{'cost_center': 'cc-' || (account % 5)}} AS cost_category
FROM pick
"""


def write(folder: Path, rows: int) -> None:
    """Write ``rows`` rows in three monthly partitions under ``folder``."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": "2GB"})
    share = rows // len(MONTHS)
    for seed, month in enumerate(MONTHS):
        count = rows - share * 2 if seed == 2 else share
        part = folder / f"BILLING_PERIOD={month}"
        part.mkdir(parents=True, exist_ok=True)
        hours = 24 * (30 if month == "2026-09" else 31)
        source = _ROWS.format(rows=count, seed=seed)
        select = _LINE.format(
            rows=source, month=month, hours=hours, total=count, resources=max(10, rows // 14)
        )
        connection.execute(
            f"COPY ({select}) TO '{part / 'cur2-00001.snappy.parquet'}' "
            "(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)"
        )


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(float(sys.argv[2])))
