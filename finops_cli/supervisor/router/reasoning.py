"""Questions that one tool call cannot answer though they name one domain, or none.

Unit economics needs a second metric, a comparison with peers needs their data, and "should we" or
"draft a memo" needs judgement. Such questions are `multi`: several tools, joined by a model where
there is one and by code where there is not.
"""

from finops_cli.domain.plan import Domain
from finops_cli.supervisor.router.dimensions import DIMENSIONS
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import (
    BREAK,
    BUDGET,
    COST,
    DOWN,
    OTHER,
    REASONING,
    RESEARCH,
    TOTAL,
    TREND,
    UP,
    VAGUE,
    WHATIF,
    WHY,
)
from finops_cli.supervisor.router.intent import Ask
from finops_cli.supervisor.router.lexicon import FAMILIES
from finops_cli.supervisor.router.traits import (
    ARTICLE,
    COMPLETE,
    MONTHS,
    MOVING,
    OURS,
    PER,
    REVIEWING,
    SUPPOSING,
)

_WHOLE: tuple[Domain, ...] = ("cost", "forecast", "advisor", "budget")
_VAGUE: tuple[Domain, ...] = ("cost", "advisor", "budget")
_ADVISED = frozenset({"should", "better", "worth", "would", "start", "first", "do"})
# Asking what to buy, set or find is answered by a tool though it says "should".
_TOOLED = frozenset({"advisor.commitments", "advisor.list", "advisor.savings", "budget.status"})
_RHETORICAL = frozenset({"should", "too", "email", "write", "justify", "reasonable"})


def open_ended(evidence: Evidence, asks: list[Ask]) -> str:
    """Return what makes a question open-ended, as a short phrase, or nothing."""
    met, traits = evidence.met, evidence.words.traits
    if not (met & _OPENING or traits & (PER | COMPLETE | SUPPOSING | ARTICLE)):
        return ""
    if met & RESEARCH and not _is_cut(evidence):
        return f"'{evidence.said(RESEARCH)}' needs figures beside the bill"
    if per_unit(evidence) or (traits & ARTICLE and _of_one(evidence)):
        return "a cost per unit needs figures beside the bill"
    if met & VAGUE and not _tells_why(evidence, asks):
        return f"'{evidence.said(VAGUE)}' asks for more than one answer"
    if met & OTHER and "Amazon Bedrock" not in dict(evidence.services):
        return f"'{evidence.said(OTHER)}' is another bill"
    if met & WHATIF or _what_if(evidence, asks):
        return "a what-if"
    if met & REASONING and not _rhetorical(evidence, asks):
        return f"'{evidence.said(REASONING)}' asks for judgement"
    return "a complete review" if _is_review(evidence) else ""


_OPENING = RESEARCH | VAGUE | OTHER | WHATIF | REASONING


def _is_cut(evidence: Evidence) -> bool:
    """Tell "which customers cost the most", a tag, from "how many customers"."""
    words = evidence.words
    return all(
        (words.words[i],) in DIMENSIONS and words.at(i - 1) in ("which", "by", "top")
        for i in evidence.positions(RESEARCH)
    )


def per_unit(evidence: Evidence) -> bool:
    """Tell "cost per order" from "cost per region" and "cost per month"."""
    words = evidence.words
    if not words.traits & PER:
        return False
    for i, word in enumerate(words.words):
        if word == "per" and words.at(i - 1) in _PRICED and words.at(i + 1):
            known = any(words.words[i + 1 : i + 1 + n] in DIMENSIONS for n in (1, 2, 3))
            return not known and words.at(i + 1) not in _PER_KNOWN
    return False


def _of_one(evidence: Evidence) -> bool:
    """Tell "what does one api request cost us" from "what does one account cost us"."""
    words = evidence.words.words
    if not evidence.met & COST or words[0] not in ("what", "how"):
        return False
    return any(
        word in _SINGLE
        and any(words[i + j : i + j + n] in _COUNTED for j in (1, 2) for n in (1, 2))
        for i, word in enumerate(words)
    )


_SINGLE = frozenset({"one", "single", "a", "an", "each"})
_COUNTED = frozenset(
    phrase[1:] for phrase, bits in FAMILIES.items() if bits & RESEARCH and phrase[0] == "per"
) | {("api", "request")}


def _tells_why(evidence: Evidence, asks: list[Ask]) -> bool:
    """Tell the tail of "any unexpected charges that I should know about" from an ask of its own."""
    return evidence.heads(VAGUE) == {"should"} and any(not ask.weak for ask in asks)


_PRICED = frozenset({"cost", "costs", "spend", "price", "spending"})
_PER_KNOWN = frozenset(
    """day week month quarter year hour tag az service-level aws linked each the cost our my
    member storage""".split()
)


