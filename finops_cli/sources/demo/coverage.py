"""Which part of each resource's day a commitment covers.

A term commits the same dollars each day. They are spent on the resources of its family in their
order, at the committed rate, until they are gone; the last resource may be covered for a part of
its day. All of it in whole ticks and whole ten-billionths of a dollar: what is covered never costs
more than what was committed, and what is left is the unused part exactly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finops_cli.sources.demo.model import Commitment
from finops_cli.sources.demo.usage import TICKS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from finops_cli.sources.demo.days import Days

    Ticks = NDArray[np.int64]

NO_TERM = -1
_GRAINS = 10**10


@dataclass(frozen=True, slots=True, eq=False)
class Metered:
    """One resource's days: its item's number, its ticks, and the family that may cover it."""

    item: int
    rate: Decimal | None
    family: str | None
    ticks: "Ticks"


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """A part of one resource's days: the ticks, and each day's term or `NO_TERM`."""

    item: int
    ticks: "Ticks"
    terms: "Ticks"


class Cover:
    """What one family of commitments still has to give on each day."""

    def __init__(self, family: str, terms: list[Commitment], days: "Days") -> None:
        import numpy as np

        self._terms = np.full(len(days.ordinals), NO_TERM, dtype=np.int64)
        self._left = np.zeros(len(days.ordinals), dtype=np.int64)
        for number, term in enumerate(terms):
            if term.family == family:
                first, last = (
                    day.toordinal() - days.period.start.toordinal()
                    for day in (term.start, term.end)
                )
                running = slice(max(first, 0), max(last, 0))
                self._terms[running] = number
                self._left[running] = int(term.daily * _GRAINS)

    def take(self, item: int, ticks: "Ticks", rate: Decimal) -> Share:
        """Return the part of the ticks that is covered at ``rate`` dollars a unit."""
        import numpy as np

        grains = int(rate * _GRAINS) // TICKS
        covered = np.minimum(ticks, self._left // grains)
        self._left -= covered * grains
        return Share(item, covered, self._terms)


def shares(metered: Iterable[Metered], terms: list[Commitment], days: "Days") -> Iterator[Share]:
    """Yield each resource's covered part, where it has one, and the rest of it."""
    import numpy as np

    covers = {family: Cover(family, terms, days) for family in {term.family for term in terms}}
    on_demand = np.full(len(days.ordinals), NO_TERM, dtype=np.int64)
    for one in metered:
        ticks = one.ticks
        if one.family and one.rate:
            covered = covers[one.family].take(one.item, ticks, one.rate)
            yield covered
            ticks = ticks - covered.ticks
        yield Share(one.item, ticks, on_demand)


def flatten(parts: Iterable[Share]) -> "dict[str, Ticks]":
    """Return all parts as columns ``item``, ``day`` (from 0), ``ticks`` and ``term``."""
    import numpy as np

    columns: dict[str, list[Ticks]] = {"item": [], "day": [], "ticks": [], "term": []}
    for part in parts:
        days = np.flatnonzero(part.ticks)
        columns["item"].append(np.full(len(days), part.item, dtype=np.int64))
        columns["day"].append(days)
        columns["ticks"].append(part.ticks[days])
        columns["term"].append(part.terms[days])
    return {name: np.concatenate(arrays) for name, arrays in columns.items()}
