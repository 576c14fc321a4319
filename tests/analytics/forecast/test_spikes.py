import numpy as np

from finops_cli.analytics.forecast.spikes import despiked

QUIET = 100 + np.random.default_rng(1).standard_normal(40)


def test_a_single_spike_gives_way_to_its_neighbours() -> None:
    spiked = QUIET.copy()
    spiked[20] = 500
    found = despiked(spiked[None, :], 12)[0]
    assert 95 < found[20] < 105
    np.testing.assert_array_equal(np.delete(found, 20), np.delete(QUIET, 20))


def test_a_month_that_vanished_is_a_spike_too() -> None:
    holed = QUIET.copy()
    holed[10] = 0
    assert despiked(holed[None, :], 12)[0, 10] > 95


def test_a_spike_that_comes_back_every_season_stays() -> None:
    peaks = QUIET.copy()
    peaks[[8, 20, 32]] = 400, 500, 450
    np.testing.assert_array_equal(despiked(peaks[None, :], 12)[0], peaks)


def test_a_step_and_the_last_values_stay() -> None:
    stepped = np.where(np.arange(40) < 25, QUIET, 3 * QUIET)
    np.testing.assert_array_equal(despiked(stepped[None, :], 12)[0], stepped)
    late = QUIET.copy()
    late[-1] = 1000
    np.testing.assert_array_equal(despiked(late[None, :], 12)[0], late)


def test_what_varies_anyway_and_what_is_short_stays() -> None:
    wild = np.exp(0.6 * np.random.default_rng(2).standard_normal(40))
    np.testing.assert_array_equal(despiked(wild[None, :], 12)[0], wild)
    short = np.array([1.0, 1, 9, 1, 1])
    np.testing.assert_array_equal(despiked(short[None, :], 12)[0], short)


def test_where_many_seasons_outvote_it_a_spike_stays() -> None:
    spiked = QUIET.copy()
    spiked[20] = 500
    np.testing.assert_array_equal(despiked(spiked[None, :], 7)[0], spiked)
