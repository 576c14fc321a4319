"""Spans of whole UTC days, and the period words that flags, tools and questions share.

Inside the program every period ends *before* its ``end``; a person's ``A..B`` includes B. Words
are resolved against a calendar, never against the clock, so that an answer can be had again.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from finops_cli.errors import BadPeriod

_DAY = timedelta(days=1)
_HINT = (
    "Periods: all, today, yesterday, this-month (mtd), last-month, this-week, last-week, last-7d, "
    "last-3m, this-quarter, last-quarter, ytd, last-year, 2026, 2026-Q3, 2026-09, 2026-09-01, "
    "2026-09-01..2026-09-15."
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` up to, not including, ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise BadPeriod(
                f"The period from {self.start} to {self.end - _DAY} ends before it starts.",
                "Write the earlier day first, as in 2026-09-01..2026-09-15.",
            )

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.end - _DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlap(self, other: "Period") -> "Period | None":
        """Return the days that both share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def each_day(self) -> list[date]:
        """Return every day in order."""
        return [self.start + _DAY * i for i in range(self.days)]

    def is_whole_months(self) -> bool:
        """Tell whether the period starts and ends on the first of a month."""
        return self.start.day == 1 and self.end.day == 1

    def previous(self) -> "Period":
        """Return the period of the same kind just before.

        As many calendar months where it is whole months, else as many days.
        """
        if self.is_whole_months():
            return Period(add_months(self.start, -months_in(self)), self.start)
        return Period(self.start - _DAY * self.days, self.start)

    def __str__(self) -> str:
        return f"{self.start}..{self.last_day}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What *today* means for a source.

    ``today`` is the day that relative words count from. Days before ``complete_until`` have all
    their charges: for live data and the demo that is today itself (yesterday is the last complete
    day); for a file that ended earlier, today is its last full day and ``complete_until`` the day
    after.
    """

    today: date
    complete_until: date

    @classmethod
    def of(cls, today: date) -> "Calendar":
        """Return the calendar of a source that is complete up to yesterday."""
        return cls(today, today)

    @property
    def last_full_day(self) -> date:
        """The last day that has all its charges."""
        return self.complete_until - _DAY


def first_of_month(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """Return the first of the month that lies ``months`` after the month of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_of(day: date) -> Period:
    """Return the calendar month of ``day``."""
    return Period(first_of_month(day), add_months(day, 1))


def quarter_of(day: date) -> Period:
    """Return the calendar quarter of ``day``."""
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(start, add_months(start, 3))


def year_of(day: date) -> Period:
    """Return the calendar year of ``day``."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def months_in(period: Period) -> int:
    """Return the number of months from that of the first day to that of the end."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


def period_before(window: Period) -> Period:
    """Return the period that a person compares this one with.

    Whole months: as many months before. From the first of a month into it: the same days of the
    month before (of as many months before as it touches; of the year before where it starts in
    January and is longer than a quarter), so that monthly fees meet. Two to six days: the same
    weekdays of the week before. Else: as many days before.
    """
    if 1 < window.days < 7 and window.start.day != 1:
        return Period(window.start - 7 * _DAY, window.end - 7 * _DAY)
    if window.is_whole_months() or window.start.day != 1:
        return window.previous()
    touched = months_in(Period(window.start, add_months(window.last_day, 1)))
    back = 12 if window.start.month == 1 and touched > 3 else touched
    start = add_months(window.start, -back)
    return Period(start, min(start + _DAY * window.days, window.start))


def parse_period(text: str, calendar: Calendar, everything: Period | None = None) -> Period:
    """Return the period that a word such as ``last-month`` or ``2026-09-01..2026-09-15`` means.

    Args:
        text: The period as typed. Case, spaces and underscores do not matter ("Last 30 days" is
            ``last-30d``).
        calendar: What today means.
        everything: What ``all`` means: the coverage of the source.

    Raises:
        BadPeriod: The text is no period, or ``all`` was asked where nothing is known to exist.
    """
    word = re.sub(r"[\s_-]+", "-", text.strip().lower().removeprefix("the "))
    found = (
        _named(word, calendar, everything) or _last_n(word, calendar) or _written(word, calendar)
    )
    if found is None:
        raise BadPeriod(f"{text!r} is not a period I know.", _HINT)
    return found


def _named(word: str, calendar: Calendar, everything: Period | None) -> Period | None:
    today = calendar.today
    tomorrow = today + _DAY
    monday = today - _DAY * today.weekday()
    match word:
        case "all" | "everything":
            return everything
        case "today":
            return Period(today, tomorrow)
        case "yesterday":
            return Period(today - _DAY, today)
        case "this-week" | "wtd":
            return Period(monday, tomorrow)
        case "last-week" | "previous-week":
            return Period(monday - _DAY * 7, monday)
        case "this-month" | "mtd" | "current-month" | "month-to-date":
            return Period(first_of_month(today), tomorrow)
        case "last-month" | "previous-month":
            return Period(add_months(today, -1), first_of_month(today))
        case "this-quarter" | "qtd":
            return Period(quarter_of(today).start, tomorrow)
        case "last-quarter" | "previous-quarter":
            return quarter_of(quarter_of(today).start - _DAY)
        case "this-year" | "ytd" | "year-to-date":
            return Period(year_of(today).start, tomorrow)
        case "last-year" | "previous-year":
            return year_of(year_of(today).start - _DAY)
    return None


_LAST_N = re.compile(
    r"(?:last-|past-)?(\d{1,4})-?(d|days?|w|weeks?|m|mo|months?|q|quarters?|y|years?)"
)


def _last_n(word: str, calendar: Calendar) -> Period | None:
    match = _LAST_N.fullmatch(word)
    if not match or not int(match[1]):
        return None
    count, unit = int(match[1]), match[2][0]
    if unit in "dw":
        days = count * (7 if unit == "w" else 1)
        return Period(calendar.complete_until - _DAY * days, calendar.complete_until)
    if unit == "q":
        end = quarter_of(calendar.today).start
        return Period(add_months(end, -3 * count), end)
    end = first_of_month(calendar.today)
    return Period(add_months(end, -count * (12 if unit == "y" else 1)), end)


def _written(word: str, calendar: Calendar) -> Period | None:
    if word.startswith("since-"):
        start = _written_one(word.removeprefix("since-"))
        return Period(start.start, max(calendar.today, start.start) + _DAY) if start else None
    if ".." in word:
        left, _, right = word.partition("..")
        first = _written_one(left.strip("-"))
        last = (
            _written_one(right.strip("-"))
            if right
            else Period(calendar.today, calendar.today + _DAY)
        )
        return Period(first.start, last.end) if first and last else None
    return _written_one(word)


def _written_one(word: str) -> Period | None:
    try:
        if re.fullmatch(r"\d{4}", word):
            return year_of(date(int(word), 1, 1))
        if match := re.fullmatch(r"(\d{4})-?q([1-4])", word):
            return quarter_of(date(int(match[1]), int(match[2]) * 3, 1))
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})", word):
            return month_of(date(int(match[1]), int(match[2]), 1))
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", word):
            day = date(*(int(part) for part in word.split("-")))
            return Period(day, day + _DAY)
    except (ValueError, OverflowError):
        return None
    return None
