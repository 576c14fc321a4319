"""Shapes: what they must not exaggerate, and what they must not lose."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.output import sparkline

VALUES = st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=400)


def test_a_series_that_fits_is_drawn_point_by_point() -> None:
    assert sparkline.binned([D(1), D(2), D(3)], 3) == ([D(1), D(2), D(3)], 1)


def test_bins_are_full_at_the_end() -> None:
    assert sparkline.binned([D(9), D(1), D(3), D(5), D(7)], 3) == ([D(9), D(2), D(6)], 2)


def test_nothing_has_no_shape() -> None:
    assert sparkline.binned([], 10) == ([], 1)
    assert sparkline.sparkline([]) == ""


@given(VALUES, st.integers(1, 120))
def test_every_width_is_kept(values: list[D], width: int) -> None:
    bins, size = sparkline.binned(values, width)
    assert len(bins) <= width
    assert (len(bins) - 1) * size < len(values) <= len(bins) * size
    assert len(sparkline.sparkline(bins)) == len(bins)


def test_a_spike_stands_out_and_zero_is_the_ground() -> None:
    assert sparkline.sparkline([D(0), D(50), D(100)]) == "▁▅█"
    assert sparkline.sparkline([D(10), D(10), D(100)]) == "▂▂█"


def test_noise_is_not_blown_up() -> None:
    assert set(sparkline.sparkline([D(100), D(99), D(101)])) <= set("▇█")


def test_a_flat_line_is_flat() -> None:
    assert sparkline.sparkline([D(0)] * 3) == "▁▁▁"
    assert sparkline.sparkline([D(7)] * 3) == "▄▄▄"
    assert sparkline.sparkline([D(-7), D(-7)]) == "▄▄"


def test_a_credit_reaches_below() -> None:
    assert sparkline.sparkline([D(-100), D(0), D(100)]) == "▁▅█"


def test_a_bar_in_eighths() -> None:
    assert sparkline.bar(D("0.5"), 10, drawn=True) == "█████"
    assert sparkline.bar(D("0.06"), 10, drawn=True) == "▋"
    assert sparkline.bar(D("0.0001"), 10, drawn=True) == "▏"
    assert sparkline.bar(D("-0.5"), 10, drawn=True) == ""
    assert sparkline.bar(D("1.7"), 10, drawn=True) == "█" * 10
    assert sparkline.bar(D("0.56"), 10, drawn=False) == "######"
