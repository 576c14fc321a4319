"""What is worth finding in the demo organisation, told backwards from today.

Every number of days counts from today, so that the story holds on every as-of date. Ordinary
business is in `everyday`; here is only what a good answer should name:

- a GPU training run that nobody stopped: `SPIKE`;
- a service in eu-west-1 that pulls its images through a NAT gateway, more each day: `LEAK`;
- a product launch that lifted internet traffic for good: `LAUNCH`;
- money that buys nothing: `WASTE`;
- a service that ended, and one that is young: `COMINGS_AND_GOINGS`.
"""

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
    HOARD,
    ML,
    OFFICE,
    PROD,
    SHARED,
    STAGING,
    TRAFFIC,
    USE1,
)

SPIKE_DAYS: Final = 6
"""The spike has run on each of the last so many full days, and still runs."""
LEAK_DAYS: Final = 35
LAUNCH_DAYS: Final = 91
SAVINGS_PLAN_DAYS_LEFT: Final = 106
"""The Savings Plan's term ends so many days from today, about three and a half months."""
PAGELARK_MONTHS: Final = 4
"""A second marketplace subscription: first billed on the first of the month so many months ago."""

_NEW = Change(SPIKE_DAYS, 0.0, 1.0)

SPIKE: Final = (
    Line("vision-pretrain", m.P4D_24XLARGE, ML, USE1, 24, 2, FLAT, "ml", (_NEW,)),
    Line(
        "vision-finetune",
        m.G5_12XLARGE,
        ML,
        USE1,
        24,
        1,
        FLAT,
        "ml",
        (Change(SPIKE_DAYS, 0.45, 0.73),),
    ),
)

LEAK: Final = (
    Line(
        "orders-egress-eu",
        m.NAT_BYTES,
        PROD,
        EUW1,
        2600,
        1,
        TRAFFIC,
        "payments",
        (Change(LEAK_DAYS, 0.06, 1.0, LEAK_DAYS),),
    ),
)

LAUNCH: Final = (
    Line(
        "shop-web",
        m.EGRESS,
        PROD,
        USE1,
        190,
        4,
        TRAFFIC,
        "storefront",
        (Change(LAUNCH_DAYS, 0.42, 1.0),),
    ),
)

WASTE: Final = (
    # Volumes on gp2, a generation behind gp3 and a quarter dearer.
    Line("shop-data", m.GP2, PROD, USE1, 1100, 8, HOARD, "storefront"),
    Line("orders-data-eu", m.GP2, PROD, EUW1, 900, 4, HOARD, "payments"),
    Line("spark-scratch", m.GP2, DATA, USE1, 1200, 6, HOARD, "data"),
    Line("staging-data", m.GP2, STAGING, USE1, 500, 6, FLAT, None),
    # Databases that nobody queries: no growth, no rhythm, no I/O beside them.
    Line("reporting-old", d.DB_R5_2XLARGE, PROD, USE1, 24, 1, FLAT, None),
    Line("loadtest", d.DB_R5_2XLARGE, STAGING, USE1, 24, 1, FLAT, "payments"),
    Line("migration-copy", d.DB_R5_2XLARGE, STAGING, USE1, 24, 1, FLAT, None),
    # Instance generations that newer ones undercut.
    Line("legacy-catalog", m.M4_2XLARGE, PROD, USE1, 24, 8, FLAT, "storefront"),
    Line("legacy-encoder", m.C4_4XLARGE, PROD, USE1, 24, 3, FLAT, "storefront"),
    # A load balancer without targets (hours, never a capacity unit) and addresses without hosts.
    Line("old-campaign", m.BALANCER_HOURS, PROD, USE1, 24, 2, FLAT, None),
    Line("unused-address", m.IPV4_IDLE, PROD, USE1, 24, 7, FLAT, None),
    Line("unused-address-eu", m.IPV4_IDLE, STAGING, EUC1, 24, 4, FLAT, None),
    # Snapshots that no policy ever deletes, debug logs, a bucket that never tiers.
    Line("nightly-snapshots", m.SNAPSHOT, PROD, USE1, 15000, 1, HOARD, None),
    Line("/shop/debug", d.LOG_INGESTION, PROD, USE1, 38, 1, TRAFFIC, "storefront"),
    Line("raw-events", m.S3_STORAGE, DATA, USE1, 52000, 1, HOARD, "data"),
)

COMINGS_AND_GOINGS: Final = (
    Line(
        "clickstream",
        d.KINESIS_SHARDS,
        DATA,
        USE1,
        24 * 40,
        1,
        FLAT,
        "data",
        (Change(118, 1.0, 0.0),),
    ),
    Line(
        "clickstream-kafka",
        d.KAFKA_BROKER,
        DATA,
        USE1,
        24,
        4,
        FLAT,
        "data",
        (Change(125, 0.0, 1.0),),
    ),
    Line(
        "support-assistant",
        d.TOKENS_IN,
        SHARED,
        USE1,
        21000,
        1,
        TRAFFIC,
        "platform",
        (Change(240, 0.0, 0.5, 60), Change(120, 1.0, 2.0, 60)),
    ),
    Line(
        "support-assistant",
        d.TOKENS_OUT,
        SHARED,
        USE1,
        3600,
        1,
        TRAFFIC,
        "platform",
        (Change(240, 0.0, 0.5, 60), Change(120, 1.0, 2.0, 60)),
    ),
    Line("feature-tests", m.T3_XLARGE, STAGING, USE1, 24, 6, OFFICE, "payments"),
    Line("month-end-ledger", m.M5_8XLARGE, DATA, USE1, 24, 6, BATCH, "payments"),
)

LINES: Final = SPIKE + LEAK + LAUNCH + WASTE + COMINGS_AND_GOINGS
