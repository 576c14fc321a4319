"""Parts of longer periods, the same days of earlier ones, and periods that touch."""

from datetime import date

import pytest

from finops_cli.supervisor.router import route

TODAY = date(2026, 11, 15)


def days(text: str, slot: str = "period") -> str:
    """Return the first and the last day of a period that a question states."""
    period = route(text, TODAY).slots[slot]
    return f"{period['start']}..{period['end']}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cost in the second half of october", "2026-10-16..2026-11-01"),
        ("cost in the first half of february", "2026-02-01..2026-02-16"),
        ("cost first week of october", "2026-10-01..2026-10-08"),
        ("cost third week of october", "2026-10-15..2026-10-22"),
        ("first 10 days of november by service", "2026-11-01..2026-11-11"),
        ("last 5 days of october spend", "2026-10-27..2026-11-01"),
        ("spend in the final week of august", "2026-08-25..2026-09-01"),
        ("spend in the last month of q3", "2026-09-01..2026-10-01"),
        ("spend in the last quarter of 2025", "2025-10-01..2026-01-01"),
        ("spend in the second half of 2025", "2025-07-01..2026-01-01"),
        ("forecast for the first week of january", "2027-01-01..2027-01-08"),
        ("spend in the last 5 days", "2026-11-10..2026-11-15"),
        ("gasto de la primera semana de octubre", "2026-10-01..2026-10-08"),
        ("kosten in der zweiten hälfte oktober", "2026-10-16..2026-11-01"),
        ("coûts de la dernière semaine d'octobre", "2026-10-25..2026-11-01"),
        ("gasto del segundo trimestre", "2026-04-01..2026-07-01"),
    ],
)
def test_a_part_is_counted_from_either_end_of_the_whole(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MTD vs same time last month", "2026-10-01..2026-10-16"),
        ("spend yesterday vs same day last week", "2026-11-07..2026-11-08"),
        ("cost in october vs the same month last year", "2025-10-01..2025-11-01"),
        ("cost oct 31 vs same day last month", "2026-09-30..2026-10-01"),
        ("compare last weekend with the weekend before", "2026-10-31..2026-11-02"),
        ("cost last friday vs the friday before", "2026-11-06..2026-11-07"),
        ("compare h1 vs h2 2025", "2025-01-01..2025-07-01"),
        ("compare december and january 2026", "2025-12-01..2026-01-01"),
    ],
)
def test_what_is_compared_with_is_the_same_days_of_the_earlier_period(
    text: str, expected: str
) -> None:
    assert days(text, "compare_period") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forecast for january and february", "2027-01-01..2027-03-01"),
        ("cost in july, august and september", "2026-07-01..2026-10-01"),
        ("cost in q1 and q2", "2026-01-01..2026-07-01"),
        ("cost in january and june", "2026-01-01..2026-02-01"),
    ],
)
def test_months_that_touch_are_one_period(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what spiked tuesday", "2026-11-10..2026-11-11"),
        ("what more will we spend before the month is out", "2026-11-15..2026-12-01"),
        ("save 15% by q1", "2027-01-01..2027-04-01"),
        ("if we moved to graviton what would december look like", "2026-12-01..2027-01-01"),
    ],
)
def test_words_that_look_ahead_or_back_say_which_one_is_meant(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("text", ["every monday costs", "black friday costs", "is monday.com cost"])
def test_a_weekday_in_a_name_or_a_habit_is_no_day(text: str) -> None:
    assert "period" not in route(text, TODAY).slots
