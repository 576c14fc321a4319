"""From evidence to intent: the asks of a question, each a domain and an action.

Every clause is read by itself, in the order budget, commitments, advice, anomaly, forecast, cost:
a more particular domain takes the words of a more general one ("how much would rightsizing save"
is advice, not cost). `merging` then makes one intent of the asks of all clauses.
"""

from typing import NamedTuple

from finops_cli.domain.plan import Domain
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import (
    ADVICE,
    BITS,
    BREAK,
    BUDGET,
    CHANGE,
    COMMIT,
    COST,
    COVER,
    CREATE,
    DOWN,
    FEE,
    FUTURE,
    GRAIN,
    HIGH,
    IDLE,
    IMPACT,
    NEXT,
    ODD,
    OPTION,
    OVER,
    PAST,
    PROPOSE,
    REASONING,
    RESEARCH,
    SAVE,
    SHOW,
    SPIKED,
    TOPN,
    TOTAL,
    TREND,
    UP,
    VS,
    WHERE,
    WHY,
    WILL,
)  # fmt: skip
from finops_cli.supervisor.router.traits import ALERTING, LIMITING, PUZZLING

Found = tuple[Domain, str, str]

# Families that speak for their action only while nothing more particular is said.
_WEAK = frozenset({"COST", "UP", "TOPN", "BARE_WHY"})


class Ask(NamedTuple):
    """One thing asked for: its domain, its action, and the family of words that decided."""

    domain: Domain
    action: str
    because: str
    clause: int = 0

    @property
    def family(self) -> int:
        """Return the family of words behind ``because``, 0 where there is none."""
        return BITS.get(self.because.removeprefix("BARE_").removesuffix("_MOST"), 0)

    @property
    def weak(self) -> bool:
        """Tell whether a more particular ask beside this one takes its words."""
        return self.because in _WEAK


def asks_of(evidence: Evidence) -> list[Ask]:
    """Return what each clause asks for, in order, at most one ask a clause."""
    asks = []
    for number, families in enumerate(evidence.clauses):
        found = _read(evidence, families)
        if found is not None:
            asks.append(Ask(*found, number))
    return asks


_ADVISED = COMMIT | OPTION | SAVE | IDLE | ADVICE


def _read(evidence: Evidence, f: int) -> Found | None:
    """Return what one clause, of the families ``f``, asks for."""
    if f & BUDGET or evidence.words.traits & (LIMITING | ALERTING):
        found = _budget(evidence, f)
        if found is not None:
            return found
    if not f:
        return None if not evidence.words.traits & PUZZLING else _cost(evidence, f)
    if f & _ADVISED:
        found = _commitments(evidence, f) or _advice(evidence, f)
        if found is not None:
            return found
    return _anomaly(evidence, f) or _forecast(evidence, f) or _cost(evidence, f)


def _budget(evidence: Evidence, f: int) -> Found | None:
    words = evidence.words.words
    if not f & BUDGET:
        limited = f & COST and not {"threshold", "limit", "cap"}.isdisjoint(words)
        alerting = not {"alert", "notify", "warn", "email", "ping"}.isdisjoint(words[:4])
        if alerting and (f & (COST | OVER) or "$" in evidence.words.text):
            return "budget", "budget.create", "BUDGET"
        if (limited or "limit" in words) and f & PROPOSE:
            return "budget", "budget.recommend", "BUDGET"
        return None
    return "budget", _budget_action(evidence, f), "BUDGET"


def _budget_action(evidence: Evidence, f: int) -> str:
    if f & WHY:
        return "cost.explain"
    creates = bool(f & CREATE) and _creates(evidence)
    if f & PROPOSE and not creates:
        return "budget.recommend"
    if creates:
        return "budget.create"
    return "budget.history" if f & PAST and not f & IMPACT else "budget.status"


def _creates(evidence: Evidence) -> bool:
    """Tell whether a verb of making stands where a verb stands, before what is made."""
    words, budget = evidence.words, evidence.first(BUDGET)
    for i in evidence.positions(CREATE):
        if words.words[i] in ("notify", "alert", "email", "warn"):
            return True
        if i <= budget and words.at(i - 1) not in _BEFORE_NOUNS and not _described(evidence, i):
            return True
    return False


_BEFORE_NOUNS = frozenset(
    [
        "cost",
        "costs",
        "spend",
        "spending",
        "bill",
        "s",
        "a",
        "the",
        "any",
        "have",
        "we've",
        "did",
        "was",
        "were",
        "been",
        "price",
        "usage",
    ]
)


def _described(evidence: Evidence, i: int) -> bool:
    """Tell "which budgets are set up" and "did the increase", which tell, from an order."""
    opening = evidence.words.words[:i]
    telling = {"is", "are", "was", "were", "which", "does", "did", "why"}
    return bool(telling & set(opening)) and "should" not in opening


def _commitments(evidence: Evidence, f: int) -> Found | None:
    if not f & COMMIT:
        if f & OPTION and f & COVER:
            return "advisor", "advisor.commitments", "COVER"
        return None
    return None if _spends_on_commitments(evidence, f) else (
        "advisor", "advisor.commitments", "COMMIT"
    )  # fmt: skip


