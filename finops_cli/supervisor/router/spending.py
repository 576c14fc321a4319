"""What a clause asks of spend: what is odd in it, what it will be, what it was and why.

These are read last, once nothing in the clause speaks of budgets, commitments or savings: words of
cost stand in nearly every question.
"""

from finops_cli.domain.plan import Domain
from finops_cli.supervisor.router.dimensions import DIMENSIONS
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import (
    BREAK,
    CHANGE,
    COST,
    DOWN,
    FEE,
    FUTURE,
    GRAIN,
    HIGH,
    NEXT,
    ODD,
    OTHER,
    OVER,
    RESEARCH,
    SPIKED,
    TOPN,
    TOTAL,
    TREND,
    UP,
    VS,
    WHERE,
    WHY,
    WILL,
)
from finops_cli.supervisor.router.traits import PUZZLING, REVIEWING

Found = tuple[Domain, str, str]
"""A domain, an action, and the name of the family of words that decided."""


def read_anomaly(evidence: Evidence, f: int) -> Found | None:
    """Read "any spikes" and "what looks unusual"; with a why it is a question of causes."""
    if evidence.met & WHY:
        lists = f & ODD and _lists_odd(evidence)
        return ("anomaly", "anomaly.list", "ODD") if lists else None
    if f & ODD and not _tells_of_a_rise(evidence, f):
        return "anomaly", "anomaly.list", "ODD"
    if f & SPIKED and not f & FUTURE:
        return "anomaly", "anomaly.list", "SPIKED"
    return None


def _lists_odd(evidence: Evidence) -> bool:
    """Tell "list anomalies and why" from "why this anomaly": the odd word comes first."""
    opening = evidence.words.words[:3]
    return not _LISTING.isdisjoint(opening) and evidence.first(ODD) < evidence.first(WHY)


def _tells_of_a_rise(evidence: Evidence, f: int) -> bool:
    """Tell "our bill tripled overnight" from "did anything spike overnight"."""
    if not (f & UP and f & COST) or evidence.words.words[0] in _ASKING:
        return False
    return evidence.heads(ODD) <= {"overnight", "sudden", "suddenly"}


_ASKING = frozenset("any did has have is are was were which what show list find detect".split())
_LISTING = frozenset("list show find any detect are identify check flag anomalies".split())
_LANDING = frozenset({"look", "land", "end", "finish", "above", "below"})


def read_forecast(evidence: Evidence, f: int) -> Found | None:
    """Read what is asked of days to come."""
    if f & (FUTURE | NEXT):
        return "forecast", "forecast.spend", "FUTURE" if f & FUTURE else "NEXT"
    if not f & WILL or f & OTHER or _flows(evidence):
        return None
    if (
        f & (COST | OVER | UP | TOTAL)
        or evidence.services
        or not _LANDING.isdisjoint(evidence.words.words)
    ):
        return "forecast", "forecast.spend", "WILL"
    return None


def _flows(evidence: Evidence) -> bool:
    """Tell "revenue going to aws", where money goes, from "going to cost"."""
    at = evidence.first(WILL)
    if evidence.words.at(at) != "going" or evidence.words.at(at + 1) != "to":
        return False
    return evidence.words.at(at + 2) in ("aws", "amazon", "cloud", "the", "our") or any(
        i == at + 2 for _, i in evidence.services
    )


def read_cost(evidence: Evidence, f: int) -> Found | None:
    """Read what is asked of spend so far: why, against what, in which parts, how much."""
    if f & WHY and _ranks(evidence, f):
        return "cost", "cost.breakdown", "TOPN"
    action = _explained(evidence, f) or _compared(evidence, f) or _listed(evidence, f)
    return ("cost", *action) if action else None


def _ranks(evidence: Evidence, f: int) -> bool:
    """Tell "top 7 usage types behind our costs" from "what is behind the increase"."""
    if f & (UP | DOWN | CHANGE | SPIKED | ODD | HIGH) or not evidence.heads(WHY) <= _BEARERS:
        return False
    words = evidence.words.words
    if not _MOVES.isdisjoint(words):
        return False
    return bool(f & TOPN) or (words[0] in ("which", "what") and words[1:2] in DIMENSIONS)


_MOVES = frozenset("increase increases spike spikes drop jump rise change up".split())
_BEARERS = frozenset("what behind responsible driving drove accounts contributing due".split())


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
    if f & TREND and evidence.heads(VS) and evidence.heads(VS) <= _STEPS:
        return "cost.trend", "TREND"
    if f & (VS | CHANGE) and not (f & TREND and not f & VS):
        return "cost.compare", "VS" if f & VS else "CHANGE"
    reviews = evidence.words.traits & REVIEWING and "review" in evidence.words.words
    if f & (TREND | GRAIN) and not (f & RESEARCH or reviews):
        return "cost.trend", "TREND" if f & TREND else "GRAIN"
    if f & UP and not _MOVERS.isdisjoint(evidence.words.words):
        return "cost.compare", "UP_MOST"
    return None


_STEPS = frozenset("day dod week wow month mom quarter qoq year yoy".split())
_SHORT = 3
_MOVED = COST | UP | DOWN | HIGH | CHANGE | ODD | SPIKED
_MOVERS = frozenset({"most", "fastest", "which", "increases", "jumps", "gainers"})


def _listed(evidence: Evidence, f: int) -> tuple[str, str] | None:
    if f & WHY and (
        evidence.met & _MOVED or " " in evidence.said(WHY) or len(evidence.words) <= _SHORT
    ):
        return "cost.explain", "BARE_WHY"
    if f & RESEARCH and f & TOTAL and evidence.heads(TOPN) <= _FLOWS:
        return "cost.summary", "COST"
    if f & TOPN or (f & WHERE and f & COST):
        return "cost.breakdown", "TOPN"
    if f & (UP | DOWN | HIGH) and (evidence.met & COST or evidence.services):
        if evidence.words.at(0) in _YES_OR_NO and not f & HIGH:
            rising = any(word.endswith("ing") for word in evidence.heads(UP))
            return "cost.trend" if rising else "cost.compare", "UP"
        return "cost.explain", "UP"
    return ("cost.summary", "COST") if f & COST else None


_FLOWS = frozenset({"go", "goes", "going"})
_YES_OR_NO = frozenset({"is", "are", "did", "has", "have", "does", "do"})


def _puzzled(evidence: Evidence, f: int) -> bool:
    """Tell "what is this charge", "an extra $100 on my bill" and "charged for nothing"."""
    if not evidence.words.traits & PUZZLING:
        return False
    words = set(evidence.words.words)
    if "how" in words:
        return False
    if "charged" in words and "list" not in words:
        return "what" not in words or evidence.words.words[-1] == "what"
    pointing = words & {"this", "that", "these", "extra", "mystery", "unknown", "random"}
    charge = words & {"charge", "charges", "fee", "extra"}
    asks = words & {"what", "wtf", "where"}
    return bool(charge and pointing and asks) and bool(f & (COST | FEE) or "extra" in words)
