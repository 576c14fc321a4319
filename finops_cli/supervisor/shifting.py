"""Periods told by the one before: "the month before", "the following week", "a year earlier"."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from finops_cli.domain.period import Period, add_months, months_in, period_before
from finops_cli.supervisor.fragments import Fragment
from finops_cli.supervisor.router.dates import year_earlier

_EARLIER = frozenset("before earlier previous prior preceding".split())
_LATER = frozenset({"after", "following"})
_LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def is_relative(said: Fragment) -> bool:
    """Tell whether words may tell a period by another one."""
    return not (_EARLIER | _LATER).isdisjoint(said.words.words)


def shifted(slots: Mapping[str, Any], said: Fragment) -> dict[str, str] | None:
    """Return the period that words tell by the one before it; None where they tell none so."""
    words = set(said.words.words)
    slot = slots.get("period")
    if slot is None:
        return None
    period = Period(date.fromisoformat(slot["start"]), date.fromisoformat(slot["end"]))
    found = _moved(words, period)
    if found is None:
        return None
    return {
        "kind": "relative",
        "text": said.words.raw.strip(),
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
    }


def _moved(words: set[str], period: Period) -> Period | None:
    units = words & _LONGEST.keys()
    if "year" in words and words & {*_EARLIER, "same", "ago"}:
        return year_earlier(period)
    if units and not any(_is_one(period, unit) for unit in units):
        return None
    if words & _EARLIER:
        return period_before(period)
    return _after(period) if words & _LATER else None


def _is_one(period: Period, unit: str) -> bool:
    """Tell whether a period is one such unit, or the part of it so far."""
    shortest = {"quarter": 32, "year": 93}.get(unit, 1)
    return shortest <= period.days <= _LONGEST[unit]


def _after(period: Period) -> Period:
    if period.is_whole_months():
        return Period(period.end, add_months(period.end, months_in(period)))
    return Period(period.end, period.end + timedelta(days=period.days))
