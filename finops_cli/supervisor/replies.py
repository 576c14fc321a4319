"""Answers that need no data: what the tool can do, what it will not, what it would do."""

import json
import shlex
from datetime import date

from finops_cli.domain.answer import (
    Answer,
    Column,
    Exit,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)
from finops_cli.domain.plan import Plan, Route

_TOPICS = {
    "cost": "costs",
    "forecast": "forecasts",
    "anomaly": "anomalies",
    "advisor": "savings",
    "budget": "budgets",
}
_EXAMPLES = (
    'finops ask "why did EC2 spike"',
    'finops ask "what changed last week"',
    'finops ask "top 5 services last month"',
    'finops ask "any anomalies?"',
    "finops cost --by account --compare previous",
    "finops forecast --months 12",
    "finops explain",
)


def off_topic_reply(today: date) -> Answer:
    """Return the refusal of a question about anything but the bill."""
    return Answer(
        title=Sentence(
            "That is outside what I can answer. I know your cloud bill: what was spent, where, how "
            "it changed and why, what looks wrong and what comes."
        ),
        provenance=Provenance(source="none", as_of=today),
        next=_EXAMPLES[:2],
        exit=Exit(2, "out_of_scope"),
    )


def help_reply(today: date) -> Answer:
    """Return what can be asked."""
    return Answer(
        title=Sentence(
            "Ask me about your cloud bill: what was spent, where, why it moved, what looks wrong "
            "and what comes."
        ),
        provenance=Provenance(source="none", as_of=today),
        next=_EXAMPLES,
    )


def not_built_reply(route: Route, today: date) -> Answer:
    """Return the honest answer to a question that a later version will know."""
    figures = (Figure("domains", " and ".join(_TOPICS[domain] for domain in route.domains)),)
    words = (
        "I understand this as a question about {domains}. This version answers what was spent, "
        "where, why it moved, what looks wrong and what comes."
    )
    return Answer(
        title=Sentence(words, figures),
        provenance=Provenance(source="none", as_of=today),
        next=_EXAMPLES[:3],
        exit=Exit(1, "not_built"),
    )


def plan_reply(plan: Plan, today: date) -> Answer:
    """Return a plan as an Answer: the Route, why, and the Steps, none of them run."""
    route = plan.route
    assert route is not None  # a plan of a question always has its Route
    figures = (
        Figure("action", route.action),
        Figure("route", route.route),
        Figure("confidence", _two_places(route.confidence)),
        Figure("why", route.why or "no words stood out"),
        Figure("slots", json.dumps(dict(route.slots), ensure_ascii=False)),
    )
    rows = tuple(
        (step.tool, " ".join(f"{k}={shlex.quote(_text(v))}" for k, v in step.arguments.items()), 0)
        for step in plan.steps
    )
    columns = (
        Column("tool", Kind.TEXT),
        Column("arguments", Kind.TEXT),
        Column("api_calls", Kind.COUNT),
    )
    return Answer(
        title=Sentence("Understood as {action}, on the {route} path.", figures),
        provenance=Provenance(source="none", as_of=today),
        summary=(Sentence("Confidence {confidence}: {why}. Stated: {slots}.", figures[2:]),),
        tables=(Table("Steps, not run", columns, rows),) if rows else (),
    )


def _text(value: object) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def _two_places(value: float) -> str:
    return f"{value:.2f}"
