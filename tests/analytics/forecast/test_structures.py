import numpy as np
import pytest

from finops_cli.analytics.forecast.structures import Structures, steps_per_year


def test_models_without_a_season_come_first() -> None:
    models = Structures.of(12)
    without = models.season_prior == 0
    assert without[: without.sum()].all()
    assert 0 < without.sum() < len(models)


def test_no_season_no_effects() -> None:
    assert not Structures.of(1).season_prior.any()


def test_a_lasting_slope_reaches_as_many_steps_and_a_fading_one_stays() -> None:
    models = Structures.of(12)
    reach = models.reach(24)
    assert (reach[0] == 0).all()
    np.testing.assert_allclose(reach[24, models.damping == 1], 24)
    fading = models.damping == 0.9
    np.testing.assert_allclose(reach[24, fading], 0.9 * (1 - 0.9**24) / 0.1)


@pytest.mark.parametrize("season_length", [7, 12, 52])
def test_phases_repeat_after_a_season(season_length: int) -> None:
    models = Structures.of(season_length)
    phases = models.phases(0, 3 * season_length)
    np.testing.assert_allclose(phases[:season_length], phases[season_length : 2 * season_length])


def test_every_effect_of_a_short_season_is_its_own_and_long_ones_are_waves() -> None:
    np.testing.assert_array_equal(Structures.of(12).pattern, np.eye(12))
    weeks = Structures.of(52).pattern
    assert weeks.shape[1] < 12
    np.testing.assert_allclose(weeks.sum(axis=0), 0, atol=1e-9)


def test_steps_per_year() -> None:
    assert [steps_per_year(season) for season in (1, 7, 12, 52)] == [12, 365, 12, 52]
