"""The same band at another level, for machines that want both.

The engine's bands come from measured errors at the level asked for; another one is had by the
normal ratio of widths, which for 80 and 95 per cent is 1.53.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import NormalDist

from finops_cli.tools.estimates import estimate
from finops_cli.tools.forecasting.months import Month


def widened(ahead: Sequence[Month], level: int, other: int) -> list[Month]:
    """Return the months with the bounds of another level."""
    ratio = estimate(_quantile(other) / _quantile(level))
    return [_scaled(month, ratio) for month in ahead]


def _scaled(month: Month, ratio: Decimal) -> Month:
    low = month.mean - (month.mean - month.low) * ratio
    return replace(month, low=low, high=month.mean + (month.high - month.mean) * ratio)


def _quantile(level: int) -> float:
    return NormalDist().inv_cdf(0.5 + level / 200)
