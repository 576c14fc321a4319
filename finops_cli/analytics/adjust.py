"""What is known from elsewhere, laid over what the statistics say, and kept apart from it.

Changes are applied one after the other, as written. A factor acts on the costs of some series (or
all) and takes their share of the band with it; an amount moves mean and band alike, since whoever
states it states no error. In the month under way only the days still to come can change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook import Band, Outlook

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the outlook: one factor and one amount of money for each month.

    ``series`` are the positions in the panel that it is about, None for the whole bill.
    """

    factors: tuple[float, ...]
    amounts: tuple[float, ...]
    series: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An outlook with changes laid over it.

    ``effects`` has one row a change, one column a month, in money. ``apart`` is what no series
    carries (amounts for the whole bill): the parts of the outlook and it add up to the total.
    """

    outlook: Outlook
    effects: tuple[tuple[float, ...], ...]
    apart: tuple[float, ...]


def adjust(outlook: Outlook, changes: Sequence[Change]) -> Adjusted:
    """Return the outlook with the changes laid over it, and what each of them does."""
    parts = np.array(outlook.parts, dtype=np.float64)
    apart = np.zeros(len(outlook.months))
    effects: list[tuple[float, ...]] = []
    for change in changes:
        before = parts.sum(0) + apart
        _apply(change, parts, apart, _open(outlook))
        effects.append(tuple(float(x) for x in parts.sum(0) + apart - before))
    if not changes:
        return Adjusted(outlook, (), tuple(float(x) for x in apart))
    mean = parts.sum(0) + apart
    total = _moved(outlook.total, mean, changes)
    whole = _whole(outlook, mean, changes)
    moved = replace(outlook, parts=parts, total=total, horizon_total=whole)
    return Adjusted(moved, tuple(effects), tuple(float(x) for x in apart))


def _open(outlook: Outlook) -> Floats:
    """Return the share of each month that is still to come."""
    still = np.ones(len(outlook.months))
    if outlook.running and outlook.total.mean[0] > 0:
        still[0] = np.clip(1 - outlook.so_far / outlook.total.mean[0], 0, 1)
    return still


def _apply(change: Change, parts: Floats, apart: Floats, still: Floats) -> None:
    rows = slice(None) if change.series is None else list(change.series)
    factors = 1 + (np.array(change.factors) - 1) * still
    parts[rows] *= factors
    amounts = np.array(change.amounts) * still
    if change.series is None:
        apart *= factors
        apart += amounts
    elif amounts.any():
        parts[rows] += _shares(parts[rows]) * amounts


def _shares(parts: Floats) -> Floats:
    """Return how an amount spreads over series: as their costs do, evenly where they have none."""
    size = np.abs(parts)
    whole = size.sum(0)
    even = np.full_like(size, 1 / max(len(size), 1))
    return np.where(whole > 0, size / np.where(whole > 0, whole, 1), even)


def _amounts(changes: Sequence[Change]) -> Floats:
    return np.asarray(np.sum([change.amounts for change in changes], axis=0))


def _moved(band: Band, mean: Floats, changes: Sequence[Change]) -> Band:
    scaled = mean - _amounts(changes)
    ratio = np.where(band.mean != 0, scaled / np.where(band.mean != 0, band.mean, 1), 1.0)
    ratio = np.maximum(ratio, 0)
    return Band(mean, mean - (band.mean - band.low) * ratio, mean + (band.high - band.mean) * ratio)


def _whole(outlook: Outlook, mean: Floats, changes: Sequence[Change]) -> tuple[float, float, float]:
    first = int(outlook.running)
    whole, low, high = outlook.horizon_total
    now = float(mean[first:].sum())
    scaled = now - float(_amounts(changes)[first:].sum())
    ratio = max(scaled / whole, 0.0) if whole else 1.0
    return now, now - (whole - low) * ratio, now + (high - whole) * ratio