def _spends_on_commitments(evidence: Evidence, f: int) -> bool:
    """Tell "savings plan spend last month", a cost, from advice on what to commit to."""
    if not f & COST or f & (SAVE | COVER | ADVICE | PROPOSE | IDLE | REASONING):
        return False
    words, at = evidence.words, evidence.positions(COMMIT)[-1]
    near = {words.at(at + 1), words.at(at + 2), words.at(at + 3)}
    spends = bool(near & {"spend", "cost", "costs", "fee", "fees", "charges"} or f & (VS | TOTAL))
    return spends and "should" not in words.words


def _advice(evidence: Evidence, f: int) -> Found | None:
    if f & SAVE and not (f & WHY and f & DOWN):
        return "advisor", "advisor.savings", "SAVE"
    if f & IDLE:
        return "advisor", "advisor.list", "IDLE"
    if not f & ADVICE:
        return None
    optimizes = not {"optimize", "optimizing", "improve"}.isdisjoint(evidence.words.words)
    if optimizes and not f & (SHOW | TOPN):
        return "advisor", "advisor.savings", "ADVICE"
    return "advisor", "advisor.list", "ADVICE"


def _anomaly(evidence: Evidence, f: int) -> Found | None:
    if evidence.met & WHY:
        lists = f & ODD and _lists_odd(evidence)
        return ("anomaly", "anomaly.list", "ODD") if lists else None
    if f & ODD:
        return "anomaly", "anomaly.list", "ODD"
    if f & SPIKED and not f & FUTURE:
        return "anomaly", "anomaly.list", "SPIKED"
    return None


def _lists_odd(evidence: Evidence) -> bool:
    """Tell "list anomalies and why" from "why this anomaly": the odd word comes first."""
    opening = evidence.words.words[:3]
    return not _LISTING.isdisjoint(opening) and evidence.first(ODD) < evidence.first(WHY)


_LISTING = frozenset(
    ["list", "show", "find", "any", "detect", "are", "identify", "check", "flag", "anomalies"]
)
_LANDING = frozenset({"look", "land", "end", "finish", "above", "below"})


def _forecast(evidence: Evidence, f: int) -> Found | None:
    if f & (FUTURE | NEXT):
        return "forecast", "forecast.spend", "FUTURE" if f & FUTURE else "NEXT"
    if not f & WILL:
        return None
    if (
        f & (COST | OVER | UP | TOTAL)
        or evidence.services
        or not _LANDING.isdisjoint(evidence.words.words)
    ):
        return "forecast", "forecast.spend", "WILL"
    return None


def _cost(evidence: Evidence, f: int) -> Found | None:
    action = _explained(evidence, f) or _compared(evidence, f) or _listed(evidence, f)
    return ("cost", *action) if action else None


def _explained(evidence: Evidence, f: int) -> tuple[str, str] | None:
    if f & WHY and f & (COST | UP | DOWN | HIGH | CHANGE | ODD):
        return "cost.explain", "WHY"
    if f & CHANGE and evidence.met & UP and not f & (VS | UP):
        return "cost.explain", "WHY"
    if f & (UP | DOWN) and not _DRIVERS.isdisjoint(evidence.words.words):
        return "cost.explain", "WHY"
    return ("cost.explain", "WHY") if _puzzled(evidence, f) else None


_DRIVERS = frozenset({"driver", "drivers", "contributors", "contributor", "culprits", "culprit"})


def _compared(evidence: Evidence, f: int) -> tuple[str, str] | None:
    if f & BREAK:
        return "cost.breakdown", "BREAK"
    if f & (VS | CHANGE) and not (f & TREND and not f & VS):
        return "cost.compare", "VS" if f & VS else "CHANGE"
    if f & (TREND | GRAIN) and not f & RESEARCH:
        return "cost.trend", "TREND" if f & TREND else "GRAIN"
    if f & UP and not _MOVERS.isdisjoint(evidence.words.words):
        return "cost.compare", "UP_MOST"
    return None


_SHORT = 3
_MOVED = COST | UP | DOWN | HIGH | CHANGE | ODD | SPIKED
_MOVERS = frozenset({"most", "fastest", "which", "increases", "jumps", "gainers"})


def _listed(evidence: Evidence, f: int) -> tuple[str, str] | None:
    if f & WHY and (
        evidence.met & _MOVED or " " in evidence.said(WHY) or len(evidence.words) <= _SHORT
    ):
        return "cost.explain", "BARE_WHY"
    if f & TOPN or (f & WHERE and f & COST):
        return "cost.breakdown", "TOPN"
    if f & (UP | DOWN | HIGH) and (evidence.met & COST or evidence.services):
        if evidence.words.at(0) in _YES_OR_NO and not f & HIGH:
            rising = any(word.endswith("ing") for word in evidence.heads(UP))
            return "cost.trend" if rising else "cost.compare", "UP"
        return "cost.explain", "UP"
    return ("cost.summary", "COST") if f & COST else None


_YES_OR_NO = frozenset({"is", "are", "did", "has", "have", "does", "do"})


def _puzzled(evidence: Evidence, f: int) -> bool:
    """Tell "what is this charge", "an extra $100 on my bill" and "charged for nothing"."""
    if not evidence.words.traits & PUZZLING:
        return False
    words = set(evidence.words.words)
    if "how" in words:
        return False
    if "charged" in words and "what" not in words and "list" not in words:
        return True
    pointing = words & {
        "this",
        "that",
        "these",
        "extra",
        "mystery",
        "unknown",
        "random",
    }
    charge = words & {"charge", "charges", "fee", "extra"}
    asks = words & {"what", "wtf", "where"}
    return bool(charge and pointing and asks) and bool(f & (COST | FEE) or "extra" in words)
