from array import array
from datetime import date, timedelta

import numpy as np
import pytest

from finops_cli.analytics.forecast import forecast
from finops_cli.analytics.outlook import look_ahead, replay
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period, add_months

_START = date(2022, 1, 1)


def _kept_by_month(lines: list[list[float]]) -> Panel:
    """Return a bill whose only charges lie on the first of each month."""
    months = [add_months(_START, i) for i in range(len(lines[0]) + 1)]
    period = Period(_START, months[-1])
    costs = []
    for line in lines:
        days = array("d", bytes(8 * period.days))
        for month, cost in zip(months, line, strict=False):
            days[(month - _START).days] = cost
        costs.append(days)
    keys = tuple((f"line {i}",) for i in range(len(lines)))
    return Panel(period, ("service",), keys, tuple(costs))


def _lengths(count: int, start: int = 0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    months = [add_months(_START, start + i) for i in range(count + 1)]
    pairs = zip(months, months[1:], strict=False)
    return np.array([(b - a).days for a, b in pairs], dtype=float)


def test_its_months_are_the_series_engine_s_rates_times_their_days() -> None:
    wave = 10 + np.sin(np.arange(30) / 3)
    panel = _kept_by_month([list(wave * _lengths(30)), list(2 * wave * _lengths(30))])
    outlook = look_ahead(panel, panel.period.end, 6)
    told = forecast(3 * wave, 6, 12, 80)
    assert outlook.total.mean == pytest.approx(told.mean * _lengths(6, 30))
    assert outlook.total.low == pytest.approx(told.low * _lengths(6, 30))
    assert outlook.horizon_total[0] == pytest.approx(outlook.total.mean.sum())
    assert outlook.horizon_total[1] < outlook.horizon_total[0] < outlook.horizon_total[2]
    assert "rate per day of each month" in outlook.method


def test_its_lines_add_up_and_keep_their_proportions() -> None:
    panel = _kept_by_month([list(5 * _lengths(24)), list(15 * _lengths(24))])
    outlook = look_ahead(panel, panel.period.end, 12)
    assert outlook.parts.sum(axis=0) == pytest.approx(outlook.total.mean)
    assert outlook.parts[1] == pytest.approx(3 * outlook.parts[0], rel=0.05)


def test_a_flat_rate_is_no_flat_month() -> None:
    panel = _kept_by_month([list(5 * _lengths(24))])
    outlook = look_ahead(panel, panel.period.end, 3)
    assert outlook.total.mean == pytest.approx([5 * 31, 5 * 29, 5 * 31], rel=0.02)


def test_its_past_is_told_again_by_months_too() -> None:
    rng = np.random.default_rng(3)
    rates = 50 * np.exp(np.cumsum(rng.normal(0, 0.01, 36)))
    panel = _kept_by_month([list(rates * _lengths(36))])
    found = replay(panel, panel.period.end, 12).measures()
    assert found["forecast"].month_1 < 1.1 * found["last month per day"].month_1
    assert found["forecast"].month_1 < 0.5 * found["last month"].month_1


def test_a_bill_by_days_is_none_of_this() -> None:
    period = Period(_START, _START + timedelta(days=400))
    panel = Panel(period, ("service",), (("EC2",),), (array("d", [7.0] * 400),))
    assert "rate per day of each month" not in look_ahead(panel, period.end, 3).method
