"""What an explanation calls its scope and its parts.

Names and values come from the bill, so they only ever leave here as figures and cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from finops_cli.domain.answer import Figure
from finops_cli.domain.period import Period
from finops_cli.domain.query import ACCOUNT, Filter
from finops_cli.domain.source import CostSource
from finops_cli.tools.scope import describe

Names = Mapping[str, Mapping[str, str]]
"""For a dimension, what people call its values."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The beginning of a sentence: who it is about and the verb, with the figures it names."""

    words: str
    figures: tuple[Figure, ...]


def names_of(source: CostSource) -> Names:
    """Return what people call the accounts of a source, as far as it knows."""
    return {ACCOUNT: source.names(ACCOUNT)} if source.offers(ACCOUNT) else {}


def label(dimension: str, value: str | None, names: Names) -> str | None:
    """Return a value with the name that people call it by."""
    name = names.get(dimension, {}).get(value or "")
    return f"{name} ({value})" if name and name != value else value


def subject(filters: Sequence[Filter], names: Names, verb: str) -> Subject:
    """Return the words for a scope, with their verb ("cost" is "came to" for the whole bill)."""
    if not filters:
        return Subject(f"The bill {'came to' if verb == 'cost' else verb}", ())
    called = [
        replace(f, values=tuple(label(f.dimension, value, names) for value in f.values))
        for f in filters
    ]
    figures = describe(called)
    words = ", ".join(f"{{{figure.name}}}" for figure in figures)
    return Subject(f"{words} {verb}", figures)


def within_words(period: Period) -> str:
    """Return the preposition that a period takes: on days, in months."""
    return "in" if period.is_whole_months() else "on"
