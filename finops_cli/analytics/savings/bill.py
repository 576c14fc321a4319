"""The lines of a bill that the checks look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from finops_cli.domain.advice import Line

MONTH_DAYS = 30
"""A month of savings is 30 full days: what was billed on them can be looked up and added."""

_DIGITS = Decimal("1e-12")
"""The digits of a charge; with more, the same savings added in another order would differ."""

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """What was charged in the window, commitments and spot apart.

    Args:
        lines: The charges for usage at on-demand rates.
        days: How many full days they are of, 30 at most.
        history: What the lines of storage used in each of the full months before, the oldest
            first, by ``key_of``. Empty where there are not enough months to tell.
        has_resources: Whether the lines tell resources apart.
    """

    lines: Sequence[Line]
    days: int
    history: Mapping[Key, tuple[Decimal, ...]] = field(default_factory=dict)
    has_resources: bool = True

    def per_month(self, amount: Decimal) -> Decimal:
        """Return what an amount of the window comes to in 30 days, so that sums of it are exact."""
        return (amount * MONTH_DAYS / self.days).quantize(_DIGITS)

    def months_of(self, line: Line) -> tuple[Decimal, ...]:
        """Return what a line's resource used in each full month before, the oldest first."""
        return self.history.get(key_of(line), ())


def key_of(line: Line) -> Key:
    """Return what tells a line's history apart: where it stands, its usage and its resource."""
    return line.account, line.region, line.usage_type, line.resource
