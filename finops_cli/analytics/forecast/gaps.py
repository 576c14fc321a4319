"""Histories without holes: what stands in for values that are missing."""

import numpy as np

from finops_cli.analytics.forecast.result import Floats


def filled(history: Floats, season_length: int) -> Floats:
    """Return the history from its first known value on, gaps filled.

    A missing value is the mean of those one season before and after it, or else lies on the
    straight line across the gap; at the end the last value is repeated.

    Raises:
        ValueError: The history is not one row of numbers, or holds no number.
    """
    if history.ndim != 1:
        raise ValueError("A history is one row of values.")
    known = np.flatnonzero(np.isfinite(history))
    if not len(known):
        raise ValueError("A forecast needs at least one value.")
    if len(known) == len(history):
        return history
    line = np.interp(np.arange(len(history)), known, history[known])
    missing = np.flatnonzero(~np.isfinite(history))
    inside = missing[(missing >= season_length) & (missing < len(history) - season_length)]
    around = (history[inside - season_length] + history[inside + season_length]) / 2
    line[inside] = np.where(np.isfinite(around), around, line[inside])
    whole: Floats = line[known[0] :]
    return whole
