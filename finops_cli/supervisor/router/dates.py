"""What a period word means on a calendar: the arithmetic behind the grammar of `periods`.

A finding has two readings where words allow it: in a question about spend "this month" ends today
and "december" is the last one that has begun; in a forecast it is the whole month and the next
one. Which reading holds is known only once the action is, so both travel together.
"""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from finops_cli.domain.period import (
    Calendar,
    Period,
    add_months,
    first_of_month,
    month_of,
    quarter_of,
    year_of,
)

Unit = Literal["day", "week", "month", "quarter", "year", "range"]
Kind = Literal["relative", "absolute"]

DAY = timedelta(days=1)
_MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


class Finding(NamedTuple):
    """A period found in a text.

    Attributes:
        kind: Relative to today, or absolute.
        unit: The unit that was named, or ``range``.
        period: What it means in a question about spend.
        ahead: What it means in a forecast.
        horizon: Months ahead, where a forward length in months was named.
        first: The index of its first word.
        last: The index after its last word.
        parts: For "A to B", the two ends as said.
        length_only: Only a length was said ("6 month forecast"), no period.
    """

    kind: Kind
    unit: Unit
    period: Period
    ahead: Period
    horizon: int | None = None
    first: int = 0
    last: int = 0
    parts: "tuple[Finding, Finding] | None" = None
    length_only: bool = False

    def at(self, first: int, last: int) -> "Finding":
        """Return the finding as it was met at the words ``first`` up to ``last``."""
        kind, unit, period, ahead, horizon, _, _, parts, length_only = self
        return Finding(kind, unit, period, ahead, horizon, first, last, parts, length_only)


def finding(
    kind: Kind,
    unit: Unit,
    period: Period,
    ahead: Period | None = None,
    horizon: int | None = None,
) -> Finding:
    """Return a finding that means the same in a forecast unless ``ahead`` is given."""
    return Finding(kind, unit, period, ahead or period, horizon)


def current(unit: Unit, calendar: Calendar) -> Finding:
    """Return this week, month, quarter or year: to date, and whole in a forecast."""
    whole = _whole(unit, calendar.today)
    return finding("relative", unit, Period(whole.start, calendar.today + DAY), whole)


def whole_current(unit: Unit, calendar: Calendar) -> Finding:
    """Return the whole of this week, month, quarter or year: "end of month"."""
    return finding("relative", unit, _whole(unit, calendar.today))


def rest_of(unit: Unit, calendar: Calendar) -> Finding:
    """Return what is left of this week, month, quarter or year, from today."""
    return finding("relative", unit, Period(calendar.today, _whole(unit, calendar.today).end))


def last_calendar(unit: Unit, calendar: Calendar, back: int = 1) -> Finding:
    """Return the calendar unit ``back`` units before this one."""
    return finding("relative", unit, _shifted(unit, calendar.today, -back))


def next_calendar(unit: Unit, calendar: Calendar, count: int = 1) -> Finding:
    """Return the next ``count`` whole units, or days from today."""
    if unit == "day":
        return finding("relative", unit, Period(calendar.today, calendar.today + DAY * count))
    start = _whole(unit, calendar.today).end
    if unit == "week":
        return finding("relative", unit, Period(start, start + DAY * 7 * count))
    months = _MONTHS_IN[unit] * count
    return finding("relative", unit, Period(start, add_months(start, months)), horizon=months)


def rolling(unit: Unit, count: int, calendar: Calendar) -> Finding:
    """Return the last ``count`` complete units: days end yesterday, months are calendar months."""
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        end = calendar.complete_until
        return finding("relative", "day", Period(end - DAY * days, end))
    end = _whole("quarter" if unit == "quarter" else "month", calendar.today).start
    return finding("relative", unit, Period(add_months(end, -_MONTHS_IN[unit] * count), end))


