from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.analytics.outlook import look_ahead
from finops_cli.domain.period import add_months
from tests.analytics.outlook.bills import START, flat, noisy, on_days, panel, wandering

UNTIL = date(2025, 7, 1)
LENGTHS = np.array([31, 31, 30])


def test_a_steady_bill_goes_on_by_the_days_of_the_month():
    outlook = look_ahead(panel(noisy(UNTIL)), UNTIL, 3)
    assert outlook.months == (UNTIL, date(2025, 8, 1), date(2025, 9, 1))
    assert not outlook.running and outlook.so_far == 0.0
    assert outlook.total.mean == pytest.approx(100 * LENGTHS, rel=0.03)
    assert (outlook.total.low < outlook.total.mean).all()
    assert (outlook.total.high > outlook.total.mean).all()


def test_weekends_count_in_the_months_to_come():
    weekday = np.array([(START + timedelta(days=i)).weekday() for i in range((UNTIL - START).days)])
    costs = noisy(UNTIL, sd=0.01) * np.where(weekday >= 5, 0.2, 1.0)
    outlook = look_ahead(panel(costs), UNTIL, 2)
    # July 2025 has 23 working days, August 21.
    expected = [100 * (23 + 0.2 * 8), 100 * (21 + 0.2 * 10)]
    assert outlook.total.mean == pytest.approx(expected, rel=0.02)


def test_the_running_month_is_completed_from_its_days_so_far():
    until = date(2025, 7, 21)
    outlook = look_ahead(panel(noisy(until)), until, 2)
    assert outlook.running and len(outlook.months) == 3
    assert outlook.so_far == pytest.approx(noisy(until)[-20:].sum())
    assert outlook.total.mean[0] == pytest.approx(3100, rel=0.02)
    width = outlook.total.high - outlook.total.low
    assert width[0] < 0.6 * width[1]
    assert outlook.horizon_total[0] == pytest.approx(outlook.total.mean[1:].sum())


def test_the_last_day_of_a_month_leaves_little_to_be_unsure_of():
    until = date(2025, 7, 31)
    outlook = look_ahead(panel(noisy(until)), until, 1)
    assert outlook.total.mean[0] - outlook.so_far == pytest.approx(100, rel=0.1)
    assert outlook.total.high[0] - outlook.total.low[0] < 50


def test_days_from_until_on_are_not_learned_from():
    values = noisy(date(2025, 7, 9))
    other = values.copy()
    other[-8:] = 1e6
    a, b = (look_ahead(panel(v), UNTIL, 2) for v in (values, other))
    assert a.total.mean.tolist() == b.total.mean.tolist()


def test_the_same_bill_gets_the_same_outlook():
    bill = panel(wandering(UNTIL), noisy(UNTIL, 7.0))
    a, b = look_ahead(bill, UNTIL, 6), look_ahead(bill, UNTIL, 6)
    assert a.total.low.tolist() == b.total.low.tolist()
    assert a.parts.tolist() == b.parts.tolist()


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-3, 1e6), st.integers(0, 50))
def test_another_currency_changes_nothing_but_the_unit(factor: float, seed: int):
    costs = [wandering(UNTIL, seed=seed), noisy(UNTIL, 7.0, seed=seed), on_days(UNTIL, 5.0, 1)]
    one = look_ahead(panel(*costs), UNTIL, 4)
    other = look_ahead(panel(*(factor * c for c in costs)), UNTIL, 4)
    assert other.total.mean == pytest.approx(factor * one.total.mean, rel=1e-6)
    assert other.total.low == pytest.approx(factor * one.total.low, rel=1e-6)
    assert [s.kind for s in one.signals] == [s.kind for s in other.signals]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 540))
def test_parts_add_up_and_bands_hold_the_mean(seed: int, count: int):
    until = START + timedelta(days=count)
    bill = panel(wandering(until, seed=seed), noisy(until, 9.0, 0.5, seed), on_days(until, 50.0, 1))
    outlook = look_ahead(bill, until, 12)
    assert outlook.parts.sum(axis=0) == pytest.approx(outlook.total.mean)
    assert (outlook.total.low <= outlook.total.mean).all()
    assert (outlook.total.mean <= outlook.total.high).all()
    assert np.isfinite(outlook.total.high).all()


def test_bands_widen_with_time_and_with_the_level_asked_for():
    bill = panel(wandering(UNTIL))
    wide, narrow = look_ahead(bill, UNTIL, 12, 95).total, look_ahead(bill, UNTIL, 12, 50).total
    assert (wide.high - wide.low > narrow.high - narrow.low).all()
    relative = (wide.high - wide.low) / wide.mean
    assert (np.diff(relative) > -0.02).all() and relative[-1] > 2 * relative[0]


def test_a_restless_bill_has_wider_bands_than_a_quiet_one():
    quiet = look_ahead(panel(wandering(UNTIL, sd=0.001)), UNTIL, 6).total
    restless = look_ahead(panel(wandering(UNTIL, sd=0.02)), UNTIL, 6).total
    share = [(b.high - b.low) / b.mean for b in (quiet, restless)]
    assert (share[1] > 2 * share[0]).all()


def test_growth_goes_on():
    count = (UNTIL - START).days
    costs = noisy(UNTIL, sd=0.02) * np.exp(0.03 / 30.4 * np.arange(count))
    outlook = look_ahead(panel(costs), UNTIL, 6)
    rate = outlook.total.mean / np.array([31, 31, 30, 31, 30, 31])
    assert (np.diff(np.log(rate)) > 0.015).all() and (np.diff(np.log(rate)) < 0.045).all()


