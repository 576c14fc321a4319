"""One total, however finely the bill is split: the parts are fitted to it.

Lines told apart further, by a tag or a resource, have shorter and rougher histories, and their sum
is not quite the total that the plain lines give. Whoever asks for a split has not asked for another
total (top-down reconciliation: Hyndman & Athanasopoulos, "Forecasting: Principles and Practice",
3rd edition, chapter 11).
"""

from dataclasses import replace

import numpy as np

from finops_cli.analytics.outlook.shape import Outlook


def reconciled(split: Outlook, whole: Outlook) -> Outlook:
    """Return the split outlook with its parts fitted to the total of the whole.

    Args:
        split: The outlook of finer lines; what it knows of them stays.
        whole: The outlook of the plain lines, for the same months.
    """
    sums = split.parts.sum(axis=0)
    ratio = np.where(sums != 0, whole.total.mean / np.where(sums != 0, sums, 1.0), 1.0)
    return replace(
        split,
        parts=split.parts * ratio,
        total=whole.total,
        horizon_total=whole.horizon_total,
        method=whole.method,
        cautions=whole.cautions,
    )
