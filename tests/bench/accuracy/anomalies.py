"""How many of the anomalies that were put into simulated bills are found, how soon, and what else.

The bills, their labels and the scoring are those of ``bench/costsim.py`` in the shared folder; the
two yardsticks are the textbook ones. NAB's series are no bills: a smoke test only.
"""

import argparse
import importlib.util
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean, median
from types import ModuleType
from typing import Any

import numpy as np

from finops_cli.analytics.anomalies import Event, find
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period
from tests.bench.accuracy.table import Table, text

SEEDS = range(300, 360)
MONTHS = 14
WARM_UP = 60
DIMENSIONS = ("account", "service", "region", "usage_type")
HEAD = (
    "detector",
    "regime",
    "F1 ± se",
    "precision",
    "recall",
    "false / account-month",
    "dollars",
    "≤ 1 day*",
    "ramps",
    "driver",
)
Alert = tuple[date, str, str]


@dataclass
class Tally:
    """Scores of several simulated organisations under one detector."""

    scores: list[dict[str, Any]] = field(default_factory=list)
    delays: dict[str, list[int]] = field(default_factory=dict)
    drivers: list[bool] = field(default_factory=list)

    def total(self, name: str, chosen: Sequence[int] | None = None) -> float:
        """Return a sum over all organisations, or over a sample of them."""
        scores = self.scores if chosen is None else [self.scores[i] for i in chosen]
        return float(sum(score[name] for score in scores))

    def precision(self, chosen: Sequence[int] | None = None) -> float:
        true = self.total("true_episodes", chosen)
        return true / max(1.0, true + self.total("false_episodes", chosen))

    def recall(self, chosen: Sequence[int] | None = None) -> float:
        return self.total("detected", chosen) / max(1.0, self.total("anomalies", chosen))

    def f1(self, chosen: Sequence[int] | None = None) -> float:
        both = self.precision(chosen), self.recall(chosen)
        return 2 * both[0] * both[1] / max(1e-9, sum(both))

    def error(self) -> float:
        """Return the standard error of F1, by drawing organisations anew."""
        draw = np.random.default_rng(0)
        count = len(self.scores)
        samples = [self.f1(draw.integers(0, count, count).tolist()) for _ in range(300)]
        return float(np.std(samples))

    def kinds(self) -> dict[str, tuple[int, int]]:
        """Return for each kind how many were found, of how many."""
        found: dict[str, tuple[int, int]] = {}
        for score in self.scores:
            for kind, (hit, of) in score["by_kind"].items():
                before = found.get(kind, (0, 0))
                found[kind] = (before[0] + hit, before[1] + of)
        return found

    def row(self, name: str, regime: str) -> tuple[str, ...]:
        """Return the row of this detector; delays count from the first alert."""
        soon = [d <= 1 for kind, found in self.delays.items() if kind != "ramp" for d in found]
        ramps = self.kinds().get("ramp", (0, 0))
        return (
            name,
            regime,
            f"{self.f1():.3f} ± {self.error():.3f}",
            f"{self.precision():.2f}",
            f"{self.recall():.2f}",
            f"{self.total('false_episodes') / self.total('account_months'):.3f}",
            f"{self.total('dollars_detected') / self.total('dollars'):.3f}",
            f"{fmean(soon):.0%}" if soon else "",
            f"{ramps[0] / max(1, ramps[1]):.0%} of {ramps[1]}",
            f"{fmean(self.drivers):.1%}" if self.drivers else "",
        )


def tables(shared: Path, seeds: Iterable[int] = SEEDS) -> list[Table]:
    """Return the tables of simulated bills and of NAB."""
    simulator = _module(shared / "bench" / "costsim.py")
    rows: list[tuple[str, ...]] = []
    kinds: list[tuple[str, ...]] = []
    for regime in ("base", "shift"):
        ours, rolling, robust = Tally(), Tally(), Tally()
        for seed in seeds:
            bill = simulator.simulate(seed=seed, months=MONTHS, anomaly_rate=0.25, regime=regime)
            _score(simulator, bill, ours)
            rolling.scores.append(simulator.score(bill, _yardstick(bill, robust=False)))
            robust.scores.append(simulator.score(bill, _yardstick(bill, robust=True)))
        rows.append(ours.row("finops anomalies", regime))
        rows.append(rolling.row("rolling z, 30 days, guarded", regime))
        rows.append(robust.row("robust z by weekday, guarded", regime))
        kinds += _by_kind(ours, regime)
    names = list(seeds)
    note = (
        f"Seeds {names[0]}-{names[-1]}, {MONTHS} months, the first {WARM_UP} days not counted; a "
        "detector flags the days from start to end of each event on its driver's account and "
        "service. * of those raised while on, all kinds but ramps, counted from the first alert."
    )
    return [
        Table("Anomalies in simulated bills", HEAD, rows, note),
        Table("By kind", ("kind", "regime", "found", "median delay, days"), kinds),
        _nab(shared / "data" / "series" / "nab"),
    ]


def _score(simulator: ModuleType, bill: Any, tally: Tally) -> None:
    panel = _panel(bill)
    events = find(panel, panel.period.end).events
    tally.scores.append(simulator.score(bill, _flags(panel, events)))
    for anomaly in bill.anomalies:
        start, end = date.fromisoformat(anomaly["start"]), date.fromisoformat(anomaly["end"])
        if not anomaly["material"] or (start - panel.period.start).days < WARM_UP:
            continue
        own = [
            event
            for event in events
            if panel.keys[event.series[0]][:2] == (anomaly["account"], anomaly["service"])
            and start <= event.first_alert <= end + timedelta(days=2)
        ]
        if own:
            first = min(own, key=lambda event: event.first_alert)
            delay = (first.first_alert - start).days
            tally.delays.setdefault(anomaly["kind"], []).append(delay)
            driver = tuple(anomaly[name] for name in DIMENSIONS)
            tally.drivers.append(panel.keys[first.series[0]] == driver)


