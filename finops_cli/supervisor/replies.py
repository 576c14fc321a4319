"""Answers that need no data: what the tool can do, what it will not, what it would do."""

import json
import shlex
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

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
from finops_cli.domain.plan import Plan, Price, Route

_FREE = Price(0, Decimal(0), is_sure=True)
_TOPICS = {
    "cost": "costs",
    "forecast": "forecasts",
    "anomaly": "anomalies",
    "advisor": "commitments",
    "budget": "budgets",
}
_UNKNOWN = {
    "budget.recommend": "budgets that you could set",
    "budget.create": "a budget that is to be created or changed",
}
"""What is asked by the actions that a later version will know, of domains that this one knows."""

_EXAMPLES = (
    'finops ask "why did EC2 spike"',
    'finops ask "what changed last week"',
    'finops ask "top 5 services last month"',
    'finops ask "any anomalies?"',
    "finops cost --by account --compare previous",
    "finops forecast --months 12",
    "finops advisor savings",
    "finops explain",
    "finops budget",
)


def off_topic_reply(today: date) -> Answer:
    """Return the refusal of a question about anything but the bill."""
    return Answer(
        title=Sentence(
            "That is outside what I can answer. I know your cloud bill: what was spent, where, how "
            "it changed and why, what looks wrong, what comes, what could be saved and how your "
            "budgets stand."
        ),
        provenance=Provenance(source="none", as_of=today),
        next=_EXAMPLES[:2],
        exit=Exit(2, "out_of_scope"),
    )


def help_reply(today: date) -> Answer:
    """Return what can be asked."""
    return Answer(
        title=Sentence(
            "Ask me about your cloud bill: what was spent, where, why it moved, what looks wrong, "
            "what comes, what could be saved and how your budgets stand."
        ),
        provenance=Provenance(source="none", as_of=today),
        next=_EXAMPLES,
    )


def concept_reply(today: date) -> Answer:
    """Return what there is to say to a question about a term, which a model may explain above."""
    return Answer(
        title=Sentence("That asks what a term means; what I know are the figures of your bill."),
        provenance=Provenance(source="none", as_of=today),
        next=(*_EXAMPLES[:2], "finops config set model bedrock"),
    )


def not_built_reply(route: Route, today: date) -> Answer:
    """Return the honest answer to a question that a later version will know."""
    topics = _UNKNOWN.get(route.action) or " and ".join(_TOPICS[name] for name in route.domains)
    figures = (Figure("domains", topics),)
    words = (
        "I understand this as a question about {domains}. This version answers what was spent, "
        "where, why it moved, what looks wrong, what comes, what could be saved and how your "
        "budgets stand."
    )
    return Answer(
        title=Sentence(words, figures),
        provenance=Provenance(source="none", as_of=today),
        next=_EXAMPLES[:3],
        exit=Exit(1, "not_built"),
    )


def plan_reply(
    plan: Plan,
    today: date,
    prices: Sequence[Price | None] = (),
    model: Sentence | None = None,
) -> Answer:
    """Return a plan as an Answer: the Route, why, and the Steps, none of them run.

    Args:
        plan: What would be done.
        today: The day that counts as today.
        prices: What each Step would cost, None for nothing.
        model: What a language model would be asked, None where none would be.
    """
    route = plan.route
    assert route is not None  # a plan of a question always has its Route
    figures = (
        Figure("action", route.action),
        Figure("route", route.route),
        Figure("confidence", _two_places(route.confidence)),
        Figure("why", route.why or "no words stood out"),
        Figure("slots", json.dumps(dict(route.slots), ensure_ascii=False)),
    )
    told = [price or _FREE for price in prices] or [_FREE] * len(plan.steps)
    rows = tuple(
        (
            step.tool,
            " ".join(f"{k}={shlex.quote(_text(v))}" for k, v in step.arguments.items()),
            price.requests,
            price.cost,
        )
        for step, price in zip(plan.steps, told, strict=True)
    )
    columns = (
        Column("tool", Kind.TEXT),
        Column("arguments", Kind.TEXT),
        Column("api_calls", Kind.COUNT),
        Column("api_cost", Kind.MONEY, "USD"),
    )
    return Answer(
        title=Sentence("Understood as {action}, on the {route} path.", figures),
        provenance=Provenance(source="none", as_of=today),
        summary=(
            Sentence("Confidence {confidence}: {why}. Stated: {slots}.", figures[2:]),
            *_priced(told),
            *([model] if model else []),
        ),
        tables=(Table("Steps, not run", columns, rows),) if rows else (),
    )


def would_write(model: str) -> Sentence:
    """Return that a model would be asked to write about what the Steps find."""
    words = "{model} would be asked to write over what is found, within the limits that are set."
    return Sentence(words, (Figure("model", model),))


def would_choose(model: str) -> Sentence:
    """Return that a model would be asked what a question means."""
    words = "{model} would first be asked what the question means: its words leave that open."
    return Sentence(words, (Figure("model", model),))


def _priced(prices: Sequence[Price]) -> tuple[Sentence, ...]:
    """Return what the Steps would cost, in words; nothing where they are free."""
    requests = sum(price.requests for price in prices)
    if not any(price.requests or not price.is_sure for price in prices):
        return ()
    figures = (
        Figure("requests", requests, Kind.COUNT),
        Figure("cost", sum((p.cost for p in prices), Decimal(0)), Kind.MONEY, "USD"),
    )
    about = "" if all(price.is_sure for price in prices) else "about "
    words = (
        f"It would send {about}{{requests}} billable requests, {{cost}}, if each answer fits one "
        "page; what is in the cache is not asked again."
    )
    return (Sentence(words, figures),)


def _text(value: object) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def _two_places(value: float) -> str:
    return f"{value:.2f}"
