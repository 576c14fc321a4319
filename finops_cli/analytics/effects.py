"""Used more, or paid more for the same: the usage and the rate effect of a change.

At a grain where a quantity has one meaning (usage type, region and the dimensions of the table)
with unit price p = cost / quantity: usage effect = (q1 - q0) p0, rate effect = (p1 - p0) q1. They
add up to the change of the grain exactly, and grains add up to rows. What had no cost before has no
price before: it is all usage. A grain without quantities, or with several units, is not split, and
neither is a row that holds one, since half a split would not add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from finops_cli.analytics.comparison import Amount, Comparison, Key, exact, less, measure
from finops_cli.domain.frame import DATE, USAGE, USAGE_UNIT, Frame


@dataclass(frozen=True, slots=True)
class Effects:
    """A change as usage plus rate."""

    usage: Fraction
    rate: Fraction

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(self.usage + other.usage, self.rate + other.rate)

    def amounts(self) -> tuple[Decimal, Decimal]:
        """Return usage and rate as Decimals that add up to the change as a Decimal."""
        usage = exact(self.usage)
        return usage, less(exact(self.usage + self.rate), [usage])


def effects(
    frame: Frame, comparison: Comparison, columns: Sequence[str], grain: Sequence[str]
) -> dict[Key, Effects | None]:
    """Return the effects of each combination of the columns, None where it cannot be split.

    Args:
        frame: Rows by day with ``columns`` and ``grain`` among their dimensions.
        comparison: The weights of the days.
        columns: The dimensions of the table.
        grain: Further dimensions within which a quantity has one unit and price.
    """
    extra = [dimension for dimension in grain if dimension not in columns]
    keys = [*columns, *extra]
    costs = measure(frame, comparison, keys)
    usages = measure(frame, comparison, keys, USAGE)
    blurred = _without_one_unit(frame, comparison, keys)
    rows: dict[Key, Effects | None] = {}
    for key, cost in costs.items():
        found = None if key in blurred else _effect(cost, usages.get(key, Amount()))
        if found is None and not cost.now and not cost.before:
            found = Effects(Fraction(0), Fraction(0))
        row = key[: len(columns)]
        known = rows.get(row, Effects(Fraction(0), Fraction(0)))
        rows[row] = None if known is None or found is None else known + found
    return rows


def _effect(cost: Amount, usage: Amount) -> Effects | None:
    if not cost.before and not usage.before:
        return Effects(cost.now, Fraction(0)) if usage.now else None
    if usage.before <= 0 or usage.now < 0 or (cost.now and not usage.now):
        return None
    used = (usage.now - usage.before) * cost.before / usage.before
    return Effects(used, cost.change - used)


def _without_one_unit(frame: Frame, comparison: Comparison, keys: Sequence[str]) -> set[Key]:
    units: dict[Key, set[str | None]] = {}
    for day, usage, unit, *key in frame.select(DATE, USAGE, USAGE_UNIT, *keys):
        if day in comparison.weights:
            units.setdefault(tuple(key), set()).add(unit if usage is not None else None)
    return {key for key, found in units.items() if len(found) > 1 or None in found}
