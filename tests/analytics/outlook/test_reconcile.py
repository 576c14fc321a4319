from datetime import date

import numpy as np
import pytest

from finops_cli.analytics.outlook import bands_by, look_ahead, reconciled
from tests.analytics.outlook.bills import noisy, panel, wandering

UNTIL = date(2025, 7, 14)


def test_parts_are_fitted_to_the_total_of_the_whole():
    one, two = wandering(UNTIL), noisy(UNTIL, 30, 0.5, 1)
    rng = np.random.default_rng(2)
    coin = rng.random(len(one)) < 0.5
    split = look_ahead(panel(one * coin, one * ~coin, two), UNTIL, 6)
    whole = look_ahead(panel(one, two), UNTIL, 6)
    fitted = reconciled(split, whole)
    assert fitted.parts.sum(axis=0) == pytest.approx(whole.total.mean)
    assert fitted.horizon_total == whole.horizon_total
    assert fitted.parts[0] / fitted.parts[2] == pytest.approx(split.parts[0] / split.parts[2])
    bands = bands_by(fitted, ["a", "a", "b"])
    assert sum(band.mean for band in bands.values()) == pytest.approx(whole.total.mean)
