"""How wide the columns of a terminal table are, and what gives way when the room is short.

In this order: the bar beside a share, then remarks (text after the last number), which move below
their row, then names, the widest first. Numbers never give way: where even short names do not fit,
there is no layout, and the table is shown row by row. Prose is broken over lines instead, the
columns of a table that have it one below the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from finops_cli.domain.answer import Kind
from finops_cli.output.grid import Strip
from finops_cli.output.line import Measure

GAP = 2
_SHORTEST_NAME = 12
_SHORTEST_PROSE = 24
_BAR = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """The widths of the columns that stand beside each other.

    ``below`` holds the positions of remarks under the row, ``bar`` the cells of the bar after the
    first share (0 for none), ``folded`` the positions of prose that shares the last column.
    """

    widths: dict[int, int]
    below: tuple[int, ...] = ()
    bar: int = 0
    folded: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """The cells of a full line."""
        columns = len(self.widths) + bool(self.bar)
        return sum(self.widths.values()) + self.bar + GAP * (columns - 1)


def fit(strips: Sequence[Strip], room: int, measure: Measure) -> Layout | None:
    """Return the roomiest layout within so many cells, or None where the numbers do not fit."""
    natural = {at: max(measure(t) for t in strip.texts()) for at, strip in enumerate(strips)}
    remarks = tuple(at for at, strip in enumerate(strips) if strip.is_remark)
    beside = {at: width for at, width in natural.items() if at not in remarks}
    bar = _BAR if any(strip.column.kind is Kind.SHARE for strip in strips) else 0
    attempts = (Layout(natural, (), bar), Layout(natural), Layout(beside, remarks, bar))
    for layout in attempts:
        if layout.total <= room:
            return layout
    prose = tuple(at for at, strip in enumerate(strips) if strip.column.prose)
    if prose:
        return _folded(natural, prose, room)
    return _narrowed(strips, Layout(beside, remarks), room)


def _folded(natural: dict[int, int], prose: tuple[int, ...], room: int) -> Layout | None:
    """Return a layout with one column for all prose, as wide as the others let it be."""
    names = {at: width for at, width in natural.items() if at not in prose}
    left = room - Layout(names).total - GAP
    if left < _SHORTEST_PROSE:
        return None
    return Layout({**names, prose[0]: left}, folded=prose)


def _narrowed(strips: Sequence[Strip], layout: Layout, room: int) -> Layout | None:
    widths = dict(layout.widths)
    names = [at for at in widths if strips[at].column.kind is Kind.TEXT]
    for _ in range(layout.total - room):
        widest = max(names, key=lambda at: widths[at], default=None)
        if widest is None or widths[widest] <= _SHORTEST_NAME:
            return None
        widths[widest] -= 1
    return Layout(widths, layout.below)
