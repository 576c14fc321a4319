"""The ordinary business of the demo organisation: what runs every day and hides the story."""

from typing import Final

from finops_cli.sources.demo import data_meters as d
from finops_cli.sources.demo import meters as m
from finops_cli.sources.demo.model import Change, Line
from finops_cli.sources.demo.organisation import (
    BATCH,
    DATA,
    EUC1,
    EUW1,
    FLAT,
    FLEET,
    GLOBAL,
    HOARD,
    ML,
    OFFICE,
    PROD,
    SECURITY,
    SHARED,
    STAGING,
    STEADY,
    TRAFFIC,
    USE1,
    USW2,
)

COMPUTE: Final = (
    Line("shop-app", m.M5_4XLARGE, PROD, USE1, 24, 14, FLEET, "storefront", (), "compute-sp"),
    Line("search", m.C5_4XLARGE, PROD, USE1, 24, 8, FLEET, "storefront", (), "compute-sp"),
    Line("shop-api", m.M5_4XLARGE, PROD, USE1, 24, 16, FLEET, "storefront"),
    Line("checkout", m.C6I_8XLARGE, PROD, USE1, 24, 12, FLEET, "payments"),
    Line("pricing-cache", m.R6I_4XLARGE, PROD, USE1, 24, 8, STEADY, "payments"),
    Line("shop-api-eu", m.M5_2XLARGE, PROD, EUW1, 24, 14, FLEET, "storefront"),
    Line("orders-eu", m.C5_4XLARGE, PROD, EUW1, 24, 5, FLEET, "payments"),
    Line("spark-core", m.R5_8XLARGE, DATA, USE1, 24, 13, STEADY, "data"),
    Line("druid", m.I3_4XLARGE, DATA, USE1, 24, 5, STEADY, "data"),
    Line("features-west", m.R5_4XLARGE, DATA, USW2, 24, 4, STEADY, "data"),
    Line("gdpr-jobs", m.M5_2XLARGE, DATA, EUC1, 24, 4, STEADY, "data"),
    Line("spark-spot", m.SPOT_C5_4XLARGE, DATA, USE1, 24, 12, BATCH, "data"),
    Line("staging-app", m.M5_2XLARGE, STAGING, USE1, 24, 14, OFFICE, "storefront"),
    Line("notebooks", m.G4DN_2XLARGE, ML, USE1, 24, 2, OFFICE, "ml"),
    Line("gitlab", m.M5_2XLARGE, SHARED, USE1, 24, 6, FLAT, "platform"),
    Line("ci-runner", m.C5_4XLARGE, SHARED, USE1, 24, 5, OFFICE, "platform"),
    Line("vpn-eu", m.M5_2XLARGE, SHARED, EUW1, 24, 2, FLAT, None),
    Line("siem", m.M5_2XLARGE, SECURITY, USE1, 24, 3, FLAT, "security"),
    Line("scanner", m.C5_2XLARGE, SECURITY, USE1, 24, 2, OFFICE, "security"),
)

CONTAINERS: Final = (
    Line("mail-render", m.FARGATE_CPU, PROD, USE1, 300, 2, TRAFFIC, "storefront"),
    Line("mail-render", m.FARGATE_MEMORY, PROD, USE1, 600, 2, TRAFFIC, "storefront"),
    Line("prod", m.CLUSTER_HOURS, PROD, USE1, 24, 2, FLAT, "platform"),
    Line("prod-eu", m.CLUSTER_HOURS, PROD, EUW1, 24, 1, FLAT, "platform"),
    Line("staging", m.CLUSTER_HOURS, STAGING, USE1, 24, 1, FLAT, "platform"),
    Line("images", m.ECR_STORAGE, SHARED, USE1, 900, 1, HOARD, "platform"),
    Line("thumbnails", m.LAMBDA_SECONDS, PROD, USE1, 620_000, 1, TRAFFIC, "storefront"),
    Line("thumbnails", m.LAMBDA_REQUESTS, PROD, USE1, 9_000_000, 1, TRAFFIC, "storefront"),
    Line("webhooks", m.LAMBDA_SECONDS, PROD, EUW1, 210_000, 1, TRAFFIC, "payments"),
    Line("webhooks", m.LAMBDA_REQUESTS, PROD, EUW1, 4_000_000, 1, TRAFFIC, "payments"),
)

