"""From a question to a Route: what is asked, of which domain, with which slots.

The order is refuse, greet, read the asks, then read the slots. No model and no I/O: the same words
give the same Route, in microseconds. What a word means is data in `lexicon`; what evidence amounts
to is in `scope` and `intent`; this file only puts the pieces in order.
"""

from datetime import date
from types import MappingProxyType
from typing import Any

from finops_cli.domain.plan import Route, RouteName
from finops_cli.errors import UnknownName
from finops_cli.supervisor.router.actions import ACTIONS, domain_of
from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.evidence import Evidence, gather
from finops_cli.supervisor.router.families import (
    BREAK,
    BUDGET,
    CLOUD,
    COST,
    FUTURE,
    GREET,
    HELP,
    IDLE,
    RESEARCH,
    REVIEW,
    SAVE,
    TOPN,
    TOTAL,
    VAGUE,
    WHATIF,
    WHY,
)
from finops_cli.supervisor.router.intent import Ask, asks_of
from finops_cli.supervisor.router.merging import merged
from finops_cli.supervisor.router.periods import safe_find_periods
from finops_cli.supervisor.router.reasoning import (
    is_concept,
    is_judgement,
    judged_domains,
    open_ended,
    review_domains,
)
from finops_cli.supervisor.router.scope import names_scope, refusal
from finops_cli.supervisor.router.slots import read_slots
from finops_cli.supervisor.router.traits import SUPPOSING
from finops_cli.supervisor.router.words import read_words

__all__ = ["ACTIONS", "as_action", "route"]


def route(text: str, today: date, *, complete_until: date | None = None) -> Route:
    """Return what a question means.

    Args:
        text: Anything a person typed; its first 2,000 characters count.
        today: The day that relative periods count from.
        complete_until: The end, exclusive, of "the last 30 days"; by default today, so that they
            end yesterday.
    """
    words = read_words(text)
    evidence = gather(words)
    found = safe_find_periods(words, today, complete_until or today, evidence.names)
    return _without_ask(evidence, found) or _asked(evidence, found, today)


def as_action(text: str, action: str, today: date, *, complete_until: date | None = None) -> Route:
    """Return the Route of a question whose action somebody else chose, such as a model.

    Only the action is taken from them: services, periods and amounts are read from the text by
    code, so that a Route never holds what the text does not.

    Args:
        text: The question.
        action: One of ``ACTIONS``.
        today: The day that relative periods count from.
        complete_until: The end, exclusive, of "the last 30 days"; by default today.

    Raises:
        UnknownName: There is no such action.
    """
    if action not in ACTIONS:
        raise UnknownName(
            f"There is no action {action!r} for a question.", f"Actions: {', '.join(ACTIONS)}."
        )
    if action == "none":
        return _refused(_CHOSEN, _CHOSEN_CONFIDENCE)
    domain = domain_of(action)
    if domain is None:
        return _helping(_CHOSEN, _CHOSEN_CONFIDENCE)
    words = read_words(text)
    evidence = gather(words)
    found = safe_find_periods(words, today, complete_until or today, evidence.names)
    stated = read_slots(evidence, found, Ask(domain, action, _CHOSEN))
    return Route((domain,), "fast", action, MappingProxyType(stated), _CHOSEN_CONFIDENCE, _CHOSEN)


_CHOSEN, _CHOSEN_CONFIDENCE = "chosen by the model", 0.7


def _without_ask(evidence: Evidence, found: list[Finding]) -> Route | None:
    """Route what needs no reading of asks: nothing said, refusals, greetings, questions to us."""
    words = evidence.words
    if not words.words:
        letters = any(char.isalpha() for char in words.text)
        return _refused("no words that I know") if letters else _helping("nothing was asked")
    reason = refusal(evidence)
    if reason:
        return _refused(reason)
    if is_concept(evidence) and not found:
        return _explaining(evidence)
    if evidence.met & HELP and not (evidence.services or evidence.met & _NOT_ABOUT_US):
        return _helping(evidence.said(HELP))
    if evidence.met & GREET and not evidence.met & ~_GREETINGS:
        return _helping(evidence.said(GREET))
    return None


def _refused(why: str, confidence: float = 0.9) -> Route:
    return Route((), "out_of_scope", "none", MappingProxyType({}), confidence, why)


_NOT_ABOUT_US = WHY | BUDGET | SAVE | IDLE | FUTURE | BREAK | TOPN
# "Hey finops" greets us; as a request ("finops review") its courtesies are cut off before.
_GREETINGS = GREET | CLOUD | HELP | REVIEW


def _explaining(evidence: Evidence) -> Route:
    domains = [ask.domain for ask in asks_of(evidence)] or ["cost"]
    why = "asks what a term means"
    named = list(dict.fromkeys(name for name, _ in evidence.services))
    stated = MappingProxyType({"services": named} if named else {})
    return Route((domains[0],), "multi", "help", stated, 0.6, why)


def _helping(why: str, confidence: float = 0.9) -> Route:
    return Route((), "fast", "help", MappingProxyType({}), confidence, why)