def last_hours(count: int, calendar: Calendar) -> Finding:
    """Return the days that the last ``count`` hours touch, today included."""
    days = max(1, -(-count // 24))
    return finding("relative", "day", Period(calendar.today - DAY * days, calendar.today + DAY))


def one_day(day: date, kind: Kind = "absolute") -> Finding:
    """Return a single day."""
    return finding(kind, "day", Period(day, day + DAY))


def weekday_before(number: int, calendar: Calendar, weeks: int = 0) -> Finding:
    """Return the latest such weekday before today (Monday is 0), or one ``weeks`` before that."""
    back = (calendar.today.weekday() - number - 1) % 7 + 1 + 7 * weeks
    return one_day(calendar.today - DAY * back, "relative")


def last_weekend(calendar: Calendar, back: int = 0) -> Finding:
    """Return the last Saturday and Sunday that are both over, or those ``back`` weeks before."""
    monday = calendar.today - DAY * (calendar.today.weekday() + 7 * back)
    return finding("relative", "range", Period(monday - DAY * 2, monday))


def named_month(number: int, year: int | None, calendar: Calendar) -> Finding:
    """Return a month; without a year, the latest begun, or in a forecast the next not over."""
    if year is not None:
        return finding("absolute", "month", month_of(date(year, number, 1)))
    today = calendar.today
    this_year = date(today.year, number, 1)
    begun = this_year if this_year <= today else date(today.year - 1, number, 1)
    coming = this_year if add_months(this_year, 1) > today else date(today.year + 1, number, 1)
    return finding("absolute", "month", month_of(begun), month_of(coming))


def named_quarter(number: int, year: int | None, calendar: Calendar) -> Finding:
    """Return a quarter; without a year, of this year, or in a forecast the next not over."""
    return _part_of_year((number - 1) * 3, 3, "quarter", year, calendar)


def named_half(number: int, year: int | None, calendar: Calendar) -> Finding:
    """Return a half year; without a year, of this year, or in a forecast the next not over."""
    return _part_of_year((number - 1) * 6, 6, "range", year, calendar)


def named_year(year: int) -> Finding:
    """Return a calendar year."""
    return finding("absolute", "year", year_of(date(year, 1, 1)))


def named_day(month: int, day: int, year: int | None, calendar: Calendar) -> Finding | None:
    """Return a day; without a year, the latest begun. None where there is no such day."""
    try:
        if year is not None:
            return one_day(date(year, month, day))
        here = date(calendar.today.year, month, day)
        past = here if here <= calendar.today else date(calendar.today.year - 1, month, day)
        coming = here if here >= calendar.today else date(calendar.today.year + 1, month, day)
    except ValueError:
        return None
    return finding("absolute", "day", Period(past, past + DAY), Period(coming, coming + DAY))


def days_of_month(
    month: int, first: int, last: int, year: int | None, calendar: Calendar
) -> Finding | None:
    """Return the days of one month; None where there are no such days."""
    opening = named_day(month, first, year, calendar)
    closing = named_day(month, last, year, calendar)
    if opening is None or closing is None or first > last:
        return None
    length = DAY * (last - first + 1)
    past, coming = opening.period.start, closing.ahead.end - length
    return finding(
        "absolute", "range", Period(past, past + length), Period(coming, coming + length)
    )


def week_of(day: Finding) -> Finding:
    """Return the week, Monday to Sunday, that a day lies in."""
    return finding(day.kind, "week", _whole("week", day.period.start))


def seven_days(day: Finding, *, ending: bool) -> Finding:
    """Return the seven days that begin, or that end, with a day."""
    back = DAY * 6 if ending else DAY * 0
    week, ahead = (
        Period(span.start - back, span.start - back + DAY * 7) for span in (day.period, day.ahead)
    )
    return finding(day.kind, "week", week, ahead)


def ago(unit: Unit, count: int, calendar: Calendar) -> Finding:
    """Return the single day, or the calendar unit, that lies ``count`` units back."""
    if unit == "day":
        return one_day(calendar.today - DAY * count, "relative")
    return last_calendar(unit, calendar, count)


def since(start: Finding, calendar: Calendar) -> Finding:
    """Return the days from the start of a finding up to today."""
    end = max(calendar.today, start.period.start) + DAY
    return finding("relative", "range", Period(start.period.start, end))


def between(first: Finding, last: Finding) -> Finding | None:
    """Return the days from one finding to the end of another, or None where they are reversed."""
    start, end = first.period.start, last.period.end
    if start >= end:
        start = date(start.year - 1, start.month, min(start.day, 28))
        if first.kind == "relative" or start >= end:
            return None
    ahead_start, ahead_end = first.ahead.start, last.ahead.end
    ahead = Period(ahead_start, ahead_end) if ahead_start < ahead_end else None
    return finding("absolute", "range", Period(start, end), ahead)


def same_days(period: Period, unit: Unit, count: int = 1) -> Period:
    """Return the same days of the week, month, quarter or year that lies ``count`` before."""
    if unit not in _MONTHS_IN:
        days = DAY * count * (7 if unit == "week" else 1)
        return Period(period.start - days, period.end - days)
    months = _MONTHS_IN[unit] * count
    if period.is_whole_months():
        return Period(add_months(period.start, -months), add_months(period.end, -months))
    return Period(_back(period.start, months), _back(period.last_day, months) + DAY)


def year_earlier(period: Period) -> Period:
    """Return the same days one year before."""
    return same_days(period, "year")


def _back(day: date, months: int) -> date:
    """Return the same day of a month before, or the last one where it is shorter."""
    start = add_months(day, -months)
    return min(start + DAY * (day.day - 1), add_months(start, 1) - DAY)


def _part_of_year(
    offset: int, months: int, unit: Unit, year: int | None, calendar: Calendar
) -> Finding:
    start = date(year or calendar.today.year, offset + 1, 1)
    end = add_months(start, months)
    coming = start
    if year is None and end <= calendar.today:
        coming = start.replace(year=start.year + 1)
    return finding("absolute", unit, Period(start, end), Period(coming, add_months(coming, months)))


def _whole(unit: Unit, day: date) -> Period:
    if unit == "week":
        monday = day - DAY * day.weekday()
        return Period(monday, monday + DAY * 7)
    if unit == "month":
        return month_of(day)
    if unit == "quarter":
        return quarter_of(day)
    return year_of(day) if unit == "year" else Period(day, day + DAY)


def _shifted(unit: Unit, day: date, steps: int) -> Period:
    if unit in _MONTHS_IN:
        months = _MONTHS_IN[unit]
        first = day if unit == "month" else _whole(unit, day).start
        start = add_months(first, months * steps)
        return Period(start, add_months(start, months))
    days = DAY * (7 if unit == "week" else 1) * steps
    whole = _whole(unit, first_of_month(day) if unit == "range" else day)
    return Period(whole.start + days, whole.end + days)
