from datetime import date

import pytest

from finops_cli.analytics.outlook import bands_by, look_ahead
from tests.analytics.outlook.bills import noisy, panel, wandering

UNTIL = date(2025, 7, 1)
BILL = panel(wandering(UNTIL), wandering(UNTIL, 40, seed=1), noisy(UNTIL, 5, 0.8, 2))


def test_means_add_up_to_the_total():
    outlook = look_ahead(BILL, UNTIL, 12)
    bands = bands_by(outlook, ["a", "b", "a"])
    assert list(bands) == ["a", "b"]
    assert sum(band.mean for band in bands.values()) == pytest.approx(outlook.total.mean)


def test_one_group_of_everything_has_the_band_of_the_total():
    outlook = look_ahead(BILL, UNTIL, 12)
    band = bands_by(outlook, ["all"] * 3)["all"]
    assert band.low == pytest.approx(outlook.total.low)
    assert band.high == pytest.approx(outlook.total.high)


def test_a_group_is_less_sure_than_the_whole():
    outlook = look_ahead(BILL, UNTIL, 12)
    total = (outlook.total.high - outlook.total.low) / outlook.total.mean
    for band in bands_by(outlook, ["a", "b", "c"]).values():
        assert ((band.high - band.low) / band.mean >= total).all()
