"""The forward pass: each day is expected, seen, judged and learned from, in that order.

Nothing ever looks ahead, so what is known on a day is the same whether the bill ends there or goes
on for years. Days are a loop and series are columns: the cost grows with both, and no faster.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.anomalies import filters
from finops_cli.analytics.anomalies.book import Book, as_level, row, rows
from finops_cli.analytics.anomalies.bursts import Bursts
from finops_cli.analytics.anomalies.filters import MEMORY
from finops_cli.analytics.anomalies.habits import Habits
from finops_cli.analytics.anomalies.judging import LEAST_SHARE_OF_MONTH, Judge, Moves
from finops_cli.analytics.anomalies.lines import Bools, Floats, Lines
from finops_cli.analytics.anomalies.open_spells import OpenSpells
from finops_cli.analytics.anomalies.spread import Spread

FEWEST_DAYS = 10
_LEAST_DOLLARS = 5.0
_DAYS_A_MONTH = 30.4
_OUTLYING = 3.0
_PEAK = 0.5
_WIDE = 3.0
_START_DAYS = 14
_FRESH_STARTS = (FEWEST_DAYS - 1, _START_DAYS - 1)
_REPLACED_DAYS = 28
_RECENT = filters.recent()
_PAST = filters.past()
_NOW = filters.now()


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a day is worth: the least dollars of an event, and what is a trifle or nothing."""

    guard: Floats

    @property
    def trifle(self) -> Floats:
        return np.asarray(self.guard / 10)

    @property
    def nothing(self) -> Floats:
        return np.asarray(0.02 * self.guard + 1e-6)


