"""What is measured of looking ahead and watching: whole processes, and many series at once."""

from pathlib import Path

from tests.bench.processes import alternate, finops, measure, python, repeat
from tests.bench.report import alone, paired, show

_IMPORTS = "import numpy, duckdb"
_SERIES = """
import numpy as np
rng = np.random.default_rng(5)
day = np.arange(420)
level = np.exp(np.cumsum(rng.normal(0, 0.01, (500, 420)), 1) + rng.normal(4, 1, (500, 1)))
values = level * (1 + 0.2 * np.sin(2 * np.pi * day / 7)) * np.exp(rng.normal(0, 0.05, (500, 420)))
"""
_OURS = """
from finops_cli.analytics.forecast import forecast_many
forecast_many(values, 30, 7, 80)
"""
_NAIVE = "told = [[one[-7 + i % 7] for i in range(30)] for one in values]"
_LIBRARY = """
from statsforecast.models import DynamicOptimizedTheta
for one in values:
    DynamicOptimizedTheta(season_length=7).forecast(y=one, h=30, level=[80])
"""
_WATCH = """
import sys, time
from array import array
from datetime import date, timedelta
import numpy as np
from finops_cli.analytics.anomalies import find
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period
count, days = int(sys.argv[1]), 425
rng = np.random.default_rng(7)
level = np.exp(np.cumsum(rng.normal(0, 0.005, (count, days)), 1) + rng.normal(3, 1, (count, 1)))
weekend = 1 - 0.2 * (np.arange(days) % 7 >= 5)
costs = level * weekend * np.exp(rng.normal(0, 0.03, (count, days)))
costs[rng.integers(count, size=20), rng.integers(100, days, size=20)] *= 4
period = Period(date(2025, 1, 1), date(2025, 1, 1) + timedelta(days=days))
dimensions = ("account", "service", "region", "usage_type")
keys = tuple((f"a{i % 10}", f"s{i % 40}", f"r{i % 3}", f"u{i}") for i in range(count))
panel = Panel(period, dimensions, keys, tuple(array("d", row) for row in costs))
find(panel, period.end)
"""


def ahead(scratch: Path) -> None:
    """Print what forecasts take: the command, and five hundred daily series."""
    cache = scratch / "ahead"
    command = ("forecast", "--months", "12", "--source", "demo", "--as-of", "2026-11-16")
    measure(finops(*command, cache=cache))
    runs = alternate(finops(*command, cache=cache), python(_IMPORTS), 9)
    rows = [paired("finops forecast --months 12 --source demo", *runs, "4.00", f"'{_IMPORTS}'")]
    ours = python(_SERIES + _OURS)
    runs = alternate(ours, python(_SERIES + _NAIVE), 3)
    rows.append(paired("500 daily series", *runs, "", "a seasonal naive loop"))
    if _has_library():
        runs = alternate(ours, python(_SERIES + _LIBRARY), 3)
        rows.append(paired("the same", *runs, "", "statsforecast's DOT"))
    show("Looking ahead", rows)


def watch(scratch: Path) -> None:
    """Print what watching fourteen months takes, and how it grows with the series."""
    small, large = (repeat(python(_WATCH, str(count)), 3) for count in (1000, 2000))
    rows = [
        alone("anomalies, 14 months x 1,000 series", small),
        alone(
            "anomalies, 14 months x 2,000 series",
            large,
            "10,000 ms",
            f"{large.seconds / small.seconds:.1f}x the time of 1,000",
        ),
    ]
    show("Watching", rows)


def _has_library() -> bool:
    from importlib.util import find_spec

    return find_spec("statsforecast") is not None