def _rhetorical(evidence: Evidence, asks: list[Ask]) -> bool:
    """Tell "which budgets should I create", which a tool answers, from "should we move"."""
    actions, said = {ask.action for ask in asks}, evidence.heads(REASONING)
    if actions & {"budget.recommend", "budget.create"}:
        return True
    if "cost.explain" in actions:
        return bool(evidence.met & WHY) and said <= _RHETORICAL | {"best"}
    if evidence.words.words[0] == "should" and actions & {"advisor.list", "advisor.savings"}:
        return False
    return said <= _RHETORICAL and bool(actions & _TOOLED)


def _what_if(evidence: Evidence, asks: list[Ask]) -> bool:
    domains = [ask.domain for ask in asks]
    if "forecast" in domains and "if" in evidence.words.words:
        return bool(evidence.met & (UP | DOWN)) and evidence.words.words[0] != "if"
    if "advisor" not in domains:
        return False
    words = set(evidence.words.words)
    reduces = {"from", "to"} <= words and sum(word.isdigit() for word in words) > 1
    return bool(words & {"endpoint", "endpoints", "given", "assuming"} or reduces)


def _is_review(evidence: Evidence) -> bool:
    traits = evidence.words.traits
    return bool(traits & COMPLETE and traits & REVIEWING)


def is_judgement(evidence: Evidence, lead: Ask) -> bool:
    """Tell whether the leading ask is only what the judgement is about ("is our spend healthy")."""
    if evidence.met & RESEARCH and lead.action == "cost.compare":
        return not _PEERS.isdisjoint(evidence.words.words)
    if evidence.met & RESEARCH or per_unit(evidence):
        return False
    if _is_review(evidence):
        return lead.weak or lead.domain == "budget"
    if evidence.met & REASONING and evidence.words.traits & MOVING:
        return evidence.words.words[0] == "should"
    if evidence.met & VAGUE or "analysis" in evidence.words.words:
        return lead.weak
    return (lead.weak or lead.because == "NEXT") and bool(evidence.met & REASONING)


_PEERS = frozenset(
    "peers peer competitors competitor industry companies businesses startups".split()
)


def is_concept(evidence: Evidence) -> bool:
    """Tell "what does amortized mean", a question about FinOps, from one about a bill."""
    words = evidence.words.words
    if words[0] not in _DEFINED or evidence.words.traits & OURS or len(words) > _LONGEST_CONCEPT:
        return False
    if not MONTHS.keys().isdisjoint(words):
        return False
    if evidence.heads(WHY) - {"explain"} or {"good", "reasonable"} & set(words):
        return False
    bare = len(words) <= _BARE_TERM and not evidence.met & (COST | BUDGET | UP | WHY)
    if words[:2] == ("what", "is") and bare:
        return bool(evidence.services) or not _TERMS.isdisjoint(words)
    asks = words[:2] in (("what", "is"), ("what", "are"), ("what", "does"), ("how", "do"))
    asks = asks or words[:2] == ("how", "does") or words[0] in ("explain", "define", "difference")
    article = words[2:3] in (("a",), ("an",)) and not evidence.met & (TREND | TOTAL | BREAK)
    return asks and (article or not _CONCEPTS.isdisjoint(words) or words[-1] in _DEFINING)


_LONGEST_CONCEPT = 12
_DEFINED = frozenset({"what", "how", "explain", "define", "difference"})
_CONCEPTS = frozenset(
    """blended unblended amortized finops showback chargeback edp mean means between work works
    include includes versus""".split()
)
_BARE_TERM = 5
_TERMS = frozenset({"transfer", "egress", "finops", "cur", "focus", "commitment", "savings"})
_DEFINING = frozenset({"other", "mean", "means", "work", "works", "include", "for"})


def judged_domains(evidence: Evidence, domains: tuple[Domain, ...]) -> tuple[Domain, ...]:
    """Return the domains that a judgement draws on, given those that its words name."""
    if evidence.met & VAGUE:
        return tuple(dict.fromkeys((*domains, *_VAGUE)))
    if _is_review(evidence):
        return _WHOLE if domains == ("cost",) else tuple(dict.fromkeys(("cost", *domains)))
    if domains == ("cost",) and evidence.heads(REASONING) & _STRATEGIC:
        return _VAGUE
    if domains == ("cost",) and _is_advised(evidence):
        return ("cost", "advisor")
    if domains == ("forecast",):
        return _VAGUE
    moves = domains == ("advisor",) and evidence.words.traits & MOVING
    return ("cost", "advisor") if moves else domains


_STRATEGIC = frozenset({"strategy", "strategies", "strategic", "roadmap"})


def _is_advised(evidence: Evidence) -> bool:
    hints = {"cheaper", "would"} & set(evidence.words.words)
    return bool(hints or evidence.heads(REASONING) & _ADVISED)


def review_domains(evidence: Evidence) -> tuple[Domain, ...]:
    """Return the domains of a review with nothing listed: all, or the vaguer three."""
    if evidence.met & RESEARCH:
        return ("cost",)
    if evidence.words.traits & COMPLETE:
        return _WHOLE
    if evidence.met & REASONING and _is_advised(evidence):
        return ("cost", "advisor")
    return _VAGUE
