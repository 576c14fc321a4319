"""Every action that a question can ask for, and what each answers: the choices of a model.

The names are those of the labelling guide; the sentences are what a model reads when it chooses,
so each tells its action from the one most easily taken for it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from finops_cli.domain.plan import Domain

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "cost.summary": "The total spent in a period, for everything or for a part of the bill.",
        "cost.breakdown": (
            "Spend divided by service, account, region, tag or another dimension, "
            "the top N, or what costs most."
        ),
        "cost.compare": (
            "Spend of two periods or of two things side by side, or what changed and by how much."
        ),
        "cost.trend": "Spend as a series over time: by day, by month, or its trend.",
        "cost.explain": (
            "Why spend rose, fell or spiked, what is behind it, or what a certain charge is."
        ),
        "forecast.spend": (
            "What will be spent in a time to come, or when the present one is over."
        ),
        "anomaly.list": "Unusual, unexpected or sudden spend, where no cause is asked for.",
        "advisor.list": (
            "Resources that are idle, unused or too large, and recommendations to act on."
        ),
        "advisor.savings": "How much could be saved, or how to lower the bill in general.",
        "advisor.commitments": (
            "Reserved instances and Savings Plans: coverage, utilization, expiry, what to buy."
        ),
        "budget.status": (
            "Budgets now: which there are, what is left, whether they are or will be exceeded."
        ),
        "budget.history": "How budgets did in periods that are over.",
        "budget.recommend": "Which budgets, amounts or alert thresholds would be sensible to set.",
        "budget.create": "A budget or a spend alert that is to be created or changed.",
        "help": (
            "What this tool can do, which data it has, a greeting, or what a FinOps term means."
        ),
        "none": ("Nothing of the above: not about an AWS bill, or an order to change something."),
    }
)

DOMAINS: tuple[Domain, ...] = ("cost", "forecast", "anomaly", "advisor", "budget")


def domain_of(action: str) -> Domain | None:
    """Return the domain in the name of an action; None for ``help`` and ``none``."""
    prefix = action.partition(".")[0]
    return next((domain for domain in DOMAINS if domain == prefix), None)
