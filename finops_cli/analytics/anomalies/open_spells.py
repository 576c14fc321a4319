"""The spells under way: each day either belongs to one, or brings its end nearer.

While a spell lasts its series learns nothing, so that the level left stays what it was. A spell
ends when cost is back for two days, and that is no event; or it settles: after four weeks on a new
level, that level becomes the usual one.
"""

from dataclasses import dataclass, field

import numpy as np

from finops_cli.analytics.anomalies.book import ALIKE, Book, row, rows
from finops_cli.analytics.anomalies.bursts import Bursts
from finops_cli.analytics.anomalies.filters import MEMORY, SPANS
from finops_cli.analytics.anomalies.habits import Habits
from finops_cli.analytics.anomalies.judging import Hit, Moves
from finops_cli.analytics.anomalies.lines import Bools, Floats
from finops_cli.analytics.anomalies.spell import Spell, onset
from finops_cli.analytics.anomalies.spread import HISTORY_DAYS, Spread

_STILL_ON = 0.35
_SURE_SIGMAS = 6.0
_QUIET_DAYS = 2
_SETTLING_DAYS = 28
_LONGEST_DAYS = 56
_SETTLED_WITHIN = 0.1
_RELEARN_DAYS = 14
_RETURN_DAYS = 90
_FEES_LAST_DAYS = 3
_ONSET_LEAST = 7


