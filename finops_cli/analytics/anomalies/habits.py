"""What a bill does by itself: weekdays, holidays, monthly charges, refunds, days not delivered.

Each of these is told apart before a day is held against the past, so that none of them can look
like an event and none of them moves the level.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from finops_cli.analytics.anomalies.book import Book, row
from finops_cli.analytics.anomalies.lines import Bools, Floats, Lines

_GAP_DAYS = 2
_HOLIDAY_LINES = 6
_FESTIVE_DAYS = 4
_HOLIDAY_SHARE = 0.45
_HOLIDAY_MOST = 1.2
_HOLIDAY_FROM_DAY = 28
_WEEKEND_CONTRAST = 0.08
_RECURRING_SIGMAS = 4.0
_RECURRING_GROWTH = 1.4
_WEEKS = 8
_CHANCE = 0.15
_CERTAIN = 0.4


@dataclass(slots=True)
class Habits:
    """Weekday factors, shape (7, series), and the count of what was told apart."""

    lines: Lines
    weekdays: Floats
    told: Counter[str] = field(default_factory=Counter)
    holiday: int | None = None
    _dark: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._dark = np.zeros(self.lines.costs.shape[1])

    def missing(self, day: int) -> Bools:
        """Tell which series belong to an account that shows nothing, for two days at most.

        From the third day on it is taken as true: the account is gone.
        """
        costs = self.lines.costs
        dark = self.lines.by_account(np.abs(costs[day])) <= 0
        self._dark = np.where(dark, self._dark + 1, 0)
        missing = np.asarray((self._dark > 0) & (self._dark <= _GAP_DAYS) & (day > 0))
        if missing.any():
            self.told["days without data"] += len(np.unique(self.lines.account[missing]))
        return missing

    def factors(self, day: int, level: Floats, usable: Bools) -> Floats:
        """Return the day's factors: its weekday's, nearer the weekend's where the day is one.

        A holiday is a weekday on which the series that know weekends behave, in their median,
        like at one.
        """
        weekday = self.lines.weekday[day]
        usual = np.asarray(self.weekdays[weekday], dtype=np.float64)
        if weekday >= 5 or day < _HOLIDAY_FROM_DAY:
            return usual
        contrast = self.weekdays[5:].mean(0) - usual
        telling = usable & (np.abs(contrast) > _WEEKEND_CONTRAST)
        if telling.sum() < _HOLIDAY_LINES:
            return usual
        costs = self.lines.costs[day, telling]
        share = (costs / level[telling] - usual[telling]) / contrast[telling]
        middle = float(np.median(share))
        if middle < _HOLIDAY_SHARE:
            return usual
        self.told["holidays"] += 1
        self.holiday = day
        return np.asarray(usual + min(middle, _HOLIDAY_MOST) * contrast)

    def festive(self, day: int) -> bool:
        """Tell whether the day is a holiday or so soon after one that low cost is no news."""
        return self.holiday is not None and day - self.holiday <= _FESTIVE_DAYS

    def recurring(self, day: int, excess: Floats, book: Book, noise: Floats) -> Floats:
        """Return the part of the excess that the same phase of an earlier month also had.

        Args:
            day: The day.
            excess: Dollars above (below) the expected.
            book: What was written so far.
            noise: Dollars that each series strays by.
        """
        before = self.lines.phase[day]
        if not before:
            return np.zeros_like(excess)
        earlier = book.excess[[row(other) for other in before]]
        most, least = earlier.max(0), earlier.min(0)
        usual = _RECURRING_SIGMAS * noise
        above = np.where(most > usual, _RECURRING_GROWTH * most, 0.0)
        below = np.where(-least > usual, _RECURRING_GROWTH * least, 0.0)
        return np.asarray(np.clip(excess, below, above))

    def learn(self, day: int, book: Book) -> None:
        """Learn the weekday factors anew from the last eight whole weeks before ``day`` ends.

        Each is the median ratio to the week around, drawn to one while there are few weeks, and
        as far as weekdays explain no more of the days' variance than they would by chance.
        """
        length = min(_WEEKS, (day + 1) // 7) * 7
        rhythm = book.rhythm[row(day) - length + 1 : row(day) + 1]
        sums = np.cumsum(np.vstack([np.zeros((1, rhythm.shape[1])), rhythm]), axis=0)
        around = (sums[7:] - sums[:-7]) / 7
        ratio = np.where(around > 1e-6, rhythm[3:-3] / np.maximum(around, 1e-9), 1.0)
        weekday = self.lines.weekday[day - length + 4 : day - 2]
        learned, left = np.ones_like(self.weekdays), np.zeros_like(ratio)
        for which in range(7):
            own = ratio[weekday == which]
            if len(own):
                middle = np.median(own, axis=0)
                learned[which] += (middle - 1) * len(own) ** 2 / (len(own) ** 2 + 1)
                left[weekday == which] = own - middle
        explained = 1 - (left**2).sum(0) / np.maximum(((ratio - 1) ** 2).sum(0), 1e-12)
        trust = np.clip((explained - _CHANCE) / (_CERTAIN - _CHANCE), 0.0, 1.0)
        learned = np.clip(1 + trust * (learned - 1), 0.02, 5.0)
        self.weekdays = learned / learned.mean(0)
