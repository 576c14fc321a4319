"""Levels are told apart at the right day, and one level stays one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.analytics.stretches import partition, price, squared_error

DAYS = [date(2026, 9, 1) + timedelta(days=i) for i in range(60)]
levels = st.lists(st.floats(0, 1e6), min_size=10, max_size=40)


def cut(values: list[float]) -> list[int]:
    found = partition(DAYS[: len(values)], values, price(values))
    return [len(stretch.days) for stretch in found]


def test_two_levels_are_two_stretches() -> None:
    assert cut([10.0, 11.0, 10.0, 9.0, 10.0] * 4 + [20.0, 21.0, 19.0, 20.0]) == [20, 4]


def test_a_single_day_far_out_is_a_stretch_of_its_own() -> None:
    assert cut([10.0, 11.0, 10.0, 9.0] * 5 + [90.0] + [10.0, 11.0, 9.0]) == [20, 1, 3]


def test_one_level_is_one_stretch() -> None:
    assert cut([5.0] * 30) == [30]


def test_days_that_hardly_stray_from_their_neighbours_median_do_not_overflow() -> None:
    assert cut([0.0] * 9 + [1e-200] + [1e6] * 10) == [10, 10]


@given(levels)
def test_stretches_hold_every_day_once_in_order(values: list[float]) -> None:
    found = partition(DAYS[: len(values)], values, price(values))
    assert [value for stretch in found for value in stretch.values] == values
    assert [day for stretch in found for day in stretch.days] == DAYS[: len(values)]


@given(levels)
def test_no_cut_costs_more_than_none(values: list[float]) -> None:
    penalty = price(values)
    found = partition(DAYS[: len(values)], values, penalty)
    paid = sum(stretch.error for stretch in found) + penalty * (len(found) - 1)
    assert paid <= squared_error(values) * (1 + 1e-9) + 1e-3
