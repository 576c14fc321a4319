"""Amounts as people type them: ``4000``, ``$4k``, ``1,200.50``, ``2.5M USD``, ``10 %``."""

import re
from dataclasses import dataclass
from decimal import Decimal

_TIMES = {"": 1, "k": 10**3, "m": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9}
_WRITTEN = re.compile(
    r"(?P<sign>[+-]?)\s*[$€£]?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*"
    r"(?:(?P<percent>%|percent)|(?P<times>k|mio|m|bn|b)?\s*(?:usd|eur|dollars?)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as typed; a percentage is a ratio (``10 %`` is 0.1)."""

    number: Decimal
    is_ratio: bool


def parse_amount(text: str) -> Amount | None:
    """Return the amount or percentage that a text means, None where it is neither."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    number = Decimal(found["number"].replace(",", ""))
    signed = -number if found["sign"] == "-" else number
    if found["percent"]:
        return Amount(signed / 100, is_ratio=True)
    return Amount(signed * _TIMES[(found["times"] or "").lower()], is_ratio=False)
