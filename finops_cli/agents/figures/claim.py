"""What a prose claims: a date, or a number in some unit, at a place in the text.

A claim is kept as loosely as it was written: a number is the intervals of what may have been
rounded to it, a date has only the parts that were named.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finops_cli.agents.figures.numbers import Reading


class Unit(StrEnum):
    """What a number counts, and so which figures it may be."""

    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"  # 2.4x
    BYTES = "bytes"
    COUNT = "count"  # of something named: 14 days, 214 snapshots
    BARE = "bare"  # nothing is said: a cell of a table, or "812 for EC2"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it was written; what is None was left open.

    A ``fiscal`` year may have begun in the calendar year before.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in a prose, at ``text[start:end]``; it holds if one of its meanings is known.

    Args:
        start: Where it begins.
        end: Where it ends.
        moments: The dates that it may be.
        unit: What its number counts; None where it is a date.
        readings: What its number may be; none where it is too long to be one.
        currencies: The currencies that its sign may stand for; None where none is named.
    """

    start: int
    end: int
    moments: tuple[Moment, ...] = ()
    unit: Unit | None = None
    readings: tuple[Reading, ...] = ()
    currencies: frozenset[str] | None = None

    @property
    def exact(self) -> tuple[Decimal, ...]:
        """The values as written, for a prose that is itself a source of figures."""
        return tuple(one.value for one in self.readings)
