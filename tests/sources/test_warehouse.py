"""The engine's home: what it says when it cannot do what it is told."""

import pytest

from finops_cli.errors import FinopsError
from finops_cli.sources.warehouse import Warehouse


def test_what_the_engine_refuses_is_one_sentence() -> None:
    with pytest.raises(FinopsError) as caught:
        Warehouse().rows("SELECT nothing FROM nowhere")
    assert caught.value.hint and "\n" not in caught.value.hint


def test_it_goes_on_after_a_refusal() -> None:
    house = Warehouse()
    with pytest.raises(FinopsError):
        house.rows("no statement at all")
    assert house.rows("SELECT 42") == [(42,)]
