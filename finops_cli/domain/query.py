"""What is asked of a source: one frozen value that is also the cache key."""

from dataclasses import dataclass
from enum import StrEnum

from finops_cli.domain.period import Period

SERVICE = "service"
REGION = "region"
ACCOUNT = "account"
USAGE_TYPE = "usage_type"
INSTANCE_TYPE = "instance_type"
OPERATION = "operation"
RESOURCE = "resource"
CHARGE_CATEGORY = "charge_category"
PURCHASE_OPTION = "purchase_option"
AVAILABILITY_ZONE = "availability_zone"
PROVIDER = "provider"
RECORD_TYPE = "record_type"
CURRENCY = "currency"
TAG_PREFIX = "tag:"
CATEGORY_PREFIX = "category:"

DIMENSIONS = (
    SERVICE,
    REGION,
    ACCOUNT,
    USAGE_TYPE,
    INSTANCE_TYPE,
    OPERATION,
    RESOURCE,
    CHARGE_CATEGORY,
    PURCHASE_OPTION,
    AVAILABILITY_ZONE,
    PROVIDER,
    RECORD_TYPE,
)
"""Every dimension a source may offer, besides ``tag:KEY``, ``category:NAME`` and ``currency``.

``record_type`` is finer than ``charge_category``: it tells the fees of Savings Plans from those of
reservations. Only Cost Explorer is asked for it.
"""


class Metric(StrEnum):
    """Which cost is meant; the words of Cost Explorer, the column of FOCUS in brackets."""

    UNBLENDED = "unblended"  # BilledCost
    AMORTIZED = "amortized"  # EffectiveCost
    NET_UNBLENDED = "net-unblended"
    NET_AMORTIZED = "net-amortized"
    BLENDED = "blended"  # of consolidated billing: an organisation's average rates
    LIST = "list"  # ListCost


class Granularity(StrEnum):
    """The length of one row's period."""

    TOTAL = "total"
    DAILY = "daily"
    MONTHLY = "monthly"


class ChargeCategory(StrEnum):
    """FOCUS ChargeCategory, plus ``Refund``: a record type of its own in Cost Explorer."""

    USAGE = "Usage"
    PURCHASE = "Purchase"
    TAX = "Tax"
    CREDIT = "Credit"
    REFUND = "Refund"
    ADJUSTMENT = "Adjustment"


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep (or drop) the rows whose dimension has one of the values.

    ``None`` among the values means rows that have no value, such as untagged ones.
    """

    dimension: str
    values: tuple[str | None, ...]
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class CostQuery:
    """Costs of a period, grouped and filtered.

    ``group_by`` holds dimension names (constants of this module, or ``tag:KEY``); filters are
    joined by *and*, the values of one filter by *or*.
    """

    period: Period
    metric: Metric = Metric.UNBLENDED
    granularity: Granularity = Granularity.TOTAL
    group_by: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()


def tag_key(dimension: str) -> str | None:
    """Return the key of a ``tag:KEY`` dimension, or None for any other."""
    return dimension[len(TAG_PREFIX) :] if dimension.startswith(TAG_PREFIX) else None


def category_name(dimension: str) -> str | None:
    """Return the name of a cost category's ``category:NAME`` dimension, or None for any other."""
    prefix = CATEGORY_PREFIX
    return dimension[len(prefix) :] if dimension.startswith(prefix) else None
