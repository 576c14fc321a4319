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
    COMMIT,
    COST,
    COVER,
    CREATE,
    DOWN,
    IDLE,
    IMPACT,
    ODD,
    OPS,
    OPTION,
    OVER,
    PAST,
    PROPOSE,
    REASONING,
    SAVE,
    SHOW,
    TOPN,
    TOTAL,
    TREND,
    UP,
    VS,
    WHY,
)
from finops_cli.supervisor.router.spending import (
    Found,
    read_anomaly,
    read_cost,
    read_forecast,
)
from finops_cli.supervisor.router.traits import ALERTING, LIMITING, MONTHS, NUMERIC, PUZZLING

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
    if f & BUDGET and f & ODD and -1 < evidence.first(ODD) < evidence.first(BUDGET):
        return "anomaly", "anomaly.list", "ODD"
    if f & BUDGET and f & _ADVISED and _aims_at_budget(evidence):
        return _commitments(evidence, f) or _advice(evidence, f)
    if f & BUDGET or evidence.words.traits & (LIMITING | ALERTING):
        found = _budget(evidence, f)
        if found is not None:
            return found
    if not f:
        return None if not evidence.words.traits & PUZZLING else read_cost(evidence, f)
    if f & IDLE and f & UP and _is_rise(evidence):
        return "cost", "cost.explain", "UP"
    if f & _ADVISED:
        found = _commitments(evidence, f) or _advice(evidence, f)
        if found is not None:
            return found
    return read_anomaly(evidence, f) or read_forecast(evidence, f) or read_cost(evidence, f)


def _aims_at_budget(evidence: Evidence) -> bool:
    """Tell "which savings would bring us back under budget": advice, with a budget as its aim."""
    at = evidence.first(BUDGET)
    aims = evidence.words.at(at - 1) in ("under", "within", "below") or (
        evidence.words.at(at - 2) in ("under", "within", "below")
    )
    return aims and evidence.first(_ADVISED) < at


def _budget(evidence: Evidence, f: int) -> Found | None:
    words = evidence.words.words
    if not f & BUDGET:
        limited = f & COST and not {"threshold", "limit", "cap"}.isdisjoint(words)
        if _alerting(evidence, f):
            return "budget", "budget.create", "BUDGET"
        if (limited or not {"limit", "cap"}.isdisjoint(words)) and f & PROPOSE:
            return "budget", "budget.recommend", "BUDGET"
        return None
    return "budget", _budget_action(evidence, f), "BUDGET"


def _alerting(evidence: Evidence, f: int) -> bool:
    """Tell "alert me over $50" and "set up an alert at 5k" from "write an email about the bill"."""
    words, traits = evidence.words.words, evidence.words.traits
    if evidence.heads(CREATE) & {"let", "tell"}:
        return bool(traits & NUMERIC) and not _TO_COME.isdisjoint(words)
    if not traits & ALERTING or _ALERTS.isdisjoint(words[:4]) or not _WRITING.isdisjoint(words[:3]):
        return False
    summed = traits & NUMERIC and f & CREATE and not evidence.met & OPS
    return bool(f & (COST | OVER) or "$" in evidence.words.text or summed)


# "Tell me if it goes over" is an order, "tell me if it went over" a question.
_TO_COME = frozenset(
    "go goes hit hits pass passes cross crosses exceed exceeds reach reaches".split()
)
_ALERTS = frozenset({"alert", "notify", "warn", "email", "ping"})
_WRITING = frozenset({"write", "draft", "compose"})


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
        if words.words[i] in ("let", "tell"):
            return not _TO_COME.isdisjoint(words.words)
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


def _commitments(evidence: Evidence, f: int) -> Found | None:
    if not f & COMMIT:
        if f & OPTION and f & COVER:
            return "advisor", "advisor.commitments", "COVER"
        return None
    if _spends_on_commitments(evidence, f) or _is_option(evidence):
        return None
    return "advisor", "advisor.commitments", "COMMIT"


def _is_option(evidence: Evidence) -> bool:
    """Tell "split by on-demand, spot and reserved", ways to pay, from commitments."""
    met = evidence.met
    if not (met & OPTION and met & COST and met & (VS | BREAK)) or met & COVER:
        return False
    return all(evidence.lengths[i] == 1 for i in evidence.positions(COMMIT))


def _spends_on_commitments(evidence: Evidence, f: int) -> bool:
    """Tell "savings plan spend last month", a cost, from advice on what to commit to."""
    if not f & COST or f & (SAVE | COVER | ADVICE | PROPOSE | IDLE | REASONING):
        return False
    words, at = evidence.words, evidence.positions(COMMIT)[-1]
    near = {words.at(at + 1), words.at(at + 2), words.at(at + 3)}
    spends = bool(near & {"spend", "cost", "costs", "fee", "fees", "charges"} or f & (VS | TOTAL))
    return spends and "should" not in words.words


def _is_rise(evidence: Evidence) -> bool:
    """Tell "how much of the increase is waste", a rise to explain, from "what increases waste"."""
    i, words = evidence.first(UP), evidence.words
    noun = words.words[i] in ("increase", "rise", "jump", "growth", "spike")
    return noun and (words.at(i - 1) in ("the", "our", "this", "that") or words.at(i - 1) in MONTHS)


def _lists_first(evidence: Evidence) -> bool:
    """Tell "list rightsizing opportunities with savings", resources, from "what would we save"."""
    opens = evidence.words.words[0] in ("list", "find", "identify", "show", "which", "what")
    return opens and evidence.first(IDLE) < evidence.first(SAVE)


def _is_line(evidence: Evidence, f: int) -> bool:
    """Tell "daily spend on VPC endpoints", a line of the bill, from a wish to save by them."""
    return bool(f & COST) and evidence.heads(SAVE) <= {"vpc", "gateway", "interface"}


def _costs_a_kind(evidence: Evidence, f: int) -> bool:
    """Tell "how much are our gp2 volumes costing", a total, from "which volumes are gp2"."""
    return bool(f & COST and f & (TOTAL | TREND | BREAK)) and evidence.heads(IDLE) <= _KINDS


_KINDS = frozenset({"gp2", "graviton", "intelligent"})


def _advice(evidence: Evidence, f: int) -> Found | None:
    if f & WHY and f & COST and f & IDLE and evidence.first(WHY) < evidence.first(IDLE):
        return None
    if f & SAVE and f & IDLE and _lists_first(evidence):
        return "advisor", "advisor.list", "IDLE"
    if f & SAVE and not (f & WHY and f & DOWN) and not _is_line(evidence, f):
        return "advisor", "advisor.savings", "SAVE"
    if f & IDLE:
        return None if _costs_a_kind(evidence, f) else ("advisor", "advisor.list", "IDLE")
    if not f & ADVICE:
        return None
    optimizes = not {"optimize", "optimizing", "improve"}.isdisjoint(evidence.words.words)
    if optimizes and not f & (SHOW | TOPN):
        return "advisor", "advisor.savings", "ADVICE"
    return "advisor", "advisor.list", "ADVICE"
