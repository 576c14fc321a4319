"""The slots of a question: what it states about scope, period, cut and amounts.

Only what the text says is returned; defaults belong to the planner.
"""

from typing import Any

from finops_cli.supervisor.router.amounts import amount
from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.families import BUDGET, COMMIT, SAVE, VS
from finops_cli.supervisor.router.grouping import granularity, group_by, limit
from finops_cli.supervisor.router.intent import Ask
from finops_cli.supervisor.router.names import accounts, budget_name, tags
from finops_cli.supervisor.router.spans import period_slots
from finops_cli.supervisor.router.traits import MOVING


def read_slots(evidence: Evidence, found: list[Finding], lead: Ask) -> dict[str, Any]:
    """Return the stated slots, under the names of the labelling guide.

    Args:
        evidence: The question.
        found: The periods that it names.
        lead: The ask that comes first; it decides whether periods look ahead.
    """
    budget = lead.domain == "budget" or bool(evidence.met & BUDGET)
    stated: dict[str, Any] = {}
    if services := _services(evidence, lead):
        stated["services"] = services
    if evidence.regions:
        stated["regions"] = _distinct(evidence.regions)
    if in_accounts := accounts(evidence):
        stated["accounts"] = in_accounts
    if filters := tags(evidence, in_accounts):
        stated["tags"] = filters
    if cuts := group_by(evidence, lead.domain):
        stated["group_by"] = cuts
    if lines := limit(evidence):
        stated["limit"] = lines
    # What a bill came to is no limit: "why is it more than $100 a day".
    sums = None
    if budget or lead.action != "cost.explain":
        sums = amount(evidence, in_budget=budget)
    if sums is not None:
        stated["amount"] = sums
    if budget and (name := budget_name(evidence)):
        stated["budget_name"] = name
    if found:
        stated |= period_slots(evidence.words, found, lead)
    if lead.domain in ("cost", "forecast") and (grain := granularity(evidence)):
        stated["granularity"] = grain
    return stated


def _distinct(found: list[tuple[str, int]]) -> list[str]:
    return list(dict.fromkeys([name for name, _ in found])) if found else []


def _services(evidence: Evidence, lead: Ask) -> list[str]:
    services = evidence.services
    if lead.because == "SAVE":
        # "Should I add VPC endpoints" saves elsewhere.
        saving = evidence.positions(SAVE)
        services = [(name, i) for name, i in services if i not in saving]
    named = _distinct(services)
    words = evidence.words.words
    if named and evidence.words.traits & MOVING:
        end = _destination(words)
        named = _distinct([(name, i) for name, i in services if i < end])
    if len(named) > 1:
        named = _without_umbrella(evidence, named)
    if named or lead.action != "advisor.list":
        return named
    if not {"volumes", "disks", "snapshots"}.isdisjoint(words):
        return [_OTHER]
    return [_COMPUTE] if "instances" in words and not evidence.met & COMMIT else []


_MOVES = frozenset({"move", "moving", "migrate", "migrating", "switch", "switching"})


def _destination(words: tuple[str, ...]) -> int:
    """Return where the "to X" of a move begins: what follows is no scope of the spend."""
    for i, word in enumerate(words):
        if word in _MOVES and "to" in words[i + 1 : i + 3]:
            return words.index("to", i)
    return len(words)


_COMPUTE, _OTHER = "Amazon Elastic Compute Cloud - Compute", "EC2 - Other"


def _without_umbrella(evidence: Evidence, named: list[str]) -> list[str]:
    """Drop EC2 from "NAT gateway on the EC2 bill": it is only where the line stands."""
    if not {_COMPUTE, _OTHER} <= set(named) or evidence.met & VS:
        return named
    clauses = {name: evidence.words.clause[i] for name, i in evidence.services}
    listed = clauses[_COMPUTE] != clauses[_OTHER]
    return named if listed else [name for name in named if name != _COMPUTE]
