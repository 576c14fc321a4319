"""What a question's words speak for: families, services and regions, with where they stood.

One pass over the words against the phrase index; the rules of scope, intent and slots read the
result and never the text. A family under a negation ("no advice", "without the forecast") is not
evidence and is left out, and neither is a word that only names something.
"""

from dataclasses import dataclass

from finops_cli.supervisor.router.lexicon import (
    EVERYDAY,
    NEGATIONS,
    Entry,
    PhraseIndex,
    phrase_index,
)
from finops_cli.supervisor.router.words import Words

_BESIDE_BEFORE = frozenset(
    "aws amazon cost costs spend spending charge charges on much for by in".split()
)
_BESIDE_AFTER = frozenset(
    "cost costs spend spending charge charges bill fee fees expense expenses plan".split()
)
# A negation reaches this many words ahead, over phrases of at most this many words.
_NEGATED_REACH = 2
_NEGATABLE = 2
# Everyday words that are never a service unless written with "aws" or "amazon" in the table.
_NEVER_ALONE = frozenset({"forecast", "budgets"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The families, services and regions of a question.

    Attributes:
        words: The question.
        families: The indices of the words where each family was met, in order.
        clauses: The families of each clause.
        services: Cost Explorer names with the index of their first word.
        regions: Region codes with the index of their first word.
        lengths: How many words the phrase that begins at an index takes.
        names: The words that only name something.
    """

    words: Words
    families: dict[str, list[int]]
    clauses: list[set[str]]
    services: list[tuple[str, int]]
    regions: list[tuple[str, int]]
    lengths: dict[int, int]
    names: frozenset[int]

    def has(self, *families: str) -> bool:
        """Tell whether any of the families was met."""
        return not self.families.keys().isdisjoint(families)

    def first(self, family: str) -> int:
        """Return the index of the first word of a family, or -1."""
        return self.families[family][0] if family in self.families else -1

    def heads(self, family: str) -> set[str]:
        """Return the first words of the phrases that spoke for a family."""
        return {self.words.words[i] for i in self.families.get(family, ())}

    def said(self, family: str) -> str:
        """Return the first phrase that spoke for a family, or nothing."""
        i = self.first(family)
        return " ".join(self.words.words[i : i + self.lengths[i]]) if i >= 0 else ""


def gather(words: Words) -> Evidence:
    """Return the evidence in a question."""
    clauses: list[set[str]] = [set() for _ in range(words.clause[-1] + 1)] if len(words) else []
    found = Evidence(words, {}, clauses, [], [], {}, words.names())
    index, listed = phrase_index(), words.words
    i, negated_until = 0, -1
    while i < len(listed):
        entries = _longest(index, listed, i)
        length = len(entries[0].phrase) if entries else 0
        for entry in entries:
            _note(found, entry, i, negated=i <= negated_until and length <= _NEGATABLE)
        if listed[i] in EVERYDAY and length <= 1 and _beside_cost(words, i):
            found.services.append((EVERYDAY[listed[i]], i))
            length = 1
        if length:
            found.lengths[i] = length
        if listed[i] in NEGATIONS and length <= 1:
            negated_until = i + _NEGATED_REACH
        i += length or 1
    return found


def _longest(index: PhraseIndex, listed: tuple[str, ...], i: int) -> list[Entry]:
    """Return the entries of the longest phrase that begins at a word; several may share it."""
    matched: list[Entry] = []
    for entry in index.pairs.get(listed[i : i + 2], ()):
        length = len(entry.phrase)
        if matched and length < len(matched[0].phrase):
            break
        if listed[i : i + length] == entry.phrase:
            matched.append(entry)
    return matched or index.singles.get(listed[i], [])


def _note(found: Evidence, entry: Entry, i: int, *, negated: bool) -> None:
    if entry.service:
        found.services.append((entry.service, i))
    elif entry.region:
        if len(entry.phrase) > 1 or found.words.gap(i) != "-":
            found.regions.append((entry.region, i))
    elif not negated and i not in found.names:
        found.clauses[found.words.clause[i]].update(entry.families)
        for family in entry.families:
            found.families.setdefault(family, []).append(i)


def _beside_cost(words: Words, i: int) -> bool:
    if words.words[i] in _NEVER_ALONE:
        return False
    beside = words.at(i - 1) in _BESIDE_BEFORE or words.at(i + 1) in _BESIDE_AFTER
    return beside or len(words) <= 3
