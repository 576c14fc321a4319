"""The Steps of a question about what was spent.

A Route states only what the words say. What a person leaves unsaid is filled in here: a question
about credits is answered by charge category, *week over week* means the last seven days, *who*
means which account.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from finops_cli.domain.plan import Step
from finops_cli.supervisor.arguments import common, groups, period

_DAILY_UP_TO = 45


def cost_step(action: str, stated: Mapping[str, Any], question: str) -> Step:
    """Return the Step that answers a question about what was spent.

    Args:
        action: The Route's action; a total where it is none of this domain's.
        stated: The Route's slots.
        question: The words themselves.
    """
    action = action if action.startswith("cost.") else "cost.summary"
    slots = {**_unsaid(action, question), **stated}
    if action == "cost.summary" and "group_by" in slots:
        action = "cost.breakdown"
    if action in ("cost.summary", "cost.breakdown") and _UNTAGGED.search(question):
        action = "cost.untagged"
    return _STEPS[action](slots)


_CHARGES = re.compile(r"\b(?:credits?|refunds?|discounts?|tax|taxes|vat)\b", re.IGNORECASE)
_UNTAGGED = re.compile(
    r"\b(?:untagged|unattributed|unallocated|not tagged|tag coverage"
    r"|(?:without|no|blank|missing) tags?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\s*(?:who|whose)\b", re.IGNORECASE)
_DOWN = re.compile(
    r"\b(?:drop|drops|dropped|decrease\w*|fell|fall\w*|down|cheaper|lower|less|declin\w*)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:spik\w*|increas\w*|rise|rises|rose|rising|up|jump\w*|high|higher|doubl\w*|tripl\w*|more)\b",
    re.IGNORECASE,
)
_OVER = (
    (re.compile(r"\b(?:week over week|week on week|wow)\b", re.IGNORECASE), "last-7d"),
    (re.compile(r"\b(?:month over month|month on month|mom)\b", re.IGNORECASE), "last-month"),
    (re.compile(r"\b(?:quarter over quarter|qoq)\b", re.IGNORECASE), "last-quarter"),
    (re.compile(r"\b(?:year over year|yoy)\b", re.IGNORECASE), "last-12m"),
)


def _unsaid(action: str, question: str) -> dict[str, Any]:
    """Return the slots that a question implies without stating them."""
    implied: dict[str, Any] = {}
    if action in ("cost.summary", "cost.breakdown", "cost.trend") and _CHARGES.search(question):
        implied["group_by"] = ["RECORD_TYPE"]
    elif action == "cost.breakdown" and _WHO.match(question):
        implied["group_by"] = ["LINKED_ACCOUNT"]
    if action == "cost.compare":
        words = [word for pattern, word in _OVER if pattern.search(question)]
        implied |= {"word": words[0]} if words else {}
    if action == "cost.explain":
        down, up = _DOWN.search(question), _UP.search(question)
        implied |= {"direction": "down" if down else "up"} if bool(down) is not bool(up) else {}
    return implied


def _summary(slots: Mapping[str, Any]) -> Step:
    return Step("cost.summary", common(slots))


def _breakdown(slots: Mapping[str, Any]) -> Step:
    arguments = common(slots)
    arguments["by"] = groups(slots)
    if "limit" in slots:
        arguments["top"] = int(slots["limit"])
    return Step("cost.breakdown", arguments)


def _trend(slots: Mapping[str, Any]) -> Step:
    arguments = common(slots)
    arguments["by"] = groups(slots)
    arguments["granularity"] = _granularity(slots)
    if arguments["granularity"] == "daily" and "period" not in arguments:
        arguments["period"] = "last-30d"
    if "limit" in slots:
        arguments["top"] = int(slots["limit"])
    return Step("cost.trend", arguments)


def _untagged(slots: Mapping[str, Any]) -> Step:
    return Step("cost.untagged", common(slots))


def _compare(slots: Mapping[str, Any]) -> Step:
    if len(slots.get("services", ())) > 1 and "compare_period" not in slots:
        return _breakdown({**slots, "group_by": slots.get("group_by") or ["SERVICE"]})
    arguments = common(slots)
    if "compare_period" in slots:
        arguments["against"] = period(slots["compare_period"])
        arguments.setdefault("period", "this-month")
    arguments["by"] = groups(slots)
    if "limit" in slots:
        arguments["top"] = int(slots["limit"])
    return Step("cost.compare", arguments)


def _explain(slots: Mapping[str, Any]) -> Step:
    arguments = common(slots)
    if "compare_period" in slots:
        arguments["baseline"] = period(slots["compare_period"])
    if "direction" in slots:
        arguments["direction"] = slots["direction"]
    return Step("cost.explain", arguments)


_STEPS = {
    "cost.summary": _summary,
    "cost.breakdown": _breakdown,
    "cost.trend": _trend,
    "cost.compare": _compare,
    "cost.untagged": _untagged,
    "cost.explain": _explain,
}


def _granularity(slots: Mapping[str, Any]) -> str:
    stated = str(slots.get("granularity", "")).lower()
    if stated in ("daily", "monthly"):
        return stated
    if "period" not in slots:
        return "monthly"
    start, end = (date.fromisoformat(slots["period"][edge]) for edge in ("start", "end"))
    return "daily" if (end - start).days <= _DAILY_UP_TO else "monthly"
