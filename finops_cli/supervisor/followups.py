"""Follow-ups: "and last month?", "only us-east-1", "by account", "why?".

A session remembers what its last question meant, a Route, and a follow-up changes that Route. Code
decides which is which, by the router's own reading: words that name their own ask and scope stand
alone; words that only state slots, or that ask something of what was spoken about, change the
Route before. Pure: the same words after the same Route give the same Route.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from finops_cli.domain.plan import Domain, Route
from finops_cli.supervisor.fragments import Fragment, read_fragment
from finops_cli.supervisor.router.intent import Ask
from finops_cli.supervisor.shifting import is_relative, shifted

_SURE = 0.85
_SCOPE = ("services", "regions", "accounts", "tags")
_CUT = ("group_by", "limit")
_USES: Mapping[str, tuple[str, ...]] = {
    "cost.summary": ("period",),
    "cost.breakdown": ("period", *_CUT),
    "cost.trend": ("period", *_CUT, "granularity"),
    "cost.compare": ("period", "compare_period", *_CUT),
    "cost.explain": ("period", "compare_period"),
    "forecast.spend": ("period", "horizon_months", *_CUT, "amount"),
    "anomaly.list": ("period", *_CUT),
    "advisor.list": ("limit",),
    "advisor.savings": ("limit",),
    "advisor.commitments": ("period", "limit"),
    "budget.status": ("amount", "budget_name", "group_by"),
    "budget.history": ("period", "budget_name", "group_by"),
    "budget.recommend": ("amount", "budget_name", "group_by"),
    "budget.create": ("amount", "budget_name"),
}
"""The slots beyond the scope that an action can use."""

_OF_SPEND = ("cost.breakdown", "cost.trend", "cost.compare", "forecast.spend")
"""The actions that one cut goes over to another of: they all show spend in parts."""

_FILTER_OF = {"SERVICE": "services", "REGION": "regions", "LINKED_ACCOUNT": "accounts"}
Slots = dict[str, Any]


def follow(
    previous: Route, text: str, today: date, *, complete_until: date | None = None
) -> Route | None:
    """Return what a text means after a question, or None where it stands on its own.

    Args:
        previous: What the question before meant.
        text: Anything a person typed.
        today: The day that relative periods count from.
        complete_until: The end, exclusive, of "the last 30 days"; by default today.
    """
    if previous.route == "out_of_scope" or previous.action == "help":
        return None
    said = read_fragment(text, today, complete_until)
    if said is None:
        return None
    ask = said.ask
    lead = ask or _lead(previous)
    stated = said.stated(lead)
    known = 1 if ask and said.alone.domains and said.leans else 0
    if said.strangers(stated) > known or _stands_alone(said, ask, stated, today):
        return None
    if ask:
        return _asked(previous, said, ask, stated, today)
    return _changed(previous, said, stated, today)


def _lead(previous: Route) -> Ask:
    domain: Domain = previous.domains[0] if previous.domains else "cost"
    return Ask(domain, previous.action, "")


def _stands_alone(said: Fragment, ask: Ask | None, stated: Slots, today: date) -> bool:
    """Tell a question with an ask and a scope of its own from one that lacks either."""
    if said.leans or said.cleared:
        return False
    if {"period", "compare_period"} <= stated.keys() and not is_relative(said):
        return True
    timed = "period" in stated and not _is_ahead(stated["period"], today)
    if ask is None:
        return timed and "group_by" in stated and said.evidence.has("TOPN")
    if said.is_about_everything or any(slot in stated for slot in _SCOPE):
        return True
    return timed and (said.is_sentence or "group_by" in stated)


def _asked(previous: Route, said: Fragment, ask: Ask, stated: Slots, today: date) -> Route:
    """Return the Route of a new ask about what was spoken about."""
    action = said.alone.action if said.alone.domains else ask.action
    if action == "cost.summary" and stated.get("group_by"):
        action = "cost.breakdown"
    if action == "none":
        action = ask.action
    kept = _inherited(previous, action, today)
    if action == "cost.compare":
        stated = _compared(previous, said, stated)
    domains = said.alone.domains or (ask.domain,)
    name = said.alone.route if said.alone.domains else "fast"
    return _made(previous, Route(domains, name, action, stated, why=said.alone.why), kept)


def _compared(previous: Route, said: Fragment, stated: Slots) -> Slots:
    """Return stated slots where what is compared with is told from the period before."""
    before = previous.slots.get("period")
    relative = shifted(previous.slots, said)
    if relative:
        return {**_without(stated, "period", "compare_period"), "compare_period": relative}
    if not before or "compare_period" in stated:
        named = stated.get("compare_period")
    else:
        named = stated.get("period")
    if not before or not named or _overlap(before, named):
        return stated
    later, earlier = sorted((before, named), key=lambda one: str(one["start"]), reverse=True)
    return {**stated, "period": later, "compare_period": earlier}


def _overlap(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return one["start"] < other["end"] and other["start"] < one["end"]


def _changed(previous: Route, said: Fragment, stated: Slots, today: date) -> Route | None:
    """Return the Route before with what the words state in the place of what it stated."""
    relative = shifted(previous.slots, said)
    if relative:
        stated = {**_without(stated, "compare_period", "horizon_months"), "period": relative}
    elif previous.action == "cost.compare" and said.names_a_baseline and "period" in stated:
        stated = {**_without(stated, "period"), "compare_period": stated["period"]}
    left_out = said.left_out
    if left_out:
        return _reduced(previous, left_out)
    if not stated and not said.cleared:
        return None
    action = _action(previous, stated, today)
    kept = _inherited(previous, action, today)
    if said.adds:
        stated = {
            slot: list(dict.fromkeys((*kept.get(slot, ()), *value))) if slot in _SCOPE else value
            for slot, value in stated.items()
        }
    kept = _without(kept, *said.cleared)
    domain: Any = action.split(".")[0]
    domains = previous.domains if action == previous.action else (domain,)
    name = previous.route if action == previous.action else "fast"
    return _made(previous, Route(domains, name, action, stated, why="only a scope"), kept)


def _reduced(previous: Route, left_out: set[str]) -> Route:
    """Return the Route before without some of what it named."""
    slots = {
        slot: [one for one in value if one not in left_out] if slot in _SCOPE else value
        for slot, value in previous.slots.items()
    }
    if slots == dict(previous.slots) or any(slots[slot] == [] for slot in _SCOPE if slot in slots):
        why = "leaving out what was not named cannot be asked"
        return Route((), "out_of_scope", "none", confidence=0.6, why=why)
    why = "leaves something out; the rest is from the question before"
    return replace(previous, slots=MappingProxyType(slots), confidence=_SURE, why=why)


def _action(previous: Route, stated: Slots, today: date) -> str:
    """Return the action that can use what the words state: the one before where it can."""
    action, period = previous.action, stated.get("period")
    domain = action.split(".")[0]
    if "granularity" in stated:
        return "cost.trend"
    if period and domain in ("cost", "anomaly") and _is_ahead(period, today):
        return "forecast.spend"
    if period and domain == "forecast" and not _is_ahead(period, today):
        action = "cost.summary"
    if period and domain == "advisor" and "period" not in _USES.get(action, ()):
        action = "cost.summary"
    if period and action == "budget.status" and str(period["end"]) <= today.isoformat():
        return "budget.history"
    cut = {**previous.slots, **stated} if action == "cost.summary" else stated
    if action in ("cost.summary", "cost.explain") and not cut.keys().isdisjoint(_CUT):
        return "cost.breakdown"
    return action


def _inherited(previous: Route, action: str, today: date) -> Slots:
    """Return the slots of the Route before that an action can use."""
    uses = _USES.get(action)
    if uses is None:
        return dict(previous.slots)
    slots = {s: v for s, v in previous.slots.items() if s in (*_SCOPE, *uses)}
    if action != previous.action and not (action in _OF_SPEND and previous.action in _OF_SPEND):
        slots = _without(slots, *_CUT)
    period = slots.get("period")
    if period and _is_ahead(period, today) != action.startswith("forecast."):
        slots = _without(slots, "period", "compare_period", "horizon_months")
    return slots


def _is_ahead(period: Mapping[str, str], today: date) -> bool:
    return str(period["end"]) > (today + timedelta(days=1)).isoformat()


def _made(previous: Route, new: Route, kept: Slots) -> Route:
    """Return a Route of what is new and what is kept, its ``why`` telling which is which."""
    stated = dict(new.slots)
    if "period" in stated and "horizon_months" not in stated:
        kept = _without(kept, "horizon_months")
    if "period" in stated and new.action != "cost.compare":
        kept = _without(kept, "compare_period")
    kept = {slot: value for slot, value in kept.items() if slot not in stated}
    kept = _without(kept, *_told_by(stated, kept))
    before = [new.action] if new.action == previous.action else []
    before += list(kept)
    why = f"{new.why}; from the question before: {', '.join(before)}" if before else new.why
    slots = MappingProxyType({**kept, **stated})
    return replace(new, slots=slots, confidence=_SURE, why=why)


def _told_by(stated: Slots, kept: Slots) -> list[str]:
    """Return the filters to one value that a new cut by the same thing makes pointless."""
    cuts = [_FILTER_OF.get(cut, "") for cut in stated.get("group_by", ())]
    return [slot for slot in cuts if len(kept.get(slot, ())) == 1]


def _without(slots: Slots, *names: str) -> Slots:
    return {slot: value for slot, value in slots.items() if slot not in names}
