"""Used more, or paid more for the same."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from finops_cli.analytics.comparison import as_billed
from finops_cli.analytics.effects import Effects, effects
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period

MON, TUE, WED = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)
PLAN = as_billed(Period(TUE, WED), Period(MON, TUE))


def split(*rows: tuple[Any, ...]) -> Effects | None:
    """Effects of rows (day, usage type, cost, usage, unit) as one part."""
    cells = tuple(
        (day, kind, Decimal(cost), None if usage is None else Decimal(usage), unit)
        for day, kind, cost, usage, unit in rows
    )
    frame = Frame(("date", "usage_type", "cost", "usage", "usage_unit"), cells)
    return effects(frame, PLAN, [], ["usage_type"])[()]


def test_more_hours_at_the_same_price_are_usage() -> None:
    found = split((MON, "box", 10, 5, "Hours"), (TUE, "box", 16, 8, "Hours"))
    assert found == Effects(Fraction(6), Fraction(0))


def test_the_same_hours_at_another_price_are_rate() -> None:
    found = split((MON, "box", 10, 5, "Hours"), (TUE, "box", 15, 5, "Hours"))
    assert found == Effects(Fraction(0), Fraction(5))


def test_both_are_split_and_add_up() -> None:
    found = split((MON, "box", 10, 5, "Hours"), (TUE, "box", 24, 8, "Hours"))
    assert found == Effects(Fraction(6), Fraction(8))


def test_new_and_gone_are_usage() -> None:
    assert split((TUE, "box", 24, 8, "Hours")) == Effects(Fraction(24), Fraction(0))
    assert split((MON, "box", 24, 8, "Hours")) == Effects(Fraction(-24), Fraction(0))


def test_a_mix_of_usage_types_is_split_within_each() -> None:
    cheap, dear = (MON, "t3", 10, 100, "Hours"), (TUE, "p4d", 100, 10, "Hours")
    assert split(cheap, dear) == Effects(Fraction(90), Fraction(0))


def test_several_units_or_no_quantity_are_not_split() -> None:
    assert split((MON, "x", 10, 5, "Hours"), (TUE, "x", 15, 5, "GB")) is None
    assert split((MON, "x", 10, None, None), (TUE, "x", 15, None, None)) is None


def test_a_part_with_one_grain_that_cannot_be_split_is_not_split() -> None:
    assert split((TUE, "box", 24, 8, "Hours"), (TUE, "fee", 5, None, None)) is None
