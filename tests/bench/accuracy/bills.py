"""How far off monthly forecasts of bills are: simulated organisations with an oracle, a real bill.

The simulator and the real bill are those of the shared folder. The oracle knows every parameter and
every state of a simulated organisation, and nothing of the shocks to come: its error cannot be
avoided. The seeds are those of earlier figures for other methods; they were looked at while
constants were chosen (0 to 299), so ``--first`` names others for a clean test.
"""

import argparse
import csv
import importlib.util
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook import Outlook, look_ahead
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period, add_months
from tests.bench.accuracy.table import Table, text

Floats = NDArray[np.float64]
SEEDS = range(100, 190)
MONTHS, HORIZON, FUTURES, ANOMALIES = 50, 12, 60, 0.15
PROFILES = ("dev", "enterprise", "scaleup", "seasonal", "startup", "steady")
OURS, LAST, RATE, NAIVE, ORACLE = (
    "finops",
    "last month repeated",
    "last month per day",
    "same month last year",
    "oracle",
)
METHODS = (OURS, LAST, RATE, NAIVE, ORACLE)
FIRST_ORIGIN = 10
CLOSE = 5.0


@dataclass(frozen=True)
class Case:
    """One forecast: an organisation, an origin, what methods said, and what came.

    Args:
        seed: The organisation.
        profile: Its kind.
        said: By method the months ahead, shape (12,).
        actual: What came, shape (12,).
        inside: The share of months inside the band, whether the total is, and the width.
    """

    seed: int
    profile: str
    said: dict[str, Floats]
    actual: Floats
    inside: tuple[float, float, float]


def tables(shared: Path) -> list[Table]:
    """Return the tables of the goals; takes some minutes, most of it the oracle's futures."""
    return [*simulated(shared, SEEDS), *real(shared)]


def simulated(shared: Path, seeds: Iterable[int]) -> list[Table]:
    """Return the tables on simulated organisations."""
    simulator = _simulator(shared)
    seeds = tuple(seeds)
    base = [case for seed in seeds for case in _cases(simulator, seed, "base", FUTURES)]
    shift = [case for seed in seeds for case in _cases(simulator, seed, "shift", 0)]
    first, last = seeds[0], seeds[-1]
    named = f"seeds {first}-{last}, origins at 13-18, 22-28 and 32-38 months, {HORIZON} months"
    return [
        _errors("Simulated bills, whole organisation", base, METHODS, named),
        _bands([("base", base), ("shift", shift)]),
        _by_profile(base),
        _errors("Simulated bills, shifted regime", shift, METHODS[:-1], named),
    ]


def real(shared: Path) -> list[Table]:
    """Return the table on the real bill, at every month end from the tenth month on."""
    path = shared / "data" / "series" / "real_binder_gcp_daily.csv"
    by_project = _bill(path)
    whole = Panel(by_project.period, (), ((),), (_summed(by_project.costs),))
    rows = [
        _real_row(name, panel) for name, panel in (("by project", by_project), ("whole", whole))
    ]
    header = ("panel", "origins", OURS, RATE, LAST)
    note = (
        "Mean absolute error of the next month in per cent; mybinder.org on Google Cloud, 2018-19."
    )
    return [Table("A real bill, next month", header, rows, note)]


