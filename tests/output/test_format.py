"""The laws of rounding: columns add up, sentences are short, nothing reads as minus nothing."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.output import format as fmt

AMOUNTS = st.decimals(-(10**9), 10**9, allow_nan=False, places=7)
PLACES = st.integers(0, 4)


def said(value: str, currency: str | None = "USD", *, signed: bool = False) -> str:
    number = D(value)
    return fmt.amount(number, currency, fmt.sentence_places(number, currency), signed=signed)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4812.004", "$4,812"),
        ("1000", "$1,000"),
        ("999.994", "$999.99"),
        ("999.996", "$1,000"),
        ("12.5", "$12.50"),
        ("0.01", "$0.01"),
        ("0.0042", "$0.0042"),
        ("0.00421", "$0.0042"),
        ("0.00999", "$0.01"),
        ("0.000000012345", "$0.000000012"),
        ("0", "$0.00"),
        ("-0", "$0.00"),
        ("-0.00", "$0.00"),
        ("-1250.4", "-$1,250"),
        ("-0.0042", "-$0.0042"),
        ("1234567.89", "$1,234,568"),
    ],
)
def test_money_in_a_sentence(value: str, expected: str) -> None:
    assert said(value) == expected


@pytest.mark.parametrize(
    ("currency", "expected"),
    [
        ("EUR", "€12.50"),
        ("GBP", "£12.50"),
        ("JPY", "¥13"),
        ("KRW", "₩13"),
        ("CHF", "CHF 12.50"),
        (None, "12.50"),
    ],
)
def test_the_currency_is_a_symbol_where_it_has_one(currency: str | None, expected: str) -> None:
    assert said("12.5", currency) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("4391.12", "+$4,391"), ("-3", "-$3.00"), ("0", "$0.00")]
)
def test_a_change_has_its_sign(value: str, expected: str) -> None:
    assert said(value, signed=True) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.48459", "48 %"),
        ("0.0312", "3.1 %"),
        ("0.06", "6 %"),
        ("0.0996", "10 %"),
        ("0.00042", "0.042 %"),
        ("0", "0 %"),
        ("1", "100 %"),
        ("0.9996", ">99 %"),
        ("13.5", "1,350 %"),
        ("-0.12", "-12 %"),
    ],
)
def test_a_share_in_a_sentence(value: str, expected: str) -> None:
    assert fmt.sentence_percent(D(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0.48459", "+48 %"), ("-0.0312", "-3.1 %"), ("0.9996", "+100 %")]
)
def test_growth_in_a_sentence_has_its_sign(value: str, expected: str) -> None:
    assert fmt.sentence_percent(D(value), signed=True) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1204.5", "1,205"),
        ("12.50", "12.5"),
        ("3", "3"),
        ("0.0042", "0.0042"),
        ("0", "0"),
        ("100", "100"),
        ("-7.126", "-7.13"),
    ],
)
def test_a_quantity(value: str, expected: str) -> None:
    assert fmt.quantity(D(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.2134, "0.21 s"), (0.0, "0.00 s"), (0.004, "<0.01 s"), (12.3, "12 s")],
)
def test_seconds(value: float, expected: str) -> None:
    assert fmt.seconds(value) == expected


def test_a_column_below_a_cent_shows_more_decimals() -> None:
    assert fmt.column_places([D("0.0012"), D("-0.0041")], "USD") == 4
    assert fmt.column_places([D("0.0012"), D("1")], "USD") == 2
    assert fmt.column_places([D("3")], "JPY") == 0
    assert fmt.column_places([], "USD") == 2
    assert fmt.column_places([D(0)], "USD") == 2


def test_the_missing_cents_go_to_the_rows_that_lost_most() -> None:
    thirds = [D("33.333"), D("33.333"), D("33.334")]
    assert fmt.apportion(thirds, D(100), 0) == [D(33), D(33), D(34)]


def test_parts_of_something_else_are_rounded_singly() -> None:
    assert fmt.apportion([D("1.5"), D("2.5")], D(2), 0) == [D(2), D(3)]


def test_an_amount_of_any_size_can_be_written() -> None:
    assert fmt.amount(D("1e40"), "USD", 2).startswith("$10,000,000,")


@given(st.lists(AMOUNTS, max_size=30), PLACES)
def test_what_is_shown_adds_up_to_what_is_shown(parts: list[D], places: int) -> None:
    total = sum(parts, D(0))
    assert sum(fmt.apportion(parts, total, places), D(0)) == fmt.rounded(total, places)


@given(st.lists(AMOUNTS, max_size=30), PLACES)
def test_no_row_moves_by_a_whole_unit(parts: list[D], places: int) -> None:
    shown = fmt.apportion(parts, sum(parts, D(0)), places)
    unit = D(1).scaleb(-places)
    assert all(abs(a - b) < unit for a, b in zip(shown, parts, strict=True))


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), max_size=20))
def test_a_row_that_needs_no_rounding_stays(parts: list[D]) -> None:
    assert fmt.apportion(parts, sum(parts, D(0)), 2) == parts


@given(st.lists(AMOUNTS.filter(lambda v: v > 0), min_size=1, max_size=30), st.integers(0, 1))
def test_shares_add_up_to_a_hundred(costs: list[D], places: int) -> None:
    whole = sum(costs)
    shares = fmt.apportion([cost / whole for cost in costs], D(1), places + 2)
    assert sum(shares, D(0)) == 1


@given(AMOUNTS, PLACES)
def test_nothing_reads_as_minus_nothing(value: D, places: int) -> None:
    text = fmt.amount(value, "USD", places)
    assert not (text.startswith("-") and not any(sign in "123456789" for sign in text))


@given(AMOUNTS.filter(bool))
def test_a_sentence_never_says_nothing_for_something(value: D) -> None:
    assert any(sign in "123456789" for sign in said(str(value)))
    assert any(sign in "123456789" for sign in fmt.sentence_percent(value))
