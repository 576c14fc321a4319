"""Periods in plain language: one or several in a text, alone or joined.

A small grammar read left to right over the words. Each word that can begin a period has a reader
(in `relative_periods` and `named_periods`); readers look only ahead, a bounded number of words, so
the whole is linear. Here they are chosen, and joined by "to", "between" and "since". Meanings are
those of the labelling guide.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from finops_cli.domain.period import Calendar
from finops_cli.errors import BadPeriod
from finops_cli.supervisor.router import dates
from finops_cli.supervisor.router.dates import Finding
from finops_cli.supervisor.router.day_ranges import read_day_range, read_numeric_date
from finops_cli.supervisor.router.fiscal import in_fiscal_years
from finops_cli.supervisor.router.named_periods import (
    DASHES,
    TO,
    Read,
    read_month,
    read_named_number,
    read_ordinal,
    read_part_of_month,
    read_quarter,
)
from finops_cli.supervisor.router.parts import read_part
from finops_cli.supervisor.router.relative_periods import (
    read_compact,
    read_counted,
    read_in,
    read_last,
    read_next,
    read_rest,
    read_this,
    read_week_before,
    read_week_of,
    read_weekday,
    read_weekend,
)
from finops_cli.supervisor.router.traits import LAST, MONTHS, NEXT, PERIOD, WEEKDAYS
from finops_cli.supervisor.router.words import Words

Reader = Callable[[Words, int, Calendar], Read | None]


def find_periods(
    words: Words, calendar: Calendar, skipped: frozenset[int] = frozenset()
) -> list[Finding]:
    """Return every period that a text names, in the order of the text.

    Args:
        words: The words of the text.
        calendar: What today means, and up to which day charges are complete.
        skipped: Words that are names ("growth-q1") and no periods.
    """
    found: list[Finding] = []
    end = 0
    for i, (_, traits, _, _) in enumerate(words.meanings):
        if not traits & PERIOD or i < end:
            continue
        read = None if i in skipped else _read_linked(words, i, calendar)
        if read is None and found:
            read = _read_bare_last(words, i, found[-1], calendar)
        if read is not None:
            end = read[1]
            found.append(read[0].at(i, end))
    return found


def _read_bare_last(words: Words, i: int, before: Finding, calendar: Calendar) -> Read | None:
    """Read the "last" of "this week vs last"."""
    named = words.words[i] in ("last", "previous") and words.at(i - 1) in ("vs", "versus", "to")
    if not named or before.unit in ("day", "range") or before.kind != "relative":
        return None
    return dates.last_calendar(before.unit, calendar), i + 1


def _read_linked(words: Words, i: int, calendar: Calendar) -> Read | None:
    """Read "since A", "A to B" and "between A and B", or a single period."""
    if words.words[i] in _SINCE:
        return _read_since(words, i, calendar)
    read = _read_one(words, i, calendar)
    if read is None:
        return None
    first, j = read
    if j >= len(words.words):
        return read
    dashed = not words.spaced and words.gap(j - 1).strip() in _RANGES
    joined = words.words[j] in TO or (words.words[j] == "and" and words.at(i - 1) == "between")
    if not dashed and not joined:
        return read
    start = j if dashed else j + 1
    end_word = words.at(start)
    if end_word in ("now", "date", "present"):
        return dates.since(first, calendar), start + 1
    second = _read_one(words, start, calendar) if start < len(words) else None
    return _joined(words, first, second, start, j) if second else read


_RANGES = DASHES | {".."}


def _joined(words: Words, first: Finding, second: Read, start: int, j: int) -> Read:
    last, end = second
    whole = dates.between(first, last)
    if whole is None:
        return first, j
    pairable = words.at(j) in ("to", "and")
    parts = (first, last.at(start, end)) if pairable else None
    return Finding("absolute", "range", whole.period, whole.ahead, None, 0, 0, parts), end


_SINCE = frozenset({"since", "starting", "after"})


def _read_since(words: Words, i: int, calendar: Calendar) -> Read | None:
    reach = 7 if words.words[i] == "since" else 3 if words.words[i] == "starting" else 2
    for j in range(i + 1, min(i + reach, len(words))):
        # "Since since" would be read again and again from each of its words.
        if words.words[j] in _SINCE or not words.meanings[j].traits & PERIOD:
            continue
        if read := _read_one(words, j, calendar):
            return dates.since(read[0], calendar), read[1]
    return None


def _read_one(words: Words, i: int, calendar: Calendar) -> Read | None:
    word = words.at(i)
    reader = READERS.get(word)
    if reader is not None:
        return reader(words, i, calendar)
    if word[:1].isdigit():
        return _read_number(words, i, calendar)
    return read_quarter(words, i, calendar)


def _read_number(words: Words, i: int, calendar: Calendar) -> Read | None:
    # Where only blanks stand between words, no date is written in numbers.
    dated = None if words.spaced else read_numeric_date(words, i, calendar)
    return (
        dated
        or read_day_range(words, i, calendar)
        or read_part(words, i, calendar)
        or read_named_number(words, i, calendar)
        or read_compact(words, i, calendar)
    )


def _part_or(reader: Reader) -> Reader:
    """Return a reader of "last 5 days of october" that reads "last 5 days" too."""

    def read(words: Words, i: int, calendar: Calendar) -> Read | None:
        return read_part(words, i, calendar) or reader(words, i, calendar)

    return read


def _fixed(make: Callable[[Calendar], Finding], length: int = 1) -> Reader:
    def read(words: Words, i: int, calendar: Calendar) -> Read | None:
        return make(calendar), i + length

    return read


READERS: dict[str, Reader] = {
    **dict.fromkeys(LAST, read_last),
    **dict.fromkeys(("last", "final"), _part_or(read_last)),
    **dict.fromkeys(("this", "current"), read_this),
    **dict.fromkeys(NEXT, read_next),
    **dict.fromkeys(("rest", "remainder", "balance", "end", "start", "beginning"), read_rest),
    **dict.fromkeys(("in", "within"), read_in),
    **dict.fromkeys(MONTHS, read_month),
    **dict.fromkeys(WEEKDAYS, read_weekday),
    **dict.fromkeys(("first", "second", "third", "fourth"), _part_or(read_ordinal)),
    **dict.fromkeys(("early", "mid", "late"), read_part_of_month),
    **dict.fromkeys(("day", "week", "month", "quarter", "year"), read_week_before),
    **dict.fromkeys(("two", "three", "four", "five", "six", "couple", "few"), read_counted),
    **dict.fromkeys(("w", "wc"), read_week_of),
    "weekend": read_weekend,
    "since": _read_since,
    "starting": _read_since,
    "after": _read_since,
    "today": _fixed(lambda calendar: dates.current("day", calendar)),
    "yesterday": _fixed(lambda calendar: dates.ago("day", 1, calendar)),
    "tomorrow": _fixed(lambda c: dates.one_day(c.today + dates.DAY, "relative")),
    "fortnight": _fixed(lambda calendar: dates.rolling("day", 14, calendar)),
    **{f"{unit[0]}td": _fixed(partial(dates.current, unit)) for unit in ("week", "month")},
    "qtd": _fixed(partial(dates.current, "quarter")),
    "ytd": _fixed(partial(dates.current, "year")),
    "eom": _fixed(partial(dates.whole_current, "month")),
    "eoq": _fixed(partial(dates.whole_current, "quarter")),
    "eoy": _fixed(partial(dates.whole_current, "year")),
}


def safe_find_periods(
    words: Words, today: date, complete_until: date, skipped: frozenset[int] = frozenset()
) -> list[Finding]:
    """Find periods, treating those that fall off the calendar (year 1, year 10,000) as unsaid."""
    if not words.traits & PERIOD:
        return []
    try:
        found = find_periods(words, Calendar(today, complete_until), skipped)
        return in_fiscal_years(words, found, today) if found else found
    except (BadPeriod, OverflowError, ValueError):
        return []
