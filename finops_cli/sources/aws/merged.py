"""Several bills as one source: each is asked on its own, their figures are added up.

A bill that cannot be read is named and left out of the whole answer: what was added up from it
before it failed would not agree with what comes after, so the answer is made again without it.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, zip_longest
from operator import add
from typing import Any, TypeVar

from finops_cli.domain.frame import COST, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.panel import Key, Panel
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import CostQuery
from finops_cli.domain.source import CostSource, Meter, Restart, Shortfall
from finops_cli.errors import FinopsError, UnknownName, UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Member:
    """One bill among several.

    Args:
        name: What the user calls it: a profile, or an account.
        source: Its costs.
    """

    name: str
    source: CostSource


class MergedSource:
    """The costs of several bills.

    Args:
        members: The bills; at least one.
        calendar: What counts as today.
        meter: Counts for all of them.
        concurrency: How many are asked at once.
        notes: What is to be said of bills that are not among them.
    """

    max_group_by = 2
    is_billed = True
    second_opinion = None

    def __init__(
        self,
        members: Sequence[Member],
        calendar: Calendar,
        meter: Meter,
        concurrency: int,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.meter = meter
        self._notes = notes
        self._members = list(members)
        self._calendar = calendar
        self._concurrency = max(1, concurrency)
        self._has_told = False

    @property
    def label(self) -> str:
        """How the source is named to a person."""
        named = ", ".join(member.name for member in self._members[:4])
        more = f" and {len(self._members) - 4} more" if len(self._members) > 4 else ""
        return f"aws: {named}{more}"

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge in any bill."""
        found = self._each(lambda source: source.coverage())
        return Period(min(p.start for p in found), max(p.end for p in found))

    def daily_from(self) -> date:
        """Return the first day that every bill tells apart, or begins later."""
        return max(self._each(lambda source: source.daily_from()))

    def calendar(self) -> Calendar:
        """Return the day that counts as today, and up to where days are complete."""
        return self._calendar

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that any bill can be grouped by."""
        return tuple(dict.fromkeys(chain(*self._each(lambda source: source.dimensions()))))

    def offers(self, dimension: str) -> bool:
        """Tell whether any bill can be grouped by a dimension."""
        return any(self._each(lambda source: source.offers(dimension)))

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, each bill's most expensive first."""
        found = self._each(lambda source: source.values(dimension))
        in_turn = chain(*zip_longest(*found))
        return tuple(dict.fromkeys(value for value in in_turn if value is not None))

    def names(self, dimension: str) -> dict[str, str]:
        """Return what people call the values of a dimension."""
        merged: dict[str, str] = {}
        for names in self._each(lambda source: source.names(dimension)):
            merged.update(names)
        return merged

    def currencies(self) -> tuple[str, ...]:
        """Return the currencies of the bills."""
        return tuple(dict.fromkeys(chain(*self._each(lambda source: source.currencies()))))

    def in_currency(self, currency: str) -> "MergedSource":
        """Return the bills in one currency.

        Raises:
            UnknownName: None is.
        """
        kept = [m for m in self._members if currency in m.source.currencies()]
        if not kept:
            known = ", ".join(self.currencies())
            raise UnknownName(f"No charge is billed in {currency}.", f"Currencies here: {known}.")
        return MergedSource(kept, self._calendar, self.meter, self._concurrency, self._notes)

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting a total, each bill's named."""
        told = (f"{m.name}: {text}" for m in self._members for text in m.source.warnings())
        return (*self._notes, *told)

    def fetch(self, query: CostQuery) -> Frame:
        """Return the frame that answers the query, added up over the bills.

        Raises:
            FinopsError: No bill could be read.
        """
        frames = self._each(lambda source: source.fetch(query))
        rows: dict[tuple[Any, ...], _Sum] = {}
        for frame in frames:
            for *key, cost, usage, unit in frame.rows:
                rows.setdefault(tuple(key), _Sum()).add(cost, usage, unit)
        order = sorted(rows, key=lambda k: [(c is None, "" if c is None else c) for c in k])
        columns = (*frames[0].columns[:-3], COST, USAGE, USAGE_UNIT)
        return Frame(columns, tuple((*key, *rows[key].cells()) for key in order))

    def panel(self, query: CostQuery) -> Panel:
        """Return the daily costs of a query, added up over the bills."""
        series: dict[Key, array[float]] = {}
        panels = self._each(lambda source: source.panel(query))
        for panel in panels:
            for key, costs in zip(panel.keys, panel.costs, strict=True):
                known = series.get(key)
                series[key] = array("d", map(add, known, costs)) if known else costs
        first = panels[0]
        return Panel(first.period, first.dimensions, tuple(series), tuple(series.values()))

    def _each(self, ask: Callable[[CostSource], T]) -> list[T]:
        """Ask every bill; one that fails is left out from now on.

        Raises:
            Restart: One failed that was added up before.
            UsageError: The question is wrong, whatever bill it is put to.
            FinopsError: None is left.
        """
        results = list(self._asked(ask))
        failed = [(m, r) for m, r in results if isinstance(r, FinopsError)]
        for _, error in failed:
            if isinstance(error, UsageError) or len(failed) == len(results):
                raise error
        for member, error in failed:
            self._members.remove(member)
            self.meter.shortfalls.append(left_out(member.name, error))
        if failed and self._has_told:
            raise Restart
        self._has_told = True
        return [r for _, r in results if not isinstance(r, FinopsError)]

    def _asked(self, ask: Callable[[CostSource], T]) -> Iterator[tuple[Member, T | FinopsError]]:
        def safely(member: Member) -> T | FinopsError:
            try:
                return ask(member.source)
            except FinopsError as error:
                return error

        with ThreadPoolExecutor(min(self._concurrency, len(self._members))) as pool:
            yield from zip(self._members, pool.map(safely, self._members), strict=True)


@dataclass(slots=True)
class _Sum:
    """A row added up over bills; usage only where all have one unit."""

    cost: Decimal = Decimal(0)
    usage: Decimal | None = None
    unit: str | None = None
    _units: frozenset[str] = frozenset()

    def add(self, cost: Decimal, usage: Decimal | None, unit: str | None) -> None:
        self.cost += cost
        if usage is not None and unit is not None:
            self._units |= {unit}
            self.usage = (self.usage or Decimal(0)) + usage
            self.unit = unit

    def cells(self) -> tuple[Decimal, Decimal | None, str | None]:
        one = len(self._units) == 1
        return self.cost, self.usage if one else None, self.unit if one else None


def left_out(name: str, error: FinopsError) -> Shortfall:
    """Return what to tell of a bill that could not be read."""
    text = f"{name} is left out of these figures: {error.message} {error.hint}".strip()
    code = 6 if error.exit_code == 6 else 5
    return Shortfall(text, code, "not every account could be read", lasting=True, incomplete=True)
