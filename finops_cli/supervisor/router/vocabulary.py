"""What each known word means, looked up once: how it is spelled, what it begins, what it says.

All tables of the lexicon meet here, keyed by the word as it is typed, so that reading a question
takes one look-up a word. A word that no table holds is a stranger: it may be a slip of the finger,
a number or a name.
"""

from collections.abc import Mapping
from typing import NamedTuple

from finops_cli.supervisor.router import traits
from finops_cli.supervisor.router.dimensions import DIMENSIONS, ENVIRONMENTS
from finops_cli.supervisor.router.languages import MARKERS
from finops_cli.supervisor.router.lexicon import (
    EVERYDAY,
    FAMILIES,
    REGION_PHRASES,
    SERVICE_PHRASES,
    Phrase,
)
from finops_cli.supervisor.router.spelling import ALIASES, NOT_TYPOS, RUN_TOGETHER, correction


class Entry(NamedTuple):
    """What one phrase says: families, a service, a region, or several of them."""

    phrase: Phrase
    families: int
    service: str
    region: str


class Meaning(NamedTuple):
    """What one word means.

    Attributes:
        word: The word as it is meant: abbreviations written out, slips mended.
        traits: What it can begin, as bits of `traits`.
        alone: What it says by itself.
        longer: The longer phrases that it begins, by their second word, the longest first.
    """

    word: str
    traits: int
    alone: Entry | None
    longer: Mapping[str, tuple[Entry, ...]] | None


_ENGLISH: frozenset[str] = (
    frozenset(word for table in (FAMILIES, DIMENSIONS) for phrase in table for word in phrase)
    | {word for table in (SERVICE_PHRASES, REGION_PHRASES) for phrase in table for word in phrase}
    | NOT_TYPOS
    | set(ENVIRONMENTS)
    | set(EVERYDAY)
)
# Words that say "this is not English" by themselves.
_FOREIGN: frozenset[str] = MARKERS - _ENGLISH
# An account is twelve digits, or three groups of four.
_GROUP = 4
# Letters that open a quarter, a half or a fiscal year before a digit.
_PERIOD_LETTERS = frozenset("0123456789qhfc")


def _spelled(word: str) -> str:
    alias = ALIASES.get(word)
    if alias is not None:
        return alias
    return word if word in _ENGLISH or word in _FOREIGN else correction(word)


def _shape(word: str) -> int:
    """Return the traits that a word has by its letters alone."""
    if word.isalpha():
        return 0
    found = traits.NUMERIC | traits.PERIOD if word[0] in _PERIOD_LETTERS else traits.NUMERIC
    return found | traits.NUMBERED if len(word) >= _GROUP else found


def _known_shape(word: str) -> int:
    """Return the same of a word that we know: the digits of "ec2" are no amount."""
    shape = _shape(word)
    return shape if not shape or word[0].isdigit() else shape & ~traits.NUMERIC


def _traits() -> dict[str, int]:
    found: dict[str, int] = {}
    tables = {
        **traits.WORDS_OF,
        traits.EVERYDAY: frozenset(EVERYDAY),
        traits.ENVIRONMENT: frozenset(ENVIRONMENTS),
        traits.FOREIGN: _FOREIGN,
        traits.CONTRACTED: frozenset(RUN_TOGETHER),
    }
    for trait, words in tables.items():
        for word in words:
            found[word] = found.get(word, 0) | trait
    return found


_TRAITS = _traits()
_KNOWN = _ENGLISH | _FOREIGN | ALIASES.keys() | set(ALIASES.values()) | _TRAITS.keys()


def _longer_phrases() -> dict[str, list[Phrase]]:
    """Return the phrases of several words by their first, the longest first."""
    found: dict[str, list[Phrase]] = {}
    several = (p for table in (FAMILIES, SERVICE_PHRASES, REGION_PHRASES) for p in table if p[1:])
    for phrase in sorted(dict.fromkeys(several), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_LONGER = _longer_phrases()


def _entry(phrase: Phrase) -> Entry:
    families, service = FAMILIES.get(phrase, 0), SERVICE_PHRASES.get(phrase, "")
    return Entry(phrase, families, service, REGION_PHRASES.get(phrase, ""))


def _meaning(typed: str) -> Meaning:
    word = _spelled(typed)
    marked = _TRAITS.get(word, 0) | (_TRAITS.get(typed, 0) & traits.CONTRACTED)
    alone = _entry((word,))
    longer: dict[str, tuple[Entry, ...]] = {}
    for phrase in _LONGER.get(word, ()):
        longer[phrase[1]] = (*longer.get(phrase[1], ()), _entry(phrase))
    return Meaning(
        word, marked | _known_shape(word), alone if any(alone[1:]) else None, longer or None
    )


class _Meanings(dict[str, Meaning]):
    """The meanings of words by how they are typed, each made when it is first met.

    A process that answers one question meets a dozen of some three thousand words. Strangers are
    not kept, so that what people type does not add up.
    """

    def __missing__(self, typed: str) -> Meaning:
        if typed not in _KNOWN:
            return _stranger(typed)
        meaning = self[typed] = _meaning(typed)
        return meaning


MEANINGS = _Meanings()


def _stranger(typed: str) -> Meaning:
    """Return the meaning of a word that no table holds: of what it misspells, or of its letters."""
    meant = correction(typed)
    return MEANINGS[meant] if meant in _KNOWN else Meaning(typed, _shape(typed), None, None)


def meaning_of(word: str) -> Meaning:
    """Return the meaning of a word that is spelled as it is meant."""
    if word in _KNOWN and (known := MEANINGS[word]).word == word:
        return known
    return Meaning(word, _shape(word), None, None)
