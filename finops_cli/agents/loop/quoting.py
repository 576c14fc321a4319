"""A figure as a model is to quote it: a text with its unit, so that it need not compute."""

from decimal import ROUND_HALF_UP, Context, Decimal

from finops_cli.agents.loop.fencing import cropped
from finops_cli.domain.answer import Kind, Value

MONEY = frozenset({Kind.MONEY, Kind.CHANGE, Kind.ESTIMATE})
_RATIO = frozenset({Kind.SHARE, Kind.RATIO, Kind.GROWTH})
_SIGNED = frozenset({Kind.CHANGE, Kind.GROWTH})
_HUNDRED = Decimal(100)
# A bill may be hostile: quantize() refuses results of more digits than its context holds.
_WIDE = Context(prec=400)

Quoted = str | int | None


def quoted(value: Value, kind: Kind, unit: str | None, currency: str | None) -> Quoted:
    """Return a value ready to be quoted; None where there is none.

    Args:
        value: The value.
        kind: What it is.
        unit: Its unit, where it has one of its own.
        currency: What money is in.
    """
    if isinstance(value, Decimal):
        return _number(value, kind, unit or (currency if kind in MONEY else None))
    if isinstance(value, str):
        return cropped(value)
    if value is None or isinstance(value, int):
        return value
    return str(value)[:7] if kind is Kind.MONTH else str(value)


def _number(value: Decimal, kind: Kind, unit: str | None) -> str | None:
    if not value.is_finite():
        return None
    sign = "+" if kind in _SIGNED and value > 0 else ""
    if kind in _RATIO:
        return f"{sign}{_rounded(value * _HUNDRED, 1):,f} %"
    # Nobody has billed an estimate: cents would be a pretence.
    places = 0 if kind is Kind.ESTIMATE and abs(value) >= _HUNDRED else 2
    number = f"{sign}{_rounded(value, places):,f}"
    return f"{number} {cropped(unit)}" if unit else number


def _rounded(value: Decimal, places: int) -> Decimal:
    """Return the value at so many decimals, or at its first two digits where that would be none."""
    if value and value.adjusted() < -places:
        places = 1 - value.adjusted()
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_WIDE)
    return rounded if rounded else rounded.copy_abs()
