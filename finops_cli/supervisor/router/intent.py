"""From evidence to intent: the asks of a question, each a domain and an action.

Every clause is read by itself, in the order budget, commitments, advice, anomaly, forecast, cost:
a more particular domain takes the words of a more general one ("how much would rightsizing save"
is advice, not cost). `merging` then makes one intent of the asks of all clauses.
"""

from dataclasses import dataclass

from finops_cli.domain.plan import Domain
from finops_cli.supervisor.router.evidence import Evidence

Found = tuple[Domain, str, str]

# Families that speak for their action only while nothing more particular is said.
_WEAK = frozenset({"COST", "UP", "TOPN", "BARE_WHY"})


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for: its domain, its action, and the family of words that decided."""

    domain: Domain
    action: str
    because: str
    clause: int = 0

    @property
    def family(self) -> str:
        """Return the family of the lexicon behind ``because``."""
        return self.because.removeprefix("BARE_").removesuffix("_MOST")

    @property
    def weak(self) -> bool:
        """Tell whether a more particular ask beside this one takes its words."""
        return self.because in _WEAK


def asks_of(evidence: Evidence) -> list[Ask]:
    """Return what each clause asks for, in order, at most one ask a clause."""
    asks = []
    for number, families in enumerate(evidence.clauses):
        for read in (_budget, _commitments, _advice, _anomaly, _forecast, _cost):
            found = read(evidence, families)
            if found is not None:
                asks.append(Ask(*found, number))
                break
    return asks


def _budget(evidence: Evidence, f: set[str]) -> Found | None:
    words = evidence.words.words
    if "BUDGET" not in f:
        limited = "COST" in f and not {"threshold", "limit", "cap"}.isdisjoint(words)
        alerting = not {"alert", "notify", "warn", "email", "ping"}.isdisjoint(words[:4])
        if alerting and (f & {"COST", "OVER"} or "$" in evidence.words.text):
            return "budget", "budget.create", "BUDGET"
        if (limited or "limit" in words) and "PROPOSE" in f:
            return "budget", "budget.recommend", "BUDGET"
        return None
    return "budget", _budget_action(evidence, f), "BUDGET"


def _budget_action(evidence: Evidence, f: set[str]) -> str:
    if "WHY" in f:
        return "cost.explain"
    creates = "CREATE" in f and _creates(evidence)
    if "PROPOSE" in f and not creates:
        return "budget.recommend"
    if creates:
        return "budget.create"
    return "budget.history" if "PAST" in f and "IMPACT" not in f else "budget.status"


def _creates(evidence: Evidence) -> bool:
    """Tell whether a verb of making stands where a verb stands, before what is made."""
    words, budget = evidence.words, evidence.first("BUDGET")
    for i in evidence.families["CREATE"]:
        if words.words[i] in ("notify", "alert", "email", "warn"):
            return True
        if i <= budget and words.at(i - 1) not in _BEFORE_NOUNS and not _described(evidence, i):
            return True
    return False


_BEFORE_NOUNS = frozenset(
    "cost costs spend spending bill s a the any have we've did was were been price usage".split()
)


def _described(evidence: Evidence, i: int) -> bool:
    """Tell "which budgets are set up" and "did the increase", which tell, from an order."""
    opening = evidence.words.words[:i]
    telling = {"is", "are", "was", "were", "which", "does", "did", "why"}
    return bool(telling & set(opening)) and "should" not in opening


def _commitments(evidence: Evidence, f: set[str]) -> Found | None:
    if "COMMIT" not in f:
        if "OPTION" in f and "COVER" in f:
            return "advisor", "advisor.commitments", "COVER"
        return None
    return None if _spends_on_commitments(evidence, f) else (
        "advisor", "advisor.commitments", "COMMIT"
    )  # fmt: skip


def _spends_on_commitments(evidence: Evidence, f: set[str]) -> bool:
    """Tell "savings plan spend last month", a cost, from advice on what to commit to."""
    if "COST" not in f or f & {"SAVE", "COVER", "ADVICE", "PROPOSE", "IDLE", "REASONING"}:
        return False
    words, at = evidence.words, evidence.families["COMMIT"][-1]
    near = {words.at(at + 1), words.at(at + 2), words.at(at + 3)}
    spends = bool(near & {"spend", "cost", "costs", "fee", "fees", "charges"})
    return (spends or "VS" in f or "TOTAL" in f) and "should" not in words.words


def _advice(evidence: Evidence, f: set[str]) -> Found | None:
    if "SAVE" in f and not ("WHY" in f and "DOWN" in f):
        return "advisor", "advisor.savings", "SAVE"
    if "IDLE" in f:
        return "advisor", "advisor.list", "IDLE"
    if "ADVICE" not in f:
        return None
    optimizes = not {"optimize", "optimizing", "improve"}.isdisjoint(evidence.words.words)
    if optimizes and not f & {"SHOW", "TOPN"}:
        return "advisor", "advisor.savings", "ADVICE"
    return "advisor", "advisor.list", "ADVICE"


def _anomaly(evidence: Evidence, f: set[str]) -> Found | None:
    if evidence.has("WHY"):
        lists = "ODD" in f and _lists_odd(evidence)
        return ("anomaly", "anomaly.list", "ODD") if lists else None
    if "ODD" in f:
        return "anomaly", "anomaly.list", "ODD"
    if "SPIKED" in f and "FUTURE" not in f:
        return "anomaly", "anomaly.list", "SPIKED"
    return None


_LISTING = frozenset("list show find any detect are identify check flag anomalies".split())


def _lists_odd(evidence: Evidence) -> bool:
    """Tell "list anomalies and why" from "why this anomaly": the odd word comes first."""
    opening = set(evidence.words.words[:3])
    asks = {
        "list",
        "show",
        "find",
        "any",
        "detect",
        "are",
        "identify",
        "check",
        "flag",
        "anomalies",
    }
    return bool(opening & asks) and evidence.first("ODD") < evidence.first("WHY")


_LANDING = frozenset({"look", "land", "end", "finish", "above", "below"})


def _forecast(evidence: Evidence, f: set[str]) -> Found | None:
    if f & {"FUTURE", "NEXT"}:
        return "forecast", "forecast.spend", "FUTURE" if "FUTURE" in f else "NEXT"
    if "WILL" not in f:
        return None
    if (
        f & {"COST", "OVER", "UP", "TOTAL"}
        or evidence.services
        or not _LANDING.isdisjoint(evidence.words.words)
    ):
        return "forecast", "forecast.spend", "WILL"
    return None


def _cost(evidence: Evidence, f: set[str]) -> Found | None:
    action = _explained(evidence, f) or _compared(evidence, f) or _listed(evidence, f)
    return ("cost", *action) if action else None


def _explained(evidence: Evidence, f: set[str]) -> tuple[str, str] | None:
    if "WHY" in f and f & {"COST", "UP", "DOWN", "HIGH", "CHANGE", "ODD"}:
        return "cost.explain", "WHY"
    if "CHANGE" in f and evidence.has("UP") and not f & {"VS", "UP"}:
        return "cost.explain", "WHY"
    if f & {"UP", "DOWN"} and not _DRIVERS.isdisjoint(evidence.words.words):
        return "cost.explain", "WHY"
    return ("cost.explain", "WHY") if _puzzled(evidence, f) else None


_DRIVERS = frozenset({"driver", "drivers", "contributors", "contributor", "culprits", "culprit"})


def _compared(evidence: Evidence, f: set[str]) -> tuple[str, str] | None:
    if "BREAK" in f:
        return "cost.breakdown", "BREAK"
    if f & {"VS", "CHANGE"} and not ("TREND" in f and "VS" not in f):
        return "cost.compare", "VS" if "VS" in f else "CHANGE"
    if f & {"TREND", "GRAIN"} and "RESEARCH" not in f:
        return "cost.trend", "TREND" if "TREND" in f else "GRAIN"
    if "UP" in f and not _MOVERS.isdisjoint(evidence.words.words):
        return "cost.compare", "UP_MOST"
    return None


_SHORT = 3
_MOVERS = frozenset({"most", "fastest", "which", "increases", "jumps", "gainers"})


def _listed(evidence: Evidence, f: set[str]) -> tuple[str, str] | None:
    moved = evidence.has("COST", "UP", "DOWN", "HIGH", "CHANGE", "ODD", "SPIKED")
    if "WHY" in f and (moved or " " in evidence.said("WHY") or len(evidence.words) <= _SHORT):
        return "cost.explain", "BARE_WHY"
    if "TOPN" in f or ("WHERE" in f and "COST" in f):
        return "cost.breakdown", "TOPN"
    if f & {"UP", "DOWN", "HIGH"} and (evidence.has("COST") or evidence.services):
        if evidence.words.at(0) in _YES_OR_NO and "HIGH" not in f:
            rising = any(word.endswith("ing") for word in evidence.heads("UP"))
            return "cost.trend" if rising else "cost.compare", "UP"
        return "cost.explain", "UP"
    return ("cost.summary", "COST") if "COST" in f else None


_YES_OR_NO = frozenset({"is", "are", "did", "has", "have", "does", "do"})


def _puzzled(evidence: Evidence, f: set[str]) -> bool:
    """Tell "what is this charge", "an extra $100 on my bill" and "charged for nothing"."""
    words = set(evidence.words.words)
    if "how" in words:
        return False
    if "charged" in words and "what" not in words and "list" not in words:
        return True
    pointing = words & {"this", "that", "these", "extra", "mystery", "unknown", "random"}
    charge = words & {"charge", "charges", "fee", "extra"}
    asks = words & {"what", "wtf", "where"}
    return bool(charge and pointing and asks) and bool(f & {"COST", "FEE"} or "extra" in words)
