"""The last line says where figures come from and what they cost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.period import Period
from finops_cli.output import origin
from finops_cli.output.notation import Notation
from tests.output.examples import demo

OCTOBER_ON = demo(Period(date(2026, 10, 1), date(2026, 11, 15)))


def test_all_of_it() -> None:
    assert origin.parts(OCTOBER_ON, Notation(2026, "USD")) == [
        "demo",
        "Oct 1 – Nov 14 (last full day)",
        "unblended USD",
        "3 queries",
        "0 API calls, $0.00",
        "0.21 s",
    ]


def test_a_period_that_runs_past_the_last_full_day_says_so() -> None:
    later = replace(OCTOBER_ON, period=Period(date(2026, 10, 1), date(2026, 11, 16)))
    assert origin.parts(later, Notation(2026))[1] == "Oct 1 – Nov 15 (full days up to Nov 14)"


def test_one_call_has_a_price() -> None:
    paid = replace(OCTOBER_ON, queries=1, api_calls=1, api_cost=D("0.01"))
    assert origin.parts(paid, Notation(2026))[3:5] == ["1 query", "1 API call, $0.01"]


@pytest.mark.parametrize(
    ("cost", "price"),
    [
        (D("0.0168"), "$0.02"),
        (D("0.0099"), "under $0.01"),
        (D("1.5"), "$1.50"),
        (D(0), "$0.00"),
        (None, "price not known"),
    ],
)
def test_what_a_model_took(cost: D | None, price: str) -> None:
    asked = replace(OCTOBER_ON, model=ModelUse("bedrock:x", 3, 2, 11310, 1100, cost))
    told = origin.parts(asked, Notation(2026))
    assert told[-2:] == [f"model 3 calls, 12,410 tokens, {price}", "0.21 s"]


def test_one_call_of_a_model() -> None:
    asked = replace(OCTOBER_ON, model=ModelUse("ollama:x", 1, 0, 1, 0, D(0)))
    assert "model 1 call, 1 token, $0.00" in origin.parts(asked, Notation(2026))


def test_what_is_not_known_is_left_out() -> None:
    unknown = replace(OCTOBER_ON, period=None, metric=None, currency=None)
    assert origin.parts(unknown, Notation())[:2] == ["demo", "3 queries"]
