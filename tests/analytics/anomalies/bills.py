"""Small bills made for tests: known shapes, seeded noise, one event at a known place."""

from array import array
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period

FIRST = date(2025, 1, 1)
DIMENSIONS = ("account", "service", "region", "usage_type")
Floats = npt.NDArray[np.float64]


def day(index: int) -> date:
    return FIRST + timedelta(days=index)


def steady(level: float, days: int = 180, noise: float = 0.03, seed: int = 0) -> Floats:
    """A level with seeded relative noise."""
    spread = np.random.default_rng(seed).normal(0, noise, days)
    return np.asarray(level * np.exp(spread), dtype=np.float64)


def office(level: float, days: int = 180, weekend: float = 0.4, seed: int = 0) -> Floats:
    """A level that falls at weekends."""
    factors = [weekend if day(i).weekday() >= 5 else 1.0 for i in range(days)]
    return np.asarray(steady(level, days, seed=seed) * np.array(factors), dtype=np.float64)


def bill(series: Mapping[tuple[str, ...], Floats]) -> Panel:
    """A panel of (account, service, region, usage type) lines, or of fewer dimensions."""
    days = len(next(iter(series.values())))
    keys = tuple(series)
    period = Period(FIRST, day(days))
    costs = tuple(array("d", values.tolist()) for values in series.values())
    return Panel(period, DIMENSIONS[: len(keys[0])], keys, costs)


def quiet(days: int = 180, accounts: int = 2, services: int = 4) -> dict[tuple[str, ...], Floats]:
    """Lines of ordinary noise: office hours in one half, round the clock in the other."""
    lines: dict[tuple[str, ...], Floats] = {}
    for a in range(accounts):
        for s in range(services):
            shape = office if s % 2 else steady
            lines[f"acct-{a}", f"service-{s}", "us-east-1", f"usage-{s}"] = shape(
                50.0 + 30 * s, days, seed=10 * a + s
            )
    return lines
