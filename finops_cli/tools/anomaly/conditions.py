"""Conditions on events: ``any``, or amounts such as ``impact>1000``, that end a job with 3."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finops_cli.domain.answer import Figure, Finding, Kind, Sentence, Severity
from finops_cli.domain.condition import Condition, parse_conditions
from finops_cli.errors import UsageError
from finops_cli.tools.anomaly.case import Case

_AMOUNTS = ("impact", "per-month", "total")
_ANY = "any"
_HINT = "Write any, impact>1000, per-month>500 or total>5000."
_COMMA = re.compile(r",(?!\d{3})")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a script asks of the events: whether there is any, and amounts."""

    any: bool
    amounts: tuple[Condition, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Conditions":
        """Return the conditions that texts mean; one text may hold several, with commas.

        Raises:
            UsageError: A text is no condition.
        """
        pieces = [p.strip() for text in texts for p in _COMMA.split(text) if p.strip()]
        rest = [piece for piece in pieces if piece.casefold() != _ANY]
        try:
            return cls(len(rest) < len(pieces), parse_conditions(rest, _AMOUNTS, ()))
        except UsageError as error:
            raise UsageError(error.message, _HINT) from error

    def met(self, cases: Sequence[Case], currency: str) -> Iterator[Finding]:
        """Yield a finding for each condition that holds."""
        if self.any and cases:
            count = Figure("met", len(cases), Kind.COUNT)
            noun = "event" if len(cases) == 1 else "events"
            yield _alert(f"any holds: {{met}} {noun}.", count)
        for condition in self.amounts:
            value = _largest(condition.name, cases)
            if value is not None and condition.holds(value):
                said = Figure("condition", condition.text)
                amount = Figure("amount", value, Kind.ESTIMATE, currency)
                yield _alert("{condition} holds: it is {amount}.", said, amount)


def _largest(name: str, cases: Sequence[Case]) -> Decimal | None:
    """Return the value of a quantity; money saved never counts as an impact."""
    if name == "total":
        return sum((c.impact for c in cases if c.rising), Decimal(0))
    if name == "impact":
        return max((c.impact for c in cases), default=None)
    return max((c.per_month for c in cases if c.per_month is not None), default=None)


def _alert(text: str, *figures: Figure) -> Finding:
    return Finding(Severity.CRITICAL, Sentence(text, figures))
