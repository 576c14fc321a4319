"""The watch over a whole bill: what it raises, when, and what it leaves alone."""

from datetime import timedelta

import numpy as np
import pytest

from finops_cli.analytics.anomalies import Event, Kind, find
from finops_cli.domain.panel import Panel
from tests.analytics.anomalies.bills import Floats, bill, day, quiet, steady

HERE = ("acct-0", "service-0", "us-east-1", "usage-0")


def watch(panel: Panel) -> tuple[Event, ...]:
    return find(panel, panel.period.end).events


def with_extra(start: int, extra: Floats) -> Panel:
    lines = quiet()
    lines[HERE][start : start + len(extra)] += extra
    return bill(lines)


def test_a_quiet_bill_raises_nothing() -> None:
    assert watch(bill(quiet(days=400))) == ()


def test_a_spike_is_raised_on_its_day_with_its_driver_and_dollars() -> None:
    panel = with_extra(100, np.array([200.0]))
    (event,) = watch(panel)
    assert (event.kind, event.start, event.end) == (Kind.SPIKE, day(100), day(101))
    assert (event.first_alert, event.running) == (day(100), False)
    assert panel.keys[event.series[0]] == HERE
    assert event.impact == pytest.approx(200, rel=0.1)
    assert event.actual - event.expected == pytest.approx(event.impact)


def test_a_runaway_still_on_is_running() -> None:
    (event,) = watch(with_extra(170, np.full(10, 100.0)))
    assert (event.kind, event.running, event.end) == (Kind.RUNAWAY, True, day(180))
    assert event.first_alert == day(170)
    assert event.per_day == pytest.approx(100, rel=0.1)


def test_a_leak_is_a_ramp_found_before_it_has_doubled_the_bill() -> None:
    (event,) = watch(with_extra(120, np.linspace(2, 50, 30)))
    assert event.kind is Kind.RAMP
    assert day(118) <= event.start <= event.first_alert <= day(135)


def test_new_usage_in_a_known_account_is_raised_on_its_first_day() -> None:
    lines = quiet()
    usage = np.zeros(180)
    usage[90:] = steady(80, 90)
    lines["acct-1", "gpu", "sa-east-1", "p4d"] = usage
    (event,) = watch(bill(lines))
    assert (event.kind, event.start, event.first_alert) == (Kind.NEW, day(90), day(90))


def test_vanished_usage_is_gone() -> None:
    lines = quiet()
    lines[HERE][165:] = 0
    (event,) = watch(bill(lines))
    assert (event.kind, event.start, event.running) == (Kind.GONE, day(165), True)
    assert event.impact < 0


def test_a_lasting_shift_is_one_event_and_so_is_a_long_one_that_ends() -> None:
    assert len(watch(with_extra(60, np.full(120, 80.0)))) == 1
    assert len(watch(with_extra(60, np.full(70, 80.0)))) == 1


def test_lines_of_one_service_that_move_together_are_one_event() -> None:
    lines = quiet()
    for n in range(6):
        usage = steady(20 + n, seed=40 + n)
        usage[100:110] *= 3
        lines["acct-0", "service-9", f"region-{n % 2}", f"usage-{n}"] = usage
    (event,) = watch(bill(lines))
    assert len(event.series) == 6


def test_a_move_of_the_whole_organisation_is_one_event() -> None:
    lines = quiet(accounts=4, services=4)
    for usage in lines.values():
        usage[100:] *= 2.5
    assert len(watch(bill(lines))) == 1


def test_later_days_never_move_what_was_raised() -> None:
    panel = with_extra(120, np.linspace(2, 60, 25))
    (event,) = watch(panel)
    fixed = (event.start, event.first_alert, panel.keys[event.series[0]][:2])
    for index in range((event.first_alert - panel.period.start).days, 180):
        (cut,) = find(panel.before(day(index + 1)), day(index + 1)).events
        assert (cut.start, cut.first_alert, panel.keys[cut.series[0]][:2]) == fixed


def test_since_and_min_impact_choose_among_the_events() -> None:
    lines = quiet()
    lines[HERE][60] += 200
    lines[HERE][160] += 300
    panel = bill(lines)
    assert len(watch(panel)) == 2
    (late,) = find(panel, panel.period.end, since=day(100)).events
    assert late.start == day(160)
    (large,) = find(panel, panel.period.end, min_impact=250).events
    assert large.start == day(160)


def test_partial_days_are_not_read() -> None:
    lines = quiet()
    for usage in lines.values():
        usage[-2:] *= 0.1
    panel = bill(lines)
    assert find(panel, panel.period.end - timedelta(days=2)).events == ()


@pytest.mark.parametrize("days", [1, 2, 7, 10, 13, 14, 15, 29])
@pytest.mark.parametrize("level", [0.0, -5.0, 20.0])
def test_short_and_odd_histories_are_sane(days: int, level: float) -> None:
    lines = {("service",): np.full(days, level), ("other",): np.zeros(days)}
    panel = bill(lines)
    found = find(panel, panel.period.end)
    assert found.events == ()
    assert found.cautions
