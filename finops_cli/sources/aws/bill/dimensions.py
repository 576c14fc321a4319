"""What a dimension is called in Cost Explorer, and how its values differ from ours.

Cost Explorer says ``NoRegion`` where a charge has no region, ``team$web`` for a tag's value, and
spells purchase options out; a frame has None, ``web`` and the words of the exports.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.query import Filter, category_name, tag_key
from finops_cli.sources.record_types import CHARGE_CATEGORY_OF_RECORD_TYPE, charge_category

API_NAMES = {
    q.SERVICE: "SERVICE",
    q.REGION: "REGION",
    q.ACCOUNT: "LINKED_ACCOUNT",
    q.USAGE_TYPE: "USAGE_TYPE",
    q.INSTANCE_TYPE: "INSTANCE_TYPE",
    q.OPERATION: "OPERATION",
    q.PURCHASE_OPTION: "PURCHASE_TYPE",
    q.AVAILABILITY_ZONE: "AZ",
    q.RECORD_TYPE: "RECORD_TYPE",
}
"""Dimensions that Cost Explorer groups and filters by, besides tags and cost categories."""

_NO_VALUE = {
    q.REGION: "NoRegion",
    q.INSTANCE_TYPE: "NoInstanceType",
    q.AVAILABILITY_ZONE: "NoAZ",
    q.OPERATION: "NoOperation",
    q.USAGE_TYPE: "NoUsageType",
    q.PURCHASE_OPTION: "NoPurchaseType",
}
_PURCHASE_OPTIONS = {
    "On Demand Instances": "On Demand",
    "Spot Instances": "Spot",
    "Savings Plans": "Savings Plan",
    "Standard Reserved Instances": "Reserved Instance",
    "Convertible Reserved Instances": "Reserved Instance",
}


def group_definition(dimension: str) -> dict[str, str]:
    """Return the element of GroupBy for a dimension."""
    if key := tag_key(dimension):
        return {"Type": "TAG", "Key": key}
    if name := category_name(dimension):
        return {"Type": "COST_CATEGORY", "Key": name}
    return {"Type": "DIMENSION", "Key": API_NAMES[dimension]}


def value_of(dimension: str, text: str) -> str | None:
    """Return a group's value as frames have it; None where the bill has none."""
    if tag_key(dimension) or category_name(dimension):
        return text.partition("$")[2] or None
    if not text or text == _NO_VALUE.get(dimension):
        return None
    return _PURCHASE_OPTIONS.get(text, text) if dimension == q.PURCHASE_OPTION else text


def expression(filters: Iterable[Filter], record_types: Sequence[str]) -> dict[str, Any] | None:
    """Return the Filter of a request that keeps what all the filters keep; None for no filter.

    Args:
        filters: What to keep or drop.
        record_types: Those that the bill has.
    """
    parts = [_one(_by_record_type(wanted, record_types)) for wanted in filters]
    if len(parts) > 1:
        return {"And": parts}
    return parts[0] if parts else None


def _by_record_type(wanted: Filter, record_types: Sequence[str]) -> Filter:
    """Return a filter on a charge category as one on the record types that it is made of."""
    if wanted.dimension != q.CHARGE_CATEGORY:
        return wanted
    known = dict.fromkeys((*record_types, *CHARGE_CATEGORY_OF_RECORD_TYPE))
    meant = tuple(name for name in known if charge_category(name) in wanted.values)
    return Filter(q.RECORD_TYPE, meant or ("no such type",), wanted.exclude)


def _one(wanted: Filter) -> dict[str, Any]:
    found = _kept(wanted)
    return {"Not": found} if wanted.exclude else found


def _kept(wanted: Filter) -> dict[str, Any]:
    """Return the expression that keeps a filter's values: a tag's absence is asked for apart."""
    named = [value for value in wanted.values if value is not None]
    kind, key = _place(wanted.dimension)
    if kind == "Dimensions":
        return {kind: {"Key": key, "Values": _spelled(wanted), "MatchOptions": ["EQUALS"]}}
    parts = []
    if named:
        parts.append({kind: {"Key": key, "Values": named, "MatchOptions": ["EQUALS"]}})
    if None in wanted.values:
        parts.append({kind: {"Key": key, "MatchOptions": ["ABSENT"]}})
    return {"Or": parts} if len(parts) > 1 else parts[0]


def _place(dimension: str) -> tuple[str, str]:
    if key := tag_key(dimension):
        return "Tags", key
    if name := category_name(dimension):
        return "CostCategories", name
    return "Dimensions", API_NAMES[dimension]


def _spelled(wanted: Filter) -> list[str]:
    """Return a filter's values as Cost Explorer spells them: one of ours may be several there."""
    spelled: list[str] = []
    for value in wanted.values:
        if value is None:
            spelled.append(_NO_VALUE.get(wanted.dimension, ""))
            continue
        spelled.append(value)
        if wanted.dimension == q.PURCHASE_OPTION:
            spelled += [theirs for theirs, ours in _PURCHASE_OPTIONS.items() if ours == value]
    return spelled
