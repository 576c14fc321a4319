"""The yearly shapes that a bill may have, as covariances of log rates, with beliefs beforehand.

Waves over the year, of several sizes or none (a periodic Gaussian process, MacKay, "Introduction to
Gaussian processes", 1998); and, where single months stood out from their neighbours in two years
alike, a peak in these months alone. With less than 13 months there is nothing to compare.
"""

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook.shape import Flags, Floats

# Standard deviation of the waves, with the belief in it.
_WAVES = {0.0: 0.4, 0.03: 0.3, 0.08: 0.2, 0.2: 0.1}
# Waves of half a year and of a month or so, in equal parts.
_REACHES = (1.0, 0.4)
_PEAK, _PEAK_BELIEF = 0.3, 0.2
_A_YEAR = 13
_TWO_YEARS = 22
_FAR = 3.0 * 1.4826


def seasons(time: Floats, past: Floats, values: Floats) -> list[tuple[Floats, float]]:
    """Return covariances at points in time, shape (time, time), each with a belief.

    Args:
        time: The points, in months.
        past: The middles of the months that were seen.
        values: Their log rates.
    """
    if len(past) < _A_YEAR:
        return [(np.zeros((len(time), len(time))), 1.0)]
    waves = _waves(time)
    found = [(sd**2 * waves, belief) for sd, belief in _WAVES.items()]
    peaks = _repeated(past, values)
    if len(peaks):
        found.append((_PEAK**2 * _same_month(time, peaks), _PEAK_BELIEF))
    return found


def _waves(time: Floats) -> Floats:
    apart: Floats = np.sin(np.pi * np.subtract.outer(time, time) / 12) ** 2
    shape: Floats = np.mean([np.exp(-2 * apart / reach**2) for reach in _REACHES], axis=0)
    return shape


def _repeated(past: Floats, values: Floats) -> NDArray[np.int64]:
    """Return the calendar months that stood out from both neighbours whenever they were seen."""
    if len(values) < _TWO_YEARS:
        return np.zeros(0, dtype=np.int64)
    out = values[1:-1] - (values[:-2] + values[2:]) / 2
    size = np.abs(out)
    around = np.maximum(np.append(size[1:], 0.0), np.append(0.0, size[:-1]))
    far = (size > _FAR * np.median(size)) & (size >= around)
    month = _calendar(past[1:-1])
    seen, peaks = np.bincount(month, minlength=12), np.bincount(month, far, 12)
    signs = np.abs(np.bincount(month, np.sign(out) * far, 12))
    return np.flatnonzero((seen >= 2) & (peaks == seen) & (signs == seen))


def _calendar(time: Floats) -> NDArray[np.int64]:
    """Return the month of the year, 0 to 11; the very end of a month belongs to it."""
    return np.asarray(np.ceil(time).astype(np.int64) - 1) % 12


def _same_month(time: Floats, peaks: NDArray[np.int64]) -> Floats:
    month = _calendar(time)
    same: Flags = (month[:, None] == month) & np.isin(month, peaks)
    return same.astype(np.float64)
