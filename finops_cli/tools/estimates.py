"""From the floats of maths to decimals that an Answer may carry."""

from decimal import Decimal

A_MONTH = Decimal("30.4375")
"""The days of an average month."""

_MICRO = Decimal("0.000001")


def estimate(value: float) -> Decimal:
    """Return a float as a decimal, without the digits that only binary fractions have."""
    return Decimal(repr(float(value))).quantize(_MICRO)
