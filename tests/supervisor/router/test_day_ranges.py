"""Days written number first, and what the two ends of a range share."""

from datetime import date

import pytest

from finops_cli.supervisor.router import route

TODAY = date(2026, 11, 15)


def days(text: str) -> str:
    """Return the first and the last day of the period that a question states."""
    period = route(text, TODAY).slots["period"]
    return f"{period['start']}..{period['end']}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spend between 3 and 17 Oct", "2026-10-03..2026-10-18"),
        ("spend between the 3rd and the 17th of october", "2026-10-03..2026-10-18"),
        ("spend from 3 to 17 Oct", "2026-10-03..2026-10-18"),
        ("spend between oct 3 and 17", "2026-10-03..2026-10-18"),
        ("spend 24-30 Nov 2025", "2025-11-24..2025-12-01"),
        ("spend 10-20 nov", "2026-11-10..2026-11-21"),
        ("spend nov 10-20", "2026-11-10..2026-11-21"),
        ("cost from the 1st to the 10th of last month", "2026-10-01..2026-10-11"),
        ("gasto del 3 al 17 de octubre", "2026-10-03..2026-10-18"),
        ("custo de 3 a 17 de outubro", "2026-10-03..2026-10-18"),
        ("coûts entre le 3 et le 17 octobre", "2026-10-03..2026-10-18"),
        ("coste de enero a marzo", "2026-01-01..2026-04-01"),
    ],
)
def test_a_range_of_days_shares_its_month(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("costs 01/10/2026 - 31/10/2026", "2026-10-01..2026-11-01"),
        ("costs from 05/10/2026 to 20/10/2026", "2026-10-05..2026-10-21"),
        ("costs from 13/09/2026 to 05/10/2026", "2026-09-13..2026-10-06"),
        ("costs 01/10 to 31/10", "2026-10-01..2026-11-01"),
        ("costs from 10/01/2026 to 10/15/2026", "2026-10-01..2026-10-16"),
        ("costs on 3/4/2026", "2026-03-04..2026-03-05"),
        ("kosten 01.10.2026 bis 31.10.2026", "2026-10-01..2026-11-01"),
    ],
)
def test_the_plain_end_of_a_range_settles_which_number_is_the_month(
    text: str, expected: str
) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("text", ["1/3 of our bill", "24/7 instances cost", "cost of 3 to 5 nodes"])
def test_other_numbers_are_no_days(text: str) -> None:
    assert "period" not in route(text, TODAY).slots


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cost w/c 2 Nov", "2026-11-02..2026-11-09"),
        ("cost week commencing 3 november", "2026-11-03..2026-11-10"),
        ("cost week of 4 november", "2026-11-02..2026-11-09"),
        ("cost for the week ending 8 nov", "2026-11-02..2026-11-09"),
    ],
)
def test_a_week_is_named_by_one_of_its_days(text: str, expected: str) -> None:
    assert days(text) == expected
