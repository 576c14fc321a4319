"""Parts of a longer period: "first week of october", "last 5 days of q3", "second half of may".

A part is counted from either end of the whole, whatever the calendar's weeks: the first week of a
month is its first seven days. Half a month ends on the 15th.
"""

from datetime import date

from finops_cli.domain.period import Calendar, Period, add_months
from finops_cli.supervisor.router import dates
from finops_cli.supervisor.router.dates import DAY
from finops_cli.supervisor.router.dimensions import NUMBERS
from finops_cli.supervisor.router.named_periods import (
    ORDINALS,
    Read,
    is_year,
    read_month,
    read_quarter,
)
from finops_cli.supervisor.router.relative_periods import read_last, read_next, read_this
from finops_cli.supervisor.router.traits import LAST, MONTHS, NEXT
from finops_cli.supervisor.router.words import Words

_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14}
_MONTHS = {"month": 1, "months": 1, "quarter": 3, "quarters": 3}
_MIDDLE = 16
_THE = frozenset({"the", "calendar"})


def read_part(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read a part counted from the start or the end of a period that is named after "of"."""
    word = words.at(i)
    nth = ORDINALS.get(word, 0)
    if not nth and word not in ("last", "final"):
        return None
    j, count = i + 1, 1
    if nth in (0, 1):
        number = _number(words.at(j))
        j, count = (j + 1, number) if number else (j, 1)
    unit = words.at(j)
    if unit not in _DAYS and unit not in _MONTHS and unit != "half":
        return None
    linked = words.at(j + 1) in ("of", "in")
    if not linked and not words.foreign:
        return None
    whole = _whole(words, j + 1 + linked, calendar)
    if whole is None:
        return None
    found, end = whole
    period = _part(found.period, unit, nth, count)
    ahead = _part(found.ahead, unit, nth, count)
    return (dates.finding("absolute", "range", period, ahead), end) if period and ahead else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() and len(word) <= 2 else NUMBERS.get(word, 0)


def _whole(words: Words, j: int, calendar: Calendar) -> Read | None:
    """Read "october 2025", "the month", "last quarter": the period that something is part of."""
    j += words.at(j) in _THE
    word = words.at(j)
    if word in _UNITS and words.at(j - 1) in _THE:
        return dates.whole_current(_UNITS[word], calendar), j + 1
    if word in MONTHS:
        read = read_month(words, j, calendar)
    elif word in LAST:
        read = read_last(words, j, calendar)
    elif word in NEXT:
        read = read_next(words, j, calendar)
    elif word in ("this", "current"):
        read = read_this(words, j, calendar)
    elif is_year(words, j):
        return dates.named_year(int(words.at(j))), j + 1
    else:
        read = read_quarter(words, j, calendar)
    if read is None or read[0].unit not in ("month", "quarter", "year"):
        return None
    found, end = read
    if found.kind == "relative" and word in ("this", "current"):
        found = found._replace(period=found.ahead)
    return found, end


_UNITS: dict[str, dates.Unit] = {"month": "month", "quarter": "quarter", "year": "year"}


def _part(whole: Period, unit: str, nth: int, count: int) -> Period | None:
    """Return ``count`` units from the end (``nth`` 0), or the ``nth`` from the start."""
    if unit == "half":
        return _half(whole, nth)
    before = nth - 1 if nth > 1 else 0
    if unit in _DAYS:
        length = _DAYS[unit] * count
        start = whole.start + DAY * _DAYS[unit] * before if nth else whole.end - DAY * length
        end = start + DAY * length
    else:
        months = _MONTHS[unit] * count
        step = _MONTHS[unit] * before
        start = add_months(whole.start, step) if nth else add_months(whole.end, -months)
        end = add_months(start, months)
    start, end = max(start, whole.start), min(end, whole.end)
    return Period(start, end) if start < end else None


def _half(whole: Period, nth: int) -> Period | None:
    middle = _middle(whole)
    if nth == 1:
        return Period(whole.start, middle)
    return Period(middle, whole.end) if nth in (0, 2) else None


def _middle(whole: Period) -> date:
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month
    if months % 2:
        return add_months(whole.start, months // 2).replace(day=_MIDDLE)
    return add_months(whole.start, months // 2)
