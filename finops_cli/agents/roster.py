"""The agents of the house, as data: what each is for, how it is told to work, what it may use.

A model chooses an agent by its description, and the agent its tools by their docstrings. An agent
whose tools are not in the catalogue is left out, so the roster may name what is still to come.
"""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from finops_cli.domain.agent import AgentSpec

WRITES = frozenset({"anomaly.ack", "anomaly.unack"})
"""The tools that change something: none of them runs without a person's yes."""

WITHHELD: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "forecast.spend": frozenset({"fail_on"}),
        "anomaly.list": frozenset({"fail_on", "new"}),
        "advisor.list": frozenset({"fail_on"}),
        "advisor.savings": frozenset({"fail_on"}),
        "budget.check": frozenset({"fail_on"}),
    }
)
"""Arguments that are no model's: they set exit codes, or remember what has been shown."""

_FORECAST = (
    "cost.summary",
    "cost.breakdown",
    "cost.trend",
    "cost.compare",
    "cost.untagged",
    "cost.explain",
    "forecast.spend",
    "forecast.backtest",
    "anomaly.list",
    "anomaly.show",
    "anomaly.ack",
    "anomaly.unack",
    "anomaly.acks",
)
_ADVISOR = ("advisor.savings", "advisor.list", "advisor.show", "advisor.commitments")
_BUDGET = ("budget.status", "budget.history", "budget.check")


def roster() -> tuple[AgentSpec, ...]:
    """Return the agents of the house; their prompts are read when this is called."""
    return (
        AgentSpec(
            "forecast",
            "What was spent and on what, why it changed, what will be spent, what is unusual.",
            prompt("forecast"),
            _FORECAST,
        ),
        AgentSpec(
            "advisor",
            "What could be saved: idle and oversized resources, commitments worth buying.",
            prompt("advisor"),
            _ADVISOR,
        ),
        AgentSpec(
            "budget",
            "How the budgets stand, how they went, and what a sound budget would be.",
            prompt("budget"),
            _BUDGET,
        ),
    )


def prompt(name: str) -> str:
    """Return how an agent, or the model in a part of its own, is told to work."""
    page = files("finops_cli.agents").joinpath("prompts", f"{name}.md")
    return page.read_text(encoding="utf-8").strip()
