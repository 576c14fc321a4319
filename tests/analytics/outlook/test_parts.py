"""The steps of an outlook, each by itself."""

from datetime import date

import numpy as np
import pytest

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.drift import Drift, shared
from finops_cli.analytics.outlook.pace import WINDOWS, Pace
from finops_cli.analytics.outlook.path import Clock, follow
from finops_cli.analytics.outlook.rhythm import learn
from finops_cli.analytics.outlook.standout import Usual, new_levels, tamed
from tests.analytics.outlook.bills import START, noisy, wandering

UNTIL = date(2025, 7, 1)
DAYS = Days.between(START, UNTIL)
KNOWN = np.ones(len(DAYS), dtype=bool)


def test_days_know_their_calendar():
    days = Days.between(date(2024, 2, 28), date(2024, 3, 2))
    assert days.weekday.tolist() == [2, 3, 4]
    assert days.day.tolist() == [28, 29, 1]
    assert days.length.tolist() == [29, 29, 31]
    assert days.at(2) == date(2024, 3, 1)


def test_a_noisy_series_is_averaged_long_and_a_wandering_one_short():
    costs = np.array([noisy(UNTIL, sd=0.5), wandering(UNTIL, sd=0.03)])
    weights, doubt = Pace.of(costs).weights(len(DAYS), np.ones(2))
    length = weights @ np.array(WINDOWS)
    assert length[0] > 2 * length[1]
    assert weights.sum(axis=1) == pytest.approx([1, 1])
    assert (doubt > 0).all()


def test_a_record_read_as_of_a_day_knows_nothing_later():
    costs = np.array([wandering(UNTIL), noisy(UNTIL)])
    whole, cut = Pace.of(costs), Pace.of(costs[:, :400])
    for a, b in zip(whole.weights(400, np.ones(2)), cut.weights(400, np.ones(2)), strict=True):
        assert a == pytest.approx(b)
    assert Usual.of(costs).at(400) == pytest.approx(Usual.of(costs[:, :400]).at(400))


def test_weekdays_and_month_ends_are_learned_from_what_repeats():
    shape = np.where(DAYS.weekday == 6, 0.5, 1.0) * np.where(DAYS.day == DAYS.length, 3.0, 1.0)
    rhythm = learn(DAYS, noisy(UNTIL, sd=0.02)[None] * shape, KNOWN)
    ratio = rhythm.weekday[0] / rhythm.weekday[0, 0]
    assert ratio == pytest.approx([1, 1, 1, 1, 1, 1, 0.5], abs=0.03)
    assert rhythm.phase[0] == pytest.approx([1, 1, 1, 3], rel=0.08)


def test_chance_is_no_rhythm():
    rng = np.random.default_rng(4)
    costs = np.where(rng.random((5, len(DAYS))) < 0.3, 50.0, 0.0)
    assert (learn(DAYS, costs, KNOWN).factors(DAYS) == 1).all()


def _clock(months: int, ahead: int = 12) -> Clock:
    past = 24000.5 + np.arange(months)
    now = past[-1] + 0.5
    return Clock(past, now, np.array([now - 1]), now + 0.5 + np.arange(ahead))


def test_a_path_without_history_is_what_bills_usually_do():
    path = follow(
        np.zeros(0), Clock(np.zeros(0), 24000.0, np.zeros(1), 24000.5 + np.arange(3)), Drift()
    )
    assert path.mean.tolist() == [0, 0, 0]
    assert (np.diff(np.diag(path.cov)) > 0).all()


def test_a_jump_in_the_first_year_is_no_season():
    rates = np.array([*[200.0] * 8, *[100.0] * 8]) * np.exp(0.01 * np.sin(np.arange(16)))
    path = follow(rates, _clock(16), Drift())
    assert np.abs(path.mean[:6]).max() < 0.15


def test_a_season_seen_three_times_is_followed():
    months = np.arange(36)
    rates = 100 * np.exp(0.2 * np.sin(2 * np.pi * months / 12))
    path = follow(rates, _clock(36), Drift())
    expected = 0.2 * np.sin(2 * np.pi * (36 + np.arange(12)) / 12)
    now = 0.2 * np.sin(2 * np.pi * 35.5 / 12)
    assert path.mean == pytest.approx(expected - now, abs=0.08)


def test_growth_that_all_series_share_is_believed_and_one_launch_is_not():
    grown = np.exp(0.02 / 30.4 * np.arange(len(DAYS)))
    costs = np.array([noisy(UNTIL, sd=0.05, seed=i) * grown for i in range(15)])
    costs[0, -200:] *= 8
    drift = shared(DAYS, costs)
    assert drift.mean == pytest.approx(0.02, abs=0.004) and drift.sd < Drift().sd
    assert shared(DAYS, costs[:2]) == Drift()


def test_belief_in_a_new_level_grows_with_its_days():
    beliefs = []
    for since in (2, 7, 21):
        costs = noisy(UNTIL, sd=0.02)[None].copy()
        costs[:, -since:] *= 1.8
        found = new_levels(costs, Usual.of(costs).at(costs.shape[1]))
        assert found.series.tolist() == [0] and found.since.tolist() == [since]
        beliefs.append(float(found.belief[0]))
    assert beliefs == sorted(beliefs) and beliefs[0] < 0.5 < 0.8 < beliefs[-1]


def test_a_day_that_towers_is_taken_out_and_a_level_that_stays_is_not():
    costs = np.array([noisy(UNTIL), noisy(UNTIL)])
    costs[0, 300] *= 50
    costs[1, -5:] *= 50
    calm, out = tamed(costs)
    assert np.argwhere(out).tolist() == [[0, 300]]
    assert calm[0, 300] == pytest.approx(100, rel=0.05)
    assert (calm[1] == costs[1]).all()