def _simulator(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("costsim", shared / "bench" / "costsim.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cases(simulator: ModuleType, seed: int, regime: str, futures: int) -> list[Case]:
    sim = simulator.simulate(seed=seed, months=MONTHS, regime=regime, anomaly_rate=ANOMALIES)
    panel = _panel(sim)
    return [_case(sim, panel, seed, origin, futures) for origin in origins(seed)]


def origins(seed: int) -> tuple[int, int, int]:
    """Return the three months at which forecasts of an organisation are made."""
    return 13 + (seed - 100) % 6, 22 + (seed - 100) % 7, 32 + (seed - 100) % 7


def _panel(sim: Any) -> Panel:
    start = date.fromisoformat(str(sim.dates[0]))
    period = Period(start, start + timedelta(days=len(sim.dates)))
    keys = tuple(tuple(str(part) for part in line) for line in sim.lines_all)
    costs = tuple(array("d", row) for row in sim.cost)
    return Panel(period, ("account", "service", "region", "usage_type"), keys, costs)


def _case(sim: Any, panel: Panel, seed: int, origin: int, futures: int) -> Case:
    until = add_months(panel.period.start, origin)
    outlook = look_ahead(panel.before(until), until, HORIZON)
    bill = np.asarray(sim.monthly(), dtype=np.float64)
    actual = bill[origin : origin + HORIZON]
    said = _plain(bill, origin, panel.period.start) | {OURS: outlook.total.mean}
    if futures:
        said[ORACLE] = np.asarray(sim.oracle(origin, HORIZON, futures)["mean"], dtype=np.float64)
    return Case(seed, str(sim.profile), said, actual, _inside(outlook, actual))


def _plain(bill: Floats, origin: int, start: date) -> dict[str, Floats]:
    """Return what is to be beaten."""
    months = [add_months(start, i) for i in range(origin - 1, origin + HORIZON)]
    days = np.array([(add_months(m, 1) - m).days for m in months], dtype=np.float64)
    last = float(bill[origin - 1])
    return {
        LAST: np.full(HORIZON, last),
        RATE: last / days[0] * days[1:],
        NAIVE: bill[origin - 12 : origin - 12 + HORIZON],
    }


def _inside(outlook: Outlook, actual: Floats) -> tuple[float, float, float]:
    low, high = outlook.total.low, outlook.total.high
    months = float(((actual >= low) & (actual <= high)).mean())
    _, least, most = outlook.horizon_total
    width = float(np.median((high - low) / actual))
    return months, float(least <= actual.sum() <= most), width


def _errors(title: str, cases: Sequence[Case], methods: Sequence[str], named: str) -> Table:
    """Return the errors of all methods, with standard errors over organisations."""
    rows = [_error_row(method, cases) for method in methods]
    header = (
        "method",
        "next month ± se",
        "median",
        "≤ 5 %",
        "months",
        "12-month total ± se",
        "median",
        "≤ 5 %",
        "bias",
        "× oracle",
    )
    note = (
        f"Absolute errors in per cent, {named}, n = {len(cases)}; months: WAPE of the single "
        "months; se by organisation."
    )
    return Table(title, header, rows, note)


def _error_row(method: str, cases: Sequence[Case]) -> tuple[str, ...]:
    month, total = _off(method, cases, _first), _off(method, cases, np.sum)
    wape = [np.abs(c.said[method] - c.actual).sum() / c.actual.sum() for c in cases]
    return (
        method,
        f"{np.abs(month).mean():.2f} ± {_error(month, cases):.2f}",
        f"{np.median(np.abs(month)):.2f}",
        f"{100 * (np.abs(month) <= CLOSE).mean():.0f} %",
        f"{100 * np.mean(wape):.2f}",
        f"{np.abs(total).mean():.2f} ± {_error(total, cases):.2f}",
        f"{np.median(np.abs(total)):.2f}",
        f"{100 * (np.abs(total) <= CLOSE).mean():.0f} %",
        f"{total.mean():+.1f}",
        _over_oracle(method, cases),
    )


def _first(months: Floats) -> Any:
    return months[0]


def _off(method: str, cases: Sequence[Case], of: Callable[[Floats], Any]) -> Floats:
    """Return signed errors in per cent, shape (cases,)."""
    return np.array([100 * (of(c.said[method]) / of(c.actual) - 1) for c in cases])


def _error(off: Floats, cases: Sequence[Case]) -> float:
    """Return the standard error of the mean absolute error, organisations drawn as clusters."""
    seeds = np.array([case.seed for case in cases])
    means = [np.abs(off[seeds == seed]).mean() for seed in np.unique(seeds)]
    return float(np.std(means) / np.sqrt(len(means)))


def _over_oracle(method: str, cases: Sequence[Case]) -> str:
    if ORACLE not in cases[0].said:
        return ""
    of: tuple[Callable[[Floats], Any], ...] = (_first, np.sum)
    ratios = [
        np.abs(_off(method, cases, f)).mean() / np.abs(_off(ORACLE, cases, f)).mean() for f in of
    ]
    return " / ".join(f"{ratio:.2f}" for ratio in ratios)


def _bands(groups: Sequence[tuple[str, Sequence[Case]]]) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, cases in groups:
        inside = np.array([case.inside for case in cases])
        rows.append(
            (
                name,
                f"{100 * inside[:, 0].mean():.0f} %",
                f"{100 * inside[:, 1].mean():.0f} %",
                f"{100 * np.median(inside[:, 2]):.1f} %",
            )
        )
    header = ("regime", "months inside", "12-month totals inside", "median width")
    note = "Bands that shall hold 80 %; the width is that of a month's band over what came."
    return Table("Simulated bills, bands of 80 %", header, rows, note)


def _by_profile(cases: Sequence[Case]) -> Table:
    rows: list[tuple[str, ...]] = []
    for profile in PROFILES:
        some = [case for case in cases if case.profile == profile]
        if some:
            rows.append((profile, str(len(some)), *_profile_cells(some)))
    header = ("profile", "n", f"{OURS} next", RATE, ORACLE, f"{OURS} total", RATE, ORACLE, "inside")
    note = "Mean absolute errors in per cent of the next month and of the 12-month total."
    return Table("Simulated bills, by profile", header, rows, note)


def _profile_cells(cases: Sequence[Case]) -> tuple[str, ...]:
    cells = [
        f"{np.abs(_off(method, cases, of)).mean():.2f}"
        for of in (_first, np.sum)
        for method in (OURS, RATE, ORACLE)
    ]
    return (*cells, f"{100 * np.mean([case.inside[0] for case in cases]):.0f} %")


def _bill(path: Path) -> Panel:
    """Return the real bill by project."""
    costs: dict[str, dict[date, float]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["dimension"] == "project":
                days = costs.setdefault(row["name"], {})
                days[date.fromisoformat(row["date"])] = float(row["cost_usd"])
    known = sorted(day for days in costs.values() for day in days)
    period = Period(known[0], known[-1] + timedelta(days=1))
    rows = tuple(
        array("d", [days.get(d, 0.0) for d in period.each_day()]) for days in costs.values()
    )
    return Panel(period, ("project",), tuple((name,) for name in costs), rows)


def _summed(rows: Iterable["array[float]"]) -> "array[float]":
    return array("d", np.sum([np.array(row) for row in rows], axis=0))


def _real_row(name: str, panel: Panel) -> tuple[str, ...]:
    bill = np.array(panel.costs).sum(axis=0)
    start = add_months(panel.period.start, 1)
    off: dict[str, list[float]] = {OURS: [], RATE: [], LAST: []}
    until = add_months(start, FIRST_ORIGIN - 1)
    while add_months(until, 1) <= panel.period.end:
        first, last, next_ = (
            (day - panel.period.start).days
            for day in (add_months(until, -1), until, add_months(until, 1))
        )
        actual, before = bill[last:next_].sum(), bill[first:last].sum()
        said = {
            OURS: look_ahead(panel.before(until), until, 1).total.mean[0],
            RATE: before / (last - first) * (next_ - last),
            LAST: before,
        }
        for method, amount in said.items():
            off[method].append(100 * abs(float(amount / actual) - 1))
        until = add_months(until, 1)
    cells = (f"{np.mean(off[method]):.1f}" for method in (OURS, RATE, LAST))
    return (name, str(len(off[OURS])), *cells)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "shared", type=Path, help="the folder with data/series and bench/costsim.py"
    )
    parser.add_argument("--orgs", type=int, default=len(SEEDS), help="how many organisations")
    parser.add_argument("--first", type=int, default=SEEDS.start, help="the first seed")
    wanted = parser.parse_args()
    seeds = range(wanted.first, wanted.first + wanted.orgs)
    print("\n".join(map(text, [*simulated(wanted.shared, seeds), *real(wanted.shared)])))


if __name__ == "__main__":
    main()
