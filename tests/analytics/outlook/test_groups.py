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


def test_what_has_just_begun_is_unsure_and_makes_nothing_else_so():
    begun = noisy(UNTIL, 60, 0.02, 3)
    begun[:-6] = 0.0
    calm = panel(wandering(UNTIL), noisy(UNTIL, 90, 0.02, 4), begun * 0)
    stirred = panel(wandering(UNTIL), noisy(UNTIL, 90, 0.02, 4), begun)
    before, after = (look_ahead(bill, UNTIL, 3) for bill in (calm, stirred))
    # Six days of it are half believed: all of it or nothing lies within the band.
    without = before.total.mean[0]
    assert after.total.low[0] < 1.05 * without
    assert after.total.high[0] > 0.95 * (without + 60 * 31)
    young, old = (bands_by(after, ["a", "b", "new"])[name] for name in ("new", "b"))
    assert 0 <= young.low[0] < 0.3 * young.mean[0]
    assert old.high[0] - old.low[0] < 0.2 * old.mean[0]
