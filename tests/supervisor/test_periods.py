"""Periods in plain language, against the table of the labelling guide and what else people say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.period import Calendar
from finops_cli.supervisor.router.periods import find_periods, safe_find_periods
from finops_cli.supervisor.router.words import read_words

TODAY = date(2026, 11, 15)  # a Sunday
CALENDAR = Calendar.of(TODAY)


def spans(text: str) -> list[str]:
    return [
        f"{one.period.start}..{one.period.end}" for one in find_periods(read_words(text), CALENDAR)
    ]


def spans_ahead(text: str) -> list[str]:
    return [
        f"{one.ahead.start}..{one.ahead.end}" for one in find_periods(read_words(text), CALENDAR)
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-11-15", "2026-11-16"),
        ("yesterday", "2026-11-14", "2026-11-15"),
        ("this week", "2026-11-09", "2026-11-16"),
        ("last week", "2026-11-02", "2026-11-09"),
        ("the week before", "2026-10-26", "2026-11-02"),
        ("the last week", "2026-11-08", "2026-11-15"),
        ("past week", "2026-11-08", "2026-11-15"),
        ("MTD", "2026-11-01", "2026-11-16"),
        ("month to date", "2026-11-01", "2026-11-16"),
        ("current month", "2026-11-01", "2026-11-16"),
        ("previous month", "2026-10-01", "2026-11-01"),
        ("the past month", "2026-10-16", "2026-11-15"),
        ("last 30 days", "2026-10-16", "2026-11-15"),
        ("last 30d", "2026-10-16", "2026-11-15"),
        ("past few weeks", "2026-10-25", "2026-11-15"),
        ("last 3 months", "2026-08-01", "2026-11-01"),
        ("last twelve months", "2025-11-01", "2026-11-01"),
        ("last 2 quarters", "2026-04-01", "2026-10-01"),
        ("last quarter", "2026-07-01", "2026-10-01"),
        ("qtd", "2026-10-01", "2026-11-16"),
        ("ytd", "2026-01-01", "2026-11-16"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("the last year", "2025-11-01", "2026-11-01"),
        ("past 24h", "2026-11-14", "2026-11-16"),
        ("last 48 hours", "2026-11-13", "2026-11-16"),
        ("last tuesday", "2026-11-10", "2026-11-11"),
        ("last sunday", "2026-11-08", "2026-11-09"),
        ("last weekend", "2026-11-07", "2026-11-09"),
        ("3 days ago", "2026-11-12", "2026-11-13"),
        ("two months ago", "2026-09-01", "2026-10-01"),
        ("in may", "2026-05-01", "2026-06-01"),
        ("in december", "2025-12-01", "2026-01-01"),
        ("Q2", "2026-04-01", "2026-07-01"),
        ("h1 2025", "2025-01-01", "2025-07-01"),
        ("third quarter of 2025", "2025-07-01", "2025-10-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("FY26", "2026-01-01", "2027-01-01"),
        ("2025-10", "2025-10-01", "2025-11-01"),
        ("2026-10-05", "2026-10-05", "2026-10-06"),
        ("10/05/2026", "2026-10-05", "2026-10-06"),
        ("oct 3", "2026-10-03", "2026-10-04"),
        ("3rd of march 2025", "2025-03-03", "2025-03-04"),
        ("sep 1-15", "2026-09-01", "2026-09-16"),
        ("jan through oct", "2026-01-01", "2026-11-01"),
        ("oct 3 to nov 2", "2026-10-03", "2026-11-03"),
        ("2026-09-01 to 2026-09-15", "2026-09-01", "2026-09-16"),
        ("between january and march", "2026-01-01", "2026-04-01"),
        ("since january", "2026-01-01", "2026-11-16"),
        ("since the launch on 3 march", "2026-03-03", "2026-11-16"),
        ("since monday", "2026-11-09", "2026-11-16"),
        ("past fortnight", "2026-11-01", "2026-11-15"),
        ("6 month history", "2026-05-01", "2026-11-01"),
        ("mid-august", "2026-08-11", "2026-08-21"),
        ("the week of nov 4", "2026-11-02", "2026-11-09"),
        ("month before last", "2026-09-01", "2026-10-01"),
        ("next week", "2026-11-16", "2026-11-23"),
        ("next month", "2026-12-01", "2027-01-01"),
        ("next quarter", "2027-01-01", "2027-04-01"),
        ("next 2 quarters", "2027-01-01", "2027-07-01"),
        ("next 6 months", "2026-12-01", "2027-06-01"),
        ("next 90 days", "2026-11-15", "2027-02-13"),
        ("in 30 days", "2026-11-15", "2026-12-15"),
        ("rest of the month", "2026-11-15", "2026-12-01"),
        ("rest of 2026", "2026-11-15", "2027-01-01"),
        ("end of year", "2026-01-01", "2027-01-01"),
        ("EOM", "2026-11-01", "2026-12-01"),
        ("letzten Monat", "2026-10-01", "2026-11-01"),
        ("先月", "2026-10-01", "2026-11-01"),
    ],
)
def test_a_phrase_means_its_days(text: str, start: str, end: str) -> None:
    assert spans(text) == [f"{start}..{end}"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("this month", "2026-11-01", "2026-12-01"),
        ("this quarter", "2026-10-01", "2027-01-01"),
        ("december", "2026-12-01", "2027-01-01"),
        ("Q1", "2027-01-01", "2027-04-01"),
        ("Q4", "2026-10-01", "2027-01-01"),
    ],
)
def test_forecasts_read_the_next_and_the_whole(text: str, start: str, end: str) -> None:
    assert spans_ahead(text) == [f"{start}..{end}"]


def test_bare_last_takes_the_unit_before_it() -> None:
    assert spans("this week vs last") == ["2026-11-09..2026-11-16", "2026-11-02..2026-11-09"]


@pytest.mark.parametrize(
    "text", ["we may migrate", "march on to victory", "spend $2000", "h5 and q9", "in 0 days"]
)
def test_words_that_only_look_like_periods_are_none(text: str) -> None:
    assert spans(text) == []


def test_a_forward_length_is_a_horizon() -> None:
    [found] = find_periods(read_words("12 month forecast"), CALENDAR)
    assert (found.horizon, found.length_only) == (12, True)


def test_days_end_where_charges_are_complete() -> None:
    calendar = Calendar(TODAY, TODAY + timedelta(days=1))
    [found] = find_periods(read_words("last 7 days"), calendar)
    assert (found.period.start, found.period.end) == (date(2026, 11, 9), date(2026, 11, 16))


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)])
def test_the_ends_of_the_calendar_raise_nothing(today: date) -> None:
    for text in (
        "last year",
        "next 12 months",
        "since 2019",
        "same month last year",
        "9999 days ago",
    ):
        safe_find_periods(read_words(text), today, today)


_WORDS = (
    "last past next this since between and to the 3 30 few days week month quarter year".split()
)
_WORDS += (
    "january may q3 h1 2026 2026-10 ago rest end of yesterday vs 10/15/2026 1-15 - mid".split()
)


@given(st.lists(st.sampled_from(_WORDS), max_size=30), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_finding_is_a_period_in_text_order(words: list[str], today: date) -> None:
    found = find_periods(read_words(" ".join(words)), Calendar.of(today))
    ends = [0]
    for one in found:
        assert one.period.start < one.period.end
        assert one.ahead.start < one.ahead.end
        assert ends[-1] <= one.first < one.last
        ends.append(one.last)
