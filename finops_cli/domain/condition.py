"""Conditions that a script sets on an answer: ``month>50000``, ``total>=500k``, ``growth>20%``.

A condition that holds ends the command with exit code 3, so that cron can tell without reading.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt

from finops_cli.domain.quantity import parse_amount
from finops_cli.errors import UsageError, did_you_mean

_SIGNS = {">": gt, ">=": ge, "<": lt, "<=": le}
_WRITTEN = re.compile(r"\s*([a-z][a-z-]*)\s*(>=|<=|>|<)\s*(\S.*?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """A quantity of an answer, a comparison and a threshold (a ratio where ``is_ratio``)."""

    text: str
    name: str
    sign: str
    threshold: Decimal
    is_ratio: bool

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value of the quantity meets the condition."""
        return bool(_SIGNS[self.sign](value, self.threshold))


def parse_conditions(
    texts: Iterable[str], amounts: Sequence[str], ratios: Sequence[str]
) -> tuple[Condition, ...]:
    """Return the conditions that texts mean; one text may hold several, separated by commas.

    Args:
        texts: What the user wrote.
        amounts: The quantities that are compared with an amount of money.
        ratios: The quantities that are compared with a percentage.

    Raises:
        UsageError: A text is no condition, or about an unknown quantity.
    """
    pieces = [piece for text in texts for piece in re.split(r",(?!\d{3})", text) if piece.strip()]
    return tuple(_parse(piece, amounts, ratios) for piece in pieces)


def _parse(text: str, amounts: Sequence[str], ratios: Sequence[str]) -> Condition:
    found = _WRITTEN.fullmatch(text)
    examples = [*(f"{name}>50000" for name in amounts), *(f"{name}>20%" for name in ratios)]
    if not found:
        raise UsageError(f"{text!r} is no condition.", f"Write it as {' or '.join(examples)}.")
    name, sign, written = found[1].lower(), found[2], found[3]
    if name not in (*amounts, *ratios):
        hint = did_you_mean(name, [*amounts, *ratios]) or f"Conditions: {', '.join(examples)}."
        raise UsageError(f"There is no {name!r} to set a condition on.", hint)
    value = parse_amount(written)
    if value is None or value.is_ratio is not (name in ratios):
        example = f"{name}{sign}{'20%' if name in ratios else '50000'}"
        kind = "a percentage" if name in ratios else "an amount"
        raise UsageError(f"{written!r} is not {kind}.", f"Write it as {example}.")
    return Condition(text.strip(), name, sign, value.number, value.is_ratio)
