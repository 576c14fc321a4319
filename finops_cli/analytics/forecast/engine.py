"""The way from values to forecasts: fill gaps, drop spikes, weigh models on both scales, combine.

A series without zeros or credits is forecast twice, as it is and on its logarithms, and the two are
averaged by their likelihood: growth may be by amounts or by percents, and short histories cannot
tell which. Scaling all values scales the forecast; adding a constant moves a series with credits or
zeros by nearly that constant, and one without also changes what its percents mean.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from finops_cli.analytics.forecast.evidence import weigh
from finops_cli.analytics.forecast.gaps import filled
from finops_cli.analytics.forecast.interval import narrowing, quantile
from finops_cli.analytics.forecast.result import Floats, Forecast
from finops_cli.analytics.forecast.spikes import despiked
from finops_cli.analytics.forecast.structures import Structures

# Log-odds, before any value is seen, that a bill changes by percents and not by amounts.
PERCENT_ODDS = 1.0
# Degrees of freedom of what is believed of the size of a step before there are two values.
UNSEEN_FREEDOM = 3
# A thousand times the mean: what growth by percents may not pass however the values jump about.
MOST_LOG = 7.0
# Series at once: a year of days for all models of so many takes 50 MB.
MOST_AT_ONCE = 200

# Mean, low and high, (series, horizon), and how far errors go together, (series, 1).
Told = tuple[tuple[Floats, Floats, Floats], Floats]


def forecast(
    values: ArrayLike, horizon: int, season_length: int = 12, level: float = 80
) -> Forecast:
    """Return the forecast of one series.

    Args:
        values: The history, oldest first, equally spaced; NaN where a value is missing.
        horizon: How many steps to forecast.
        season_length: Steps in a season: 12 for months, 52 for weeks, 7 for days, 1 for none.
        level: Percent of outcomes the interval is to hold, between 0 and 100.

    Raises:
        ValueError: There is no value, or horizon, season or level make no sense.
    """
    return forecast_many([np.asarray(values, dtype=np.float64)], horizon, season_length, level)[0]


def forecast_many(
    values: Sequence[ArrayLike] | Floats,
    horizon: int,
    season_length: int = 12,
    level: float = 80,
) -> list[Forecast]:
    """Return the forecast of each series, the same as one by one but sharing the work.

    Args:
        values: The histories, as for ``forecast``; lengths may differ.
        horizon: How many steps to forecast.
        season_length: Steps in a season.
        level: Percent of outcomes the interval is to hold.

    Raises:
        ValueError: A series has no value, or horizon, season or level make no sense.
    """
    _check(horizon, season_length, level)
    histories = [filled(np.asarray(row, dtype=np.float64), season_length) for row in values]
    found: dict[int, Forecast] = {}
    for positions in _batches(histories):
        rows = np.array([histories[position] for position in positions])
        rows = despiked(rows, season_length)
        told = _told(rows, horizon, season_length, level)
        found.update(zip(positions, told, strict=True))
    return [found[position] for position in range(len(histories))]


def _batches(histories: Sequence[Floats]) -> Iterator[list[int]]:
    """Yield the positions of histories of one length, no more at once than memory likes."""
    by_length: dict[int, list[int]] = {}
    for position, history in enumerate(histories):
        by_length.setdefault(len(history), []).append(position)
    for positions in by_length.values():
        for start in range(0, len(positions), MOST_AT_ONCE):
            yield positions[start : start + MOST_AT_ONCE]


def _check(horizon: int, season_length: int, level: float) -> None:
    if horizon < 1:
        raise ValueError("The horizon must be at least one step.")
    if season_length < 1:
        raise ValueError("The season must be at least one step long.")
    if not 0 < level < 100:
        raise ValueError("The level must lie between 0 and 100 percent.")


def _told(rows: Floats, horizon: int, season_length: int, level: float) -> Iterator[Forecast]:
    scale = np.abs(rows).mean(axis=1, keepdims=True)
    scale[scale == 0] = 1
    bands, together = _mixed(rows / scale, horizon, season_length, level)
    mean, low, high = (band * scale for band in bands)
    low = mean - np.maximum.accumulate(mean - low, axis=1)
    high = mean + np.maximum.accumulate(high - mean, axis=1)
    floor = np.where((rows >= 0).all(axis=1), 0, -np.inf)[:, None]
    ceiling = np.where((rows == 0).all(axis=1), 0, np.inf)[:, None]
    mean, low, high = (np.clip(band, floor, ceiling) for band in (mean, low, high))
    for at, row in enumerate(rows):
        total = _total(mean[at], low[at], high[at], together[at, 0])
        yield Forecast(mean[at], low[at], high[at], _words(row, season_length), total)


def _total(mean: Floats, low: Floats, high: Floats, together: float) -> tuple[float, float, float]:
    whole, below, above = mean.sum(), (mean - low).sum(), (high - mean).sum()
    return float(whole), float(whole - together * below), float(whole + together * above)


def _mixed(rows: Floats, horizon: int, season_length: int, level: float) -> Told:
    """Return bands averaged over both scales where there are logarithms."""
    (bands, together), support = _plain(rows, horizon, season_length, level)
    positive = (rows > 0).all(axis=1)
    if positive.any():
        logs = np.log(rows[positive])
        (by_log, log_together), log_support = _plain(logs, horizon, season_length, level)
        odds = PERCENT_ODDS + log_support - logs.sum(axis=1) - support[positive]
        share = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))[:, None]
        for band, log in zip(bands, by_log, strict=True):
            band[positive] += share * (np.exp(np.minimum(log, MOST_LOG)) - band[positive])
        together[positive] += share * (log_together - together[positive])
    return bands, together


def _plain(rows: Floats, horizon: int, season_length: int, level: float) -> tuple[Told, Floats]:
    said = weigh(rows, horizon, season_length)
    steps = rows.shape[1]
    wide = quantile(level, steps - 1 if steps > 1 else UNSEEN_FREEDOM)
    narrow = said.error.evenness[:, None] ** narrowing(level)
    reach = wide * narrow * said.error.deviation
    bands = (said.mean, said.mean - reach, said.mean + reach)
    return (bands, said.error.together[:, None]), said.support


def _words(history: Floats, season_length: int) -> str:
    if not history.any():
        return "zero repeated"
    if len(history) == 1:
        return "last value repeated (1 value)"
    seen = len(history) > season_length
    models = len(Structures.of(season_length if seen else 1))
    words = f"combination of {models} structural models, weighed by {len(history)} values"
    return words if seen else f"{words}, no full season seen"