NETWORK: Final = (
    Line("prod-nat", m.NAT_HOURS, PROD, USE1, 24, 3, FLAT, "platform"),
    Line("prod-nat", m.NAT_BYTES, PROD, USE1, 260, 3, TRAFFIC, "platform"),
    Line("prod-nat-eu", m.NAT_HOURS, PROD, EUW1, 24, 2, FLAT, "platform"),
    Line("prod-nat-eu", m.NAT_BYTES, PROD, EUW1, 70, 2, TRAFFIC, "platform"),
    Line("data-nat", m.NAT_HOURS, DATA, USE1, 24, 1, FLAT, "platform"),
    Line("data-nat", m.NAT_BYTES, DATA, USE1, 240, 1, BATCH, "platform"),
    Line("shop-web-eu", m.EGRESS, PROD, EUW1, 120, 2, TRAFFIC, "storefront"),
    Line("cross-zone", m.REGIONAL, PROD, USE1, 2400, 1, TRAFFIC, None),
    Line("cross-zone-data", m.REGIONAL, DATA, USE1, 1500, 1, BATCH, None),
    Line("shop", m.BALANCER_HOURS, PROD, USE1, 24, 4, FLAT, "storefront"),
    Line("shop", m.BALANCER_LCU, PROD, USE1, 260, 4, TRAFFIC, "storefront"),
    Line("orders-eu", m.BALANCER_HOURS, PROD, EUW1, 24, 2, FLAT, "payments"),
    Line("orders-eu", m.BALANCER_LCU, PROD, EUW1, 130, 2, TRAFFIC, "payments"),
    Line("address", m.IPV4, PROD, USE1, 24, 12, STEADY, None),
    Line("address-eu", m.IPV4, PROD, EUW1, 24, 5, STEADY, None),
    Line("cdn", m.CDN_US, PROD, GLOBAL, 170, 1, TRAFFIC, "storefront"),
    Line("cdn", m.CDN_EU, PROD, GLOBAL, 70, 1, TRAFFIC, "storefront"),
    Line("queries", m.DNS_QUERIES, PROD, GLOBAL, 2_600_000, 1, TRAFFIC, None),
)

STORAGE: Final = (
    Line("shop-logs", m.GP3, PROD, USE1, 700, 6, HOARD, "storefront"),
    Line("gitlab-data", m.GP3, SHARED, USE1, 900, 2, HOARD, "platform"),
    Line("siem-index", m.GP3, SECURITY, USE1, 1800, 1, HOARD, "security"),
    Line("data-snapshots", m.SNAPSHOT, DATA, USE1, 4200, 1, HOARD, "data"),
    Line("product-media", m.S3_STORAGE, PROD, USE1, 21000, 1, HOARD, "storefront"),
    Line("product-media", m.S3_PUTS, PROD, USE1, 900_000, 1, TRAFFIC, "storefront"),
    Line("product-media", m.S3_GETS, PROD, USE1, 12_000_000, 1, TRAFFIC, "storefront"),
    Line("raw-events", m.S3_PUTS, DATA, USE1, 2_400_000, 1, TRAFFIC, "data"),
    Line("invoices-eu", m.S3_STORAGE, PROD, EUW1, 3800, 1, HOARD, "payments"),
    Line("robot-video", m.S3_STORAGE, ML, USE1, 16000, 1, HOARD, "ml"),
    Line("audit-trail", m.S3_STORAGE, SECURITY, USE1, 5200, 1, HOARD, "security"),
    Line("shared-home", m.EFS_STORAGE, SHARED, USE1, 500, 1, HOARD, "platform"),
    Line("vault", m.BACKUP_STORAGE, SHARED, USE1, 3000, 1, HOARD, "platform"),
)

