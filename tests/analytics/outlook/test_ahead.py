from datetime import date, timedelta

import numpy as np
import pytest

from finops_cli.analytics.outlook import bands_by, look_ahead, replay
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period, add_months


def panel(start: date, *series: np.ndarray) -> Panel:
    from array import array

    period = Period(start, start + timedelta(days=len(series[0])))
    keys = tuple((f"s{i}",) for i in range(len(series)))
    return Panel(period, ("service",), keys, tuple(array("d", s) for s in series))


def days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=i) for i in range((end - start).days)]


START = date(2025, 1, 1)


def flat(end: date, level: float = 100.0) -> np.ndarray:
    return np.full((end - START).days, level)


def test_a_flat_bill_goes_on_by_the_days_of_the_month():
    until = date(2026, 1, 1)
    outlook = look_ahead(panel(START, flat(until)), until, 3)
    assert outlook.months == (until, date(2026, 2, 1), date(2026, 3, 1))
    assert not outlook.running and outlook.so_far == 0.0
    assert outlook.total.mean == pytest.approx([3100, 2800, 3100], rel=0.05)
    assert (outlook.total.low < outlook.total.mean).all()
    assert (outlook.total.high > outlook.total.mean).all()


def test_the_running_month_is_completed_from_its_days_so_far():
    until = date(2026, 1, 21)
    outlook = look_ahead(panel(START, flat(until)), until, 2)
    assert outlook.running and outlook.so_far == pytest.approx(2000)
    assert len(outlook.months) == 3
    width = outlook.total.high - outlook.total.low
    assert outlook.total.mean[0] == pytest.approx(3100, rel=0.01)
    assert width[0] < width[1]


def test_days_from_until_on_are_not_learned_from():
    until = date(2026, 1, 1)
    values = flat(date(2026, 1, 9))
    other = values.copy()
    other[-8:] = 1e6
    a, b = (look_ahead(panel(START, v), until, 2) for v in (values, other))
    assert a.total.mean == pytest.approx(b.total.mean)


def test_parts_add_up_and_groups_too():
    until = date(2026, 1, 1)
    outlook = look_ahead(panel(START, flat(until), flat(until, 7.0), flat(until, 3.0)), until, 12)
    assert outlook.parts.sum(axis=0) == pytest.approx(outlook.total.mean)
    bands = bands_by(outlook, ["a", "b", "a"])
    assert sum(band.mean for band in bands.values()) == pytest.approx(outlook.total.mean)


def test_a_monthly_fee_is_known():
    until = date(2026, 1, 1)
    fee = np.array([50.0 if day.day == 1 else 0.0 for day in days(START, until)])
    outlook = look_ahead(panel(START, flat(until), fee), until, 3)
    known = outlook.known[-1]
    assert (known.series, known.kind) == (1, "monthly fee")
    assert known.amounts.tolist() == [50.0, 50.0, 50.0]


def test_a_bill_kept_by_the_month_is_no_bill_of_fees():
    until = date(2026, 1, 1)
    values = np.array(
        [10.0 * (add_months(d, 1) - d).days if d.day == 1 else 0.0 for d in days(START, until)]
    )
    outlook = look_ahead(panel(START, values), until, 3)
    assert outlook.known == ()
    assert outlook.total.mean == pytest.approx([310, 280, 310], rel=0.05)


@pytest.mark.parametrize("count", [1, 5, 20, 45, 150])
def test_short_histories_get_an_answer(count: int):
    until = START + timedelta(days=count)
    outlook = look_ahead(panel(START, flat(until)), until, 12)
    assert outlook.total.mean[-1] == pytest.approx(31 * 100, rel=0.35)
    assert np.isfinite(outlook.total.low).all()


@pytest.mark.parametrize("level", [0.0, -20.0])
def test_nothing_and_credits_alone_stay_what_they_are(level: float):
    until = date(2026, 1, 1)
    outlook = look_ahead(panel(START, flat(until, level)), until, 2)
    assert outlook.total.mean == pytest.approx([31 * level, 28 * level], rel=0.05)


def test_no_complete_day_is_a_sentence():
    with pytest.raises(ValueError, match="no complete day"):
        look_ahead(panel(START, flat(date(2025, 2, 1))), START, 3)


def test_replay_says_what_look_ahead_said():
    until = date(2026, 6, 1)
    rng = np.random.default_rng(3)
    values = flat(until) * np.exp(np.cumsum(rng.normal(0, 0.01, len(flat(until)))))
    whole = panel(START, values)
    back = replay(whole, until, 3, origins=4)
    assert len(back.origins) == 4
    for i, day in enumerate(back.origins):
        told = look_ahead(whole.before(day), day, 3)
        assert back.predicted[i] == pytest.approx(told.total.mean)
        assert back.low[i] == pytest.approx(told.total.low)
    assert back.measures()["forecast"].month_1 < 0.2
