"""The only place in the project that rounds: amounts and ratios become text here.

Two needs pull apart. A table must add up, so its column is rounded together: the rows are floored
and the cents still missing to the rounded total go to the rows that lost most (largest remainder).
A sentence must be short and still say something, so it drops cents from a thousand up and keeps two
digits below a cent. Rounding is half up, as invoices do it.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩", "INR": "₹"}
_WITHOUT_CENTS = frozenset({"JPY", "KRW", "CLP", "ISK", "VND"})
_THOUSAND = Decimal(1000)
_HUNDRED = Decimal(100)
_TOLERANCE = Decimal("1e-9")
# quantize() refuses results of more digits than its context holds; a bill may be hostile.
_WIDE = Context(prec=400)


def rounded(value: Decimal, places: int) -> Decimal:
    """Return the value with so many decimals, half up; zero never has a sign."""
    result = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_WIDE)
    return result if result else result.copy_abs()


def cents(currency: str | None) -> int:
    """Return how many decimals the currency's smallest coin has."""
    return 0 if currency in _WITHOUT_CENTS else 2


def amount(value: Decimal, currency: str | None, places: int, *, signed: bool = False) -> str:
    """Write an amount of money: ``$1,234.50``, ``-€3.10``, ``CHF 12.00``.

    Args:
        value: The amount.
        currency: An ISO 4217 code; None writes the bare number.
        places: How many decimals.
        signed: Put a plus sign before a gain too.
    """
    number = rounded(value, places)
    sign = "-" if number < 0 else "+" if signed and number else ""
    symbol = _SYMBOLS.get(currency, f"{currency} ") if currency else ""
    return f"{sign}{symbol}{abs(number):,.{places}f}"


def sentence_places(value: Decimal, currency: str | None) -> int:
    """Return the decimals an amount takes in a sentence."""
    usual = cents(currency)
    near = abs(rounded(value, usual))
    if near >= _THOUSAND:
        return 0
    return _two_digits(value, usual) if abs(value) < Decimal(1).scaleb(-usual) else usual


def column_places(values: Sequence[Decimal], currency: str | None) -> int:
    """Return the decimals of a table column: cents, or more where all is below a cent."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    usual = cents(currency)
    return _two_digits(largest, usual) if largest < Decimal(1).scaleb(-usual) else usual


def estimate_places(values: Sequence[Decimal], currency: str | None) -> int:
    """Return the decimals of a column of estimates: none where the largest reaches a hundred."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    return 0 if largest >= _HUNDRED else column_places(values, currency)


def short_amount(value: Decimal, currency: str | None) -> str:
    """Write an amount for an axis, three digits and a letter: ``$1.25M``, ``$112k``, ``$830``."""
    size = abs(value)
    for limit, letter in ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "k")):
        if rounded(size / limit, 2) >= 1:
            scaled = value / limit
            places = max(2 - scaled.adjusted(), 0)
            return f"{amount(scaled, currency, places)}{letter}"
    return amount(value, currency, 0 if size >= _HUNDRED else column_places([value], currency))


def _two_digits(value: Decimal, usual: int) -> int:
    if not value:
        return usual
    places = 1 - value.adjusted()
    reaches_a_cent = abs(rounded(value, places)) >= Decimal(1).scaleb(-usual)
    return usual if reaches_a_cent else places


def percent(value: Decimal, places: int, *, signed: bool = False) -> str:
    """Write a ratio as a percentage: 0.914 is ``91 %``, signed ``+91 %``."""
    number = rounded(value * _HUNDRED, places)
    sign = "-" if number < 0 else "+" if signed and number else ""
    return f"{sign}{abs(number):,.{places}f} %"


def sentence_percent(value: Decimal, *, signed: bool = False) -> str:
    """Write a ratio for a sentence: whole percent from 10 % up, else up to a tenth.

    What is not nothing never reads as ``0 %``, and a part of the whole never as ``100 %``.
    """
    if not signed and Decimal("0.995") <= value < 1:
        return ">99 %"
    hundredths = abs(value) * _HUNDRED
    tenths = rounded(hundredths, 1)
    if tenths >= 10 or (tenths and tenths == tenths.to_integral()) or not value:
        return percent(value, 0, signed=signed)
    return percent(value, 1 if tenths else 1 - hundredths.adjusted(), signed=signed)


def quantity(value: Decimal) -> str:
    """Write a usage quantity: whole from a thousand, else up to two decimals, never lost."""
    if abs(value) >= _THOUSAND:
        return f"{rounded(value, 0):,.0f}"
    places = 2 if abs(value) >= Decimal("0.1") or not value else 1 - value.adjusted()
    text = f"{rounded(value, places):,.{places}f}"
    return text.rstrip("0").rstrip(".")


def count(value: int) -> str:
    """Write a count: ``1,204``."""
    return f"{value:,}"


def seconds(value: float) -> str:
    """Write a duration: ``0.21 s``, ``14 s``."""
    exact = Decimal(str(value))
    if 0 < exact < Decimal("0.01"):
        return "<0.01 s"
    return f"{rounded(exact, 0 if exact >= 10 else 2)} s"


def milliseconds(value: float) -> float:
    """Return a duration in seconds, as a JSON number to the millisecond."""
    return float(rounded(Decimal(str(value)), 3))


def ratio(value: Decimal) -> float:
    """Return a ratio as the JSON number that stands for it, to six places."""
    return float(rounded(value, 6))


def apportion(parts: Sequence[Decimal], total: Decimal, places: int) -> list[Decimal]:
    """Round parts so that they add up to their rounded total.

    No part moves by a whole unit of the last place, and one that needs no rounding stays. Parts
    that do not add up to the total in the first place (a column of averages) are rounded singly.
    """
    with localcontext(_WIDE):
        if abs(sum(parts, Decimal(0)) - total) > _TOLERANCE:
            return [rounded(part, places) for part in parts]
        step = Decimal(1).scaleb(-places)
        floors = [part.quantize(step, ROUND_FLOOR) for part in parts]
        missing = int((rounded(total, places) - sum(floors, Decimal(0))) / step)
        by_loss = sorted(range(len(parts)), key=lambda at: floors[at] - parts[at])
        for at in by_loss[: max(missing, 0)]:
            floors[at] += step
        return [value if value else value.copy_abs() for value in floors]
