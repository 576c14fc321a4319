"""Days written number first: "3-17 Oct", "the 1st to the 10th of last month", "31/10/2026".

A range shares what its end states: the month, the year, and whether the day or the month comes
first ("01/10/2026 - 31/10/2026" can only be October).
"""

import re

from finops_cli.domain.period import Calendar
from finops_cli.supervisor.router import dates
from finops_cli.supervisor.router.named_periods import (
    DASHES,
    DAY_NUMBER,
    TO,
    Read,
    is_year,
    year_after,
)
from finops_cli.supervisor.router.traits import LAST, MONTHS
from finops_cli.supervisor.router.words import Words

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})")
_SEPARATORS = ("/", "-", ".")
_MONTHS_IN_A_YEAR = 12


def read_day_range(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "3-17 oct", "3 and 17 oct" after "between", "1st to the 10th of last month"."""
    first = DAY_NUMBER.fullmatch(words.at(i))
    if first is None:
        return None
    dashed = not words.spaced and words.gap(i).strip() in DASHES
    joined = words.at(i + 1) in TO or (words.at(i + 1) == "and" and _is_between(words, i))
    if not dashed and not joined:
        return None
    j = i + 1 if dashed else i + 2
    j += words.at(j) == "the"
    last = DAY_NUMBER.fullmatch(words.at(j))
    month = _month_at(words, j + 1, calendar) if last else None
    if last is None or month is None:
        return None
    number, year, end = month
    found = dates.days_of_month(number, int(first[1]), int(last[1]), year, calendar)
    return (found, end) if found else None


def _is_between(words: Words, i: int) -> bool:
    before = i - 2 if words.at(i - 1) == "the" else i - 1
    return words.at(before) == "between"


def _month_at(words: Words, j: int, calendar: Calendar) -> tuple[int, int | None, int] | None:
    """Read "oct 2025", "of october", "of last month": the month, its year, the word after it."""
    j += words.at(j) == "of"
    if words.at(j) in MONTHS:
        year, end = year_after(words, j + 1, calendar)
        return MONTHS[words.at(j)], year, end
    if words.at(j + 1) != "month" or words.at(j) not in _THESE | LAST:
        return None
    here = dates.last_calendar("month", calendar, int(words.at(j) in LAST)).period.start
    return here.month, here.year, j + 2


_THESE = frozenset({"this", "the", "current"})


def read_numeric_date(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "10/15/2026", "31-10-2026" and "31.10.2026".

    The month comes first unless a number beyond twelve, here or at the other end of a range, or a
    dot between them tells otherwise.
    """
    read = _numbers(words, i)
    if read is None:
        return None
    one, two, year, end = read
    other = _other_end(words, i, end)
    stated = year or (other and other[2])
    if stated is None and other is None:
        return None
    dotted = _DOTTED.fullmatch(words.at(i)) is not None
    day_first = dotted or one > _MONTHS_IN_A_YEAR
    if not day_first and two <= _MONTHS_IN_A_YEAR and other is not None:
        day_first = other[0] > _MONTHS_IN_A_YEAR
    day, month = (one, two) if day_first else (two, one)
    if not 1 <= month <= _MONTHS_IN_A_YEAR:
        return None
    found = dates.named_day(month, day, stated, calendar)
    return (found, end) if found else None


_Numbers = tuple[int, int, int | None, int]


def _numbers(words: Words, i: int) -> _Numbers | None:
    """Read two numbers and a year, if any, with the word after them."""
    dotted = _DOTTED.fullmatch(words.at(i))
    if dotted:
        if not is_year(words, i + 1):
            return None
        return int(dotted[1]), int(dotted[2]), int(words.at(i + 1)), i + 2
    parts, mark = (words.at(i), words.at(i + 1)), words.gap(i)
    if mark not in _SEPARATORS or not all(part.isdigit() and len(part) <= 2 for part in parts):
        return None
    if words.gap(i + 1) == mark and is_year(words, i + 2):
        return int(parts[0]), int(parts[1]), int(words.at(i + 2)), i + 3
    return (int(parts[0]), int(parts[1]), None, i + 2) if mark == "/" else None


def _other_end(words: Words, i: int, end: int) -> _Numbers | None:
    """Return the numbers at the other end of "01/10 to 31/10", after this one or before it."""
    if words.gap(end - 1).strip() in DASHES:
        after = _numbers(words, end)
    else:
        after = _numbers(words, end + 1) if words.at(end) in _JOINS else None
    if after is not None:
        return after
    joined = i - 1 if words.at(i - 1) in _JOINS else i
    if joined == i and words.before(i).strip() not in DASHES:
        return None
    for length in (3, 2):
        before = _numbers(words, joined - length) if joined >= length else None
        if before is not None and before[3] == joined:
            return before
    return None


_JOINS = TO | {"and", "vs", "versus"}
