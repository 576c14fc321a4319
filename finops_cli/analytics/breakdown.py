"""Totals, shares and differences of a cost, by any dimensions. Pure: frames in, rows out.

Every function keeps the sum: the items and the remainder add up to the whole exactly, because the
remainder is what is left and never computed apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finops_cli.domain.frame import COST, DATE, SMALLER, Frame
from finops_cli.domain.query import ChargeCategory

Key = tuple[str | None, ...]
ZERO = Decimal(0)

_OFF_THE_PRICE = (ChargeCategory.CREDIT, ChargeCategory.REFUND, ChargeCategory.ADJUSTMENT)


@dataclass(frozen=True, slots=True)
class Item:
    """One segment's cost."""

    key: Key
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Ranking:
    """The largest segments and what is left. ``rest_count`` segments are in ``rest``."""

    items: tuple[Item, ...]
    rest: Decimal
    rest_count: int

    @property
    def total(self) -> Decimal:
        """The cost of all segments."""
        return sum((item.cost for item in self.items), self.rest)


@dataclass(frozen=True, slots=True)
class Difference:
    """One segment in two periods."""

    key: Key
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        """How much more it costs now."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Differences:
    """The segments that changed most, and the sums over all of them and over the others.

    ``new`` and ``gone`` name every segment that cost something in one period only, shown or not.
    """

    items: tuple[Difference, ...]
    rest: Difference
    total: Difference
    rest_count: int
    new: tuple[Key, ...]
    gone: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """A bill from gross to net: charges, then what was taken off, then tax.

    ``gross`` is usage and purchases; ``gross + credits + refunds + adjustments + tax`` is ``net``.
    """

    gross: Decimal
    credits: Decimal
    refunds: Decimal
    adjustments: Decimal
    tax: Decimal

    @property
    def net(self) -> Decimal:
        """What all charges come to."""
        return self.gross + self.credits + self.refunds + self.adjustments + self.tax

    @property
    def are_distinct(self) -> bool:
        """Whether gross and net differ in kind: anything taken off, or tax."""
        return any((self.credits, self.refunds, self.adjustments, self.tax))


def sums(frame: Frame, dimensions: Sequence[str]) -> dict[Key, Decimal]:
    """Return the cost of each segment, in the order in which the frame first names it."""
    found: dict[Key, Decimal] = {}
    for row in frame.select(*dimensions, COST):
        found[row[:-1]] = found.get(row[:-1], ZERO) + row[-1]
    return found


def rank(by_key: dict[Key, Decimal], most: int) -> Ranking:
    """Return the ``most`` segments that cost most, and the rest.

    A single segment that would be left is shown too: a remainder of one says less than its name.
    """
    smaller = [cost for key, cost in by_key.items() if SMALLER in key]
    named = [pair for pair in by_key.items() if SMALLER not in pair[0]]
    ordered = sorted(named, key=lambda pair: (-pair[1], _words(pair[0])))
    if len(ordered) == most + 1 and not smaller:
        most += 1
    rest = [*(cost for _, cost in ordered[most:]), *smaller]
    items = tuple(Item(key, cost) for key, cost in ordered[:most])
    return Ranking(items, sum(rest, ZERO), len(rest))


def differ(before: dict[Key, Decimal], now: dict[Key, Decimal], most: int) -> Differences:
    """Return the ``most`` segments whose cost changed most, and the rest."""
    keys = dict.fromkeys([*now, *before])
    found = [Difference(key, before.get(key, ZERO), now.get(key, ZERO)) for key in keys]
    found.sort(key=lambda d: (-abs(d.change), -d.now, _words(d.key)))
    if len(found) == most + 1:
        most += 1
    return Differences(
        items=tuple(found[:most]),
        rest=_added(found[most:]),
        total=_added(found),
        rest_count=len(found[most:]),
        new=tuple(d.key for d in found if d.now and not d.before),
        gone=tuple(d.key for d in found if d.before and not d.now),
    )


def _added(parts: Iterable[Difference]) -> Difference:
    parts = list(parts)
    before = sum((d.before for d in parts), ZERO)
    return Difference((), before, sum((d.now for d in parts), ZERO))


def layers(by_category: dict[Key, Decimal]) -> Layers:
    """Return a bill's layers from its sums by charge category."""
    by_name = {key[0]: cost for key, cost in by_category.items()}
    off = {name: by_name.get(name.value, ZERO) for name in _OFF_THE_PRICE}
    tax = by_name.get(ChargeCategory.TAX.value, ZERO)
    total = sum(by_name.values(), ZERO)
    return Layers(
        gross=total - sum(off.values(), ZERO) - tax,
        credits=off[ChargeCategory.CREDIT],
        refunds=off[ChargeCategory.REFUND],
        adjustments=off[ChargeCategory.ADJUSTMENT],
        tax=tax,
    )


def over_time(frame: Frame) -> dict[date, Decimal]:
    """Return the cost of each date, in order."""
    found: dict[date, Decimal] = {}
    for day, cost in frame.select(DATE, COST):
        found[day] = found.get(day, ZERO) + cost
    return dict(sorted(found.items()))


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return part / whole, or None where there is no whole."""
    return part / whole if whole else None


def growth(change: Decimal, before: Decimal) -> Decimal | None:
    """Return change / before, or None where before is zero or a credit, which has no growth."""
    return change / before if before > 0 else None


def _words(key: Key) -> tuple[str, ...]:
    return tuple(value or "" for value in key)
