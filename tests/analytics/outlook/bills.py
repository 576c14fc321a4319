"""Small bills with a known truth, for the tests of outlooks."""

from array import array
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period

Floats = NDArray[np.float64]
START = date(2024, 1, 1)


def panel(*series: Floats, start: date = START) -> Panel:
    period = Period(start, start + timedelta(days=len(series[0])))
    keys = tuple((f"s{i}",) for i in range(len(series)))
    return Panel(period, ("service",), keys, tuple(array("d", s) for s in series))


def days(end: date, start: date = START) -> list[date]:
    return [start + timedelta(days=i) for i in range((end - start).days)]


def flat(end: date, level: float = 100.0, start: date = START) -> Floats:
    return np.full((end - start).days, level)


def noisy(end: date, level: float = 100.0, sd: float = 0.05, seed: int = 0) -> Floats:
    """Costs around a level that stays."""
    count = (end - START).days
    return level * np.exp(np.random.default_rng(seed).normal(0, sd, count))


def wandering(end: date, level: float = 100.0, sd: float = 0.006, seed: int = 0) -> Floats:
    """Costs whose level walks, with noise of days around it."""
    count = (end - START).days
    rng = np.random.default_rng(seed)
    return level * np.exp(np.cumsum(rng.normal(0, sd, count)) + rng.normal(0, 0.03, count))


def on_days(end: date, amount: float, *on: int) -> Floats:
    """Charges on days of the month."""
    return np.array([amount if day.day in on else 0.0 for day in days(end)])
