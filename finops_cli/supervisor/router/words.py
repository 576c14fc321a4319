"""A question as words: folded, cut once, each word knowing where it stood in the text.

Everything after this works on word lists and dict look-ups, so the cost of a question grows with
its length and nothing can backtrack. Only the head of a long text is read: the ask of a pasted
page is in its first lines.
"""

import re
import unicodedata
from dataclasses import dataclass

from finops_cli.supervisor.router.languages import CJK, Gloss
from finops_cli.supervisor.router.lexicon import ALIASES, FOREIGN, VOCABULARY, correction

MAX_CHARS = 2000

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?[a-z]?|\d+\.\d+[a-z]?|[a-z0-9]+(?:'[a-z]+)?")
_CONTEXT = re.compile(r"\b(?:question|ask|request)\s*:")
_BREAK = re.compile(r"[,;:?!&+/|\n•]|\.(?=\s|$)|[.…]{2,}")
_JOINS = frozenset({"and", "then", "plus", "also"})
_ASCII_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})


_OWNERS = frozenset({"account", "accounts", "budget", "team", "project", "ou"})
_NAMERS = frozenset({"account", "named", "called", "team", "project"})
_GROUPS = frozenset({"team", "squad"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question.

    ``text`` is the folded text, character for character as long as ``raw``. Word ``i`` spans
    ``raw[starts[i]:ends[i]]``; ``clause[i]`` numbers the clause that it stands in.
    """

    raw: str
    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    clause: tuple[int, ...]
    foreign: bool = False

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """Return the word there, or an empty one past either end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """Return the characters between word ``index`` and the next."""
        if not 0 <= index < len(self.words) - 1:
            return ""
        return self.text[self.ends[index] : self.starts[index + 1]]

    def before(self, index: int) -> str:
        """Return the characters between word ``index`` and the one in front of it."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def names(self) -> frozenset[int]:
        """Return the words that only name something: "budget-prod" beside "account".

        Those are words glued by a hyphen or underscore next to a word that owns a name, and what
        stands before "team" or "project"; they are evidence of nothing.
        """
        found: set[int] = set()
        for i, word in enumerate(self.words):
            if word in _OWNERS:
                found.update(self._glued(i - 1, -1))
            if word in _NAMERS:
                found.update(self._glued(i + 1, 1))
            if word in _GROUPS and i and self.before(i) == " ":
                found.add(i - 1)
            if word in _NAMERS and self.gap(i) in (":", "="):
                found.add(i + 1)
        return frozenset(found)

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
        return self.raw[self.starts[first] : self.ends[last - 1]]


def read_words(text: str) -> Words:
    """Cut a text into words.

    Args:
        text: Anything a person typed, in any script; only its head is read.
    """
    raw = text[:MAX_CHARS]
    folded = _fold(raw)
    pieces = _cut(folded, _start_of_question(folded))
    foreign = sum(word in FOREIGN for word, _, _ in pieces) * 5 >= max(len(pieces), 1)
    if foreign:
        pieces = _glossed(pieces)
    if not folded.isascii() and (cjk := _cjk_pieces(folded)):
        foreign = True
        taken = {start for _, start, _ in cjk}
        pieces = [piece for piece in pieces if piece[1] not in taken]
        pieces = sorted((*pieces, *cjk), key=lambda piece: piece[1])
    return Words(
        raw,
        folded,
        tuple(word for word, _, _ in pieces),
        tuple(start for _, start, _ in pieces),
        tuple(end for _, _, end in pieces),
        _clauses(folded, pieces),
        foreign,
    )


Piece = tuple[str, int, int]


def _fold(raw: str) -> str:
    """Return ``raw`` in lower case without accents, of the same length."""
    if raw.isascii():
        return raw.lower()
    return "".join(map(_fold_char, raw.translate(_ASCII_QUOTES)))


def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    base = unicodedata.normalize("NFKD", char)[0]
    if base.isascii() and base != " ":
        return base.lower()
    return "s" if char in "ßẞ" else char


def _start_of_question(text: str) -> int:
    """Return where the question begins after "context: ... question:"."""
    match = _CONTEXT.search(text)
    return match.end() if match and match.end() < len(text) else 0


def _cut(text: str, start_at: int) -> list[Piece]:
    pieces: list[Piece] = []
    for match in _WORD.finditer(text, start_at):
        word, start, end = match[0], match.start(), match.end()
        base, quote, tail = word.partition("'")
        if tail == "t":
            base += "t"
        elif quote and len(base) <= 2 and tail and base in _ELIDED:
            pieces.append((base, start, start + len(base)))
            base, start = tail, start + len(base) + 1
        asker = base if tail == "s" and base in _ASKERS else _RUN_TOGETHER.get(base)
        if asker:
            pieces.extend(((asker, start, end), ("is", start, end)))
            continue
        pieces.append((_standard(base), start, end))
        if tail == "ll":
            pieces.append(("will", end, end))
    return pieces


# French elisions: "d'octobre" is two words.
_ELIDED = frozenset({"d", "l", "j", "qu", "c", "n", "s", "m"})
_ASKERS = frozenset({"what", "where", "how", "who", "that", "there", "it"})
_RUN_TOGETHER = {f"{word}s": word for word in ("what", "where", "how", "who", "that")}


def _standard(word: str) -> str:
    alias = ALIASES.get(word)
    if alias is not None:
        return alias
    return word if word in VOCABULARY else correction(word)


def _glossed(pieces: list[Piece]) -> list[Piece]:
    """Put English words in the place of foreign ones, each keeping the span that it stands for."""
    out: list[Piece] = []
    gloss = Gloss.chosen([word for word, _, _ in pieces])
    i = 0
    while i < len(pieces):
        length, english = gloss.at([word for word, _, _ in pieces[i : i + 4]])
        if length:
            start, end = pieces[i][1], pieces[i + length - 1][2]
            out.extend((word, start, end) for word in english)
            i += length
        else:
            out.append(pieces[i])
            i += 1
    return out


def _cjk_pieces(text: str) -> list[Piece]:
    return [
        (word, match.start(), match.end())
        for match in CJK.pattern.finditer(text)
        for word in CJK.english(match)
    ]


def _clauses(text: str, pieces: list[Piece]) -> tuple[int, ...]:
    clause, numbers, previous = 0, [], 0
    for position, (word, start, end) in enumerate(pieces):
        if position and (word in _JOINS or (start > previous and _breaks(text, previous, start))):
            clause += 1
        numbers.append(clause)
        previous = end
    return tuple(numbers)


def _breaks(text: str, previous: int, start: int) -> bool:
    if start - previous == 1 and text[previous] == " ":
        return False
    return _BREAK.search(text, previous, start) is not None
