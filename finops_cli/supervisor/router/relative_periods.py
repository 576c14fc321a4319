"""Periods that count from today: "last month", "the past 30 days", "rest of the year".

The articles matter: "last week" is a calendar week, but "the last week" and "past week" are seven
days ending yesterday.
"""

import re

from finops_cli.domain.period import Calendar
from finops_cli.supervisor.router import dates
from finops_cli.supervisor.router.dates import Finding, Unit
from finops_cli.supervisor.router.day_ranges import read_numeric_date
from finops_cli.supervisor.router.dimensions import NUMBERS
from finops_cli.supervisor.router.named_periods import Read, read_month, read_named_number
from finops_cli.supervisor.router.traits import LAST, MONTHS, NUMERIC, WEEKDAYS
from finops_cli.supervisor.router.words import Words

_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("day", "days", "d"), "day"),
    **dict.fromkeys(("week", "weeks", "w"), "week"),
    **dict.fromkeys(("month", "months", "m", "mo", "billing"), "month"),
    **dict.fromkeys(("quarter", "quarters", "q"), "quarter"),
    **dict.fromkeys(("year", "years", "y", "fy"), "year"),
}
_HOURS = frozenset({"hour", "hours", "h"})
_FILLERS = frozenset(
    {"full", "complete", "calendar", "fiscal", "financial", "whole", "entire", "business"}
)
_WHOLE = frozenset({"full", "complete", "calendar", "whole", "entire"})
_ROLLING = frozenset({"past", "trailing"})
_FORECASTS = frozenset({"forecast", "projection", "outlook", "prediction", "forecasts"})
_COMPACT = re.compile(r"(\d{1,4})(d|w|m|mo|q|y|h|day|days|week|weeks|month|months|hour|hours)")


