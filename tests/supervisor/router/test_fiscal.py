"""Fiscal years that a question states."""

from datetime import date

import pytest

from finops_cli.supervisor.router import route

TODAY = date(2026, 11, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our fiscal year starts in april. spend this fiscal year?", "2026-04-01..2026-11-16"),
        ("fiscal year begins july 1, cost last fiscal year", "2025-07-01..2026-07-01"),
        ("our fiscal year starts in december, cost this fiscal year", "2025-12-01..2026-11-16"),
        ("spend in q2, our fiscal year starts in february", "2026-05-01..2026-08-01"),
        ("our fiscal year starts in april. forecast this fiscal year", "2026-04-01..2027-04-01"),
        ("our fiscal year starts in april. spend in june", "2026-06-01..2026-07-01"),
        ("spend this fiscal year", "2026-01-01..2026-11-16"),
    ],
)
def test_a_fiscal_year_starts_where_the_question_says(text: str, expected: str) -> None:
    period = route(text, TODAY).slots["period"]
    assert f"{period['start']}..{period['end']}" == expected
