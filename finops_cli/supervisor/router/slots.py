"""The slots of a question: what it states about scope, period, cut and amounts.

Only what the text says is returned; defaults belong to the planner.
"""

from typing import Any

from finops_cli.supervisor.router.amounts import amount
from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.grouping import granularity, group_by, limit
from finops_cli.supervisor.router.intent import Ask
from finops_cli.supervisor.router.names import accounts, budget_name, tags
from finops_cli.supervisor.router.spans import period_slots


def read_slots(evidence: Evidence, found: list[Finding], lead: Ask) -> dict[str, Any]:
    """Return the stated slots, under the names of the labelling guide.

    Args:
        evidence: The question.
        found: The periods that it names.
        lead: The ask that comes first; it decides whether periods look ahead.
    """
    budget = lead.domain == "budget" or evidence.has("BUDGET")
    in_accounts = accounts(evidence)
    # What a bill came to is no limit: "why is it more than $100 a day".
    explains = lead.action == "cost.explain" and not budget
    stated: dict[str, Any] = {
        "services": _services(evidence, lead),
        "regions": list(dict.fromkeys(code for code, _ in evidence.regions)),
        "accounts": in_accounts,
        "tags": tags(evidence, in_accounts),
        "group_by": group_by(evidence, lead.domain),
        "limit": limit(evidence),
        "amount": None if explains else amount(evidence, in_budget=budget),
        "budget_name": budget_name(evidence) if budget else None,
        **period_slots(evidence.words, found, lead),
    }
    if lead.domain in ("cost", "forecast"):
        stated["granularity"] = granularity(evidence)
    return {key: value for key, value in stated.items() if value not in (None, [])}


def _services(evidence: Evidence, lead: Ask) -> list[str]:
    words = evidence.words.words
    end = _destination(words)
    named = list(dict.fromkeys(name for name, i in evidence.services if i < end))
    instances = "instances" in words and not evidence.has("COMMIT")
    named = _without_umbrella(evidence, named)
    if named or lead.action != "advisor.list":
        return named
    if not {"volumes", "disks", "snapshots"}.isdisjoint(words):
        return [_OTHER]
    return [_COMPUTE] if instances else []


_MOVES = frozenset({"move", "moving", "migrate", "migrating", "switch", "switching"})


def _destination(words: tuple[str, ...]) -> int:
    """Return where "move to X" begins: what follows is no scope of the spend."""
    for i, word in enumerate(words):
        if word in _MOVES and "to" in words[i + 1 : i + 3]:
            return i
    return len(words)


_COMPUTE, _OTHER = "Amazon Elastic Compute Cloud - Compute", "EC2 - Other"


def _without_umbrella(evidence: Evidence, named: list[str]) -> list[str]:
    """Drop EC2 from "NAT gateway on the EC2 bill": it is only where the line stands."""
    if not {_COMPUTE, _OTHER} <= set(named) or evidence.has("VS"):
        return named
    clauses = {name: evidence.words.clause[i] for name, i in evidence.services}
    listed = clauses[_COMPUTE] != clauses[_OTHER]
    return named if listed else [name for name in named if name != _COMPUTE]
