"""Bands of groups of series, such as services, out of one outlook."""

from collections.abc import Sequence

import numpy as np

from finops_cli.analytics.outlook.shape import Band, Outlook


def bands_by(outlook: Outlook, labels: Sequence[str]) -> dict[str, Band]:
    """Return the band of each group; the means add up to the total's mean.

    Args:
        outlook: What :func:`look_ahead` returned.
        labels: The group of each series of the panel, in its order.
    """
    result: dict[str, Band] = {}
    half = (outlook.total.high - outlook.total.low) / 2
    share = half / np.maximum(np.abs(outlook.total.mean), 1e-12)
    for label in dict.fromkeys(labels):
        at = [i for i, name in enumerate(labels) if name == label]
        mean = outlook.parts[at].sum(axis=0)
        size = np.abs(outlook.parts[at]).sum(axis=0)
        wide = np.minimum(share * 2, share + 0.1) * size
        result[label] = Band(mean, mean - wide, mean + wide)
    return result
