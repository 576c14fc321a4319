"""Days, months and periods as a person writes them, in English whatever the locale.

The year is named only where it is not the year of the answer's today; a period shows its last day,
although inside the program it ends before its ``end``.
"""

from datetime import date

from finops_cli.domain.period import Period

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date, year: int | None) -> str:
    """Write a day: ``Nov 9``, or ``Nov 9, 2025`` outside the year that goes without saying."""
    return _bare(value) if value.year == year else f"{_bare(value)}, {value.year}"


def month(value: date) -> str:
    """Write a month: ``Oct 2026``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def span(value: Period, year: int | None, dash: str) -> str:
    """Write a period: ``Nov 9 – 14``, ``Sep 28 – Oct 4``, ``Oct 2026``, ``Jul – Sep 2026``.

    Args:
        value: The period; its last day is shown, not its end.
        year: The year that goes without saying.
        dash: What stands between the ends.
    """
    if value.is_whole_months():
        return _months(value, dash)
    first, last = value.start, value.last_day
    if first == last:
        return day(first, year)
    if first.year != last.year:
        return f"{_bare(first)}, {first.year} {dash} {_bare(last)}, {last.year}"
    ending = str(last.day) if first.month == last.month else _bare(last)
    return f"{_bare(first)} {dash} {ending}" + ("" if last.year == year else f", {last.year}")


def _months(value: Period, dash: str) -> str:
    first, last = value.start, value.last_day
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year != last.year:
        return f"{month(first)} {dash} {month(last)}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{_MONTHS[first.month - 1]} {dash} {month(last)}"


def _bare(value: date) -> str:
    return f"{_MONTHS[value.month - 1]} {value.day}"
