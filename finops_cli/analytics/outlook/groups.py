"""Bands of groups of series, such as services, out of one outlook."""

from collections.abc import Sequence

import numpy as np

from finops_cli.analytics.outlook.bands import quantile
from finops_cli.analytics.outlook.shape import Band, Floats, Outlook

_WANDER = 0.25


def bands_by(outlook: Outlook, labels: Sequence[str]) -> dict[str, Band]:
    """Return the band of each group; the means add up to the total's mean.

    A group shares what is unsure of the bill as a whole, and has in addition the doubt about its
    own levels, which even out between groups and wander further apart month by month. The group
    of everything has the band of the total.

    Args:
        outlook: What :func:`look_ahead` returned.
        labels: The group of each series of the panel, in its order.
    """
    named = np.array(labels)
    own = _own(outlook)
    half = (outlook.total.high - outlook.total.low) / 2
    shared = np.sqrt(np.maximum(half**2 - own.sum(axis=0), 0.0)) / _size(outlook.parts)
    return {label: _band(outlook, named == label, own, shared) for label in dict.fromkeys(labels)}


def _own(outlook: Outlook) -> Floats:
    """Return the squared half width that each series' own level adds to each month."""
    doubt = outlook.spread[:, None] * outlook.parts * _open_share(outlook)
    return np.asarray((quantile(outlook.level) * doubt) ** 2)


def _size(parts: Floats) -> Floats:
    return np.asarray(np.maximum(np.abs(parts).sum(axis=0), 1e-12))


def _band(
    outlook: Outlook,
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]],
    own: Floats,
    shared: Floats,
) -> Band:
    parts = outlook.parts[inside]
    mean: Floats = parts.sum(axis=0)
    size = np.abs(parts).sum(axis=0)
    share = size / _size(outlook.parts)
    # What is unsure by being new does not get less sure with time; what wanders does.
    doubt = outlook.spread[inside]
    wandering = (np.minimum(doubt, _WANDER) / np.maximum(doubt, 1e-12)) ** 2
    further = np.arange(len(mean)) * (1 - share)
    apart = (own[inside] * (1 + wandering[:, None] * further)).sum(axis=0)
    half = np.sqrt((shared * size) ** 2 + apart)
    floor = np.where((parts >= 0).all(axis=0), 0.0, -np.inf)
    return Band(mean, np.maximum(mean - half, floor), mean + half)


def _open_share(outlook: Outlook) -> Floats:
    """Return the share of each month that is yet to come."""
    share = np.ones(len(outlook.months))
    if outlook.running and outlook.total.mean[0]:
        share[0] = np.clip(1 - outlook.so_far / outlook.total.mean[0], 0.0, 1.0)
    return share
