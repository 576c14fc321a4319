from decimal import Decimal

import pytest

from finops_cli.domain.condition import parse_conditions
from finops_cli.domain.quantity import parse_amount
from finops_cli.errors import UsageError


def _one(text: str):  # type: ignore[no-untyped-def]
    (found,) = parse_conditions([text], ("month", "total"), ("growth",))
    return found


@pytest.mark.parametrize(
    ("text", "below", "above"),
    [
        ("month>50000", "50000", "50000.01"),
        ("total >= $500k", "499999", "500000"),
        ("growth>20%", "0.2", "0.21"),
        ("month>1,000", "1000", "1001"),
    ],
)
def test_a_condition_holds_past_its_threshold(text: str, below: str, above: str) -> None:
    found = _one(text)
    assert not found.holds(Decimal(below))
    assert found.holds(Decimal(above))


def test_less_than_is_a_condition_too() -> None:
    assert _one("growth<-5%").holds(Decimal("-0.06"))
    assert not _one("total<=10").holds(Decimal("10.5"))


def test_several_in_one_text() -> None:
    found = parse_conditions(["month>5,total>7", "growth>1%"], ("month", "total"), ("growth",))
    assert [one.name for one in found] == ["month", "total", "growth"]


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("month", "no condition", "month>50000"),
        ("mont>5", "no 'mont'", "Did you mean month?"),
        ("month>20%", "not an amount", "month>50000"),
        ("growth>20", "not a percentage", "growth>20%"),
        ("total>lots", "not an amount", "total>50000"),
    ],
)
def test_what_is_no_condition_says_how(text: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        _one(text)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "number"),
    [("4000", "4000"), ("$4k", "4000"), ("1,200.50", "1200.50"), ("2.5M USD", "2500000")],
)
def test_amounts_as_typed(text: str, number: str) -> None:
    found = parse_amount(text)
    assert found is not None and (found.number, found.is_ratio) == (Decimal(number), False)


def test_percentages_are_ratios_and_words_are_nothing() -> None:
    found = parse_amount("-10 %")
    assert found is not None and (found.number, found.is_ratio) == (Decimal("-0.1"), True)
    assert parse_amount("much") is None
