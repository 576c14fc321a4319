"""The rhythm of each series: weekdays, the ends of the month, and the days round New Year.

Factors around 1.0, each taken only as far as it stands out from its own noise (positive-part
James-Stein). Offices close between Christmas and New Year, so these weekdays count as Sundays.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.shape import Flags, Floats

_WEEKS = 13
_MONTHS = 6
_LEAST = 0.05
_PHASES = 4
_REGULAR = 0.9


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Factors by series.

    Args:
        weekday: Shape (series, 7), Monday first.
        phase: First, second and third day of the month, and its last, shape (series, 4).
    """

    weekday: Floats
    phase: Floats

    def factors(self, days: Days) -> Floats:
        """Return the factor of each series on each day, shape (series, days)."""
        weekday = np.where(_closed(days), 6, days.weekday)
        wide = np.concatenate((np.ones((len(self.phase), 1)), self.phase), axis=1)
        return np.asarray(self.weekday[:, weekday] * wide[:, _phase(days)])


def learn(days: Days, costs: Floats, known: Flags) -> Rhythm:
    """Return the rhythm of the last months, shape of ``costs``: (series, days).

    Series that come and go without a pattern have none: chance would pass for rhythm.
    """
    weekday = _weekdays(days, costs, known)
    phase = _phases(days, costs, weekday)
    erratic = _erratic(days, costs, known)
    weekday[erratic] = 1.0
    phase[erratic] = 1.0
    return Rhythm(weekday, phase)


def _erratic(days: Days, costs: Floats, known: Flags) -> Flags:
    """Tell which series are silent on days of a week on which they are charged at other times."""
    recent = slice(-7 * _WEEKS, None)
    charged, weekday = (costs[:, recent] != 0) & known[recent], days.weekday[recent]
    each = np.stack([charged[:, weekday == w].sum(axis=1) for w in range(7)], axis=1)
    most = np.array([known[recent][weekday == w].sum() for w in range(7)])
    active = each > 0
    share = each.sum(axis=1) / np.maximum((active * most).sum(axis=1), 1)
    erratic: Flags = share < _REGULAR
    return erratic


def _closed(days: Days) -> Flags:
    month = days.month % 12
    closed: Flags = ((month == 11) & (days.day >= 24)) | ((month == 0) & (days.day == 1))
    return closed


def _phase(days: Days) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return 0 for an ordinary day, 1 to 3 for the first days of the month, 4 for the last."""
    phase = np.where(days.day <= _PHASES - 1, days.day, 0)
    return np.asarray(np.where(days.day == days.length, _PHASES, phase))


def _weekdays(days: Days, costs: Floats, known: Flags) -> Floats:
    plain = known & (_phase(days) == 0) & ~_closed(days)
    usual = np.ones((len(costs), 7))
    count = min(_WEEKS, len(days) // 7)
    if count < 3:
        return usual
    recent = slice(len(days) - 7 * count, None)
    blocks = costs[:, recent].reshape(len(costs), count, 7)
    use = plain[recent].reshape(count, 7)
    mean = (blocks * use).sum(axis=2, keepdims=True) / np.maximum(use.sum(axis=1), 1)[:, None]
    ratio = np.clip(blocks / np.where(mean > 0, mean, np.inf), 0.0, 7.0)
    use3 = use & (mean > 0)
    factor, noise = _mean_and_error(ratio, use3)
    factor = _shrunk(factor, noise, axis=1)
    weekday: Floats = np.ones_like(factor)
    weekday[:, days.weekday[-7:]] = factor
    weekday /= weekday.mean(axis=1, keepdims=True)
    return weekday


def _phases(days: Days, costs: Floats, weekday: Floats) -> Floats:
    """Compare the first and last days of each month with the ordinary days of the weeks around."""
    phase = _phase(days)
    firsts = np.flatnonzero(days.day == 1)[-_MONTHS:]
    lasts = np.flatnonzero(days.day == days.length)[-_MONTHS:]
    result = np.ones((len(costs), _PHASES))
    for k in range(_PHASES):
        at = lasts if k == _PHASES - 1 else firsts + k
        at = at[(at >= 7) & (at < len(days))]
        if len(at) < 2:
            continue
        around = at[:, None] + np.arange(-7, 11)
        inside = around < len(days)
        around = np.minimum(around, len(days) - 1)
        ordinary = inside & (phase[around] == 0)
        flat = costs[:, around] / weekday[:, days.weekday[around]]
        base = (flat * ordinary).sum(axis=2) / np.maximum(ordinary.sum(axis=1), 1)
        own = costs[:, at] / weekday[:, days.weekday[at]]
        ratio = np.clip(own / np.where(base > 0, base, np.inf), 0.0, 20.0)
        factor, noise = _mean_and_error(ratio[..., None], (base > 0)[..., None])
        result[:, k] = _shrunk(factor, noise, axis=1)[:, 0]
    return result


def _mean_and_error(ratio: Floats, use: Flags) -> tuple[Floats, Floats]:
    """Return the mean over the second axis, and its standard error; 1.0 and 0.0 where unknown."""
    count = use.sum(axis=1)
    mean = (ratio * use).sum(axis=1) / np.maximum(count, 1)
    apart = ((ratio - mean[:, None]) ** 2 * use).sum(axis=1)
    error = np.sqrt(apart / np.maximum(count - 1, 1) / np.maximum(count, 1))
    return np.where(count > 1, mean, 1.0), np.where(count > 1, error, 0.0)


def _shrunk(factor: Floats, error: Floats, axis: int) -> Floats:
    """Keep as much of the distance from 1.0 as is not noise."""
    signal = ((factor - 1) ** 2).mean(axis=axis, keepdims=True)
    noise = (error**2).mean(axis=axis, keepdims=True)
    keep = np.clip(1 - noise / np.maximum(signal, 1e-12), 0.0, 1.0)
    return np.asarray(np.maximum(1 + keep * (factor - 1), _LEAST))
