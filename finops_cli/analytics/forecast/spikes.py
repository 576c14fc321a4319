"""One-off spikes, which say nothing of what is to come and would be taken for a season.

A season's effect is learned from a few values, so a single month of ten times the cost would come
back every year. A spike is a value far from its neighbours on both sides that has no counterpart
one season before or after; the last values, of which nobody can yet tell, are left as they are.
"""

import numpy as np
from numpy.typing import NDArray

from finops_cli.analytics.forecast.result import Floats

NEIGHBOURS = 2
FEWEST = 8
# From so many seasons on, the other seasons outvote a spike.
SEASONS = 5
# How far off a spike is: in usual distances from the neighbours, and as a share of their size.
DISTANCES = 12.0
SHARE = 0.9


def despiked(rows: Floats, season_length: int) -> Floats:
    """Return the histories, shape (series, steps), spikes replaced by their neighbours' median."""
    steps = rows.shape[1]
    if not FEWEST <= steps < SEASONS * season_length:
        return rows
    windows = np.lib.stride_tricks.sliding_window_view(rows, 2 * NEIGHBOURS + 1, axis=1)
    around = rows.copy()
    around[:, NEIGHBOURS : steps - NEIGHBOURS] = _middle(windows)
    apart = rows - around
    usual = _middle(np.abs(apart[:, NEIGHBOURS : steps - NEIGHBOURS]))[:, None]
    far = np.maximum(DISTANCES * usual, SHARE * np.abs(around))
    spike = np.abs(apart) > far
    spike &= ~_recurs(apart, season_length)
    return np.where(spike, around, rows)


def _middle(values: Floats) -> Floats:
    """Return the upper median of the last axis; NumPy's own loads masked arrays, 10 ms."""
    at = values.shape[-1] // 2
    middle: Floats = np.partition(values, at, axis=-1)[..., at]
    return middle


def _recurs(apart: Floats, season_length: int) -> NDArray[np.bool_]:
    """Return where a season before or after there is at least half as much on the same side."""
    steps = apart.shape[1]
    recurs = np.zeros(apart.shape, dtype=np.bool_)
    if season_length < steps:
        early, late = apart[:, :-season_length], apart[:, season_length:]
        recurs[:, season_length:] |= early / np.where(late == 0, np.inf, late) > 0.5
        recurs[:, :-season_length] |= late / np.where(early == 0, np.inf, early) > 0.5
    return recurs
