"""What the digits of a number may mean: 4,812.10 and 4.812,10 and 4 812, and how exact each is.

A number in a prose is rounded, so it stands for an interval: all that half up or half even rounds
to it. Zeros at the end of a thousand or more are taken for rounding as far as they move the value
by at most 2.5 %: $46,000 is what $46k is. "About" allows 5 %, which is what two digits are never
further off, but no more than two and a half of the last digit that says something: who writes
"about $2,836" means that figure.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 24
"""More characters than this are no number of a bill."""

NUMBER = re.compile(
    r"[0-9]{1,3}(?:[ ][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]+(?:[.,'’][0-9]+)*"
    r"|(?<![0-9])\.[0-9]+"
)
_ONE_SIGN = re.compile(r"[0-9]*[.,][0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{2,3})(?:\1[0-9]{2,3})*")
_THREE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# A little over a half: the value was perhaps shown to the model rounded once already.
_HALF = Decimal("0.505")
# No cell moves by a whole unit of its last digit.
_IN_A_COLUMN = Decimal("0.999")
_ZEROS = Decimal("0.025")
_ABOUT = Decimal("0.05")
_LAST_DIGIT = Decimal("2.5")
_THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a number: its value as written, and what may have been rounded to it."""

    value: Decimal
    low: Decimal
    high: Decimal

    def times(self, factor: Decimal) -> "Reading":
        """Return the reading in a unit so many times larger."""
        return Reading(self.value * factor, self.low * factor, self.high * factor)

    def shown(self) -> "Reading":
        """Return what a column may show as this: its cells are rounded so that they add up."""
        unit = Decimal(1).scaleb(int(self.value.as_tuple().exponent)) * _IN_A_COLUMN
        return Reading(self.value, self.value - unit, self.value + unit)


def readings(digits: str, *, about: bool = False, plain: bool = False) -> tuple[Reading, ...]:
    """Return what a number may mean, the likeliest first; nothing where it cannot be one.

    Args:
        digits: The number as ``NUMBER`` finds it.
        about: Whether it was said to be rough.
        plain: Whether it is an amount or a count as they usually are, without three decimals: a
            comma before three digits then parts thousands.
    """
    if len(digits) > LONGEST:
        return ()
    bare = digits.replace(" ", "").replace("'", "").replace("’", "")
    ways = _ways(bare)
    if plain and "," in bare:
        ways = ways[:1]
    return tuple(_reading(way, about) for way in ways)


def is_whole(digits: str) -> bool:
    """Tell whether a number has neither decimals nor groups."""
    return digits.isdigit() and len(digits) <= LONGEST


def _ways(bare: str) -> tuple[str, ...]:
    """Return the ways to read the signs in a number, each written with a decimal point."""
    if bare.isdigit():
        return (bare,)
    if _THREE.fullmatch(bare):
        whole, decimals = re.sub("[.,]", "", bare), bare.replace(",", ".")
        return (whole, decimals) if "," in bare else (decimals, whole)
    if _ONE_SIGN.fullmatch(bare):
        return (bare.replace(",", "."),)
    if _GROUPED.fullmatch(bare):
        return (re.sub("[.,]", "", bare),)
    last = max(bare.rfind("."), bare.rfind(","))
    whole, decimals = bare[:last], bare[last + 1 :]
    if bare[last] in whole or not _GROUPED.fullmatch(whole):
        return ()
    return (f"{re.sub('[.,]', '', whole)}.{decimals}",)


def _reading(way: str, about: bool) -> Reading:
    value = Decimal(way)
    _, _, decimals = way.partition(".")
    zeros = 0 if decimals else len(way) - len(way.rstrip("0"))
    room = _step(value, zeros, len(decimals)) * _HALF
    if about:
        last = Decimal(1).scaleb(zeros - len(decimals))
        room = max(room, min(value * _ABOUT, last * _LAST_DIGIT))
    return Reading(value, value - room, value + room)


def _step(value: Decimal, zeros: int, decimals: int) -> Decimal:
    """Return what one more in the last digit that was meant would add."""
    if decimals or value < _THOUSAND:
        return Decimal(1).scaleb(-decimals)
    while zeros and Decimal(1).scaleb(zeros) / 2 > value * _ZEROS:
        zeros -= 1
    return Decimal(1).scaleb(zeros)
