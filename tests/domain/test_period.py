"""Period words, and the arithmetic of whole days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.period import (
    Calendar,
    Period,
    add_months,
    month_of,
    parse_period,
    quarter_of,
)
from finops_cli.errors import BadPeriod

LIVE = Calendar.of(date(2026, 11, 15))
FILE = Calendar(date(2026, 5, 31), date(2026, 6, 1))
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def _spelled(text: str, calendar: Calendar = LIVE) -> tuple[str, str]:
    period = parse_period(text, calendar)
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-11-15", "2026-11-16"),
        ("yesterday", "2026-11-14", "2026-11-15"),
        ("this-week", "2026-11-09", "2026-11-16"),
        ("last-week", "2026-11-02", "2026-11-09"),
        ("mtd", "2026-11-01", "2026-11-16"),
        ("This Month", "2026-11-01", "2026-11-16"),
        ("last_month", "2026-10-01", "2026-11-01"),
        ("the last month", "2026-10-01", "2026-11-01"),
        ("qtd", "2026-10-01", "2026-11-16"),
        ("last-quarter", "2026-07-01", "2026-10-01"),
        ("ytd", "2026-01-01", "2026-11-16"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("last-7d", "2026-11-08", "2026-11-15"),
        ("30d", "2026-10-16", "2026-11-15"),
        ("past 2 weeks", "2026-11-01", "2026-11-15"),
        ("last-3m", "2026-08-01", "2026-11-01"),
        ("last 12 months", "2025-11-01", "2026-11-01"),
        ("last-2q", "2026-04-01", "2026-10-01"),
        ("last-1y", "2025-11-01", "2026-11-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-Q3", "2026-07-01", "2026-10-01"),
        ("2026q3", "2026-07-01", "2026-10-01"),
        ("2026-09", "2026-09-01", "2026-10-01"),
        ("2026-9-1", "2026-09-01", "2026-09-02"),
        ("2026-09-01..2026-09-15", "2026-09-01", "2026-09-16"),
        ("2026-09..2026-10", "2026-09-01", "2026-11-01"),
        ("2026-11-01..", "2026-11-01", "2026-11-16"),
        ("since 2026-11-03", "2026-11-03", "2026-11-16"),
    ],
)
def test_words(text: str, start: str, end: str) -> None:
    assert _spelled(text) == (start, end)


def test_a_file_that_ended_counts_its_last_full_day_as_today() -> None:
    assert _spelled("mtd", FILE) == ("2026-05-01", "2026-06-01")
    assert _spelled("last-7d", FILE) == ("2026-05-25", "2026-06-01")
    assert _spelled("last-month", FILE) == ("2026-04-01", "2026-05-01")


def test_all_is_what_the_source_holds() -> None:
    held = Period(date(2025, 1, 3), date(2026, 2, 1))
    assert parse_period("all", LIVE, held) == held
    with pytest.raises(BadPeriod):
        parse_period("all", LIVE)


@pytest.mark.parametrize(
    "text", ["", "whenever", "2026-13", "2026-02-30", "last-0d", "2026-Q5", "..", "0000", "last-d"]
)
def test_what_is_no_period_gets_the_list_of_words(text: str) -> None:
    with pytest.raises(BadPeriod) as caught:
        parse_period(text, LIVE)
    assert "last-month" in caught.value.hint


def test_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(BadPeriod, match="ends before it starts"):
        parse_period("2026-09-15..2026-09-01", LIVE)


@given(DAYS)
def test_a_written_day_is_read_back(day: date) -> None:
    assert parse_period(day.isoformat(), LIVE) == Period(day, day + timedelta(days=1))


@given(DAYS, st.integers(-40, 40))
def test_months_add_up(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.day == 1
    assert add_months(moved, -months) == day.replace(day=1)


@given(DAYS, st.integers(1, 400))
def test_previous_touches_and_is_of_the_same_kind(start: date, days: int) -> None:
    period = Period(start, start + timedelta(days=days))
    earlier = period.previous()
    assert earlier.end == period.start
    assert earlier.days == period.days or period.is_whole_months()
    assert len(period.each_day()) == days


@given(DAYS)
def test_a_month_and_a_quarter_hold_their_day(day: date) -> None:
    assert day in month_of(day) and day in quarter_of(day)
    assert month_of(day).is_whole_months() and quarter_of(day).is_whole_months()


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_a_clear_error(text: str) -> None:
    try:
        assert parse_period(text, LIVE).days >= 1
    except BadPeriod as error:
        assert error.message and error.hint