def read_last(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "last month", "the past 30 days", "previous quarter", "last tuesday"."""
    word = words.at(i)
    count, j = _count(words, i + 1)
    compact = _COMPACT.fullmatch(words.at(i + 1)) if words.traits & NUMERIC else None
    if compact:
        return _length_back(int(compact[1]), compact[2], calendar), i + 2
    if words.at(j) in _HOURS:
        return dates.last_hours(count or 1, calendar), j + 1
    if words.at(j) == "fortnight":
        return dates.rolling("day", 14 * (count or 1), calendar), j + 1
    unit, end = _unit(words, j)
    if unit is None:
        return _read_last_named(words, j, calendar)
    if count == 0:
        return None
    if count is not None:
        return dates.rolling(unit, count, calendar), end
    whole = words.at(j) in _WHOLE
    rolls = not whole and (word in _ROLLING or words.at(i - 1) in ("the", "this"))
    if not rolls or unit == "quarter" or (unit == "day" and word == "last"):
        return dates.last_calendar(unit, calendar), end
    if unit == "month" and word != "previous":
        return dates.rolling("day", 30, calendar), end
    return _definite(unit, word, calendar), end


def _definite(unit: Unit, word: str, calendar: Calendar) -> Finding:
    if word in ("previous", "prior", "preceding"):
        return dates.last_calendar(unit, calendar)
    return dates.rolling(unit, 1, calendar)


def _length_back(count: int, unit: str, calendar: Calendar) -> Finding:
    if unit in _HOURS:
        return dates.last_hours(count, calendar)
    return dates.rolling(_UNITS[unit], max(count, 1), calendar)


def _read_last_named(words: Words, i: int, calendar: Calendar) -> Read | None:
    word = words.at(i)
    if word in WEEKDAYS:
        return dates.weekday_before(WEEKDAYS[word], calendar), i + 1
    if word == "weekend":
        return dates.last_weekend(calendar), i + 1
    if word == "night":
        return dates.ago("day", 1, calendar), i + 1
    if word in MONTHS:
        return read_month(words, i, calendar)
    return None


def read_this(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "this week", "current quarter", "this past month"."""
    if words.at(i + 1) in LAST:
        return read_last(words, i + 1, calendar)
    if words.at(i + 1) in MONTHS:
        return read_month(words, i + 1, calendar)
    unit, end = _unit(words, i + 1)
    if unit is None or words.words[end - 1] in ("d", "w", "m", "q", "y"):
        return None
    return dates.current(unit, calendar), end


def read_next(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "next month", "the next 90 days", "next december"."""
    count, j = _count(words, i + 1)
    if words.at(j) in MONTHS:
        return read_month(words, j, calendar)
    compact = _COMPACT.fullmatch(words.at(i + 1))
    if compact and compact[2] in _UNITS:
        return dates.next_calendar(_UNITS[compact[2]], calendar, int(compact[1]) or 1), i + 2
    unit, end = _unit(words, j)
    if unit is None or count == 0:
        return None
    return dates.next_calendar(unit, calendar, count or 1), end


def read_rest(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "rest of the year", "end of month", "beginning of the quarter"."""
    j = i + 1
    while words.at(j) in ("of", "the", "this", "current"):
        j += 1
    if words.at(j) == str(calendar.today.year) and words.at(i) in ("rest", "remainder", "balance"):
        return dates.rest_of("year", calendar), j + 1
    unit, end = _unit(words, j)
    if unit is None:
        return None
    if words.at(i) in ("end", "close"):
        return dates.whole_current(unit, calendar), end
    if words.at(i) in ("start", "beginning"):
        return dates.current(unit, calendar), end
    return dates.rest_of(unit, calendar), end


def read_in(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "in 30 days": the days up to then."""
    count, j = _count(words, i + 1)
    unit, end = _unit(words, j)
    if not count or unit is None or words.at(end) in ("ago", "history"):
        return None
    return dates.next_calendar(unit, calendar, count), end


def read_compact(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "30d", "2w" and "6mo" standing alone."""
    compact = _COMPACT.fullmatch(words.at(i))
    if compact is None or compact[2] in ("m", "q", "y"):
        return read_counted(words, i, calendar)
    return _length_back(int(compact[1]), compact[2], calendar), i + 1


def read_counted(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "7 days ago", "6 month history", "30 days back"."""
    count, j = _count(words, i)
    while words.at(j) in ("last", "past"):
        j += 1
    unit, end = _unit(words, j)
    if not count or unit is None:
        return None
    after = words.at(end)
    if words.before(i).endswith("$") or count > 400:
        return None
    if after in _FORECASTS and unit != "day":
        ahead = dates.next_calendar(unit, calendar, count)
        return ahead._replace(length_only=True), end
    if after in ("ago", "earlier"):
        return dates.ago(unit, count, calendar), end + 1
    if after in ("history", "trend", "lookback", "historical") or j > i + 1:
        return dates.rolling(unit, count, calendar), end
    if after in ("ahead", "out"):
        return dates.next_calendar(unit, calendar, count), end + 1
    return None


def read_weekday(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "on monday" and "what spiked tuesday", not "every monday" or "black friday"."""
    if words.at(i - 1) in _NOT_A_DAY or words.gap(i) == ".":
        return None
    number = WEEKDAYS[words.at(i)]
    if words.at(i - 1) == "the" and words.at(i + 1) in ("before", "prior"):
        return dates.weekday_before(number, calendar, 1), i + 2
    return dates.weekday_before(number, calendar), i + 1


_NOT_A_DAY = frozenset("every each by per a an next coming black cyber giving".split())


def read_weekend(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "the weekend before" and "the weekend before last"."""
    if words.at(i + 1) not in ("before", "prior"):
        return None
    return dates.last_weekend(calendar, 1), i + 2 + (words.at(i + 2) == "last")


def read_week_of(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "w/c 2 nov" and "wc 2 nov"."""
    if words.at(i) == "w" and (words.gap(i) != "/" or words.at(i + 1) not in ("c", "e")):
        return None
    start = i + 2 if words.at(i) == "w" else i + 1
    return _read_week_by_day(words, start, words.at(start - 1)[-1:], calendar)


def read_week_before(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "month to date", "week before last", "month end", "month before", "a year ago"."""
    if words.at(i) == "week" and words.at(i + 1) in _WEEKS_BY:
        return _read_week_by_day(words, i + 2, _WEEKS_BY[words.at(i + 1)], calendar)
    unit = _UNITS[words.at(i)]
    first, second = words.at(i + 1), words.at(i + 2)
    if first == "to" and second == "date":
        return dates.current(unit, calendar), i + 3
    if first == "end":
        return dates.whole_current(unit, calendar), i + 2
    if first == "so" and second == "far":
        return dates.current(unit, calendar), i + 3
    if first in ("is", "ends", "closes") and words.at(i - 2) in ("before", "until", "till"):
        return dates.rest_of(unit, calendar), i + 2
    if first == "ago" and words.at(i - 1) in ("a", "one"):
        return dates.ago(unit, 1, calendar), i + 2
    if first in ("before", "prior") and words.at(i - 1) == "the":
        end = i + 2 + (second == "last") + (second == "last" and words.at(i + 3) in _UNITS)
        return dates.last_calendar(unit, calendar, 2), end
    if first == "before" and second == "last":
        return dates.last_calendar(unit, calendar, 2), i + 3
    return None


# How a week is named by one of its days: the day it starts, the day it ends, or any.
_WEEKS_BY = {"commencing": "c", "beginning": "c", "starting": "c", "ending": "e", "of": "o"}


def _read_week_by_day(words: Words, i: int, how: str, calendar: Calendar) -> Read | None:
    """Read the "nov 2" of "week of nov 2", "week commencing nov 2" and "week ending nov 8"."""
    i += words.at(i) == "the"
    read = (
        read_month(words, i, calendar)
        if words.at(i) in MONTHS
        else read_numeric_date(words, i, calendar) or read_named_number(words, i, calendar)
    )
    if read is None or read[0].unit != "day":
        return None
    day, end = read
    if how == "o":
        return dates.week_of(day), end
    return dates.seven_days(day, ending=how == "e"), end


def _count(words: Words, i: int) -> tuple[int | None, int]:
    """Read a number of things: "3", "three", "a couple of"."""
    word = words.at(i)
    if word == "a" and words.at(i + 1) in NUMBERS:
        i, word = i + 1, words.at(i + 1)
    number = int(word) if word.isdigit() and len(word) <= 4 else NUMBERS.get(word)
    if number is None:
        return None, i
    i += 1
    return number, i + 1 if words.at(i) == "of" else i


def _unit(words: Words, i: int) -> tuple[Unit | None, int]:
    while words.at(i) in _FILLERS:
        i += 1
    unit = _UNITS.get(words.at(i))
    if words.at(i) == "billing":
        i += words.at(i + 1) in ("period", "cycle", "month")
    return unit, i + 1