@dataclass(slots=True)
class OpenSpells:
    """All spells so far; those under way by series; and the level that settled ones had left."""

    book: Book
    habits: Habits
    spread: Spread
    bursts: Bursts
    all: list[Spell] = field(default_factory=list)
    under_way: dict[int, Spell] = field(default_factory=dict)
    left: dict[int, tuple[float, int]] = field(default_factory=dict)

    def mask(self) -> Bools:
        """Tell which series have a spell under way."""
        mask = np.zeros(self.book.level.shape[1], dtype=bool)
        mask[list(self.under_way)] = True
        return mask

    def held(self, level: Floats) -> Floats:
        """Return the levels, those of spells under way as they were left."""
        held = level.copy()
        for series, spell in self.under_way.items():
            held[series] = spell.level
        return held

    def open(self, day: int, hit: Hit, moves: Moves, nothing: float) -> None:
        """Open a spell, unless the series only returns to the level that a settled one left."""
        book, i = self.book, hit.series
        level = float(moves.past[hit.scale, i])
        if self._returns(day, hit):
            return
        longest = min(max(int(SPANS[hit.scale]), _ONSET_LEAST), day)
        excess = hit.sign * (book.seen[rows(day - longest + 1, day + 1), i] - level)
        start = day - onset(excess, hit.scale) + 1
        began = rows(start, day + 1)
        weekdays = self.habits.weekdays[self.habits.lines.weekday[start : day + 1], i]
        book.expected[began, i] += (level - book.level[began, i]) * weekdays
        book.clean[began, i], book.known[began, i] = level, 0.0
        costs = self.habits.lines.costs[start : day + 1, i]
        today = max(hit.sign * float(book.seen[row(day), i] - level), 1e-9)
        spell = Spell(
            line=i,
            sign=hit.sign,
            start=start,
            alert=day,
            level=level,
            new=level <= nothing,
            score=hit.score,
            dollars=float((costs - book.expected[began, i]).sum()),
            last=day,
            peak=today,
            smooth=today,
        )
        self.all.append(spell)
        self.under_way[i] = spell

    def _returns(self, day: int, hit: Hit) -> bool:
        level, since = self.left.get(hit.series, (0.0, -_RETURN_DAYS - 1))
        if day - since > _RETURN_DAYS:
            return False
        now = float(self.book.seen[rows(day - 2, day + 1), hit.series].mean())
        slack = level * max(0.05, 2 * float(self.spread.up[1, hit.series])) + 1e-9
        return now > level - slack if hit.sign < 0 else now < level + slack

    def follow(
        self, day: int, off: Floats, factors: Floats, missing: Bools, trifle: Floats
    ) -> None:
        """Tell which spells go on, end or settle today.

        Args:
            day: The day just seen.
            off: Dollars above the expected, recurring charges told.
            factors: The day's weekday factors.
            missing: Series of which the day is unknown.
            trifle: Dollars a day that are always learned from, for each series.
        """
        daily = self.spread.daily
        for i, spell in list(self.under_way.items()):
            if not missing[i]:
                excess = spell.sign * float(off[i] / max(factors[i], ALIKE))
                self._count(spell, day, excess, float(daily[i]) * spell.level, float(trifle[i]))
            if spell.last - spell.start >= _FEES_LAST_DAYS:
                self.book.excess[rows(spell.start, day + 1), i] = 0.0
            if spell.quiet >= _QUIET_DAYS:
                self._close(spell, day, max(3 * float(daily[i]) * spell.level, float(trifle[i])))
            elif day - spell.start >= _SETTLING_DAYS and self._steady(spell, day, float(daily[i])):
                self._settle(spell, day)

    def _count(self, spell: Spell, day: int, excess: float, noise: float, trifle: float) -> None:
        spell.smooth = (spell.smooth + excess) / 2
        spell.score = max(spell.score, spell.smooth / (_SURE_SIGMAS * max(noise, trifle)))
        spell.peak = max(spell.peak, spell.smooth)
        if excess < max(_STILL_ON * spell.peak, noise):
            spell.quiet += 1
        else:
            spell.quiet, spell.last = 0, day

    def _steady(self, spell: Spell, day: int, daily: float) -> bool:
        """Tell whether the last week was like the one before it, as a leak's is not."""
        if day - spell.start >= _LONGEST_DAYS:
            return True
        seen = self.book.seen[:, spell.line]
        late = float(seen[rows(day - 6, day + 1)].mean())
        early = float(seen[rows(day - 13, day - 6)].mean())
        moved = abs(late - early)
        return moved <= max(_SETTLED_WITHIN * abs(late - spell.level), daily * abs(late))

    def _close(self, spell: Spell, day: int, reach: float) -> None:
        """Learn from the days since the last abnormal one; forget those of the spell."""
        book, i = self.book, spell.line
        after = rows(spell.last + 1, day + 1)
        book.clean[after, i] = np.clip(
            book.seen[after, i], spell.level - reach, spell.level + reach
        )
        book.known[after, i] = 1.0
        self.bursts.remember(i, spell.start, day, book)
        self._flatten(spell.start, spell.last + 1, i, spell.level)
        self._end(spell, day)

    def _settle(self, spell: Spell, day: int) -> None:
        """Take the last two weeks as the usual level and forget what was before."""
        book, i = self.book, spell.line
        latest = rows(day - _RELEARN_DAYS + 1, day + 1)
        book.clean[latest, i], book.known[latest, i] = book.seen[latest, i], 1.0
        book.known[rows(day - MEMORY, day - _RELEARN_DAYS + 1), i] = 0.0
        level = float(book.seen[latest, i].mean())
        self._flatten(max(0, day - MEMORY), day - _RELEARN_DAYS + 1, i, level)
        if spell.new:
            self._assume_typical(day, i)
        self.left[i] = (spell.level, day)
        spell.settled = True
        self._end(spell, day)

    def _assume_typical(self, day: int, series: int) -> None:
        """Give a series that began with this spell the strays of the median series."""
        past = rows(day - HISTORY_DAYS + 1, day + 1)
        typical = np.median(self.spread.up, axis=1)[:, None]
        signs = np.where(np.arange(past.stop - past.start) % 2, 1.0, -1.0)
        self.book.moves[:, past, series] = typical * signs

    def _flatten(self, first: int, end: int, series: int, level: float) -> None:
        days = rows(max(first, 0), end)
        weekdays = self.habits.lines.weekday[max(first, 0) : end]
        self.book.seen[days, series] = level
        self.book.level[days, series] = level
        self.book.plain[days, series] = level * self.habits.weekdays[weekdays, series]

    def _end(self, spell: Spell, day: int) -> None:
        spell.closed = day
        del self.under_way[spell.line]
