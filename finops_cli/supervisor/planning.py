"""From what the words mean to what will be done: a Route becomes Steps. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from finops_cli.domain.plan import Plan, Route, Step

BUILT = ("cost",)
"""The domains that have tools in this version."""

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
_DAILY_UP_TO = 45


def plan(route: Route, question: str) -> Plan:
    """Return the Steps that answer a question of the cost domain.

    A question that also asks for another domain gets the Steps of its cost part.
    """
    action = route.action if route.action.startswith("cost.") else "cost.summary"
    steps = (_STEPS[action](route.slots),) if "cost" in route.domains else ()
    return Plan(steps, question, route)


def _summary(slots: Mapping[str, Any]) -> Step:
    return Step("cost.summary", _common(slots))


def _breakdown(slots: Mapping[str, Any]) -> Step:
    arguments = _common(slots)
    arguments["by"] = _groups(slots) or ["service"]
    if "limit" in slots:
        arguments["top"] = int(slots["limit"])
    return Step("cost.breakdown", arguments)


def _trend(slots: Mapping[str, Any]) -> Step:
    arguments = _common(slots)
    arguments["by"] = _groups(slots)
    arguments["granularity"] = _granularity(slots)
    if arguments["granularity"] == "daily" and "period" not in arguments:
        arguments["period"] = "last-30d"
    if "limit" in slots:
        arguments["top"] = int(slots["limit"])
    return Step("cost.trend", arguments)


def _compare(slots: Mapping[str, Any]) -> Step:
    if len(slots.get("services", ())) > 1 and "compare_period" not in slots:
        return _breakdown({**slots, "group_by": slots.get("group_by") or ["SERVICE"]})
    arguments = _common(slots)
    if "compare_period" in slots:
        arguments["against"] = _period(slots["compare_period"])
        arguments.setdefault("period", "this-month")
    arguments["by"] = _groups(slots)
    if "limit" in slots:
        arguments["top"] = int(slots["limit"])
    return Step("cost.compare", arguments)


def _explain(slots: Mapping[str, Any]) -> Step:
    arguments = _common(slots)
    if "compare_period" in slots:
        arguments["baseline"] = _period(slots["compare_period"])
    return Step("cost.explain", arguments)


_STEPS = {
    "cost.summary": _summary,
    "cost.breakdown": _breakdown,
    "cost.trend": _trend,
    "cost.compare": _compare,
    "cost.explain": _explain,
}


def _common(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that every cost tool takes: the period and the filters."""
    filters = [
        f"{dimension}={','.join(slots[slot])}"
        for slot, dimension in _FILTERS.items()
        if slots.get(slot)
    ]
    filters += [f"tag:{tag}" for tag in slots.get("tags", ())]
    arguments: dict[str, Any] = {"filters": filters} if filters else {}
    if "period" in slots:
        arguments["period"] = _period(slots["period"])
    return arguments


def _period(slot: Mapping[str, str]) -> str:
    """Return a period slot as a flag would say it, its last day included."""
    last = date.fromisoformat(slot["end"]) - timedelta(days=1)
    return f"{slot['start']}..{last}"


def _groups(slots: Mapping[str, Any]) -> list[str]:
    groups = [g if g.startswith("TAG:") else _GROUPS[g] for g in slots.get("group_by", ())]
    return [f"tag:{g[4:]}" if g.startswith("TAG:") else g for g in groups]


def _granularity(slots: Mapping[str, Any]) -> str:
    stated = str(slots.get("granularity", "")).lower()
    if stated in ("daily", "monthly"):
        return stated
    if "period" not in slots:
        return "monthly"
    start, end = (date.fromisoformat(slots["period"][edge]) for edge in ("start", "end"))
    return "daily" if (end - start).days <= _DAILY_UP_TO else "monthly"
