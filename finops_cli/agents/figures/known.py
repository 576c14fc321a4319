"""The figures that a prose may use, laid out so that each is found in a few steps.

Values are kept by kind and sorted, without their signs: "fell by $310" is a change of -310, and
whether the words say the right direction is not checked. A percentage never meets money here, nor
money a percentage.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finops_cli.agents.figures.claim import Moment
from finops_cli.agents.figures.numbers import Reading
from finops_cli.domain.period import Period, months_in

_LONGEST = 1200
"""Months of a period beyond which only its first are looked at: no bill is older."""


@dataclass(slots=True)
class Values:
    """Numbers of one kind."""

    added: set[Decimal] = field(default_factory=set)
    _sorted: list[Decimal] = field(default_factory=list)

    def add(self, value: Decimal) -> None:
        """Add a value, whatever its sign."""
        self.added.add(value.copy_abs())

    def has(self, reading: Reading) -> bool:
        """Tell whether one of the values may have been rounded to what was read."""
        if len(self._sorted) < len(self.added):
            self._sorted = sorted(self.added)
        at = bisect_left(self._sorted, reading.low)
        return at < len(self._sorted) and self._sorted[at] <= reading.high


@dataclass(slots=True)
class Days:
    """Days and the months that the figures touch."""

    days: set[date] = field(default_factory=set)
    of_any_year: set[tuple[int, int]] = field(default_factory=set)
    months: set[tuple[int, int]] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add_day(self, day: date) -> None:
        """Add a day that a figure names."""
        if day not in self.days:
            self.days.add(day)
            self.of_any_year.add((day.month, day.day))
            self._add_month(day.year, day.month)

    def add_period(self, period: Period) -> None:
        """Add the bounds of a period, its end with and without the last day, and its months."""
        for day in (period.start, period.last_day, period.end):
            self.add_day(day)
        first = period.start.year * 12 + period.start.month - 1
        count = months_in(Period(period.start, period.end))
        for index in range(first, first + min(count, _LONGEST)):
            self._add_month(index // 12, index % 12 + 1)

    def add_moment(self, moment: Moment) -> None:
        """Add a date that a person wrote."""
        months = list(_months(moment))
        if moment.year and moment.month and moment.day:
            self.days.update(_day(moment.year, moment.month, moment.day))
        if moment.month and moment.day:
            self.of_any_year.add((moment.month, moment.day))
        self.numbers.update(months)
        if moment.year:
            self.years.add(moment.year)
            self.months.update((moment.year, month) for month in months)

    def has(self, moment: Moment) -> bool:
        """Tell whether a date, as far as it was written, is among the days."""
        if moment.day:
            return self._has_day(moment)
        months = _months(moment)
        if moment.year is None:
            return not self.numbers.isdisjoint(months)
        if moment.fiscal:
            return moment.year in self.years or moment.year - 1 in self.years
        if not months:
            return moment.year in self.years
        return any((moment.year, month) in self.months for month in months)

    def _has_day(self, moment: Moment) -> bool:
        month, day = moment.month or 0, moment.day or 0
        if moment.year is None:
            return (month, day) in self.of_any_year
        return any(one in self.days for one in _day(moment.year, month, day))

    def _add_month(self, year: int, month: int) -> None:
        self.months.add((year, month))
        self.numbers.add(month)
        self.years.add(year)


@dataclass(slots=True)
class Known:
    """All figures that a prose may use.

    Args:
        money: Amounts by currency; those of unknown currency under None.
        ratios: Shares, growths and errors as ratios: 48 % is 0.48.
        multiples: What a "2.4x" may be: a ratio, or one more than a growth.
        bytes: Quantities that are bytes.
        numbers: Counts, quantities in their own unit, and lengths of periods and tables.
        cells: The amounts among them that stand in a table, where a column is rounded together.
        shares: The ratios that do.
        days: Dates and months.
        names: Texts from the bill and of ours, a line each.
        in_names: The numbers that stand alone in them, such as accounts.
    """

    money: dict[str | None, Values] = field(default_factory=dict)
    ratios: Values = field(default_factory=Values)
    multiples: Values = field(default_factory=Values)
    bytes: Values = field(default_factory=Values)
    numbers: Values = field(default_factory=Values)
    cells: dict[str | None, Values] = field(default_factory=dict)
    shares: Values = field(default_factory=Values)
    days: Days = field(default_factory=Days)
    names: str = ""
    in_names: frozenset[str] = frozenset()

    def add_money(self, value: Decimal, currency: str | None) -> None:
        """Add an amount."""
        self.money.setdefault(currency, Values()).add(value)

    def add_bytes(self, value: Decimal) -> None:
        """Add an amount of data, and what it is where 1,024 of a unit make the next."""
        self.bytes.add(value)
        self.bytes.add(value * 1000 / 1024)

    def add_ratio(self, value: Decimal) -> None:
        """Add a share, a growth or an error."""
        self.ratios.add(value)
        self.multiples.add(value)
        self.multiples.add(value + 1)

    def add_cell(self, value: Decimal, currency: str | None) -> None:
        """Add an amount of a table."""
        self.cells.setdefault(currency, Values()).add(value)


def in_currencies(
    money: dict[str | None, Values], currencies: frozenset[str] | None
) -> Iterable[Values]:
    """Return the amounts in any of some currencies, or in all where none is named."""
    for currency, values in money.items():
        if currencies is None or currency is None or currency in currencies:
            yield values


def _months(moment: Moment) -> range:
    if moment.month:
        return range(moment.month, moment.month + 1)
    if moment.quarter:
        return range(moment.quarter * 3 - 2, moment.quarter * 3 + 1)
    if moment.half:
        return range(moment.half * 6 - 5, moment.half * 6 + 1)
    return range(0)


def _day(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()
