"""A question as words: folded, cut once, each word with its meaning.

Everything after this works on word lists and bits, so the cost of a question grows with its length
and nothing can backtrack. Only the head of a long text is read: the ask of a pasted page is in its
first lines. Where each word stood is found out when somebody asks; most questions never do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from finops_cli.supervisor.router.cutting import (
    WORD,
    Span,
    cjk_pieces,
    clauses_of,
    cut,
    fold,
    glossed,
    joined_clauses,
    possessor,
    spans_of,
    start_of_question,
)
from finops_cli.supervisor.router.families import NAMEABLE
from finops_cli.supervisor.router.traits import (
    CONTRACTED,
    FOREIGN,
    JOINING,
    NAMERS,
    NAMING,
    NUMBERED,
    NUMERIC,
    OWNERS,
    TEAMS,
)
from finops_cli.supervisor.router.vocabulary import MEANINGS, Meaning

MAX_CHARS = 2000

_OWNED_BY = frozenset({"of", "for", "did", "does", "has", "from", "is", "on", "about", "by"})

_MAY_BREAK = re.compile(r"[,;:?!&+/|\n•.…]")


@dataclass(slots=True)
class Words:
    """The words of a question.

    ``text`` is the folded text, character for character as long as ``raw``; ``clause[i]`` numbers
    the clause that word ``i`` stands in; ``traits`` is the union of all words' traits; ``typed``
    holds the words as they stand in ``text`` from ``start`` on, where each is one word there;
    ``spaced`` tells that between any two is a space and nothing else, ``foreign`` that another
    language was glossed.
    """

    raw: str
    text: str
    words: tuple[str, ...]
    meanings: Sequence[Meaning]
    traits: int
    clause: Sequence[int]
    typed: Sequence[str] = ()
    start: int = 0
    spaced: bool = False
    foreign: bool = False
    _spans: list[Span] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def spans(self) -> list[Span]:
        """Where each word stands in the text: its start, and the end after it."""
        if self._spans is None:
            self._spans = spans_of(self.text, self.typed, self.start)
        return self._spans

    def at(self, index: int) -> str:
        """Return the word there, or an empty one past either end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """Return the characters between word ``index`` and the next."""
        if not 0 <= index < len(self.words) - 1:
            return ""
        if self.spaced:
            return " "
        return _plain_gap(self.text[self.spans[index][1] : self.spans[index + 1][0]])

    def before(self, index: int) -> str:
        """Return the characters between word ``index`` and the one in front of it."""
        if self.spaced and index:
            return " "
        start = self.spans[index - 1][1] if index else 0
        return _plain_gap(self.text[start : self.spans[index][0]])

    def names(self) -> frozenset[int]:
        """Return the words that only name something: "budget-prod" beside "account".

        Those are words glued by a hyphen or underscore next to a word that owns a name, and what
        stands before "team" or "project"; they are evidence of nothing.
        """
        if not self.traits & NAMING:
            return frozenset()
        found: set[int] = set()
        for i, word in enumerate(self.words):
            if word in OWNERS:
                found.update(self._glued(i - 1, -1))
            if word in NAMERS:
                found.update(self._glued(i + 1, 1))
                if self.gap(i) in (":", "="):
                    found.add(i + 1)
            if word in TEAMS and i and self.before(i) == " ":
                found.add(i - 1)
            if word in TEAMS and self._is_owner(i):
                found.add(i + 1)
        return frozenset(found)

    def _is_owner(self, i: int) -> bool:
        """Tell the name in "cost of team payments" from the rise in "team growth"."""
        following = self.at(i + 1)
        if self.at(i - 1) not in _OWNED_BY or self.gap(i) != " " or not following.isalpha():
            return False
        meaning = self.meanings[i + 1]
        return bool(meaning.alone and meaning.alone.families & NAMEABLE) and not meaning.traits

    def _glued(self, i: int, step: int) -> list[int]:
        chain = [i]
        while 0 <= chain[-1] + step < len(self.words):
            gap = self.gap(min(chain[-1], chain[-1] + step))
            if gap not in ("-", "_"):
                break
            chain.append(chain[-1] + step)
        return chain if len(chain) > 1 else []

    def said(self, first: int, last: int) -> str:
        """Return the text of words ``first`` up to, not including, ``last`` as it was written."""
        return self.raw[self.spans[first][0] : self.spans[last - 1][1]]


def _plain_gap(gap: str) -> str:
    """Return any number of blanks as one."""
    return " " if gap.isspace() else gap


def read_words(text: str) -> Words:
    """Cut a text into words.

    Args:
        text: Anything a person typed, in any script; only its head is read.
    """
    raw = text[:MAX_CHARS]
    folded = fold(raw)
    start = start_of_question(folded)
    if not folded.isascii():
        return _read_closely(raw, folded, start)
    bare = (folded[start:] if start else folded).rstrip("?!. ")
    plain = bare.replace(" ", "").isalnum()
    typed = bare.split() if plain else WORD.findall(folded, start)
    quoted = "'" in folded
    meanings: list[Meaning] = []
    # What stands before the question is no word of it, but may hold an amount.
    traits = NUMERIC | NUMBERED if start else 0
    for word in typed:
        meaning = possessor(word) if quoted and "'" in word else MEANINGS[word]
        meanings.append(meaning)
        traits |= meaning[1]
    if traits & _UNPLAIN:
        return _read_closely(raw, folded, start)
    words = tuple([meaning[0] for meaning in meanings])
    spaced = plain and "  " not in bare
    read = Words(raw, folded, words, meanings, traits, (0,) * len(words), typed, start, spaced)
    if not plain and _MAY_BREAK.search(bare):
        read.clause = clauses_of(folded, words, read.spans)
    elif traits & JOINING:
        read.clause = joined_clauses(words)
    return read


_UNPLAIN = FOREIGN | CONTRACTED


def _read_closely(raw: str, folded: str, start: int) -> Words:
    """Read what the short way cannot: contractions, other scripts and languages."""
    pieces = cut(folded, start)
    told = sum(bool(piece[0].traits & FOREIGN) for piece in pieces)
    spoken = sum(piece[0].word.isalpha() for piece in pieces)
    foreign = told * 5 >= max(spoken, 1)
    if foreign:
        pieces = glossed(pieces)
    if not folded.isascii() and (cjk := cjk_pieces(folded)):
        foreign = True
        taken = {start for _, start, _ in cjk}
        pieces = [piece for piece in pieces if piece[1] not in taken]
        pieces = sorted((*pieces, *cjk), key=lambda piece: piece[1])
    meanings = [meaning for meaning, _, _ in pieces]
    words = tuple([meaning.word for meaning in meanings])
    spans = [(start, end) for _, start, end in pieces]
    # Digits of other scripts are no words but may be amounts.
    traits = NUMERIC | NUMBERED
    for meaning in meanings:
        traits |= meaning.traits
    clauses = clauses_of(folded, words, spans)
    return Words(raw, folded, words, meanings, traits, clauses, (), 0, False, foreign, spans)