DATABASES: Final = (
    Line("orders", d.DB_R6G_2XLARGE, PROD, USE1, 24, 3, FLAT, "payments", (), "database-ri"),
    Line(
        "orders-archive",
        d.DB_R6G_2XLARGE,
        PROD,
        USE1,
        24,
        1,
        FLAT,
        "payments",
        (Change(70, 1.0, 0.0),),
        "database-ri",
    ),
    Line("catalog", d.DB_R6G_XLARGE, PROD, USE1, 24, 3, STEADY, "storefront"),
    Line("orders-eu", d.DB_R6G_XLARGE, PROD, EUW1, 24, 2, FLAT, "payments"),
    Line("staging", d.DB_R6G_XLARGE, STAGING, USE1, 24, 1, FLAT, "storefront"),
    Line("orders", d.DB_STORAGE, PROD, USE1, 900, 3, HOARD, "payments"),
    Line("catalog", d.DB_STORAGE, PROD, USE1, 350, 3, HOARD, "storefront"),
    Line("reporting-old", d.DB_STORAGE, PROD, USE1, 1000, 1, FLAT, None),
    Line("orders", d.DB_BACKUP, PROD, USE1, 1500, 1, HOARD, "payments"),
    Line("carts", d.DYNAMO_WRITES, PROD, USE1, 14_000_000, 1, TRAFFIC, "storefront"),
    Line("carts", d.DYNAMO_READS, PROD, USE1, 62_000_000, 1, TRAFFIC, "storefront"),
    Line("sessions", d.CACHE_R6G_LARGE, PROD, USE1, 24, 5, FLAT, "storefront", (), "cache-ri"),
    Line("sessions-eu", d.CACHE_R6G_LARGE, PROD, EUW1, 24, 2, FLAT, "storefront"),
)

ANALYTICS: Final = (
    Line("warehouse", d.REDSHIFT_NODE, DATA, USE1, 24, 2, FLAT, "data"),
    Line("logs", d.SEARCH_NODE, SHARED, USE1, 24, 3, STEADY, "platform"),
    Line("logs", d.SEARCH_STORAGE, SHARED, USE1, 2000, 1, HOARD, "platform"),
    Line("analysts", d.ATHENA_SCANS, DATA, USE1, 2.2, 1, OFFICE, "data"),
    Line("ingest", d.GLUE_HOURS, DATA, USE1, 30, 1, BATCH, "data"),
    Line("closing", d.GLUE_HOURS, DATA, EUC1, 12, 1, BATCH, "data"),
    Line("vision", d.ENDPOINT, ML, USE1, 24, 4, FLAT, "ml"),
    Line("dialogue-eu", d.ENDPOINT, PROD, EUW1, 24, 2, FLAT, "ml"),
    Line("jobs", d.QUEUE_REQUESTS, PROD, USE1, 26_000_000, 1, TRAFFIC, "payments"),
    Line("fulfilment", d.TRANSITIONS, PROD, USE1, 190_000, 1, TRAFFIC, "payments"),
)

GOVERNANCE: Final = (
    Line("/shop/app", d.LOG_INGESTION, PROD, USE1, 26, 1, TRAFFIC, "storefront"),
    Line("/orders/app", d.LOG_INGESTION, PROD, EUW1, 12, 1, TRAFFIC, "payments"),
    Line("/spark/driver", d.LOG_INGESTION, DATA, USE1, 9, 1, BATCH, "data"),
    Line("/shop/app", d.LOG_STORAGE, PROD, USE1, 9000, 1, HOARD, "storefront"),
    Line("metrics", d.METRICS, PROD, USE1, 1500, 1, STEADY, None),
    Line("metrics", d.METRICS, DATA, USE1, 500, 1, STEADY, None),
    Line("events", d.TRAIL_EVENTS, SECURITY, USE1, 120_000, 1, TRAFFIC, "security"),
    Line("items", d.CONFIG_ITEMS, SECURITY, USE1, 2200, 1, OFFICE, "security"),
    Line("keys", d.KMS_KEYS, SECURITY, USE1, 46, 1, FLAT, "security"),
    Line("secrets", d.SECRETS, PROD, USE1, 120, 1, STEADY, "platform"),
    Line("threats", d.GUARD_EVENTS, SECURITY, USE1, 2_400_000, 1, TRAFFIC, "security"),
)

LINES: Final = COMPUTE + CONTAINERS + NETWORK + STORAGE + DATABASES + ANALYTICS + GOVERNANCE
