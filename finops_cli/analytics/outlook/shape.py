"""What an outlook is made of: months, bands, known amounts and recognised events.

Amounts are floats in the currency of the panel: statistics, never shown as billed.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Band:
    """An expected amount for each month and the prediction interval around it.

    Args:
        mean: Expected amounts, shape (months,).
        low: Lower ends of the interval, shape (months,).
        high: Upper ends of the interval, shape (months,).
    """

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Known:
    """Charges of one series that come on a known day in a known amount.

    Args:
        series: The position of the series in the panel.
        kind: ``flat rate``, ``commitment``, ``monthly fee``, ``annual fee`` or ``tax or support``.
        words: One sentence on how the amounts come about.
        amounts: The charges of each month of the outlook, shape (months,).
    """

    series: int
    kind: str
    words: str
    amounts: Floats


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that was recognised in a series, and so treated in the forecast.

    Args:
        series: The position of the series in the panel.
        kind: ``spike set apart``, ``new level``, ``new`` or ``ended``.
        first: The first day of it.
        last: The last day of it; None while it lasts.
        per_month: The dollars a month that it adds or takes away; of a spike, all its dollars.
    """

    series: int
    kind: str
    first: date
    last: date | None
    per_month: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """Monthly amounts to expect, with prediction intervals.

    Args:
        months: The firsts of the months; the running month leads where it has begun.
        running: ``months[0]`` is under way.
        so_far: The dollars of ``months[0]`` on complete days; 0.0 if it is not under way.
        total: The whole bill by month.
        horizon_total: Mean, low and high of the sum over the whole months ahead.
        parts: The means by series, shape (series, months); columns add up to ``total.mean``.
        known: Charges kept apart as known amounts.
        signals: What was recognised in single series.
        method: How the figures came about, in plain words.
        cautions: What a reader should know before trusting them.
        level: The share of outcomes in per cent that the bands shall hold.
        spread: The relative standard error of each series' own level, shape (series,).
    """

    months: tuple[date, ...]
    running: bool
    so_far: float
    total: Band
    horizon_total: tuple[float, float, float]
    parts: Floats
    known: tuple[Known, ...]
    signals: tuple[Signal, ...]
    method: str
    cautions: tuple[str, ...]
    level: float
    spread: Floats
