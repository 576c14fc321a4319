from datetime import date

import numpy as np
import pytest

from finops_cli.analytics.outlook import look_ahead, replay
from tests.analytics.outlook.bills import noisy, on_days, panel, wandering

UNTIL = date(2026, 3, 12)
BILL = panel(wandering(UNTIL), noisy(UNTIL, 9, 0.6, 1), on_days(UNTIL, 50.0, 1))


def test_replay_says_what_look_ahead_said():
    back = replay(BILL, UNTIL, 3, origins=5)
    assert back.origins[-1] == date(2026, 2, 1) and len(back.origins) == 5
    for i, day in enumerate(back.origins):
        told = look_ahead(BILL.before(day), day, 3)
        assert back.predicted[i] == pytest.approx(told.total.mean)
        assert back.low[i] == pytest.approx(told.total.low)
        assert back.high[i] == pytest.approx(told.total.high)


def test_what_came_later_does_not_change_what_was_told():
    short = replay(BILL.before(date(2025, 12, 1)), date(2025, 12, 1), 3, origins=3)
    long = replay(BILL, UNTIL, 3, origins=8)
    for i, day in enumerate(short.origins):
        assert long.predicted[long.origins.index(day)] == pytest.approx(short.predicted[i])


def test_actual_and_naive_are_those_of_the_bill():
    back = replay(BILL, UNTIL, 12)
    assert len(back.origins) == 12
    bill = np.array(BILL.costs).sum(axis=0)
    at = (back.origins[0] - BILL.period.start).days
    assert back.origins[0] == date(2025, 3, 1)
    assert back.actual[0, 0] == pytest.approx(bill[at : at + 31].sum())
    assert back.last_month[0, 0] == pytest.approx(bill[at - 28 : at].sum())
    assert back.last_rate[0, 0] == pytest.approx(bill[at - 28 : at].sum() / 28 * 31)
    year = (date(2024, 3, 1) - BILL.period.start).days
    assert back.seasonal_naive[0, 0] == pytest.approx(bill[year : year + 31].sum())
    assert np.isnan(back.actual[-1, 1:]).all()


def test_measures_are_the_errors_of_what_was_told():
    back = replay(BILL, UNTIL, 3)
    ours = back.measures()["forecast"]
    off = np.abs(back.predicted[:, 0] - back.actual[:, 0]).sum() / back.actual[:, 0].sum()
    assert ours.month_1 == pytest.approx(off)
    assert 0 < ours.month_1 < 0.1 and abs(ours.bias) <= ours.month_1
    assert 0.4 < ours.coverage <= 1
    assert np.isnan(ours.month_12) and np.isnan(ours.total_12)


def test_a_first_month_has_nothing_to_replay():
    until = date(2024, 1, 20)
    back = replay(panel(noisy(until)), until, 3)
    assert back.origins == () and np.isnan(back.measures()["forecast"].month_1)


def test_bands_hold_what_they_promise_on_bills_that_wander():
    inside = []
    for seed in range(12):
        bill = panel(*(wandering(UNTIL, seed=100 * seed + i) for i in range(6)))
        back = replay(bill, UNTIL, 3)
        known = np.isfinite(back.actual)
        inside.append(((back.actual >= back.low) & (back.actual <= back.high))[known].mean())
    assert 0.65 < np.mean(inside) < 0.97


def test_every_second_month_end_reaches_twice_as_far_back():
    bill = panel(wandering(UNTIL))
    all_of_them = replay(bill, UNTIL, 3, origins=9)
    some = replay(bill, UNTIL, 3, origins=5, every=2)
    assert some.origins == all_of_them.origins[::2]
    assert some.predicted == pytest.approx(all_of_them.predicted[::2])
