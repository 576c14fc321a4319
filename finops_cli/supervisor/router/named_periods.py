"""Periods with a name of their own: days, months, quarters, halves and years.

"3rd of march", "sep 1-15", "Q3 2026", "2026-10", "first half of next year", "mid-august". Without
a year the calendar decides, differently for spend and for forecasts (see `dates`).
"""

import re
from collections.abc import Callable
from functools import partial

from finops_cli.domain.period import Calendar, Period
from finops_cli.supervisor.router import dates
from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.traits import MONTHS
from finops_cli.supervisor.router.words import Words

Read = tuple[Finding, int]

TO = frozenset({"to", "through", "until", "til"})
# Between two ends: dashes, and the "a" of "3 a 17 de octubre" that no gloss keeps.
DASHES = frozenset({"-", "–", "—", "a", "al", "au"})
ORDINALS: dict[str, int] = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), start=1)
    for word in words.split()
}
# "march" and "may" are verbs too: a month only after one of these or before a number.
_MONTH_BEFORE = frozenset(
    """in of for since from to vs versus and until through by during last next this between than
    against compare early mid late end before after with was""".split()
)
DAY_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_FISCAL = re.compile(r"(?:fy|cy)(?:20)?(\d\d)")


def read_named_number(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read what begins with a number and names a day or a year: "2026-10", "3rd of march"."""
    word = words.at(i)
    if is_year(words, i):
        return _read_year(words, i, calendar)
    day = DAY_NUMBER.fullmatch(word)
    after = i + 2 if words.at(i + 1) == "of" else i + 1
    if day and words.at(after) in MONTHS:
        number, (year, end) = (MONTHS[words.at(after)], year_after(words, after + 1, calendar))
        found = dates.named_day(number, int(day[1]), year, calendar)
        return (found, end) if found else None
    return read_ordinal(words, i, calendar) if word in ORDINALS else None


_YEAR_STEPS = {"last": -1, "this": 0, "next": 1}


def is_year(words: Words, i: int) -> bool:
    """Tell whether the word there is a year of this century, and no sum of money."""
    word = words.at(i)
    if len(word) != 4 or not word.isdigit() or not word.startswith("20"):
        return False
    return "$" not in words.before(i) and words.at(i + 1) not in ("usd", "dollars", "eur")


def _read_year(words: Words, i: int, calendar: Calendar) -> Read | None:
    year, following = int(words.at(i)), words.at(i + 1)
    hyphen = words.gap(i) in ("-", "/")
    if hyphen and len(following) == 2 and following.isdigit() and 1 <= int(following) <= 12:
        day = words.at(i + 2)
        if words.gap(i + 1) == words.gap(i) and len(day) == 2 and day.isdigit():
            found = dates.named_day(int(following), int(day), year, calendar)
            return (found, i + 3) if found else None
        return dates.named_month(int(following), year, calendar), i + 2
    quarter = _quarter(following)
    if quarter:
        return quarter(year=year, calendar=calendar), i + 2
    return dates.named_year(year), i + 1


def year_after(words: Words, i: int, calendar: Calendar) -> tuple[int | None, int]:
    """Return the year that is stated from word ``i`` on, if any, and the word after it."""
    j = i + 1 if words.at(i) == "of" else i
    if words.at(j + 1) == "year" and words.at(j) in _YEAR_STEPS:
        return calendar.today.year + _YEAR_STEPS[words.at(j)], j + 2
    if is_year(words, j):
        return int(words.at(j)), j + 1
    fiscal = _FISCAL.fullmatch(words.at(j))
    if fiscal:
        return 2000 + int(fiscal[1]), j + 1
    if len(words.at(j)) == 2 and words.at(j).isdigit() and words.before(j).endswith("'"):
        return 2000 + int(words.at(j)), j + 1
    return None, i


def _quarter(word: str) -> Callable[..., Finding] | None:
    if len(word) == 2 and word[0] in "qh" and word[1] in "1234":
        if word[0] == "q":
            return partial(dates.named_quarter, int(word[1]))
        if word[1] in "12":
            return partial(dates.named_half, int(word[1]))
    return None


def read_quarter(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "q3", "h1 2026" and "fy26"."""
    fiscal = _FISCAL.fullmatch(words.at(i))
    if fiscal:
        return dates.named_year(2000 + int(fiscal[1])), i + 1
    quarter = _quarter(words.at(i))
    if quarter is None:
        return None
    year, end = year_after(words, i + 1, calendar)
    if year is None:
        year = _year_of_pair(words, i, calendar)
    return quarter(year=year, calendar=calendar), end


def _year_of_pair(words: Words, i: int, calendar: Calendar) -> int | None:
    """Return the year that "h1 vs h2 2025" and "dec and jan 2026" state once for both."""
    j = i + 1 if words.gap(i).strip() in _PAIRED else i + 2
    if j > i + 1 and words.at(i + 1) not in _PAIRING:
        return None
    first, second = _place_in_year(words.at(i)), _place_in_year(words.at(j))
    if not first or not second or first[0] != second[0] or first == second:
        return None
    year, end = year_after(words, j + 1, calendar)
    if year is None or end == j + 1:
        return None
    return year - (first > second)


def _place_in_year(word: str) -> tuple[str, int] | None:
    if word in MONTHS:
        return "m", MONTHS[word]
    return (word[0], int(word[1])) if _quarter(word) else None


_PAIRING = frozenset({"and", "vs", "versus", "to", "with", "against", "or", "through", "until"})
_PAIRED = frozenset({"-", "/", "&", "+", ","})


def read_ordinal(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "third quarter of 2026", "first half" and "first of october"."""
    number, noun = ORDINALS[words.at(i)], words.at(i + 1)
    if noun == "of" and words.at(i + 2) in MONTHS:
        year, end = year_after(words, i + 3, calendar)
        day = dates.named_day(MONTHS[words.at(i + 2)], number, year, calendar)
        return (day, end) if day else None
    if noun not in ("quarter", "half") or (noun == "half" and number > 2):
        return None
    year, end = year_after(words, i + 2, calendar)
    named = dates.named_quarter if noun == "quarter" else dates.named_half
    return named(number, year, calendar), end


def read_month(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "march", "october 2026", "oct 3", "sep 1-15"."""
    month, following = MONTHS[words.at(i)], words.at(i + 1)
    if words.at(i) in ("may", "march", "mar", "dec") and not _is_month(words, i):
        return None
    year, end = year_after(words, i + 1, calendar)
    if year is not None:
        return dates.named_month(month, year, calendar), end
    day = DAY_NUMBER.fullmatch(following) if words.gap(i).strip() in ("", "the") else None
    if day is None:
        return dates.named_month(month, _year_of_pair(words, i, calendar), calendar), i + 1
    year, end = year_after(words, i + 2, calendar)
    first = dates.named_day(month, int(day[1]), year, calendar)
    if first is None:
        return dates.named_month(month, None, calendar), i + 1
    return _day_span(words, i, end, calendar) or (first, end)


def _day_span(words: Words, i: int, end: int, calendar: Calendar) -> Read | None:
    """Read the "-15" of "sep 1-15", the "and 15" of "between sep 1 and 15"."""
    dashed = words.gap(end - 1).strip() in DASHES
    j = end if dashed else end + 1
    joined = words.at(end) in TO or (words.at(end) == "and" and words.at(i - 1) == "between")
    j += (dashed or joined) and words.at(j) == "the"
    first, last = (DAY_NUMBER.fullmatch(words.at(k)) for k in (i + 1, j))
    if not (dashed or joined) or first is None or last is None or words.at(j + 1) in MONTHS:
        return None
    year, after = year_after(words, j + 1, calendar)
    if year is None:
        year = year_after(words, i + 2, calendar)[0]
    month = MONTHS[words.at(i)]
    whole = dates.days_of_month(month, int(first[1]), int(last[1]), year, calendar)
    return (whole, after) if whole else None


def _is_month(words: Words, i: int) -> bool:
    after = words.at(i + 1)
    number = after[:1].isdigit() or words.at(i - 1)[:1].isdigit()
    alone = words.at(i) != "may" and (len(words) <= 3 or after in ("cost", "costs", "spend"))
    return (
        number
        or alone
        or words.at(i - 1) in _MONTH_BEFORE
        or (
            i == 0
            and after in ("cost", "costs", "spend", "spending", "bill", "vs", "to", "forecast")
        )
    )


def read_part_of_month(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "mid-august": its middle third."""
    if words.at(i + 1) not in MONTHS:
        return None
    read = read_month(words, i + 1, calendar)
    if read is None or read[0].unit != "month":
        return read
    found, end = read
    period, ahead = _third(found.period, words.at(i)), _third(found.ahead, words.at(i))
    return dates.finding("absolute", "range", period, ahead), end


def _third(month: Period, name: str) -> Period:
    start, end = month.start.replace(day=11), month.start.replace(day=21)
    if name == "early":
        return Period(month.start, start)
    return Period(start, end) if name == "mid" else Period(end, month.end)
