"""Days, months and periods as a person writes them."""

from datetime import date

import pytest

from finops_cli.domain.period import Period
from finops_cli.output import dates


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-09", "2026-11-15", "Nov 9 – 14"),
        ("2026-09-28", "2026-10-05", "Sep 28 – Oct 4"),
        ("2026-11-09", "2026-11-10", "Nov 9"),
        ("2025-11-09", "2025-11-15", "Nov 9 – 14, 2025"),
        ("2025-09-28", "2025-10-05", "Sep 28 – Oct 4, 2025"),
        ("2025-12-28", "2026-01-04", "Dec 28, 2025 – Jan 3, 2026"),
        ("2026-10-01", "2026-11-01", "Oct 2026"),
        ("2026-07-01", "2026-10-01", "Jul – Sep 2026"),
        ("2025-12-01", "2026-02-01", "Dec 2025 – Jan 2026"),
        ("2025-01-01", "2026-01-01", "2025"),
        ("2024-01-01", "2026-01-01", "Jan 2024 – Dec 2025"),
        ("2026-10-01", "2026-10-31", "Oct 1 – 30"),
    ],
)
def test_a_period_shows_its_last_day(start: str, end: str, expected: str) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert dates.span(period, 2026, "–") == expected


def test_a_day_names_its_year_where_that_does_not_go_without_saying() -> None:
    assert dates.day(date(2026, 11, 9), 2026) == "Nov 9"
    assert dates.day(date(2025, 11, 9), 2026) == "Nov 9, 2025"
    assert dates.day(date(2025, 11, 9), None) == "Nov 9, 2025"


def test_a_month_always_names_its_year() -> None:
    assert dates.month(date(2026, 10, 1)) == "Oct 2026"
