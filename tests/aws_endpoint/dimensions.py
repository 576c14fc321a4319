"""What Cost Explorer calls the dimensions of a source, and the words for their values.

A value that a charge does not have is never missing in Cost Explorer: it is a word such as
``NoRegion``, or the empty value of a tag or cost category.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from finops_cli.domain import query as q
from tests.aws_endpoint.wire import AwsError, invalid

Raw = tuple[str | None, ...]

CATEGORIES = {"Team": "tag:team"}
"""Cost categories, made from a tag: its values in title case."""

_PURCHASE_TYPES = {
    "On Demand": "On Demand Instances",
    "Spot": "Spot Instances",
    "Reserved Instance": "Standard Reserved Instances",
    "Reserved": "Standard Reserved Instances",
    "Savings Plan": "Savings Plans",
}
_RECORD_TYPES = {
    ("Usage", "Savings Plan"): "SavingsPlanCoveredUsage",
    ("Usage", "Reserved Instance"): "DiscountedUsage",
    ("Usage", "Reserved"): "DiscountedUsage",
    ("Purchase", "Savings Plan"): "SavingsPlanRecurringFee",
    ("Purchase", "Reserved Instance"): "RIFee",
    ("Purchase", "Reserved"): "RIFee",
}
_RECORD_TYPE_OF_CATEGORY = {
    "Usage": "Usage",
    "Purchase": "Fee",
    "Tax": "Tax",
    "Credit": "Credit",
    "Refund": "Refund",
    "Adjustment": "Other out-of-cycle charges",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something to group or filter by.

    Args:
        needs: The source's dimensions that it is made from.
        read: Makes its value of theirs; the empty string where a tag or category has none.
        prefix: What stands before the value in a group's key, such as ``team$``.
    """

    needs: tuple[str, ...]
    read: Callable[[Raw], str]
    prefix: str = ""

    def key(self, raw: Raw) -> str:
        """Return the value as a group's key shows it."""
        return self.prefix + self.read(raw)


def _plain(name: str, absent: str) -> Attribute:
    return Attribute((name,), lambda raw: raw[0] or absent)


def _record_type(raw: Raw) -> str:
    category = raw[0] or "Usage"
    return _RECORD_TYPES.get((category, raw[1] or "")) or _RECORD_TYPE_OF_CATEGORY.get(
        category, category
    )


def _purchase_type(raw: Raw) -> str:
    return _PURCHASE_TYPES.get(raw[0], raw[0]) if raw[0] else "NoPurchaseType"


def dimension(name: str, payer: str) -> Attribute:
    """Return the attribute that is one of Cost Explorer's dimensions.

    Raises:
        AwsError: It exists on AWS and is not served here.
    """
    known = {
        "SERVICE": _plain(q.SERVICE, "NoService"),
        "REGION": _plain(q.REGION, "NoRegion"),
        "LINKED_ACCOUNT": _plain(q.ACCOUNT, payer),
        "USAGE_TYPE": _plain(q.USAGE_TYPE, "NoUsageType"),
        "INSTANCE_TYPE": _plain(q.INSTANCE_TYPE, "NoInstanceType"),
        "OPERATION": _plain(q.OPERATION, "NoOperation"),
        "AZ": _plain(q.AVAILABILITY_ZONE, "NoAZ"),
        "PURCHASE_TYPE": Attribute((q.PURCHASE_OPTION,), _purchase_type),
        "RECORD_TYPE": Attribute((q.CHARGE_CATEGORY, q.PURCHASE_OPTION), _record_type),
    }
    if name not in known:
        raise AwsError("NotServed", f"The test endpoint does not serve the dimension {name}.")
    return known[name]


def tag(key: str) -> Attribute:
    """Return the attribute that is a tag."""
    return Attribute((q.TAG_PREFIX + key,), lambda raw: raw[0] or "", f"{key}$")


def category(name: str) -> Attribute:
    """Return the attribute that is a cost category; one that does not exist has no values."""
    needs = (CATEGORIES[name],) if name in CATEGORIES else ()
    return Attribute(needs, lambda raw: (raw[0] or "").title() if raw else "", f"{name}$")


_GROUPED = (
    "AZ INSTANCE_TYPE LEGAL_ENTITY_NAME INVOICING_ENTITY LINKED_ACCOUNT OPERATION PLATFORM "
    "PURCHASE_TYPE SERVICE TENANCY RECORD_TYPE USAGE_TYPE REGION DATABASE_ENGINE CACHE_ENGINE "
    "DEPLOYMENT_OPTION OPERATING_SYSTEM BILLING_ENTITY RESERVATION_ID SAVINGS_PLANS_TYPE "
    "SAVINGS_PLAN_ARN INSTANCE_TYPE_FAMILY USAGE_TYPE_GROUP"
).split()


def grouping(definitions: Sequence[dict[str, Any]], payer: str) -> tuple[Attribute, ...]:
    """Return the attributes that GroupBy names.

    Raises:
        AwsError: There are more than two, one twice, or one that cannot be grouped by.
    """
    if len(definitions) > 2:
        raise invalid("Exceed allowed group by number, at most 2 group bys are allowed")
    seen = [(each.get("Type"), each.get("Key")) for each in definitions]
    if len(set(seen)) < len(seen):
        raise invalid("Group definitions must be unique")
    return tuple(_group(each, payer) for each in definitions)


def _group(definition: dict[str, Any], payer: str) -> Attribute:
    kind, key = definition.get("Type"), definition.get("Key")
    if not kind or not key:
        raise invalid("Group definition type and key must not be empty")
    if kind == "TAG":
        return tag(key)
    if kind == "COST_CATEGORY":
        return category(key)
    if kind != "DIMENSION" or key not in _GROUPED:
        raise invalid(f"Group Definition dimension is invalid: {key}")
    return dimension(key, payer)
