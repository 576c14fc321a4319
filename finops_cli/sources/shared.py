"""One source for all Steps of a run: what one has fetched, another finds.

Steps run side by side. A source that waits for AWS may be asked by several at once; an engine on
this machine takes one after the other.
"""

import threading
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import TypeVar

from finops_cli.domain.frame import Frame
from finops_cli.domain.opinion import SecondOpinion
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import CostQuery
from finops_cli.domain.source import CostSource, Meter, Restart

T = TypeVar("T")


class SharedSource:
    """A source that fetches the same data once, whoever asks.

    Args:
        source: The source itself.
    """

    def __init__(self, source: CostSource) -> None:
        self._source = source
        self._kept: dict[Hashable, object] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.RLock()

    def begin(self) -> None:
        """Begin another question: what the one before could not have may be had by now."""
        if any(not one.lasting for one in self.meter.shortfalls):
            with self._lock:
                self._kept.clear()
        self.meter.begin()

    @property
    def label(self) -> str:
        """How the source is named to a person."""
        return self._source.label

    @property
    def max_group_by(self) -> int:
        """How many dimensions one query groups by at its plain price."""
        return self._source.max_group_by

    @property
    def is_billed(self) -> bool:
        """Whether queries cost the user money."""
        return self._source.is_billed

    @property
    def meter(self) -> Meter:
        """What answering has cost so far."""
        return self._source.meter

    @property
    def second_opinion(self) -> SecondOpinion | None:
        """What AWS says itself."""
        return self._source.second_opinion

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge."""
        return self._once("coverage", self._source.coverage)

    def daily_from(self) -> date:
        """Return the first day that is told apart."""
        return self._once("daily from", self._source.daily_from)

    def calendar(self) -> Calendar:
        """Return the day that counts as today, and up to where days are complete."""
        return self._source.calendar()

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that can be grouped and filtered by."""
        with self._turn():
            return self._source.dimensions()

    def offers(self, dimension: str) -> bool:
        """Tell whether costs can be grouped by a dimension."""
        with self._turn():
            return self._source.offers(dimension)

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, the most expensive first."""
        return self._once(("values", dimension), lambda: self._source.values(dimension))

    def names(self, dimension: str) -> dict[str, str]:
        """Return what people call the values of a dimension."""
        return self._once(("names", dimension), lambda: self._source.names(dimension))

    def currencies(self) -> tuple[str, ...]:
        """Return the billing currencies."""
        return self._once("currencies", self._source.currencies)

    def in_currency(self, currency: str) -> "SharedSource":
        """Return this source narrowed to one currency; the same one for whoever asks."""

        def narrowed() -> SharedSource:
            found = SharedSource(self._source.in_currency(currency))
            found._lock = self._lock  # the same engine lies behind both
            return found

        return self._once(("currency", currency), narrowed)

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting a total."""
        with self._turn():
            return self._source.warnings()

    def fetch(self, query: CostQuery) -> Frame:
        """Return the frame that answers the query."""
        return self._once(("fetch", query), lambda: self._source.fetch(query))

    def panel(self, query: CostQuery) -> Panel:
        """Return the daily costs of a query as series."""
        return self._once(("panel", query), lambda: self._source.panel(query))

    def _once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """Return what is kept under a key, asked for by one and waited for by the others.

        What fails is not kept: the next one may fare better. After a restart nothing is true
        any more.
        """
        with self._lock:
            mine = self._locks.setdefault(key, threading.Lock())
        with mine:
            if key not in self._kept:
                try:
                    with self._turn():
                        self._kept[key] = ask()
                except Restart:
                    self._kept.clear()
                    raise
            return self._kept[key]  # type: ignore[return-value]

    def _turn(self) -> AbstractContextManager[object]:
        return nullcontext() if self._source.is_billed else self._lock
