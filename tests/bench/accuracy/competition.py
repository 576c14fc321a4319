"""Series of the forecasting competitions, their plain yardsticks, and the usual measures.

OWA is that of the M4 competition (Makridakis et al., 2020): the mean of sMAPE and MASE, each
relative to Naive2 on the same histories. MASE is scaled by the whole history, however much of it a
method was shown.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CLOSE = 0.05


@dataclass(frozen=True)
class Series:
    """One series of a competition.

    Args:
        name: Its id in the competition.
        history: The whole history, oldest first.
        shown: The part of it that methods may use, its end.
        actual: What came after, as far as it is scored.
    """

    name: str
    history: Floats
    shown: Floats
    actual: Floats


@dataclass(frozen=True)
class Bands:
    """A method's forecast of one series; bounds are None where it gives none.

    Args:
        mean: The values expected.
        inner: Bounds of its interval of 80 %.
        outer: Bounds of its interval of 95 %.
    """

    mean: Floats
    inner: tuple[Floats, Floats] | None = None
    outer: tuple[Floats, Floats] | None = None


def read(path: Path, last: int | None, horizon: int) -> list[Series]:
    """Return the series of a file, showing the last so many values of each history."""
    parts: defaultdict[str, dict[str, list[float]]] = defaultdict(lambda: {"train": [], "test": []})
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            value = float(row["value"]) if row["value"] not in ("", "NA") else np.nan
            parts[row["id"]][row["part"]].append(value)
    found = []
    for name, part in parts.items():
        history, actual = np.array(part["train"]), np.array(part["test"])[:horizon]
        found.append(Series(name, history, history[-last:] if last else history, actual))
    return found


def published(path: Path) -> dict[str, dict[str, Floats]]:
    """Return the forecasts published by method and series."""
    found: defaultdict[str, dict[str, Floats]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for method, name, *values in list(csv.reader(lines))[1:]:
            found[method][name] = np.array([float(value) for value in values])
    return dict(found)


def whole(history: Floats) -> Floats:
    """Return a history without gaps for methods that cannot take them."""
    known = np.flatnonzero(np.isfinite(history))
    return np.interp(np.arange(len(history)), known, history[known])


def naive(history: Floats, horizon: int, season: int) -> Floats:
    """Return the last value, repeated."""
    return np.full(horizon, history[-1])


def seasonal_naive(history: Floats, horizon: int, season: int) -> Floats:
    """Return the last season, repeated."""
    return np.resize(history[-season:], horizon)


def naive2(history: Floats, horizon: int, season: int) -> Floats:
    """Return the last value, repeated and seasonally adjusted where a test finds a season.

    The yardstick of M3 and M4: classical multiplicative indices where the autocorrelation at one
    season is significant at 90 % and there are three seasons.
    """
    steps = len(history)
    index = np.ones(season)
    if steps >= 3 * season and _is_seasonal(history, season):
        index = _indices(history, season)
    place = np.arange(steps, steps + horizon) % season
    return np.asarray(history[-1] / index[(steps - 1) % season] * index[place])


def _is_seasonal(history: Floats, season: int) -> bool:
    apart = history - history.mean()
    lags = [float(apart[lag:] @ apart[: len(apart) - lag]) for lag in range(season + 1)]
    if not lags[0]:
        return False
    correlation = np.array(lags[1:]) / lags[0]
    limit = 1.645 * np.sqrt((1 + 2 * float((correlation[:-1] ** 2).sum())) / len(history))
    return bool(abs(correlation[-1]) > limit)


def _indices(history: Floats, season: int) -> Floats:
    window = np.ones(season + 1) if season % 2 == 0 else np.ones(season)
    if season % 2 == 0:
        window[[0, -1]] = 0.5
    smooth = np.convolve(history, window / season, "valid")
    start = season // 2
    ratio = history[start : start + len(smooth)] / smooth
    place = (start + np.arange(len(smooth))) % season
    index = np.array([ratio[place == phase].mean() for phase in range(season)])
    return np.asarray(index * season / index.sum())


@dataclass(frozen=True)
class Score:
    """How one method did on all series of a set, in percent but for MASE and ``width``.

    Args:
        smape: Mean symmetric absolute percentage error.
        mase: Mean absolute scaled error.
        total: Absolute percentage error of the sum of the first steps, of each series.
        inside: Share of these steps inside the band of 80 %; NaN where there is none.
        inside_outer: The same for the band of 95 %.
        width: Median width of the band of 80 %, relative to the actual value.
    """

    smape: float
    mase: float
    total: Floats
    inside: float
    inside_outer: float
    width: float

    def owa(self, yardstick: "Score") -> float:
        """Return the overall weighted average, relative to Naive2."""
        return (self.smape / yardstick.smape + self.mase / yardstick.mase) / 2

    @property
    def close(self) -> float:
        """Percent of series whose total is at most 5 % off."""
        return float(100 * np.mean(self.total <= 100 * CLOSE))


def score(series: Sequence[Series], forecasts: Sequence[Bands], season: int, months: int) -> Score:
    """Return the measures; totals and bands are those of the first ``months`` steps."""
    rows = [
        _measures(one, said, season, months) for one, said in zip(series, forecasts, strict=True)
    ]
    smape, mase, total, inside, outer, width = np.array(rows).T
    return Score(
        smape=float(smape.mean()),
        mase=float(mase.mean()),
        total=100 * total,
        inside=float(100 * inside.mean()),
        inside_outer=float(100 * outer.mean()),
        width=float(np.median(width)),
    )


def _measures(one: Series, said: Bands, season: int, months: int) -> list[float]:
    known = np.isfinite(one.actual)
    actual, mean = one.actual[known], said.mean[known]
    error = np.abs(actual - mean)
    scale = float(np.nanmean(np.abs(one.history[season:] - one.history[:-season])))
    size = np.abs(actual) + np.abs(mean)
    smape = float(200 * np.mean(np.divide(error, size, out=np.zeros_like(error), where=size > 0)))
    first = known & (np.arange(len(known)) < months)
    sums = float(one.actual[first].sum()), float(said.mean[first].sum())
    total = abs(sums[1] / sums[0] - 1)
    inside, outer = (
        _inside(one.actual[first], bounds, first) for bounds in (said.inner, said.outer)
    )
    width = np.nan
    if said.inner:
        low, high = (bound[first] for bound in said.inner)
        with np.errstate(divide="ignore"):
            width = float(np.median((high - low) / np.abs(one.actual[first])))
    return [smape, float(error.mean()) / scale, total, inside, outer, width]


def _inside(
    actual: Floats, bounds: tuple[Floats, Floats] | None, first: NDArray[np.bool_]
) -> float:
    if not bounds:
        return float("nan")
    low, high = (bound[first] for bound in bounds)
    return float(np.mean((low <= actual) & (actual <= high)))
