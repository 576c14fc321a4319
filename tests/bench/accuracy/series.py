"""The default forecast of one series, measured on the public competitions.

The M3 monthly series come with the forecasts that its entrants published; other sets show that what
holds there holds elsewhere. ``python -m tests.bench.accuracy.series FOLDER`` prints the tables
alone.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from finops_cli.analytics.forecast import forecast_many
from tests.bench.accuracy import library
from tests.bench.accuracy.competition import (
    Bands,
    Floats,
    Score,
    Series,
    naive,
    naive2,
    published,
    read,
    score,
    seasonal_naive,
    whole,
)
from tests.bench.accuracy.table import Table, text

Plain = Callable[[Floats, int, int], Floats]
PLAIN: dict[str, Plain] = {"Naive2": naive2, "last season": seasonal_naive, "last value": naive}
HEADER = ("sMAPE", "MASE", "OWA", "total mean", "median", "within 5 %", "80 %", "95 %", "width")
NOTE = (
    "OWA is relative to Naive2 on the same histories, MASE scaled by the whole history. Total: "
    "absolute error, in percent, of the sum over the first year (13 weeks, 30 days), and the share "
    "of series within 5 %. 80 % and 95 %: share of these steps inside the band; width: of the 80 % "
    "band, relative to the actual value."
)


class Set(NamedTuple):
    """A set of series: its file, how much history is shown, and what is scored."""

    title: str
    file: str
    last: int | None
    horizon: int
    season: int
    steps: int


M3 = [
    Set("M3 monthly, whole history (48 to 126 months)", "m3_monthly.csv", None, 18, 12, 12),
    Set("M3 monthly, last 36 months", "m3_monthly.csv", 36, 18, 12, 12),
    Set("M3 monthly, last 24 months", "m3_monthly.csv", 24, 18, 12, 12),
    Set("M3 monthly, last 14 months", "m3_monthly.csv", 14, 18, 12, 12),
]
OTHERS = [
    Set("M1 monthly, whole history", "m1_monthly.csv", None, 18, 12, 12),
    Set("M1 monthly, last 36 months", "m1_monthly.csv", 36, 18, 12, 12),
    Set("Tourism monthly, last 36 months", "tourism_monthly.csv", 36, 12, 12, 12),
    Set("M4 weekly, last 156 weeks", "m4_weekly.csv", 156, 13, 52, 13),
    Set("NN5 daily, last 420 days", "nn5_daily.csv", 420, 56, 7, 30),
]


def tables(shared: Path) -> list[Table]:
    """Return the tables of the series in ``shared``/data/series."""
    folder = shared / "data" / "series"
    return [*(_table(folder, each) for each in M3), *(_table(folder, each) for each in OTHERS)]


def _table(folder: Path, each: Set) -> Table:
    series = _positive(read(folder / each.file, each.last, each.horizon), each)
    scores = {name: _score(series, said, each) for name, said in _methods(series, each).items()}
    if each.file == "m3_monthly.csv" and each.last is None:
        scores |= _published(folder, series, each)
    yardstick = scores["Naive2"]
    ranked = sorted(scores, key=lambda name: scores[name].owa(yardstick))
    rows = [(name, *_row(scores[name], yardstick)) for name in ranked]
    if not library.installed():
        rows.append(("statsforecast: not installed", *[""] * len(HEADER)))
    title = f"{each.title}, {each.horizon} ahead ({len(series)} series)"
    return Table(title, ("", *HEADER), rows, NOTE if each == M3[0] else "")


def _positive(series: list[Series], each: Set) -> list[Series]:
    """Return the series to score: of tourism those without zeros, as published results have it."""
    if each.file != "tourism_monthly.csv":
        return series
    return [one for one in series if min(one.shown.min(), one.actual.min()) > 0]


def _methods(series: Sequence[Series], each: Set) -> dict[str, list[Bands]]:
    found = {"finops": _ours(series, each)}
    for name, method in PLAIN.items():
        said = (method(whole(one.shown), each.horizon, each.season) for one in series)
        found[name] = [Bands(mean) for mean in said]
    if library.installed():
        for name, model in library.methods(each.season):
            said_by = (library.bands(model, whole(one.shown), each.horizon) for one in series)
            found[name] = list(said_by)
    return found


def _ours(series: Sequence[Series], each: Set) -> list[Bands]:
    shown = [one.shown for one in series]
    inner = forecast_many(shown, each.horizon, each.season, 80)
    outer = forecast_many(shown, each.horizon, each.season, 95)
    return [
        Bands(near.mean, (near.low, near.high), (far.low, far.high))
        for near, far in zip(inner, outer, strict=True)
    ]


def _published(folder: Path, series: Sequence[Series], each: Set) -> dict[str, Score]:
    forecasts = published(folder / "m3_monthly_published_forecasts.csv")
    return {
        f"published {method}": _score(series, [Bands(by_name[one.name]) for one in series], each)
        for method, by_name in forecasts.items()
        if all(np.isfinite(by_name[one.name]).all() for one in series)
    }


def _score(series: Sequence[Series], said: Sequence[Bands], each: Set) -> Score:
    return score(series, said, each.season, each.steps)


def _row(found: Score, yardstick: Score) -> tuple[str, ...]:
    share = [f"{value:.1f}" for value in (found.total.mean(), np.median(found.total), found.close)]
    bands = [f"{found.inside:.1f}", f"{found.inside_outer:.1f}", f"{100 * found.width:.0f} %"]
    return (
        f"{found.smape:.2f}",
        f"{found.mase:.3f}",
        f"{found.owa(yardstick):.3f}",
        *share,
        *(bands if np.isfinite(found.inside) else [""] * len(bands)),
    )


def main() -> None:
    """Print the tables of the folder named on the command line."""
    started = time.perf_counter()
    print("\n".join(map(text, tables(Path(sys.argv[1])))))
    print(f"\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
