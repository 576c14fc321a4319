from statistics import NormalDist

import pytest

from finops_cli.analytics.forecast.interval import narrowing, quantile


@pytest.mark.parametrize(
    ("level", "freedom", "table"),
    [
        (80, 1, 3.0777),
        (80, 2, 1.8856),
        (80, 3, 1.6377),
        (80, 10, 1.3722),
        (95, 10, 2.2281),
        (95, 30, 2.0423),
        (99, 20, 2.8453),
        (80, 1e6, 1.2816),
    ],
)
def test_quantiles_are_those_of_the_tables(level: float, freedom: float, table: float) -> None:
    assert quantile(level, freedom) == pytest.approx(table, rel=2e-3)


def test_uneven_errors_narrow_the_usual_band_and_not_the_rare_one() -> None:
    assert [narrowing(level) for level in (50, 80, 95, 99)] == [1, 1, 0, 0]
    assert 0 < narrowing(90) < 1


@pytest.mark.parametrize("level", [0.1, 10, 50, 80, 95, 99, 99.9, 99.99])
def test_with_all_the_data_in_the_world_errors_are_normal(level: float) -> None:
    expected = NormalDist().inv_cdf(0.5 + level / 200)
    assert quantile(level, 1e9) == pytest.approx(expected, rel=1e-6)
