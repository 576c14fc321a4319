"""What a question's words speak for: families, services and regions, with where they stood.

One pass over the words and what each begins; the rules of scope, intent and slots read the result
and never the text. A family under a negation ("no advice", "without the forecast") is not evidence
and is left out, and neither is a word that only names something.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from finops_cli.supervisor.router import lexicon
from finops_cli.supervisor.router.families import BITS
from finops_cli.supervisor.router.traits import EVERYDAY, NEGATION
from finops_cli.supervisor.router.vocabulary import Entry
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
_UNDECIDED = EVERYDAY | NEGATION


@dataclass(slots=True)
class Evidence:
    """The families, services and regions of a question.

    Attributes:
        words: The question.
        clauses: The families of each clause, as bits.
        names: The words that only name something.
        met: All families that were met.
        mentions: The families of each phrase with the index of its first word, in order.
        services: Cost Explorer names with the index of their first word.
        regions: Region codes with the index of their first word.
        lengths: How many words the phrase that begins at an index takes.
    """

    words: Words
    clauses: list[int]
    names: frozenset[int]
    met: int
    mentions: list[tuple[int, int]]
    services: list[tuple[str, int]]
    regions: list[tuple[str, int]]
    lengths: dict[int, int]

    def has(self, *names: str) -> bool:
        """Tell whether any of the families was met, each by its name in `phrases`."""
        return any(self.met & BITS[name] for name in names)

    def positions(self, family: int) -> list[int]:
        """Return the indices of the words where a family was met."""
        if not self.met & family:
            return []
        return [i for families, i in self.mentions if families & family]

    def first(self, family: int) -> int:
        """Return the index of the first word of a family, or -1."""
        for families, i in self.mentions:
            if families & family:
                return i
        return -1

    def heads(self, family: int) -> set[str]:
        """Return the first words of the phrases that spoke for a family."""
        return {self.words.words[i] for i in self.positions(family)}

    def said(self, family: int) -> str:
        """Return the first phrase that spoke for a family, or nothing."""
        i = self.first(family)
        if i < 0:
            return ""
        length = self.lengths[i]
        listed = self.words.words
        return listed[i] if length == 1 else " ".join(listed[i : i + length])


def gather(words: Words) -> Evidence:
    """Return the evidence in a question."""
    clauses = [0] * (words.clause[-1] + 1) if words.words else []
    found = Evidence(words, clauses, words.names(), 0, [], [], [], {})
    meanings, listed = words.meanings, words.words
    i, end, negated_until = 0, len(listed), -1
    while i < end:
        _, traits, entry, longer = meanings[i]
        if longer is not None and i + 1 < end and listed[i + 1] in longer:
            entry = _longest(longer[listed[i + 1]], listed, i) or entry
        length = 0
        if entry is not None:
            phrase, families, service, region = entry
            length = found.lengths[i] = len(phrase)
            if service or region:
                _place(found, entry, i)
            negated = i <= negated_until and length <= _NEGATABLE
            if families and not negated and i not in found.names:
                found.clauses[words.clause[i]] |= families
                found.met |= families
                found.mentions.append((families, i))
        if traits & _UNDECIDED and length <= 1:
            if traits & EVERYDAY and _beside_cost(words, i):
                found.services.append((lexicon.EVERYDAY[listed[i]], i))
                found.lengths[i] = 1
            if traits & NEGATION:
                negated_until = i + _NEGATED_REACH
        i += length or 1
    return found


def _longest(entries: Sequence[Entry], listed: tuple[str, ...], i: int) -> Entry | None:
    for entry in entries:
        if listed[i : i + len(entry.phrase)] == entry.phrase:
            return entry
    return None


def _place(found: Evidence, entry: Entry, i: int) -> None:
    if entry.service:
        found.services.append((entry.service, i))
    if entry.region and (len(entry.phrase) > 1 or found.words.gap(i) != "-"):
        found.regions.append((entry.region, i))


def _beside_cost(words: Words, i: int) -> bool:
    if words.words[i] in _NEVER_ALONE:
        return False
    if words.at(i - 1) in _BESIDE_BEFORE or words.at(i + 1) in _BESIDE_AFTER:
        return True
    if words.words[:2] == ("how", "much") and words.at(i - 1) in ("is", "was", "were", "are", "to"):
        return True
    # The tax of "tax and support fees".
    listed = words.at(i + 1) in ("and", "or") and words.at(i + 2) in lexicon.EVERYDAY
    return len(words) <= 3 or (listed and words.at(i + 3) in _BESIDE_AFTER)
