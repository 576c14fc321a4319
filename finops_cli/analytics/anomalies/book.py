"""What the forward pass has written down so far, one row a day, one column a series.

Rows before the first day are empty and unknown, so that every window has the same length and the
daily loop needs no special case for a short history.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.anomalies.filters import MEMORY, SCALES
from finops_cli.analytics.anomalies.lines import Floats, Singles

ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Book:
    """Matrices of shape (MEMORY + days, series); a *level* is dollars a day without weekdays.

    Args:
        level: The level expected on the day before it was seen.
        plain: Dollars without recurring charges, refunds, holidays and missing days.
        seen: ``plain`` as a level; days of an event that is over read as the level around it.
        raw: As ``seen``, events included.
        clean: As ``seen``, without what strays far: what levels are learned from.
        known: One where ``clean`` may be learned from.
        rhythm: Dollars without refunds, holidays, missing days and spells: what weekday factors
            are learned from, by medians.
        expected: Dollars expected, recurring charges included.
        excess: Dollars above the expected before recurring charges were told.
        moves: Relative distance of the latest days from their past, shape (scales, days, series).
        recents: Level of the latest days, likewise.
    """

    level: Floats
    plain: Floats
    seen: Floats
    raw: Floats
    clean: Floats
    known: Floats
    rhythm: Floats
    expected: Floats
    excess: Floats
    moves: Singles
    recents: Singles

    @classmethod
    def of(cls, days: int, series: int) -> "Book":
        """Return an empty book."""
        shape = (MEMORY + days, series)
        scales = (len(SCALES), *shape)
        level, plain, seen, raw, clean, known, rhythm, expected, excess = np.zeros((9, *shape))
        moves, recents = np.zeros((2, *scales), dtype=np.float32)
        return cls(level, plain, seen, raw, clean, known, rhythm, expected, excess, moves, recents)


def row(day: int) -> int:
    """Return the row of a day."""
    return day + MEMORY


def rows(first: int, end: int) -> slice:
    """Return the rows of the days from ``first`` up to, not including, ``end``."""
    return slice(max(0, first + MEMORY), end + MEMORY)


def as_level(level: Floats, plain: Floats, factors: Floats) -> Floats:
    """Return dollars as a level: what is off scales with the weekday, but not beyond reason.

    A weekend at a twentieth of the week would make twenty dollars of every dollar of noise.
    """
    return np.asarray(level + (plain - level * factors) / np.maximum(factors, ALIKE))
