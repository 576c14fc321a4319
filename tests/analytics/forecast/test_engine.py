import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.analytics.forecast import Forecast, forecast, forecast_many


def bill(months: int, growth: float = 0.01, season: float = 0.1, noise: float = 0.02) -> np.ndarray:
    random = np.random.default_rng(7)
    month = np.arange(months)
    wave = 1 + season * np.sin(2 * np.pi * month / 12)
    return 1000 * (1 + growth) ** month * wave * np.exp(noise * random.standard_normal(months))


def sane(found: Forecast, horizon: int) -> bool:
    values = (found.mean, found.low, found.high)
    finite = all(np.isfinite(v).all() and v.shape == (horizon,) for v in values)
    return finite and bool((found.low <= found.mean).all() and (found.mean <= found.high).all())


HISTORIES = {
    "one value": [120.0],
    "two values": [120.0, 130.0],
    "five values": [100.0, 110.0, 95.0, 120.0, 125.0],
    "all zero": [0.0] * 20,
    "constant": [42.0] * 30,
    "credits": [-5.0, -7.0, -6.0, -5.5, -8.0, -6.0],
    "credits among costs": [10.0, -3.0, 12.0, 11.0, -4.0, 9.0],
    "zeros among costs": [0.0, 0.0, 10.0, 0.0, 12.0, 11.0, 0.0, 13.0],
    "gaps": [10.0, np.nan, 12.0, 11.0, np.nan, np.nan, 13.0, 12.0, np.nan],
    "a step at the last value": [100.0] * 23 + [300.0],
    "tiny": list(1e-9 * bill(20)),
    "huge": list(1e12 * bill(20)),
}


@pytest.mark.parametrize("season_length", [1, 7, 12, 52])
@pytest.mark.parametrize("name", HISTORIES)
def test_every_history_gets_a_sane_answer(name: str, season_length: int) -> None:
    assert sane(forecast(HISTORIES[name], 15, season_length), 15)


@pytest.mark.parametrize("name", HISTORIES)
def test_the_unit_of_the_values_does_not_matter(name: str) -> None:
    values = np.array(HISTORIES[name])
    plain, scaled = forecast(values, 12), forecast(values * 0.073, 12)
    for bound in ("mean", "low", "high"):
        expected = 0.073 * getattr(plain, bound)
        np.testing.assert_allclose(getattr(scaled, bound), expected, rtol=1e-6)


def test_the_same_values_give_the_same_forecast() -> None:
    first, second = forecast(bill(30), 12), forecast(bill(30), 12)
    assert np.array_equal(first.mean, second.mean)
    assert np.array_equal(first.high, second.high)


def test_many_are_forecast_as_one_by_one() -> None:
    histories = [bill(30), bill(14), -bill(30), np.zeros(30), bill(30)[::-1]]
    for one, history in zip(forecast_many(histories, 12), histories, strict=True):
        alone = forecast(history, 12)
        np.testing.assert_allclose(one.mean, alone.mean, rtol=1e-9)
        np.testing.assert_allclose(one.high, alone.high, rtol=1e-9)
        assert one.method == alone.method


def test_a_table_of_values_is_taken_row_by_row() -> None:
    found = forecast_many(np.array([bill(20), 2 * bill(20)]), 3)
    np.testing.assert_allclose(found[1].mean, 2 * found[0].mean, rtol=1e-6)


def test_growth_and_season_are_carried_on() -> None:
    history = bill(48)
    found, truth = forecast(history[:36], 12), history[36:]
    assert np.abs(found.mean / truth - 1).mean() < 0.05
    assert np.abs(found.mean / truth - 1).mean() < np.abs(history[24:36] / truth - 1).mean()


@pytest.mark.parametrize("name", HISTORIES)
def test_bands_widen_with_the_level(name: str) -> None:
    narrow, wide = forecast(HISTORIES[name], 6, level=80), forecast(HISTORIES[name], 6, level=95)
    assert (wide.low <= narrow.low).all()
    assert (wide.high >= narrow.high).all()


@pytest.mark.parametrize("name", HISTORIES)
def test_the_total_is_the_sum_with_errors_that_mostly_go_together(name: str) -> None:
    found = forecast(HISTORIES[name], 12)
    mean, low, high = found.total
    assert mean == pytest.approx(found.mean.sum())
    assert found.low.sum() - 1e-9 * abs(mean) <= low <= mean <= high
    assert high <= found.high.sum() + 1e-9 * abs(mean)


def test_noise_averages_out_of_the_total_and_a_wandering_level_does_not() -> None:
    random = np.random.default_rng(11).standard_normal(60)

    def together(values: np.ndarray) -> float:
        found = forecast(values, 12)
        return (found.total[2] - found.total[1]) / (found.high - found.low).sum()

    assert together(100 + random) < 0.6
    assert together(100 + random.cumsum()) > 0.8


@pytest.mark.parametrize("values", [[], [np.nan, np.nan]])
def test_no_value_is_said_in_a_sentence(values: list[float]) -> None:
    with pytest.raises(ValueError, match="needs at least one value"):
        forecast(values, 12)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="horizon"):
        forecast([1.0], 0)
    with pytest.raises(ValueError, match="season"):
        forecast([1.0], 3, 0)
    with pytest.raises(ValueError, match="level"):
        forecast([1.0], 3, level=100)


