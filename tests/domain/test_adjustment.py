from datetime import date
from decimal import Decimal

import pytest

from finops_cli.domain.adjustment import Adjustment, parse_adjustments
from finops_cli.errors import UsageError

_JAN, _FEB, _MAR = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("text", "action", "amount", "start", "end", "target"),
    [
        ("2027-02 +10 %", "scale", "0.1", _FEB, _MAR, None),
        ("from 2027-02 +10%", "scale", "0.1", _FEB, None, None),
        ("2027-02..2027-02 -5%", "scale", "-0.05", _FEB, _MAR, None),
        ("ec2 -20 % from 2027-02", "scale", "-0.2", _FEB, None, "ec2"),
        ("ec2 -20 % from 2027-01 until 2027-02", "scale", "-0.2", _JAN, _MAR, "ec2"),
        ("remove redshift from 2027-01", "remove", "-1", _JAN, None, "redshift"),
        ("drop amazon connect from 2027-01-15", "remove", "-1", _JAN, None, "amazon connect"),
        ("add $4k/month from 2027-03", "add", "4000", _MAR, None, None),
        ("add 1,500.50 in 2027-02 to sagemaker", "add", "1500.50", _FEB, _MAR, "sagemaker"),
        ("add 2.5M USD per month from 2027-01 until 2027-02", "add", "2500000", _JAN, _MAR, None),
        ("add -300/month from 2027-02  # a discount", "add", "-300", _FEB, None, None),
    ],
)
def test_people_say_it_in_words(
    text: str, action: str, amount: str, start: date, end: date | None, target: str | None
) -> None:
    (found,) = parse_adjustments([text])
    written = text.split("#")[0].strip()
    assert found == Adjustment(written, action, Decimal(amount), start, end, target)  # type: ignore[arg-type]


def test_comments_and_empty_lines_mean_nothing() -> None:
    assert parse_adjustments(["", "# what we know", "   "]) == ()


def test_the_months_that_it_covers() -> None:
    (found,) = parse_adjustments(["2027-02 +10 %"])
    assert [found.covers(month) for month in (_JAN, _FEB, _MAR)] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+10 %", "does not say from which month"),
        ("2027-13 +10 %", "is no month"),
        ("something from 2027-01", "is no adjustment"),
        ("remove from 2027-01", "does not say what to remove"),
        ("ec2 +5 % from 2027-03 until 2027-01", "ends before it starts"),
    ],
)
def test_what_cannot_be_read_says_why_and_how(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        parse_adjustments([text])
    assert "2027-02 +10 %" in caught.value.hint