class Forward:
    """One pass over the complete days of a bill."""

    def __init__(self, lines: Lines) -> None:
        days, series = lines.costs.shape
        self.lines = lines
        self.book = Book.of(days, series)
        self.habits = Habits(lines, np.ones((7, series)))
        self.spread = Spread.unknown(series)
        self.bursts = Bursts.none(series)
        self.spells = OpenSpells(self.book, self.habits, self.spread, self.bursts)
        self._judge = Judge(lines, self.spread, self.bursts)

    def run(self) -> "Forward":
        """Go through all days."""
        for day in range(len(self.lines.costs)):
            self._live(day)
        return self

    def _live(self, day: int) -> None:
        under_way, missing = self.spells.mask(), self.habits.missing(day)
        level = self.spells.held(self._level(day))
        scope = self._scope(level)
        usable = ~under_way & ~missing & (level > 5 * scope.nothing)
        factors = self.habits.factors(day, level, usable)
        off = self._see(day, level, factors, missing, scope)
        self._note(day, under_way, missing, scope)
        moves = self._moves(day, level, scope, under_way)
        if day in _FRESH_STARTS:
            self._start_over(day, scope)
        if day >= FEWEST_DAYS:
            able = ~under_way & ~missing
            falls = not self.habits.festive(day)
            for hit in self._judge.hits(day, moves, scope.guard, scope.nothing, able, falls):
                self.spells.open(day, hit, moves, float(scope.nothing[hit.series]))
        self.spells.follow(day, off, factors, missing, scope.trifle)
        if day >= _START_DAYS - 1 and day % 7 == 6:
            self._learn(day, scope)

    def _level(self, day: int) -> Floats:
        if day == 0:
            return np.array(self.lines.costs[0], dtype=np.float64)
        window = slice(row(day) - MEMORY, row(day))
        known = self.book.known[window]
        learned = (_NOW @ (self.book.clean[window] * known)) / np.maximum(_NOW @ known, 1e-9)
        fast = self.spread.up[0] <= self.spread.up[1]
        return np.asarray(np.where(fast, learned[0], learned[1]), dtype=np.float64)

    def _scope(self, level: Floats) -> _Scope:
        month = _DAYS_A_MONTH * self.lines.by_account(np.maximum(level, 0.0))
        return _Scope(np.maximum(_LEAST_DOLLARS, LEAST_SHARE_OF_MONTH * month))

    def _see(
        self, day: int, level: Floats, factors: Floats, missing: Bools, scope: _Scope
    ) -> Floats:
        """Write the day down without what is benign; return the dollars that are left off."""
        book, at, costs = self.book, row(day), self.lines.costs[day]
        usual = self.habits.weekdays[self.lines.weekday[day]]
        refund = (costs < -1e-9) & (level >= 0)
        self.habits.told["refunds"] += int(refund.sum())
        excess = np.where(missing | refund, 0.0, costs - level * factors)
        noise = self.spread.daily * np.maximum(level, 0.0) + scope.nothing / 4
        recurring = self.habits.recurring(day, excess, book, noise)
        self.habits.told["monthly charges"] += int((np.abs(recurring) > scope.guard).sum())
        book.excess[at] = excess
        book.level[at] = level
        book.plain[at] = level * usual + excess - recurring
        book.expected[at] = np.where(missing, 0.0, level * factors + recurring)
        book.seen[at] = as_level(level, book.plain[at], usual)
        book.raw[at] = book.seen[at]
        return np.where(missing, 0.0, costs - level * factors - recurring)

    def _note(self, day: int, under_way: Bools, missing: Bools, scope: _Scope) -> None:
        """Write down what may be learned from: nothing during a spell, nothing far off at once."""
        book, at = self.book, row(day)
        level = book.level[at]
        reach = np.maximum(_OUTLYING * self.spread.daily * np.abs(level), scope.trifle)
        if day < _START_DAYS:
            reach = np.full_like(level, np.inf)
        near = np.clip(book.seen[at], level - reach, level + reach)
        book.clean[at] = np.where(under_way, level, near)
        usual = level * self.habits.weekdays[self.lines.weekday[day]]
        rhythm = usual + np.clip(book.excess[at], -_WIDE * reach, _WIDE * reach)
        book.rhythm[at] = np.where(under_way, usual, rhythm)
        book.known[at] = np.where(under_way | missing, 0.0, 1.0)

    def _moves(self, day: int, level: Floats, scope: _Scope, under_way: Bools) -> Moves:
        """Measure the latest days against their past at every scale, and write that down.

        During a spell the past's strays are repeated: the spell is no measure of what is usual.
        """
        book, at = self.book, row(day)
        window = slice(at - MEMORY + 1, at + 1)
        known = book.known[window]
        weight = _PAST @ known
        learned = (_PAST @ (book.clean[window] * known)) / np.maximum(weight, 1e-9)
        past = np.where(weight > 1e-6, learned, level)
        recent = _RECENT @ book.seen[window]
        relative = (recent - past) / (np.abs(past) + scope.nothing)
        book.moves[:, at] = np.where(under_way, book.moves[:, at - _REPLACED_DAYS], relative)
        book.recents[:, at] = recent
        return Moves(recent, past, relative)

    def _start_over(self, day: int, scope: _Scope) -> None:
        """Read the first days again, now that their median tells the level from a fee."""
        free = np.flatnonzero(~self.spells.mask())
        book, days = self.book, rows(0, day + 1)
        costs = self.lines.costs[: day + 1, free]
        middle, near = _without_peaks(costs, scope.trifle[free])
        book.clean[days, free] = book.rhythm[days, free] = near
        book.level[days, free] = book.expected[days, free] = middle
        book.excess[days, free] = costs - middle
        book.plain[days, free] = book.seen[days, free] = near
        book.raw[days, free] = costs
        self.bursts.learn(day, book, scope.trifle)

    def _learn(self, day: int, scope: _Scope) -> None:
        """Once a week: bursts, weekdays and spreads; then see the last weeks by those weekdays."""
        book = self.book
        self.bursts.learn(day, book, scope.trifle)
        self.habits.learn(day, book)
        first = max(0, day - MEMORY + 1)
        days = rows(first, day + 1)
        factors = self.habits.weekdays[self.lines.weekday[first : day + 1]]
        book.seen[days] = as_level(book.level[days], book.plain[days], factors)
        if day < 5 * 7:
            levels = as_level(book.level[days], book.rhythm[days], factors)
            book.clean[days] = _without_peaks(levels, scope.trifle)[1]
        active = book.level[row(day)] > scope.nothing
        self.spread.learn(day, book, active, active & ~self.bursts.bursty)


def _without_peaks(days: Floats, trifle: Floats) -> tuple[Floats, Floats]:
    """Return the median, and the days with it in the place of what rises far above it, as fees."""
    middle = np.median(days, axis=0)
    stray = _OUTLYING * 1.4826 * np.median(np.abs(days - middle), axis=0)
    reach = np.maximum(np.maximum(stray, _PEAK * np.abs(middle)), trifle)
    return middle, np.where(days - middle > reach, middle, days)
