from datetime import date

import numpy as np
import pytest

from finops_cli.analytics.adjust import Change, adjust
from finops_cli.analytics.outlook import Band, Outlook

_MONTHS = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))


def _outlook(*, running: bool = False, so_far: float = 0.0) -> Outlook:
    parts = np.array([[100.0, 100.0, 100.0], [300.0, 300.0, 300.0]])
    mean = parts.sum(0)
    first = int(running)
    whole = float(mean[first:].sum())
    return Outlook(
        months=_MONTHS,
        running=running,
        so_far=so_far,
        total=Band(mean, mean - 40, mean + 60),
        horizon_total=(whole, whole - 100, whole + 150),
        parts=parts,
        known=(),
        signals=(),
        method="",
        cautions=(),
        level=80,
        spread=np.zeros(2),
    )


def test_nothing_known_changes_nothing() -> None:
    outlook = _outlook()
    found = adjust(outlook, [])
    assert found.outlook is outlook
    assert (found.effects, found.apart) == ((), (0.0, 0.0, 0.0))


def test_a_factor_on_some_series_takes_its_share_of_the_band() -> None:
    found = adjust(_outlook(), [Change((1.0, 1.0, 0.5), (0, 0, 0), series=(1,))])
    assert found.outlook.parts[1].tolist() == [300, 300, 150]
    assert found.outlook.total.mean.tolist() == [400, 400, 250]
    assert found.effects == ((0.0, 0.0, -150.0),)
    band = found.outlook.total
    assert (band.mean - band.low).tolist() == [40, 40, 25]
    assert (band.high - band.mean).tolist() == [60, 60, 37.5]


def test_an_amount_moves_the_band_and_does_not_widen_it() -> None:
    found = adjust(_outlook(), [Change((1.0,) * 3, (0, 50, 50))])
    band = found.outlook.total
    assert band.mean.tolist() == [400, 450, 450]
    assert (band.high - band.low).tolist() == [100, 100, 100]
    assert found.apart == (0.0, 50.0, 50.0)
    assert found.outlook.horizon_total == pytest.approx((1300, 1200, 1450))


def test_an_amount_for_some_series_spreads_as_their_costs_do() -> None:
    found = adjust(_outlook(), [Change((1.0,) * 3, (80, 0, 0), series=(0, 1))])
    assert found.outlook.parts[:, 0].tolist() == [120, 360]
    assert found.apart == (0.0, 0.0, 0.0)


def test_an_amount_for_a_series_without_cost_is_its_own() -> None:
    gone = Change((0.0, 0.0, 0.0), (0, 0, 0), series=(0,))
    back = Change((1.0, 1.0, 1.0), (7, 7, 7), series=(0,))
    found = adjust(_outlook(), [gone, back])
    assert found.outlook.parts[0].tolist() == [7, 7, 7]


def test_changes_follow_one_another_and_add_up() -> None:
    changes = [
        Change((1.1,) * 3, (0, 0, 0)),
        Change((1.0,) * 3, (10, 10, 10)),
        Change((0.5,) * 3, (0, 0, 0)),
    ]
    found = adjust(_outlook(), changes)
    assert found.outlook.total.mean == pytest.approx([(440 + 10) / 2] * 3)
    assert np.sum(found.effects, axis=0) == pytest.approx(found.outlook.total.mean - 400)
    carried = found.outlook.parts.sum(0) + np.array(found.apart)
    assert carried == pytest.approx(found.outlook.total.mean)


def test_what_is_billed_already_cannot_be_adjusted() -> None:
    found = adjust(_outlook(running=True, so_far=300), [Change((2.0, 2.0, 1.0), (40, 0, 0))])
    # A quarter of the month is still to come.
    assert found.outlook.total.mean == pytest.approx([500 + 10, 800, 400])
    assert found.outlook.horizon_total[0] == pytest.approx(1200)
