"""What maths over a bill looks at: its lines, told apart as finely as a source can."""

from collections.abc import Sequence

from finops_cli.domain import query as q
from finops_cli.domain.source import CostSource

_LINES = (q.SERVICE, q.ACCOUNT, q.USAGE_TYPE, q.REGION, q.CHARGE_CATEGORY)
"""The most telling first: a source may group by fewer."""


def line_dimensions(source: CostSource, first: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the dimensions that tell the lines of a bill apart.

    Args:
        source: The source.
        first: Dimensions that they must be told apart by, whatever else they are.
    """
    wanted = dict.fromkeys((*first, *(d for d in _LINES if source.offers(d))))
    return tuple(wanted)[: source.max_group_by]