def _panel(bill: Any) -> Panel:
    first: date = bill.dates[0].astype(object)
    period = Period(first, first + timedelta(days=len(bill.dates)))
    costs = tuple(array("d", values) for values in bill.cost)
    return Panel(period, DIMENSIONS, tuple(bill.lines_all), costs)


def _flags(panel: Panel, events: Iterable[Event]) -> Iterator[Alert]:
    for event in events:
        account, service, *_ = panel.keys[event.series[0]]
        for shift in range((event.end - event.start).days):
            yield event.start + timedelta(days=shift), str(account), str(service)


def _by_kind(tally: Tally, regime: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind, (found, of) in sorted(tally.kinds().items()):
        delays = tally.delays.get(kind, [])
        late = f"{median(delays):.0f}" if delays else ""
        rows.append((kind.replace("_", " "), regime, f"{found} of {of}", late))
    return rows


def _yardstick(bill: Any, robust: bool) -> Iterator[Alert]:
    """Yield the days above the textbook threshold, $5 and a tenth, day-of-month fees left out."""
    for (account, service), costs in bill.series().items():
        days = np.arange(WARM_UP, len(costs))
        back = np.arange(7, 57, 7) if robust else np.arange(1, 31)
        past = costs[days[:, None] - back]
        middle = np.median(past, axis=1) if robust else past.mean(axis=1)
        away = np.abs(past - middle[:, None])
        wide = 1.4826 * np.median(away, axis=1) if robust else past.std(axis=1)
        fee = costs[days[:, None] - np.arange(28, 33)].max(axis=1)
        least = np.maximum(np.maximum(4 * wide, 5.0), 0.1 * middle)
        for day in days[(costs[days] - middle > least) & (costs[days] > 1.2 * fee)]:
            yield bill.dates[day].astype(object), account, service


NAB_BINS = 24
NAB_FIRST = date(2024, 1, 1)
NAB_PROBATION = 0.15
NAB_PUBLISHED = (
    ("numenta", ".53", ".79", ".63"),
    ("relativeEntropy", ".53", ".69", ".60"),
    ("contextOSE", ".51", ".69", ".59"),
    ("ARTime", ".37", ".86", ".51"),
    ("twitterADVec", ".29", ".55", ".38"),
    ("random", "", "", ".20"),
)


def _nab(folder: Path) -> Table:
    """Return the smoke test: an hour stands for a day."""
    windows = json.loads((folder / "windows.json").read_text(encoding="utf-8"))
    hits = raised = found = of = 0
    for path in sorted(folder.glob("*/*.csv")):
        wanted = windows.get(f"{path.parent.name}/{path.name}", [])
        spans, events = _nab_file(path, wanted)
        overlaps = [[a <= e and s <= b for a, b in spans] for s, e in events]
        raised += len(events)
        hits += sum(any(row) for row in overlaps)
        of += len(spans)
        found += sum(any(row[i] for row in overlaps) for i in range(len(spans)))
    precision, recall = hits / max(1, raised), found / max(1, of)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    ours = ("finops, hourly", f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}")
    note = "Published: detections at their own thresholds, as measured in the shared notes."
    return Table(
        "NAB, AWS CloudWatch and known causes: a smoke test",
        ("detector", "precision", "recall", "F1"),
        [ours, *NAB_PUBLISHED],
        note,
    )


def _nab_file(
    path: Path, wanted: Sequence[Sequence[str]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the labelled windows and our events, both as first and last bin."""
    lines = path.read_text(encoding="utf-8").split()[1:]
    stamps = np.array([f"{a}T{b.split(',')[0]}" for a, b in _pairs(lines)], dtype="datetime64[s]")
    values = np.array([float(b.split(",")[1]) for _, b in _pairs(lines)])
    start = stamps[0].astype("datetime64[D]")
    width = np.timedelta64(86400 // NAB_BINS + 1, "s")
    bins = ((stamps - start) // width).astype(int)
    sums = np.bincount(bins, values - values.min())
    means = sums / np.maximum(np.bincount(bins), 1)
    means *= 1000 / max(means.mean(), 1e-9)
    period = Period(NAB_FIRST, NAB_FIRST + timedelta(days=len(means)))
    panel = Panel(period, ("service",), (("NAB",),), (array("d", means),))
    probation = NAB_PROBATION * len(means)
    spans = [tuple(int((np.datetime64(w[:19]) - start) // width) for w in span) for span in wanted]
    events = [
        ((e.start - NAB_FIRST).days, (e.end - NAB_FIRST).days - 1)
        for e in find(panel, period.end).events
    ]
    return [(a, b) for a, b in spans if b >= probation], [e for e in events if e[1] >= probation]


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(words[::2], words[1::2], strict=True)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("costsim", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--seeds", default=f"{SEEDS[0]}-{SEEDS[-1]}")
    wanted = parser.parse_args()
    first, _, last = wanted.seeds.partition("-")
    for table in tables(wanted.shared, range(int(first), int(last or first) + 1)):
        print(text(table))


if __name__ == "__main__":
    main()
