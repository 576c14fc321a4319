"""From a typed value to the text a person reads in a sentence, and the alphabet it is written in.

What depends on the answer as a whole (the year and the currency that go without saying, whether
more than ASCII may be written) is kept here once and handed to everything that writes.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from finops_cli.domain.answer import Answer, Figure, Kind, Value
from finops_cli.domain.period import Period
from finops_cli.output import dates, escape
from finops_cli.output import format as fmt


@dataclass(frozen=True, slots=True)
class Notation:
    """How the values of one answer are written."""

    year: int | None = None
    currency: str | None = None
    unicode: bool = True

    @classmethod
    def of(cls, answer: Answer, *, unicode: bool = True) -> "Notation":
        """Return the notation of an answer."""
        origin = answer.provenance
        return cls(origin.as_of.year if origin.as_of else None, origin.currency, unicode)

    def glyph(self, drawn: str, typed: str) -> str:
        """Return one of two ways to draw the same thing: with any sign, or in ASCII."""
        return drawn if self.unicode else typed

    @property
    def dash(self) -> str:
        """What stands between the ends of a period, and where there is no value."""
        return self.glyph("–", "-")

    def text(self, value: str) -> str:
        """Return text from anywhere on one line, inert, in our alphabet."""
        safe = escape.plain(value)
        return safe if self.unicode else escape.ascii_only(safe)

    def label(self, name: str) -> str:
        """Return the name of a column, table or series as a heading; a tag's key stays as it is."""
        ours = re.fullmatch("[a-z0-9_]+", name)
        return self.text(name.replace("_", " ") if ours else name)

    def figure(self, figure: Figure) -> str:
        """Write one figure for a sentence."""
        value = figure.value
        if not is_number(value):
            return self.word(value, figure.kind)
        match figure.kind:
            case Kind.MONEY | Kind.CHANGE | Kind.ESTIMATE:
                currency = figure.unit or self.currency
                places = fmt.sentence_places(value, currency)
                if figure.kind is Kind.ESTIMATE:
                    places = min(places, fmt.estimate_places([value], currency))
                return self.money(value, currency, places, signed=figure.kind is Kind.CHANGE)
            case Kind.SHARE | Kind.RATIO | Kind.GROWTH:
                return fmt.sentence_percent(value, signed=figure.kind is Kind.GROWTH)
        number = fmt.quantity(value)
        return f"{number} {self.text(figure.unit)}" if figure.unit else number

    def money(self, value: Decimal, currency: str | None, places: int, *, signed: bool) -> str:
        """Write an amount, safe even where the bill names a currency of its own making."""
        return self.text(fmt.amount(value, currency, places, signed=signed))

    def word(self, value: Value, kind: Kind) -> str:
        """Write a value that is no decimal number; a dash where there is none."""
        match value:
            case str():
                return self.text(value)
            case int():
                return fmt.count(value)
            case Period():
                return dates.span(value, self.year, self.dash)
            case date():
                return dates.month(value) if kind is Kind.MONTH else dates.day(value, self.year)
        return self.dash


def is_number(value: Value) -> TypeGuard[Decimal]:
    """Tell whether the value is a finite decimal."""
    return isinstance(value, Decimal) and value.is_finite()