def _asked(evidence: Evidence, found: list[Finding], today: date) -> Route:
    asks = asks_of(evidence)
    looks_back = bool(found) and any(one.ahead.end <= today for one in found)
    domains, lead = merged(asks, evidence, looks_back=looks_back)
    reason = open_ended(evidence, asks)
    if lead is None:
        return _scope_only(evidence, found, reason)
    if evidence.met & WHATIF and _supposes(lead, evidence):
        lead = Ask("forecast", "forecast.spend", "WHATIF")
        domains = tuple("forecast" if one in ("cost", "advisor") else one for one in domains)
    if not reason and _imagines(evidence, found):
        reason = "a what-if"
        lead, domains = Ask("forecast", "forecast.spend", "WHATIF"), ("forecast",)
    if found and lead.because == "COST" and found[0].period.start > today:
        # "Costs of the next two months" are a forecast, whatever they are called.
        lead = Ask("forecast", "forecast.spend", "COST")
        domains = tuple("forecast" if one == "cost" else one for one in domains)
    stated = read_slots(evidence, found, lead)
    action = lead.action
    if (reason or len(domains) > 1) and is_judgement(evidence, lead):
        domains, action = judged_domains(evidence, domains), "none"
    name: RouteName = "multi" if len(domains) > 1 or reason else "fast"
    action = _sharpened(action, name, stated, today, evidence)
    why = reason or f"'{evidence.said(lead.family)}' means {action}"
    confidence = _confidence(lead, asks, stated)
    if name == "multi":
        confidence = min(confidence, _SEVERAL)
    return Route(domains, name, action, MappingProxyType(stated), confidence, why)


# Which domains an open question spans is never as sure as what a plain one asks.
_SEVERAL = 0.8


def _supposes(lead: Ask, evidence: Evidence) -> bool:
    """Tell "what if we cut dev spend by 20%", a forecast, from "what if we buy a savings plan"."""
    if lead.action == "advisor.savings":
        return bool(evidence.met & COST) and evidence.heads(SAVE).isdisjoint(_SAVINGS)
    return lead.domain == "cost" and lead.weak


def _imagines(evidence: Evidence, found: list[Finding]) -> bool:
    """Tell "if we moved to graviton, what would december look like" from "what would we save"."""
    words = evidence.words.words
    if "would" not in words or not evidence.words.traits & SUPPOSING or evidence.met & BUDGET:
        return False
    spent = evidence.met & COST and not {"be", "look"}.isdisjoint(words)
    if not (found or spent) or evidence.heads(SAVE) & _SAVINGS:
        return False
    return any(pair in _IMAGINED for pair in zip(words, words[1:], strict=False))


_IMAGINED = {("if", who) for who in ("we", "i", "our", "my", "all", "everyone", "the")}
_SAVINGS = frozenset({"save", "saves", "saving", "savings"})


def _sharpened(
    action: str, name: RouteName, stated: dict[str, Any], today: date, evidence: Evidence
) -> str:
    """Let the slots decide where words left it open: a total by something is a breakdown."""
    if action == "cost.summary":
        if "compare_period" in stated and "period" in stated:
            return "cost.compare"
        return "cost.breakdown" if "group_by" in stated else action
    if action != "budget.status":
        return action
    finished = "period" in stated and stated["period"]["end"] <= today.isoformat()
    if name == "fast" and finished:
        return "budget.history"
    if "amount" in stated and _ASKING.isdisjoint(evidence.words.words):
        return "budget.create"
    return action


_ASKING = frozenset(
    "is are was what which how did do does will would have has show list any over exceed".split()
)


def _scope_only(evidence: Evidence, found: list[Finding], reason: str) -> Route:
    """Route a question without an ask: "rds in frankfurt last week" is a total."""
    about_spend = evidence.met & (COST | CLOUD | TOTAL | REVIEW | VAGUE) or evidence.services
    if about_spend and (reason or evidence.met & REVIEW):
        action = "cost.summary" if evidence.met & RESEARCH else "none"
        stated = read_slots(evidence, found, Ask("cost", action, ""))
        domains = review_domains(evidence)
        return Route(domains, "multi", action, MappingProxyType(stated), 0.4, reason or "a review")
    if names_scope(evidence, found):
        lead = Ask("cost", "cost.summary", "")
        stated = read_slots(evidence, found, lead)
        action = _sharpened(lead.action, "fast", stated, date.max, evidence)
        return Route(("cost",), "fast", action, MappingProxyType(stated), 0.5, "only a scope")
    return _refused("nothing about a cloud bill", 0.6)


def _confidence(lead: Ask, asks: list[Ask], stated: dict[str, Any]) -> float:
    """Return less where the words are weak or pull apart, more where slots bear them out."""
    contradictions = len({ask.action for ask in asks}) - 1 if len(asks) > 1 else 0
    base = 0.6 + min(0.3, 0.1 * len(stated)) if lead.weak else 0.95
    return round(max(0.3, base - 0.15 * contradictions), 2)
