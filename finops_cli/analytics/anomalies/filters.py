"""The linear filters by which the last days are held against the days before them.

One filter pair for each time scale: what the latest ``span`` days come to, and what the days
before those say they should. Short spans see spikes, long ones that weigh late days more see slow
ramps (leaks), which gain on the baseline before they stand out on any single day.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.anomalies.lines import Floats

MEMORY = 63


@dataclass(frozen=True, slots=True)
class Scale:
    """A time scale: days held against the past, forgetting a day of the past, rising or flat."""

    span: int
    forget: float
    rising: bool = False


SCALES = (
    Scale(1, 0.3),
    Scale(1, 0.08),
    Scale(2, 0.15),
    Scale(4, 0.12),
    Scale(7, 0.10),
    Scale(14, 0.10, rising=True),
    Scale(28, 0.08, rising=True),
)
SPANS = np.array([scale.span for scale in SCALES])


def recent() -> Floats:
    """Return the weights of the latest days, shape (scales, MEMORY), each row summing to one."""
    rows = np.zeros((len(SCALES), MEMORY))
    for row, scale in zip(rows, SCALES, strict=True):
        row[-scale.span :] = np.arange(1, scale.span + 1) if scale.rising else 1.0
    return np.asarray(rows / rows.sum(1, keepdims=True))


def past() -> Floats:
    """Return the weights of the days before those, shape (scales, MEMORY)."""
    rows = np.zeros((len(SCALES), MEMORY))
    for row, scale in zip(rows, SCALES, strict=True):
        age = np.arange(MEMORY - scale.span)[::-1]
        row[: MEMORY - scale.span] = (1 - scale.forget) ** age
    return np.asarray(rows / rows.sum(1, keepdims=True))


def now() -> Floats:
    """Return the weights of a forecast from all days known, shape (2, MEMORY): fast and slow."""
    age = np.arange(MEMORY)[::-1]
    rows = np.array([0.7**age, 0.92**age])
    return np.asarray(rows / rows.sum(1, keepdims=True))
