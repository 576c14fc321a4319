"""Bands of groups of series, such as services, out of one outlook."""

from collections.abc import Sequence

import numpy as np

from finops_cli.analytics.outlook.bands import quantile
from finops_cli.analytics.outlook.shape import Band, Floats, Outlook


def bands_by(outlook: Outlook, labels: Sequence[str]) -> dict[str, Band]:
    """Return the band of each group; the means add up to the total's mean.

    A group shares the total's relative uncertainty, and has in addition what evens out between
    groups: the noise of its own levels, which wander further apart month by month.

    Args:
        outlook: What :func:`look_ahead` returned.
        labels: The group of each series of the panel, in its order.
    """
    named = np.array(labels)
    return {label: _band(outlook, named == label) for label in dict.fromkeys(labels)}


def _band(outlook: Outlook, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Band:
    parts = outlook.parts[inside]
    mean: Floats = parts.sum(axis=0)
    open_share = _open_share(outlook)
    size = np.abs(outlook.parts).sum(axis=0)
    whole = (outlook.total.high - outlook.total.low) / 2 / np.maximum(size, 1e-12)
    own_size = np.abs(parts).sum(axis=0)
    share = own_size / np.maximum(size, 1e-12)
    step = np.arange(1.0, len(mean) + 1)
    own = ((outlook.spread[inside, None] * parts * open_share) ** 2).sum(axis=0)
    apart = quantile(outlook.level) ** 2 * own * step * (1 - share)
    half = np.sqrt((whole * own_size) ** 2 + apart)
    return Band(mean, mean - half, mean + half)


def _open_share(outlook: Outlook) -> Floats:
    """Return the share of each month that is yet to come."""
    share = np.ones(len(outlook.months))
    if outlook.running and outlook.total.mean[0]:
        share[0] = np.clip(1 - outlook.so_far / outlook.total.mean[0], 0.0, 1.0)
    return share
