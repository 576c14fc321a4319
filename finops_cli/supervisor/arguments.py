"""From the slots of a Route to the arguments that tools take."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_GROUPS = {
    "SERVICE": "service",
    "REGION": "region",
    "LINKED_ACCOUNT": "account",
    "USAGE_TYPE": "usage_type",
    "INSTANCE_TYPE": "instance_type",
    "INSTANCE_TYPE_FAMILY": "instance_type",
    "RESOURCE_ID": "resource",
    "OPERATION": "operation",
    "PURCHASE_TYPE": "purchase_option",
    "RECORD_TYPE": "charge_category",
    "AZ": "availability_zone",
    "DATABASE_ENGINE": "usage_type",
}
_FILTERS = {"services": "service", "regions": "region", "accounts": "account"}


def filters(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters that the words state, as an argument; nothing where they state none."""
    found = [
        f"{dimension}={','.join(slots[slot])}"
        for slot, dimension in _FILTERS.items()
        if slots.get(slot)
    ]
    found += [f"tag:{tag}" for tag in slots.get("tags", ())]
    return {"filters": found} if found else {}


def common(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that every cost tool takes: the period and the filters."""
    arguments = filters(slots)
    if "period" in slots:
        arguments["period"] = period(slots["period"])
    elif "word" in slots:
        arguments["period"] = slots["word"]
    return arguments


def period(slot: Mapping[str, str]) -> str:
    """Return a period slot as a flag would say it, its last day included."""
    last = date.fromisoformat(slot["end"]) - timedelta(days=1)
    return f"{slot['start']}..{last}"


def groups(slots: Mapping[str, Any]) -> list[str]:
    """Return the dimensions that the words ask to split by."""
    found = [g if g.startswith("TAG:") else _GROUPS[g] for g in slots.get("group_by", ())]
    return [f"tag:{g[4:]}" if g.startswith("TAG:") else g for g in found]
