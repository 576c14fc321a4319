"""What holds whatever the bill: no crash, no memory of the order, no look ahead."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finops_cli.analytics.anomalies import Event, find
from finops_cli.domain.panel import Panel
from tests.analytics.anomalies.bills import bill

relaxed = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def rough(seed: int, days: int, series: int) -> Panel:
    """A bill of steps, spikes, gaps, credits and zeros."""
    draw = np.random.default_rng(seed)
    lines = {}
    for n in range(series):
        usage = np.exp(draw.normal(3, 1.5)) * np.exp(0.1 * draw.normal(size=days))
        for _ in range(draw.integers(0, 4)):
            at = draw.integers(0, days)
            usage[at : at + draw.integers(1, 30)] *= draw.choice([0.0, 0.5, 3.0, 20.0])
        if draw.random() < 0.2:
            usage[draw.integers(0, days)] *= -1
        lines[f"acct-{n % 2}", f"service-{n % 3}", "r", f"usage-{n}"] = usage
    return bill(lines)


def fixed(panel: Panel, event: Event) -> tuple[object, ...]:
    return event.first_alert, event.start, panel.keys[event.series[0]][:2]


@relaxed
@given(seed=st.integers(0, 10_000), days=st.integers(1, 120), series=st.integers(1, 12))
def test_every_event_is_consistent(seed: int, days: int, series: int) -> None:
    panel = rough(seed, days, series)
    for event in find(panel, panel.period.end).events:
        assert event.start <= event.first_alert < event.end <= panel.period.end
        assert event.running <= (event.end == panel.period.end)
        assert 0 <= event.confidence <= 1
        assert len(set(event.series)) == len(event.series)
        costs = sum(np.array(panel.costs[i]) for i in event.series)
        assert isinstance(costs, np.ndarray)
        first = (event.start - panel.period.start).days
        window = costs[first : first + (event.end - event.start).days]
        np.testing.assert_allclose(event.actual, window.sum(), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(event.impact, event.actual - event.expected, atol=1e-6)
        shown = [(actual, usual) for at, actual, usual in event.days if event.start <= at]
        inside = shown[: (event.end - event.start).days]
        np.testing.assert_allclose(sum(a for a, _ in inside), event.actual, atol=1e-6)


@settings(relaxed, max_examples=6)
@given(seed=st.integers(0, 10_000))
def test_the_past_is_never_rewritten(seed: int) -> None:
    panel = rough(seed, 110, 8)
    whole = [fixed(panel, event) for event in find(panel, panel.period.end).events]
    for days in range(20, 110, 6):
        until = panel.period.start + timedelta(days=days)
        cut = [fixed(panel, event) for event in find(panel.before(until), until).events]
        assert cut == [known for known in whole if known[0] < until]  # type: ignore[operator]


@pytest.mark.parametrize("seed", [2, 5])
def test_a_cut_at_every_day_says_what_the_whole_says(seed: int) -> None:
    panel = rough(seed, 90, 6)
    whole = [fixed(panel, event) for event in find(panel, panel.period.end).events]
    assert whole
    for days in range(1, 90):
        until = panel.period.start + timedelta(days=days)
        cut = [fixed(panel, event) for event in find(panel.before(until), until).events]
        assert cut == [known for known in whole if known[0] < until]  # type: ignore[operator]


@relaxed
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_series_does_not_matter(seed: int) -> None:
    panel = rough(seed, 100, 8)
    turned = panel.keep(range(7, -1, -1))
    ours = {fixed(panel, event) for event in find(panel, panel.period.end).events}
    theirs = {fixed(turned, event) for event in find(turned, panel.period.end).events}
    assert ours == theirs


def test_days_from_until_on_change_nothing() -> None:
    panel = rough(3, 120, 8)
    until = panel.period.start + timedelta(days=100)
    assert find(panel, until).events == find(panel.before(until), until).events


def test_twice_is_the_same() -> None:
    panel = rough(4, 120, 8)
    assert find(panel, panel.period.end) == find(panel, panel.period.end)
