"""What each series costs a day now."""

import numpy as np

from finops_cli.analytics.outlook.pace import WINDOWS
from finops_cli.analytics.outlook.shape import Flags, Floats


def levels(costs: Floats, factors: Floats, known: Flags, weights: Floats) -> Floats:
    """Return the cost per day of each series without its rhythm, shape (series,).

    Args:
        costs: The last days, as many as the longest window or fewer, shape (series, days).
        factors: The rhythm of these days, shape (series, days).
        known: Whether each day is known, shape (days,).
        weights: How much each window counts, shape (series, windows).
    """
    count = costs.shape[1]
    charged = costs != 0
    birth = np.where(charged.any(axis=1), np.argmax(charged, axis=1), 0)
    birth = np.where(birth <= 1, 0, birth)
    result = np.zeros(len(costs))
    for k, window in enumerate(WINDOWS):
        begin = np.maximum(birth, count - window)
        inside = known & (np.arange(count) >= begin[:, None])
        expected = (factors * inside).sum(axis=1)
        mean = (costs * inside).sum(axis=1) / np.where(expected > 0, expected, 1.0)
        result += weights[:, k] * mean
    return np.where(_ended(costs, known), 0.0, result)


def _ended(costs: Floats, known: Flags) -> Flags:
    """Tell which series have been silent for longer than ever before, and for days."""
    charged = costs != 0
    n = costs.shape[1]
    last = np.where(charged.any(axis=1), n - 1 - np.argmax(charged[:, ::-1], axis=1), -1)
    silent = np.array([known[int(at) + 1 :].sum() for at in last])
    usual = 1 - charged.sum(axis=1) / np.maximum(known.sum(), 1)
    return np.asarray(silent > 3 + 10 * usual)
