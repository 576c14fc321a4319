"""What stands out in the last weeks of each series, measured by how much it usually moves.

Means over a few days are compared with the four weeks before them. How far apart these lie on
usual days is learned from the series itself: training jobs come and go every week, a database does
not. Days far out that are over are spikes: they are set apart. A new level that is still on is
believed more with each day, since an incident ends and a launch stays.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.outlook.shape import Flags, Floats

_SPANS = (1, 2, 3, 5, 7, 10, 14, 21)
_LEARNED = (3, 7, 14)
_BEFORE = 28
_STEP = 7
_UNUSUAL = 6.0
_LEAST = 0.15
_DOUBT_UP = 4.0
_DOUBT_DOWN = 2.0
_WEEKS = 8
_ENOUGH = 20
_HIGH = 0.95
_TOWER = 5.0
_BRIEF = 3
_MOST_DOUBT = 5.0


@dataclass(frozen=True, slots=True)
class Usual:
    """How far short means usually lie from the weeks before, kept so as to be read on any day.

    Args:
        asked: The positions of the days at which it was measured.
        apart: Relative distances, shape (asked, series, learned spans); NaN where unknown.
    """

    asked: NDArray[np.int64]
    apart: Floats

    @classmethod
    def of(cls, costs: Floats) -> "Usual":
        """Return the distances over a matrix of costs, shape (series, days)."""
        count = costs.shape[1]
        asked = np.arange(_BEFORE + _LEARNED[-1], count + 1, _STEP)
        sums = np.concatenate((np.zeros((1, len(costs))), np.cumsum(costs.T, axis=0)))
        apart = [_apart(sums, asked, span)[0] for span in _LEARNED]
        return cls(asked, np.stack(apart, axis=2))

    def at(self, day: int) -> Floats:
        """Return the usual distance of each series for each span as of a day."""
        found = self.apart[: int(np.searchsorted(self.asked, day - _SPANS[-1], side="right"))]
        if len(found) < _WEEKS:
            return np.full((found.shape[1], len(_SPANS)), np.inf)
        middle = np.median(np.abs(found), axis=0)
        nearest = [int(np.argmin(np.abs(np.array(_LEARNED) - span))) for span in _SPANS]
        return np.asarray(middle[:, nearest])


def _apart(sums: Floats, asked: NDArray[np.int64], span: int) -> tuple[Floats, Floats, Floats]:
    """Return relative distances between means of a span and the weeks before, and both means."""
    late = (sums[asked] - sums[asked - span]) / span
    early = (sums[asked - span] - sums[np.maximum(asked - span - _BEFORE, 0)]) / _BEFORE
    size = (np.abs(late) + np.abs(early)) / 2
    return (late - early) / np.where(size > 0, size, 1.0), late, early


@dataclass(frozen=True, slots=True)
class NewLevels:
    """Series that moved to another level and are there still, each of shape (found,).

    Args:
        series: Their positions.
        since: The days seen on the new level.
        before: The level before.
        after: The level since.
        belief: How much of the step is expected to stay, from 0 to 1.
    """

    series: NDArray[np.int64]
    since: NDArray[np.int64]
    before: Floats
    after: Floats
    belief: Floats

    def settle(self, level: Floats) -> Floats:
        """Return the levels of all series, these moved to where they are expected to stay."""
        result = level.copy()
        result[self.series] = self.before + self.belief * (self.after - self.before)
        return result

    def doubt(self, now: Floats) -> Floats:
        """Return the standard error of the expected levels where a step stays whole or not at all.

        Args:
            now: The expected levels of these series; the errors are relative to them.
        """
        spread = np.sqrt(self.belief * (1 - self.belief)) * np.abs(self.after - self.before)
        return np.asarray(np.minimum(spread / np.maximum(np.abs(now), 1e-12), _MOST_DOUBT))


def new_levels(flat: Floats, usual: Floats) -> NewLevels:
    """Return the series whose last days lie unusually far from the weeks before.

    Args:
        flat: Costs without rhythm up to the last known day, shape (series, days).
        usual: Usual distances for each span, shape (series, spans).
    """
    count = flat.shape[1]
    sums = np.concatenate((np.zeros((1, len(flat))), np.cumsum(flat.T, axis=0)))
    spans = [span for span in _SPANS if span + _BEFORE <= count]
    if not spans:
        none = np.zeros(0, dtype=np.int64)
        return NewLevels(none, none, np.zeros(0), np.zeros(0), np.zeros(0))
    end = np.array([count])
    found = [_apart(sums, end, span) for span in spans]
    apart, late, early = (np.stack([item[k][0] for item in found], axis=1) for k in range(3))
    far = np.abs(apart) / np.maximum(_UNUSUAL * usual[:, : len(spans)], _LEAST)
    steady = _stays(flat, early, late, spans)
    far = np.where(steady, far, 0.0)
    best = (far * np.sqrt(spans)).argmax(axis=1)
    series = np.flatnonzero(far.max(axis=1) > 1)
    since = np.array(spans)[best[series]]
    before, after = early[series, best[series]], late[series, best[series]]
    doubt = np.where(after > before, _DOUBT_UP, _DOUBT_DOWN)
    return NewLevels(series, since, before, after, since / (since + doubt))


def _stays(flat: Floats, early: Floats, late: Floats, spans: list[int]) -> Flags:
    """Tell whether all days of a span lie on the same side, nearer its mean than the old level."""
    side = np.sign(late - early)
    middle = (late + early) / 2
    inside = [
        ((flat[:, -span:] - middle[:, k : k + 1]) * side[:, k : k + 1] > 0).all(axis=1)
        for k, span in enumerate(spans)
    ]
    return np.stack(inside, axis=1)


def spikes(flat: Floats, usual: Floats) -> Flags:
    """Tell which days of the last eight weeks are out of line and over, shape (series, days).

    Args:
        flat: Costs without rhythm, shape (series, days).
        usual: Usual distances for each span, shape (series, spans).
    """
    count = flat.shape[1]
    result = np.zeros(flat.shape, dtype=np.bool_)
    recent, past = flat[:, -_BEFORE * 2 :], flat[:, : -_BEFORE * 2]
    if count < _BEFORE * 4:
        return result
    highest = past.max(axis=1)
    middle = np.median(recent, axis=1)
    room = np.maximum(_UNUSUAL * usual[:, 1], 2 * _LEAST) * middle
    out = recent > np.maximum(1.2 * highest, middle + room)[:, None]
    out &= (middle > 0)[:, None] & ~out[:, -3:].any(axis=1)[:, None]
    out &= (out.mean(axis=1) < 0.5)[:, None]
    result[:, -_BEFORE * 2 :] = out
    return result


def tamed(costs: Floats) -> tuple[Floats, Flags]:
    """Take the days out that tower over all others of their series and are over within days.

    Args:
        costs: Costs of the whole history, shape (series, days).

    Returns:
        The costs with the middle of the charged days in their place, and which days these are.
    """
    out = np.zeros(costs.shape, dtype=np.bool_)
    calm = costs.copy()
    count = (costs > 0).sum(axis=1)
    mean = np.maximum(costs, 0.0).sum(axis=1) / np.maximum(count, 1)
    for series in np.flatnonzero((count >= _ENOUGH) & (costs.max(axis=1) > _TOWER * mean)):
        row = costs[series]
        charged = row[row > 0]
        far = row > _TOWER * np.quantile(charged, _HIGH)
        for begin, end in runs(far):
            out[series, begin:end] = end - begin <= _BRIEF and end < len(row)
        calm[series, out[series]] = np.median(charged)
    return calm, out


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Return where each run of flags in a row begins, and where it is over."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int64), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
