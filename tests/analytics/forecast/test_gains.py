"""The filters against the joint normal distribution of the whole history, written out."""

import numpy as np
import pytest

from finops_cli.analytics.forecast.filtering import run
from finops_cli.analytics.forecast.gains import DIFFUSE, gains
from finops_cli.analytics.forecast.structures import Structures

SEASON, STEPS, HORIZON = 4, 11, 6
HISTORY = np.array([3.0, 5, 2, 4, 6, 5, 3, 7, 6, 9, 5])


def joint_covariance(models: Structures, at: int, count: int) -> np.ndarray:
    """The covariance of the first ``count`` values under one model, by its transition matrices."""
    effects = models.pattern.shape[1]
    size = 2 + effects
    move = np.eye(size)
    move[0, 1] = move[1, 1] = models.damping[at]
    state = np.diag([DIFFUSE, models.slope_prior[at], *[models.season_prior[at]] * effects])
    states, seen = [state], []
    for step in range(count):
        phase = models.phases(step, 1)[0]
        seen.append(np.array([1, 0, *phase]))
        noise = [models.level_noise[at], models.slope_noise[at]]
        season = models.season_noise[at] * phase**2
        states.append(move @ states[-1] @ move.T + np.diag([*noise, *season]))
    found = np.empty((count, count))
    for i in range(count):
        for j in range(i, count):
            moved = np.linalg.matrix_power(move, j - i) @ states[i]
            found[i, j] = found[j, i] = seen[j] @ moved @ seen[i]
    return found + models.noise[at] * np.eye(count)


@pytest.mark.parametrize("at", range(0, len(Structures.of(SEASON)), 4))
def test_forecast_and_spread_are_those_of_the_joint_distribution(at: int) -> None:
    models = Structures.of(SEASON)
    filters = gains(SEASON, STEPS)
    whole = joint_covariance(models, at, STEPS + HORIZON)
    past, cross, future = whole[:STEPS, :STEPS], whole[STEPS:, :STEPS], whole[STEPS:, STEPS:]
    expected = cross @ np.linalg.solve(past, HISTORY)
    variance = np.diag(future - cross @ np.linalg.solve(past, cross.T))
    paths = run(HISTORY[None, :], models, filters, HORIZON).paths[0, at]
    np.testing.assert_allclose(paths, expected, rtol=1e-4)
    np.testing.assert_allclose(filters.spread(models, HORIZON)[at], variance, rtol=1e-3)


def test_errors_one_step_ahead_have_the_likelihood_of_the_joint_distribution() -> None:
    models, at = Structures.of(SEASON), 20
    filters = gains(SEASON, STEPS)
    past = joint_covariance(models, at, STEPS)
    found = run(HISTORY[None, :], models, filters, 1).squares[0, at]
    assert found == pytest.approx(HISTORY @ np.linalg.solve(past, HISTORY), rel=1e-3)
    logs = np.log(filters.variance[:, at]).sum()
    assert logs == pytest.approx(np.linalg.slogdet(past)[1], rel=1e-6)


def test_the_gain_settles_where_the_model_says() -> None:
    models = Structures.of(1)
    flat = np.flatnonzero(models.slope_prior == 0)
    settled = gains(1, 300).gain[-1]
    np.testing.assert_allclose(settled[flat, 0], models.level_gain[flat], atol=1e-3)


def test_many_series_do_not_mix() -> None:
    models, filters = Structures.of(SEASON), gains(SEASON, STEPS)
    rows = np.array([HISTORY * factor for factor in range(1, 400)])
    together = run(rows, models, filters, 3).paths
    alone = run(rows[350:351], models, filters, 3).paths[0]
    np.testing.assert_allclose(together[350], alone, rtol=1e-9, atol=1e-9)
