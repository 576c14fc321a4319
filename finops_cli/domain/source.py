"""What a source of costs is: one protocol for files, the demo, live AWS, a cache, a fake."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Protocol

from finops_cli.domain.frame import Frame
from finops_cli.domain.opinion import SecondOpinion
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import CostQuery


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that the figures lack, and the exit code that tells a script so.

    Args:
        text: One sentence, shown as a warning.
        code: The exit code: 5 where a source failed, 6 where a spend cap was reached.
        reason: Why, as the answer's exit tells it.
        lasting: Whether it is so for every later answer of the run too, not for one alone.
        incomplete: Whether charges that were asked for are not in the figures at all.
    """

    text: str
    code: int
    reason: str
    lasting: bool = False
    incomplete: bool = False


@dataclass(slots=True)
class Meter:
    """What answering has cost so far, and what could not be had.

    ``api_calls`` counts billable requests that sent, ``api_cost`` is their price in US dollars.
    """

    queries: int = 0
    api_calls: int = 0
    api_cost: Decimal = Decimal(0)
    shortfalls: list[Shortfall] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def begin(self) -> None:
        """Count from nothing again, for another question; what lacks for good stays known."""
        with self.lock:
            self.queries, self.api_calls, self.api_cost = 0, 0, Decimal(0)
            self.shortfalls[:] = [one for one in self.shortfalls if one.lasting]

    @property
    def lacks_charges(self) -> bool:
        """Whether charges that were asked for are missing: then a comparison means nothing."""
        return any(short.incomplete for short in self.shortfalls)


class Restart(Exception):
    """The source has changed under an answer, which must be made again from its beginning."""


class CostSource(Protocol):
    """Where frames come from."""

    @property
    def label(self) -> str:
        """How the source is named to a person: ``demo`` or ``exports/ (14 parquet files)``."""

    @property
    def max_group_by(self) -> int:
        """How many dimensions one query groups by at its plain price; more take several."""

    @property
    def is_billed(self) -> bool:
        """Whether queries cost the user money, so that none is worth making on a guess."""

    @property
    def meter(self) -> Meter:
        """Queries run and billable calls made through this source."""

    @property
    def second_opinion(self) -> SecondOpinion | None:
        """What AWS itself says about this bill, None where it cannot be asked."""

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge."""

    def daily_from(self) -> date:
        """Return the first day that is told apart; what is earlier is known by the month alone."""

    def calendar(self) -> Calendar:
        """Return the day that counts as today, and up to where days are complete."""

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that can be grouped and filtered by, ``tag:KEY`` ones included."""

    def offers(self, dimension: str) -> bool:
        """Tell, without listing them all, whether costs can be grouped by a dimension."""

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, the most expensive first."""

    def names(self, dimension: str) -> dict[str, str]:
        """Return what people call the values of a dimension, such as account names by id."""

    def currencies(self) -> tuple[str, ...]:
        """Return the billing currencies, the most rows first; several are never added up."""

    def in_currency(self, currency: str) -> "CostSource":
        """Return this source narrowed to the charges billed in one currency."""

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting a total, one sentence each."""

    def fetch(self, query: CostQuery) -> Frame:
        """Return the frame that answers the query.

        Raises:
            UnknownName: A dimension that this source does not have.
            MissingColumn: The metric cannot be had from this source.
        """

    def panel(self, query: CostQuery) -> Panel:
        """Return the daily costs of a query as one series of floats a group, for maths.

        Raises:
            UnknownName, MissingColumn: As for ``fetch``.
        """
