"""What each series costs a day now."""

import numpy as np

from finops_cli.analytics.outlook.shape import Flags, Floats

_WINDOW = 28


def levels(costs: Floats, known: Flags) -> Floats:
    """Return the cost per day of each series over its last four weeks, shape (series,)."""
    recent = costs[:, -_WINDOW:]
    seen = known[-_WINDOW:]
    charged = recent != 0
    young = np.where(charged.any(axis=1), np.argmax(charged, axis=1), 0)
    before = (costs[:, :-_WINDOW] != 0).any(axis=1)
    first = np.where(before, 0, young)
    inside = seen & (np.arange(recent.shape[1]) >= first[:, None])
    mean = (recent * inside).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
    return np.where(_ended(costs, known), 0.0, mean)


def _ended(costs: Floats, known: Flags) -> Flags:
    """Tell which series have been silent for longer than ever before, and for days."""
    charged = costs != 0
    n = costs.shape[1]
    last = np.where(charged.any(axis=1), n - 1 - np.argmax(charged[:, ::-1], axis=1), -1)
    silent = np.array([known[int(at) + 1 :].sum() for at in last])
    usual = 1 - charged.sum(axis=1) / np.maximum(known.sum(), 1)
    return np.asarray(silent > 3 + 10 * usual)