def test_nothing_is_narrower_further_ahead() -> None:
    for history in [*HISTORIES.values(), bill(36, season=0.5), bill(60, growth=-0.03)]:
        found = forecast(history, 24)
        above, below = found.high - found.mean, found.mean - found.low
        assert (np.diff(above) >= -1e-9 * above[-1]).all()
        held = found.low > 0 if np.nanmin(history) >= 0 else np.full(24, True)
        assert (np.diff(below)[held[1:]] >= -1e-9 * below[-1]).all()


def test_a_bill_without_credits_is_never_forecast_below_zero() -> None:
    ending = [100.0, 80, 60, 40, 20, 10, 5, 0, 0]
    found = forecast(ending, 24)
    assert (found.low >= 0).all()
    assert (found.mean < 40).all()


def test_a_step_is_believed_once_it_has_lasted() -> None:
    just, lasting = [100.0] * 23 + [300.0], [100.0] * 18 + [300.0] * 6
    assert 100 < forecast(just, 6).mean[-1] < 300
    assert forecast(lasting, 6).mean[-1] > 250
    assert forecast(just, 6).high[0] > 300


def test_one_spike_long_past_does_not_move_the_forecast() -> None:
    values = 100 + np.random.default_rng(3).standard_normal(30)
    spiked = values.copy()
    spiked[20] = 400
    assert forecast(spiked, 6).mean == pytest.approx(forecast(values, 6).mean, rel=0.1)


def test_adding_a_constant_to_credits_moves_the_forecast_by_about_as_much() -> None:
    random = np.random.default_rng(4)
    values = random.standard_normal(30)
    moved = forecast(values - 5, 6).mean - forecast(values - 8, 6).mean
    np.testing.assert_allclose(moved, 3, atol=0.15)


def test_runaway_growth_stays_finite() -> None:
    found = forecast(np.exp(np.arange(20.0)), 60)
    assert np.isfinite(found.high).all()


def test_longer_histories_know_more() -> None:
    short, long = (forecast(bill(months), 12) for months in (4, 48))
    assert (short.high - short.low)[5] / short.mean[5] > (long.high - long.low)[5] / long.mean[5]


@pytest.mark.parametrize(("months", "most"), [(6, 0.94), (14, 0.88), (24, 0.88), (36, 0.88)])
def test_four_of_five_months_fall_inside_the_band(months: int, most: float) -> None:
    """A short history must not promise too much, and may promise too little."""
    random = np.random.default_rng(months)
    count, horizon = 150, 12
    shocks = random.standard_normal((2, count, months + horizon))
    growth = 0.01 * random.standard_normal((count, 1))
    level = (growth + 0.03 * shocks[0]).cumsum(axis=1)
    season = 0.05 * np.tile(random.standard_normal((count, 12)), 5)[:, : months + horizon]
    values = 1e4 * np.exp(level + season + 0.03 * shocks[1])
    found = forecast_many(values[:, :months], horizon)
    inside = [
        (one.low <= actual) & (actual <= one.high)
        for one, actual in zip(found, values[:, months:], strict=True)
    ]
    assert 0.72 < np.mean(inside) < most


@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40),
    horizon=st.integers(1, 20),
    season_length=st.sampled_from([1, 7, 12, 52]),
    factor=st.floats(1e-3, 1e3),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_the_values(
    values: list[float], horizon: int, season_length: int, factor: float
) -> None:
    history = np.round(values, 2)
    found = forecast(history, horizon, season_length)
    assert sane(found, horizon)
    scaled = forecast(history * factor, horizon, season_length)
    size = np.abs(history).max() * factor
    for bound in ("mean", "low", "high"):
        expected = factor * getattr(found, bound)
        np.testing.assert_allclose(getattr(scaled, bound), expected, rtol=1e-4, atol=1e-4 * size)


def test_the_words_say_what_was_done() -> None:
    assert forecast([5.0], 3).method == "last value repeated (1 value)"
    assert forecast([0.0, 0.0], 3).method == "zero repeated"
    assert "no full season seen" in forecast(bill(8), 3).method
    assert forecast(bill(30), 3).method.endswith("weighed by 30 values")


def test_a_short_history_does_not_take_steps_for_a_season() -> None:
    steps = [100.0, 100, 102, 130, 131, 131, 130, 132]
    assert forecast(steps, 1).mean[0] == pytest.approx(131, abs=3)


def test_one_value_is_repeated() -> None:
    found = forecast([250.0], 6)
    np.testing.assert_allclose(found.mean, 250)
    assert (found.high > 275).all()


def test_a_forecast_loads_nothing_that_is_slow_to_load() -> None:
    code = (
        "import sys, numpy; before = set(sys.modules)\n"
        "from finops_cli.analytics.forecast import forecast\n"
        "forecast([float(i % 7) + i for i in range(36)], 12)\n"
        "new = set(sys.modules) - before\n"
        "print(sorted({'numpy.ma', 'statistics', 'scipy', 'pandas'} & new))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_forecast_may_be_unpacked():
    said = forecast([3.0, 4.0, 5.0, 4.0], 2)
    mean, low, high, method = said
    assert mean is said.mean and low is said.low and high is said.high and method == said.method
