"""The catalogue: every tool by the name of the action that it answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, ignore

if TYPE_CHECKING:
    from finops_cli.domain.source import CostSource


def catalogue(source: "CostSource", emit: Emit = ignore) -> dict[str, Callable[..., Answer]]:
    """Return the tools over a source.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
    """
    from finops_cli.tools.costs import Costs
    from finops_cli.tools.explain import Explain

    costs = Costs(source, emit)
    return {
        "cost.summary": costs.summary,
        "cost.breakdown": costs.breakdown,
        "cost.trend": costs.trend,
        "cost.compare": costs.compare,
        "cost.explain": Explain(source, emit).explain,
    }