def test_a_yearly_peak_seen_twice_is_expected_again():
    until = date(2026, 11, 1)
    bill = noisy(until, sd=0.02)
    month = np.array([(START + timedelta(days=i)).month for i in range(len(bill))])
    outlook = look_ahead(panel(bill * np.where(month == 12, 1.5, 1.0)), until, 3)
    rate = outlook.total.mean / np.array([30, 31, 31])
    assert rate[1] > 1.2 * rate[0] and rate[1] > 1.2 * rate[2]


def test_a_launch_is_carried_on_and_a_spike_is_not():
    launched, spiked = noisy(UNTIL, sd=0.02), noisy(UNTIL, sd=0.02, seed=1)
    launched[-10:] *= 2
    spiked[-20:-18] *= 10
    outlook = look_ahead(panel(launched, spiked, noisy(UNTIL, 300, seed=2)), UNTIL, 1)
    assert outlook.parts[0, 0] > 3100 * 1.6
    assert outlook.parts[1, 0] == pytest.approx(3100, rel=0.03)
    assert [(s.series, s.kind) for s in outlook.signals] == [
        (0, "new level"),
        (1, "spike set apart"),
    ]
    assert outlook.signals[0].first == UNTIL - timedelta(days=10)
    assert outlook.signals[1].last == UNTIL - timedelta(days=19)


def test_a_step_of_yesterday_is_believed_in_part():
    stepped = noisy(UNTIL, sd=0.02)
    stepped[-1:] *= 3
    outlook = look_ahead(panel(stepped), UNTIL, 1)
    assert 3100 < outlook.total.mean[0] < 3100 * 2


def test_an_ended_series_ends_and_a_silent_weekend_is_no_end():
    ended = noisy(UNTIL)
    ended[-6:] = 0
    weekday = np.array([(START + timedelta(days=i)).weekday() for i in range(len(ended))])
    office = np.where(weekday < 5, noisy(UNTIL, seed=1), 0.0)
    outlook = look_ahead(panel(ended, office[:]), UNTIL, 1)
    assert outlook.parts[0, 0] == 0
    assert outlook.parts[1, 0] == pytest.approx(23 * 100, rel=0.05)
    assert ("ended", 0) in [(s.kind, s.series) for s in outlook.signals]


def test_a_bill_kept_by_the_month_is_no_bill_of_fees():
    until = date(2025, 7, 1)
    values = np.array([10.0 * d for d in _lengths_on_firsts(until)])
    outlook = look_ahead(panel(values), until, 3)
    assert outlook.known == ()
    assert outlook.total.mean == pytest.approx(10 * LENGTHS, rel=0.02)
    assert "kept by the month" in outlook.cautions[0]


def test_a_month_kept_as_one_charge_is_whole_once_it_is_there():
    until = date(2025, 7, 2)
    values = np.array([10.0 * d for d in _lengths_on_firsts(until)])
    outlook = look_ahead(panel(values), until, 1)
    assert outlook.running and outlook.so_far == pytest.approx(310)
    assert outlook.total.mean == pytest.approx([310, 310], rel=0.02)


def _lengths_on_firsts(until: date) -> list[float]:
    found = [START + timedelta(days=i) for i in range((until - START).days)]
    return [float((add_months(d, 1) - d).days) if d.day == 1 else 0.0 for d in found]


@pytest.mark.parametrize("count", [1, 2, 5, 20, 45, 150])
def test_short_histories_get_an_answer_and_a_caution(count: int):
    until = START + timedelta(days=count)
    outlook = look_ahead(panel(noisy(until)), until, 12)
    assert outlook.total.mean[-1] == pytest.approx(31 * 100, rel=0.35)
    assert np.isfinite(outlook.total.low).all()
    assert "history" in outlook.cautions[0]


@pytest.mark.parametrize("level", [0.0, -20.0])
def test_nothing_and_credits_alone_stay_what_they_are(level: float):
    outlook = look_ahead(panel(flat(UNTIL, level)), UNTIL, 2)
    assert outlook.total.mean == pytest.approx([31 * level, 31 * level], rel=0.1)
    assert (outlook.total.low <= outlook.total.high).all()


def test_credits_are_carried_on_with_a_caution():
    outlook = look_ahead(panel(noisy(UNTIL), -noisy(UNTIL, 40.0, seed=1)), UNTIL, 1)
    assert outlook.total.mean[0] == pytest.approx(31 * 60, rel=0.05)
    assert any("Credits" in words for words in outlook.cautions)


def test_days_without_the_whole_bill_are_unknown_not_free():
    gapped = noisy(UNTIL)
    gapped[-9:-6] = 0
    outlook = look_ahead(panel(gapped), UNTIL, 1)
    assert outlook.total.mean[0] == pytest.approx(3100, rel=0.04)
    assert any("3 of them" in words for words in outlook.cautions)


def test_an_account_that_was_not_exported_yesterday_has_not_gone():
    account = [noisy(UNTIL, seed=i) for i in range(6)]
    for costs in account:
        costs[-1] = 0
    outlook = look_ahead(panel(*account, noisy(UNTIL, 50.0)), UNTIL, 1)
    assert outlook.parts[:6].sum() == pytest.approx(6 * 3100, rel=0.03)


def test_no_complete_day_is_a_sentence():
    with pytest.raises(ValueError, match="no complete day"):
        look_ahead(panel(noisy(date(2024, 2, 1))), START, 3)
