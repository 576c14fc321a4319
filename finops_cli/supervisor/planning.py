"""From what the words mean to what will be done: a Route becomes Steps. Pure.

One Step for each domain that a question touches and this version knows. The Route's action belongs
to the first of them; the others answer what their domain is asked most often. An assessment of
everything has its own Steps.
"""

from collections.abc import Callable, Mapping
from typing import Any

from finops_cli.domain.plan import Plan, Route, Step
from finops_cli.supervisor.arguments import filters, groups, period
from finops_cli.supervisor.cost_steps import cost_step

BUILT = ("cost", "forecast", "anomaly", "advisor")
"""The domains that have tools in this version."""


_NOT_YET = ("advisor.commitments",)
"""Actions of those domains that have none."""


def known(route: Route) -> tuple[str, ...]:
    """Return the domains of a question that this version answers."""
    lacking = route.action.split(".")[0] if route.action in _NOT_YET else None
    return tuple(d for d in route.domains if d in BUILT and d != lacking)


def plan(route: Route, question: str) -> Plan:
    """Return the Steps that answer a question, those of the lead's domain first."""
    if is_assessment(route):
        return Plan(tuple(_PLANNED[domain](route, question) for domain in BUILT), question, route)
    lead = route.action.split(".")[0]
    domains = sorted(known(route), key=lambda d: d != lead)
    return Plan(tuple(_PLANNED[d](route, question) for d in domains), question, route)


def is_assessment(route: Route) -> bool:
    """Tell whether a question asks how everything stands: no one thing, of most domains."""
    return route.route == "multi" and route.action == "none" and len(route.domains) >= _MOST


def _cost(route: Route, question: str) -> Step:
    return cost_step(route.action, route.slots, question)


def _forecast(route: Route, _question: str) -> Step:
    """Return the Step of a forecast; a period belongs to it only where it is what is asked.

    A stated period says which months: three months are not the next three in "next quarter".
    """
    slots = route.slots
    arguments: dict[str, Any] = filters(slots)
    if "period" in slots and route.action.startswith("forecast."):
        arguments["period"] = period(slots["period"])
    elif "horizon_months" in slots:
        arguments["months"] = min(int(slots["horizon_months"]), _MOST_MONTHS)
    if route.action.startswith("forecast."):
        arguments |= {"by": groups(slots)[0]} if slots.get("group_by") else {}
        arguments |= {"top": int(slots["limit"])} if "limit" in slots else {}
        arguments |= {"limit": str(slots["amount"])} if "amount" in slots else {}
    return Step("forecast.spend", arguments)


def _anomaly(route: Route, _question: str) -> Step:
    slots = route.slots
    arguments: dict[str, Any] = filters(slots)
    if "period" in slots and "horizon_months" not in slots:
        arguments["since"] = period(slots["period"])
    if route.action.startswith("anomaly."):
        arguments |= {"by": groups(slots)} if slots.get("group_by") else {}
        arguments |= {"top": int(slots["limit"])} if "limit" in slots else {}
    return Step("anomaly.list", arguments)


def _advisor(route: Route, _question: str) -> Step:
    """Return the Step of a question about savings; their window is always the last full days."""
    slots = route.slots
    arguments: dict[str, Any] = filters(slots)
    if "limit" in slots and route.action.startswith("advisor."):
        arguments["top"] = int(slots["limit"])
    return Step("advisor.list" if route.action == "advisor.list" else "advisor.savings", arguments)


_MOST = 3
_MOST_MONTHS = 18
_PLANNED: Mapping[str, Callable[[Route, str], Step]] = {
    "cost": _cost,
    "forecast": _forecast,
    "anomaly": _anomaly,
    "advisor": _advisor,
}
