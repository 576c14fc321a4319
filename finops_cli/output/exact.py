"""Values as machines read them: exact decimals, ISO dates, nothing rounded but ratios."""

from datetime import date
from decimal import Decimal

from finops_cli.domain.answer import Kind, Value
from finops_cli.domain.period import Period
from finops_cli.output import format as fmt

Machine = str | int | float | dict[str, str] | None

_MONEY = frozenset({Kind.MONEY, Kind.CHANGE, Kind.ESTIMATE})
_RATIO = frozenset({Kind.SHARE, Kind.RATIO, Kind.GROWTH})


def decimal(value: Decimal, least: int = 0) -> str:
    """Write a decimal in full: no exponent, no needless zeros, at least so many decimals."""
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    text = f"{whole}.{fraction}" if fraction else whole
    return text if value else text.lstrip("-")


def value_of(value: Value, kind: Kind) -> Machine:
    """Return a value for JSON.

    Money and quantities are decimal strings, ratios numbers of at most six places, dates ISO, a
    period two dates of which the end does not belong to it. A decimal that is no number is null.
    """
    match value:
        case Decimal():
            return _number(value, kind)
        case Period():
            return {"start": value.start.isoformat(), "end": value.end.isoformat()}
        case date():
            return value.isoformat()[:7] if kind is Kind.MONTH else value.isoformat()
    return value


def text_of(value: Value, kind: Kind) -> str:
    """Return a value for a CSV cell: as in JSON, but a period as its ``--period`` word."""
    if isinstance(value, Period):
        return str(value)
    found = value_of(value, kind)
    return (
        decimal(Decimal(str(found)))
        if isinstance(found, float)
        else ""
        if found is None
        else str(found)
    )


def _number(value: Decimal, kind: Kind) -> Machine:
    if not value.is_finite():
        return None
    if kind in _RATIO:
        return fmt.ratio(value)
    return decimal(value, 2 if kind in _MONEY else 0)
