import numpy as np

from finops_cli.analytics.forecast.evidence import weigh

MONTHS = np.arange(36)


def noise(seed: int, count: int = 36) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(count)


def test_noise_around_a_level_is_forecast_at_that_level() -> None:
    rows = np.array([1 + 0.1 * noise(seed) for seed in range(20)])
    ahead = weigh(rows, 12, 12).mean[:, 3:]
    naive = np.abs(rows[:, -1] - 1).mean()
    assert np.abs(ahead - 1).mean() < 0.6 * naive


def test_a_wandering_level_is_forecast_where_it_is() -> None:
    rows = np.array([3 + 0.1 * noise(seed).cumsum() for seed in range(20)])
    ahead = weigh(rows, 1, 12).mean[:, 0]
    assert np.abs(ahead - rows[:, -1]).mean() < 0.05
    assert np.abs(ahead - rows.mean(axis=1)).mean() > 0.1


def test_growth_goes_on_where_the_history_shows_it() -> None:
    rows = (1 + 0.02 * MONTHS + 0.01 * noise(1))[None, :]
    ahead = weigh(rows, 12, 12).mean[0]
    np.testing.assert_allclose(ahead, 1 + 0.02 * np.arange(36, 48), atol=0.05)


def test_a_season_counts_once_the_history_shows_it() -> None:
    wave = np.tile([0, 0.4, 0, 0, -0.3, 0, 0.2, 0, 0, 0, 0.5, -0.2], 4)
    ahead = weigh((2 + wave[:36] + 0.02 * noise(2))[None, :], 12, 12).mean[0]
    np.testing.assert_allclose(ahead - 2, wave[36:], atol=0.07)
    flat = weigh((2 + 0.2 * noise(3))[None, :], 12, 12).mean[0]
    assert np.ptp(flat) < 0.5 * 0.2 * np.ptp(noise(3)[24:])


def test_a_short_history_leaves_growth_and_season_open() -> None:
    quiet = 1 + 0.001 * noise(4)
    short, long = (weigh(quiet[None, :count], 12, 12).error.deviation[0] for count in (4, 36))
    assert short[5] > 0.05
    assert long[5] < 0.01


def test_uneven_errors_are_told_from_even_ones() -> None:
    even = weigh((1 + 0.1 * np.sign(noise(5, 200)))[None, :], 1, 1).error.evenness[0]
    bursts = np.where(np.arange(200) % 40 == 20, 1.0, 0.0)
    uneven = weigh((1 + bursts + 0.001 * noise(6, 200))[None, :], 1, 1).error.evenness[0]
    assert uneven < 0.6 < 0.95 < even


def test_the_likelihood_tells_growth_by_percents_from_growth_by_amounts() -> None:
    percents = np.exp(0.05 * MONTHS + 0.02 * noise(7))
    amounts = 1 + 0.3 * MONTHS + 0.05 * noise(8)

    def odds(values: np.ndarray) -> float:
        values = values / values.mean()
        logs = np.log(values)
        by_percents = weigh(logs[None, :], 1, 12).support[0] - logs.sum()
        return by_percents - weigh(values[None, :], 1, 12).support[0]

    assert odds(percents) > 3
    assert odds(amounts) < -3
