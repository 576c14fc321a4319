"""One intent from the asks of several clauses.

Several domains make a question `multi`, but a mere mention does not make a domain: the "and what
do they cost" after idle volumes is still about idle volumes, and a recommendation asked for after
a budget is one for the budget.
"""

from finops_cli.domain.plan import Domain
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import (
    BUDGET,
    CAP,
    COST,
    IDLE,
    IMPACT,
    TREND,
    UP,
    VS,
    WHY,
)
from finops_cli.supervisor.router.intent import Ask

_PRONOUNS = frozenset({"they", "them", "their", "it", "its", "those", "these", "that", "each"})
# A clause that opens so tells of a bill rather than asks about it.
_TELLERS = frozenset("i we our my got the with given because a this if".split())
_SHORT = 3
_OPENERS = frozenset({"what", "how", "show", "list", "give", "top", "where", "which", "by"})


def merged(
    asks: list[Ask], evidence: Evidence, *, looks_back: bool = False
) -> tuple[tuple[Domain, ...], Ask | None]:
    """Return the domains that the asks span, and the ask that comes first (None without asks).

    Args:
        asks: What each clause asks for.
        evidence: The question.
        looks_back: Whether it names a period that is over.
    """
    if not asks:
        return (), None
    # One ask is kept as it is; most questions have no more.
    kept = _kept(asks, evidence) if len(asks) > 1 else asks
    lead = _leading(kept, evidence)
    if len(kept) < len(asks) and lead.action == "budget.status" and _proposes(asks, evidence):
        lead = lead._replace(action="budget.recommend")
    implied = _implied(lead, evidence, looks_back)
    if len(kept) == 1 and not implied:
        return (lead.domain,), lead
    named = dict.fromkeys([*(ask.domain for ask in kept), *implied])
    if lead.domain == "forecast" and _compares_with_forecast(lead, evidence, looks_back):
        lead = Ask("cost", "cost.compare", "VS", lead.clause)
    return tuple(named), lead


def _proposes(asks: list[Ask], evidence: Evidence) -> bool:
    """Tell "budgets for next year, what do you recommend" from a question of how budgets are."""
    named = evidence.words.words[0] in ("budget", "budgets")
    return named and any(ask.because == "ADVICE" for ask in asks)


def _kept(asks: list[Ask], evidence: Evidence) -> list[Ask]:
    if any(ask.because == "SAVE" for ask in asks):
        asks = [ask for ask in asks if ask.because != "WILL"]
    strong = [ask for ask in asks if not ask.weak]
    if not strong:
        leads = [ask for ask in asks if ask.because != "BARE_WHY"] or asks
        return [ask for ask in asks if ask.domain == leads[0].domain]
    return [ask for ask in asks if _stands(ask, strong, evidence) and not _borrowed(ask, strong)]


def _stands(ask: Ask, strong: list[Ask], evidence: Evidence) -> bool:
    """Tell whether an ask is one of its own beside the stronger ones."""
    told = strong[0].domain == "advisor" and ask.action in _TOLD_BESIDE
    alone = not ask.weak or all(other.domain == ask.domain for other in strong)
    if alone and not told and ask.because not in ("GRAIN", "TREND"):
        return True
    costing = ask.because == "COST" and evidence.heads(COST) <= {"costing"}
    if costing and strong[0].domain == "advisor":
        # "Idle volumes and old snapshots costing money" asks for no total.
        return False
    words = evidence.words
    clause = {w for w, n in zip(words.words, words.clause, strict=True) if n == ask.clause}
    if ask is not strong[0] and clause <= _GRAIN_WORDS:
        # "The forecast for next year, by month" asks for one thing.
        return False
    if told and _PRONOUNS & clause:
        return False
    if alone:
        return True
    if ask.because == "UP":
        return ask.action != "cost.explain"
    if ask.because not in ("COST", "TOPN") or _PRONOUNS & clause:
        return False
    opening = words.words[words.clause.index(ask.clause)]
    return len(clause) <= _SHORT or bool(_OPENERS & clause) or opening not in _TELLERS


_GRAIN_WORDS = frozenset(
    """by per each every a day week month quarter hour daily weekly monthly hourly broken
    down""".split()
)
# What a list of findings tells anyhow: "idle volumes and their monthly cost".
_TOLD_BESIDE = frozenset({"cost.summary", "cost.trend"})


def _borrowed(ask: Ask, strong: list[Ask]) -> bool:
    """Tell whether an ask only carries on the first one: recommendations after a budget."""
    first = strong[0]
    return first.domain == "budget" and ask.because == "ADVICE" and first is not ask


def _leading(asks: list[Ask], evidence: Evidence) -> Ask:
    """Return the first concrete ask: a bare total or rise yields to what is asked of it."""
    first = asks[0]
    if len(asks) == 1:
        return first
    if first.domain == "cost" and first.because in ("COST", "UP"):
        later = [ask for ask in asks[1:] if ask.domain == "cost" and ask.because != "COST"]
        first = later[0] if later else first
    explained = [ask for ask in asks if ask.action == "cost.explain" and ask.because != "UP"]
    asked_why = any(ask.because == "BARE_WHY" for ask in explained)
    if first.action in ("cost.compare", "cost.trend") and asked_why:
        return explained[-1]
    if first.action == "cost.compare" and explained and evidence.met & UP:
        return explained[0]
    return first


def _implied(lead: Ask, evidence: Evidence, looks_back: bool) -> tuple[Domain, ...]:
    """Return the domains that the words of the leading clause bring in besides its own."""
    families = evidence.clauses[lead.clause]
    if evidence.met & CAP:
        return ("budget",)
    if lead.domain == "cost":
        return ("advisor",) if lead.because == "UP" and families & IDLE else ()
    if lead.domain == "budget":
        explains = evidence.met & WHY and lead.action in ("cost.explain", "budget.status")
        affected = families & IMPACT and families & COST
        return ("cost",) if explains or affected else ()
    if lead.domain == "anomaly" and families & BUDGET:
        return ("budget",)
    if lead.domain == "anomaly" and evidence.met & WHY:
        return ("cost",)
    if lead.domain == "advisor" and families & TREND and families & COST:
        return ("cost",)
    if lead.domain == "advisor" and families & BUDGET:
        return ("budget",)
    reports = lead.domain == "forecast" and "report" in evidence.words.words
    return ("cost",) if reports or _compares_with_forecast(lead, evidence, looks_back) else ()


_ACTUAL = frozenset({"actual", "actuals"})


def _compares_with_forecast(lead: Ask, evidence: Evidence, looks_back: bool) -> bool:
    families = evidence.clauses[lead.clause]
    spent = families & COST or looks_back or not _ACTUAL.isdisjoint(evidence.words.words)
    return lead.domain == "forecast" and bool(families & VS and spent)
