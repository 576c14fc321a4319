"""What language models took: it is told on an answer's last line, as what AWS billed is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a model took to answer one question.

    Args:
        model: The model as the user set it, such as ``bedrock:MODEL-ID``.
        model_calls: Requests sent to it.
        tool_calls: Tools that it called.
        input_tokens: Tokens read, cached ones included.
        output_tokens: Tokens written.
        cost: Their price in US dollars; None where the model's prices are not known.
        seconds: How long it took.
    """

    model: str
    model_calls: int = 0
    tool_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    seconds: float = 0.0


def added(uses: Sequence[ModelUse]) -> ModelUse:
    """Return what several uses of one model took together; their price only if each is known."""
    costs = [use.cost for use in uses]
    known = [cost for cost in costs if cost is not None]
    return ModelUse(
        uses[0].model,
        sum(use.model_calls for use in uses),
        sum(use.tool_calls for use in uses),
        sum(use.input_tokens for use in uses),
        sum(use.output_tokens for use in uses),
        sum(known, Decimal(0)) if len(known) == len(costs) else None,
        sum(use.seconds for use in uses),
    )
