"""All checks, as data: what each says and the rule that finds it. A new check is a line here."""

from collections.abc import Callable, Iterator
from typing import Final

from finops_cli.analytics.savings import (
    databases,
    idle,
    instances,
    network,
    storage,
    support,
    volumes,
)
from finops_cli.analytics.savings.bill import Bill
from finops_cli.domain.advice import Check, Evidence

Rule = Callable[[Bill], Iterator[Evidence]]

CHECKS: Final[tuple[tuple[Check, Rule], ...]] = (
    (volumes.GP2_TO_GP3, volumes.gp2_volumes),
    (instances.PREVIOUS_GENERATION, instances.previous_generation),
    (instances.GRAVITON, instances.graviton),
    (databases.OLD_DATABASE, databases.old_databases),
    (databases.DATABASE_GRAVITON, databases.databases_on_graviton),
    (databases.UNUSED_DATABASE, databases.unused_databases),
    (idle.IDLE_BALANCER, idle.idle_balancers),
    (idle.IDLE_ADDRESS, idle.idle_addresses),
    (storage.GROWING_SNAPSHOTS, storage.growing_snapshots),
    (storage.UNTIERED_BUCKET, storage.untiered_buckets),
    (storage.LOG_INGESTION, storage.ingested_logs),
    (network.NAT_PROCESSING, network.nat_processing),
    (network.BETWEEN_ZONES, network.between_zones),
    (support.EXTENDED_SUPPORT, support.extended_support),
)
