"""The SQL that makes charges, in the order in which they depend on one another.

Usage first, then what commitments left unused, their fees, and the charges that are a share of
others: support and tax. Every amount is a product or a sum of decimals, so the dollars are exact
and the same everywhere. ``$start`` is the first day of the demo, ``$until`` is today.
"""

from typing import Final

TABLES: Final = """
CREATE TABLE item (
    number INTEGER, account VARCHAR, account_name VARCHAR, region VARCHAR, region_name VARCHAR,
    zone VARCHAR, service VARCHAR, service_code VARCHAR, service_category VARCHAR, text VARCHAR,
    frequency VARCHAR, usage_type VARCHAR, operation VARCHAR, unit VARCHAR, price DECIMAL(18,10),
    committed DECIMAL(18,10), pricing VARCHAR, resource VARCHAR, resource_name VARCHAR,
    resource_type VARCHAR, sku VARCHAR, sku_price VARCHAR, publisher VARCHAR, issuer VARCHAR,
    team VARCHAR, environment VARCHAR, cost_center VARCHAR
);
CREATE TABLE term (
    number INTEGER, unused_item INTEGER, fee_item INTEGER, id VARCHAR, name VARCHAR, type VARCHAR,
    billed VARCHAR, daily DECIMAL(18,10), rate DECIMAL(18,10), first DATE, until DATE
);
CREATE TABLE charge (
    item INTEGER, day DATE, until DATE, category VARCHAR, correction BOOLEAN,
    quantity DECIMAL(18,4), billed DECIMAL(18,10), effective DECIMAL(18,10),
    listed DECIMAL(18,10), term INTEGER
)"""

USAGE: Final = """
INSERT INTO charge
WITH metered AS (
    SELECT
        usage.item, $start::DATE + usage.day::INTEGER AS day,
        (usage.ticks * 0.0001::DECIMAL(5,4))::DECIMAL(18,4) AS quantity,
        nullif(usage.term, -1) AS term, item.price, item.committed
    FROM usage JOIN item ON item.number = usage.item
), priced AS (
    SELECT *, (quantity * price)::DECIMAL(18,10) AS listed FROM metered
)
SELECT
    item, day, day + 1, 'Usage', false, quantity,
    CASE WHEN term IS NULL THEN listed ELSE 0 END,
    CASE WHEN term IS NULL THEN listed ELSE (quantity * committed)::DECIMAL(18,10) END,
    listed, term
FROM priced"""

_COMMITTED_DAYS = """
    SELECT
        number, daily, rate, billed, first, until, unused_item, fee_item,
        unnest(generate_series(
            greatest(first, $start::DATE)::TIMESTAMP,
            least(until, $until::DATE)::TIMESTAMP - INTERVAL 1 DAY, INTERVAL 1 DAY))::DATE AS day
    FROM term"""

UNUSED: Final = f"""
INSERT INTO charge
WITH committed AS ({_COMMITTED_DAYS}), used AS (
    SELECT term, day, sum(effective) AS amount FROM charge WHERE term IS NOT NULL GROUP BY ALL
), unused AS (
    SELECT committed.*, (daily - coalesce(amount, 0))::DECIMAL(18,10) AS amount
    FROM committed LEFT JOIN used ON term = number AND used.day = committed.day
)
SELECT unused_item, day, day + 1, 'Usage', false, NULL, 0, amount, 0, number
FROM unused WHERE amount <> 0"""

COMMITMENT_FEES: Final = f"""
INSERT INTO charge
WITH committed AS ({_COMMITTED_DAYS}), spans AS (
    SELECT *, CASE billed
        WHEN 'daily' THEN day + 1
        WHEN 'monthly' THEN least((day + INTERVAL 1 MONTH)::DATE, until)
        ELSE until END AS paid_until
    FROM committed
    WHERE billed = 'daily' OR (billed = 'monthly' AND day(day) = 1)
        OR (billed = 'upfront' AND day = first)
)
SELECT
    fee_item, day, paid_until, 'Purchase', false, NULL,
    (daily * (paid_until - day))::DECIMAL(18,10), 0, 0, number
FROM spans"""

FEE: Final = """
INSERT INTO charge
SELECT
    unnest($items::INTEGER[]), unnest($days::DATE[]) AS day, unnest($untils::DATE[]),
    unnest($categories::VARCHAR[]) AS category, unnest($corrections::BOOLEAN[]),
    unnest($quantities::DECIMAL(18,4)[]), unnest($amounts::DECIMAL(18,10)[]) AS amount, amount,
    unnest($listed::DECIMAL(18,10)[]), NULL"""

SUPPORT: Final = """
INSERT INTO charge
WITH months AS (
    SELECT date_trunc('month', day)::DATE AS month, sum(billed) AS spent
    FROM charge JOIN item ON item.number = charge.item
    WHERE account = $account AND category IN ('Usage', 'Purchase') GROUP BY ALL
), billed AS (
    SELECT month, spent FROM months WHERE month = $start
    UNION ALL
    SELECT (month + INTERVAL 1 MONTH)::DATE, spent FROM months
), fees AS (
    SELECT month, (
        least(spent, 10000) * 0.10 + least(greatest(spent - 10000, 0), 70000) * 0.07
        + least(greatest(spent - 80000, 0), 170000) * 0.05 + greatest(spent - 250000, 0) * 0.03
    )::DECIMAL(18,2) AS amount
    FROM billed WHERE month < $until
)
SELECT
    $item, month, (month + INTERVAL 1 MONTH)::DATE, 'Purchase', false, 1, amount, amount, amount,
    NULL
FROM fees"""
"""Business support: tiers of what the account was billed for the month before, on the first.

The very first month has none before it and is charged on its own spend.
"""

TAX: Final = """
INSERT INTO charge
WITH months AS (
    SELECT account, date_trunc('month', day)::DATE AS month, sum(billed) AS spent
    FROM charge JOIN item ON item.number = charge.item
    WHERE category IN ('Usage', 'Purchase') GROUP BY ALL
), taxed AS (
    SELECT *, (spent * $rate::DECIMAL(5,4))::DECIMAL(18,2) AS amount FROM months
)
SELECT
    number, month, (month + INTERVAL 1 MONTH)::DATE, 'Tax', false, NULL, amount, amount, amount,
    NULL
FROM taxed JOIN item ON item.account = taxed.account AND item.service = 'Tax'"""
"""Sales tax of each account, dated the first of the month and growing with it, as on the bill."""
