"""Shapes made of characters: a sparkline and a bar, from decimals.

A shape is a statement too. A sparkline stands on zero unless that would flatten everything into one
level, and a change under a fifth of the height is never blown up to fill it.
"""

from collections.abc import Sequence
from decimal import Decimal

_LEVELS = "▁▂▃▄▅▆▇█"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_HALF = Decimal("0.5")
_FOUR_FIFTHS = Decimal("0.8")


def binned(values: Sequence[Decimal], width: int) -> tuple[list[Decimal], int]:
    """Return at most ``width`` values and how many of the given ones each stands for.

    Neighbours are averaged. Bins are counted from the end, so that the latest one is full and only
    the oldest may hold fewer.
    """
    size = max(-(-len(values) // max(width, 1)), 1)
    first = len(values) % size or size
    edges = [0, *range(first, len(values) + 1, size)]
    pairs = zip(edges, edges[1:], strict=False)
    return [sum(values[a:b], Decimal(0)) / (b - a) for a, b in pairs], size


def sparkline(values: Sequence[Decimal]) -> str:
    """Draw the values, one character each."""
    if not values:
        return ""
    low, high = _floor(values), max(values)
    if high == min(values):
        return _LEVELS[3 if high else 0] * len(values)
    steps = len(_LEVELS) - 1
    return "".join(_LEVELS[int((value - low) / (high - low) * steps + _HALF)] for value in values)


def _floor(values: Sequence[Decimal]) -> Decimal:
    low, high = min(values), max(values)
    if low < 0:
        return low
    return Decimal(0) if low < high * _HALF else min(low, high * _FOUR_FIFTHS)


def bar(ratio: Decimal, width: int, *, drawn: bool) -> str:
    """Draw a ratio from 0 to 1 as a bar; what lies outside is cut off.

    Args:
        ratio: How much of the width is filled.
        width: The cells of a full bar.
        drawn: Use block characters in eighths; else number signs.
    """
    filled = min(max(ratio, Decimal(0)), Decimal(1)) * width
    if not drawn:
        return "#" * int(filled + _HALF)
    eighths = int(filled * 8 + _HALF)
    if not eighths and ratio > 0:
        eighths = 1
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]
