"""From what the words mean to what will be done: a Route becomes Steps. Pure.

One Step for each domain that a question touches and this version knows. The Route's action belongs
to the first of them; the others answer what their domain is asked most often. An assessment of
everything has its own Steps.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from finops_cli.domain.plan import Plan, Route, Step
from finops_cli.supervisor.arguments import filters, groups, period
from finops_cli.supervisor.cost_steps import cost_step

BUILT = ("cost", "forecast", "anomaly", "advisor", "budget")
"""The domains that have tools in this version."""

NOT_YET = ("advisor.commitments", "budget.recommend", "budget.create")
"""The actions of these domains that this version does not know yet."""


def known(route: Route) -> tuple[str, ...]:
    """Return the domains of a question that this version answers."""
    lacking = route.action.split(".")[0] if route.action in NOT_YET else None
    return tuple(d for d in route.domains if d in BUILT and d != lacking)


def plan(route: Route, question: str, today: date) -> Plan:
    """Return the Steps that answer a question, those of the lead's domain first.

    Args:
        route: What it means.
        question: The words themselves.
        today: The day that tells what is to come from what was.
    """
    if is_assessment(route):
        return Plan(
            tuple(_PLANNED[domain](route, question, today) for domain in BUILT), question, route
        )
    lead = route.action.split(".")[0]
    domains = sorted(known(route), key=lambda d: d != lead)
    return Plan(tuple(_PLANNED[d](route, question, today) for d in domains), question, route)


def is_assessment(route: Route) -> bool:
    """Tell whether a question asks how everything stands: no one thing, of most domains."""
    return route.route == "multi" and route.action == "none" and len(route.domains) >= _MOST


def _cost(route: Route, question: str, today: date) -> Step:
    return cost_step(route.action, _of_the_past(route, today), question)


def _forecast(route: Route, _question: str, today: date) -> Step:
    """Return the Step of a forecast; a period belongs to it where it is asked of it, or to come.

    A stated period says which months: three months are not the next three in "next quarter".
    """
    slots = route.slots
    arguments: dict[str, Any] = filters(slots)
    asked = slots.get("period") if route.action.startswith("forecast.") else _to_come(slots, today)
    if asked:
        arguments["period"] = period(asked)
    elif "horizon_months" in slots:
        arguments["months"] = min(int(slots["horizon_months"]), _MOST_MONTHS)
    if route.action.startswith("forecast."):
        arguments |= {"by": groups(slots)[0]} if slots.get("group_by") else {}
        arguments |= {"top": int(slots["limit"])} if "limit" in slots else {}
        arguments |= {"limit": str(slots["amount"])} if "amount" in slots else {}
    return Step("forecast.spend", arguments)


def _anomaly(route: Route, _question: str, today: date) -> Step:
    slots = _of_the_past(route, today)
    arguments: dict[str, Any] = filters(slots)
    if "period" in slots:
        arguments["since"] = period(slots["period"])
    if route.action.startswith("anomaly."):
        arguments |= {"by": groups(slots)} if slots.get("group_by") else {}
        arguments |= {"top": int(slots["limit"])} if "limit" in slots else {}
    return Step("anomaly.list", arguments)


def _of_the_past(route: Route, today: date) -> Mapping[str, Any]:
    """Return the slots as they are meant of what was, where a forecast answers what is to come."""
    slots = route.slots
    if "forecast" not in route.domains or not _to_come(slots, today):
        return slots
    both = (slots.get("period"), slots.get("compare_period"))
    was = [one for one in both if one and one["start"] < today.isoformat()]
    rest = {k: v for k, v in slots.items() if k not in ("period", "compare_period")}
    return {**rest, "period": was[0]} if was else rest


def _to_come(slots: Mapping[str, Any], today: date) -> Mapping[str, str] | None:
    """Return the stated period that has not begun, None where there is none."""
    both = (slots.get("period"), slots.get("compare_period"))
    return next((one for one in both if one and one["start"] >= today.isoformat()), None)


def _budget(route: Route, _question: str, _today: date) -> Step:
    """Return the Step of a question about budgets: which, by its name or by what it watches."""
    slots, asked = route.slots, route.action.startswith("budget.")
    arguments: dict[str, Any] = {"name": _named(slots)} if asked and _named(slots) else {}
    if route.action != "budget.history":
        return Step("budget.status", arguments)
    if "period" in slots:
        arguments["period"] = period(slots["period"])
    return Step("budget.history", arguments)


def _named(slots: Mapping[str, Any]) -> str | None:
    if "budget_name" in slots:
        return str(slots["budget_name"])
    for slot in ("accounts", "services", "regions"):
        if slots.get(slot):
            return str(slots[slot][0])
    return str(slots["tags"][0]).partition("=")[2] if slots.get("tags") else None


def _advisor(route: Route, _question: str, _today: date) -> Step:
    """Return the Step of a question about savings; their window is always the last full days."""
    slots = route.slots
    arguments: dict[str, Any] = filters(slots)
    if "limit" in slots and route.action.startswith("advisor."):
        arguments["top"] = int(slots["limit"])
    return Step("advisor.list" if route.action == "advisor.list" else "advisor.savings", arguments)


_MOST = 3
_MOST_MONTHS = 18
_PLANNED: Mapping[str, Callable[[Route, str, date], Step]] = {
    "cost": _cost,
    "forecast": _forecast,
    "anomaly": _anomaly,
    "advisor": _advisor,
    "budget": _budget,
}
