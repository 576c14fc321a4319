from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from finops_cli.sources.demo.build import LINES
from finops_cli.sources.demo.days import days_until, demo_months
from finops_cli.sources.demo.meters import GP2, M5_2XLARGE, NAT_BYTES
from finops_cli.sources.demo.model import Change, Line, Shape
from finops_cli.sources.demo.organisation import COST_CENTERS, FLAT, PROD, USE1
from finops_cli.sources.demo.usage import TICKS, ticks_of

DAYS = days_until(date(2026, 11, 15))
FLEET = Line("app", M5_2XLARGE, PROD, USE1, 24, 4, FLAT)
TRAFFIC = Line("gateway", NAT_BYTES, PROD, USE1, 100, 1, FLAT)


def test_a_fleet_grows_by_machines_that_run_all_day() -> None:
    machines = ticks_of(replace(FLEET, shape=Shape(growth=0.02)), DAYS)
    assert len(machines) == 4
    assert [int(hours[-1]) // TICKS for hours in machines] == [24, 24, 24, 23]
    running = sum(hours > 0 for hours in machines)
    assert running[0] == 3
    assert all((np.diff(hours) >= 0).all() for hours in machines)


def test_other_usage_grows_in_itself() -> None:
    (gigabytes,) = ticks_of(replace(TRAFFIC, shape=Shape(growth=0.02)), DAYS)
    assert gigabytes[-1] / TICKS == pytest.approx(100, rel=0.01)
    assert gigabytes[0] / gigabytes[-1] == pytest.approx(1.02**-25.5, rel=0.01)


def test_a_change_happens_on_its_day() -> None:
    (sudden,) = ticks_of(replace(TRAFFIC, changes=(Change(6, 0.5, 2.0),)), DAYS)
    assert set(sudden[:-6] / TICKS) == {50.0}
    assert set(sudden[-6:] / TICKS) == {200.0}
    (slow,) = ticks_of(replace(TRAFFIC, changes=(Change(10, 0.0, 1.0, 10),)), DAYS)
    assert (slow[-11:] / TICKS).tolist() == [10.0 * day for day in range(11)]


def test_what_is_held_for_a_month_is_spread_over_its_days() -> None:
    (volume,) = ticks_of(replace(TRAFFIC, meter=GP2, amount=280), DAYS)
    months = [(month.start, month.days) for month in demo_months(DAYS.today)]
    for start, days in months:
        first = (start - DAYS.period.start).days
        assert volume[first] / TICKS == pytest.approx(280 / days, abs=1e-4)


def test_the_last_days_of_a_month_carry_the_batch() -> None:
    (batch,) = ticks_of(replace(TRAFFIC, shape=Shape(month_end=2.0)), DAYS)
    busy = [day for day, ticks in zip(DAYS.period.each_day(), batch, strict=True) if ticks > 10**6]
    assert {day.day for day in busy if day.month == 2} == {27, 28}
    assert len(busy) == 2 * 25


def test_every_line_is_well_formed() -> None:
    seen = set()
    for line in LINES:
        identity = (line.name, line.meter.usage_type, line.account.id, line.region.id)
        assert identity not in seen
        seen.add(identity)
        assert line.team is None or line.team in COST_CENTERS
        assert not line.meter.counted or line.amount == 24
        assert line.commitment is None or line.meter.committed
