"""From characters to words: folding, cutting, glossing other languages, numbering clauses.

Every function here looks at each character a bounded number of times, and none remembers anything;
`words` decides which of them a text needs.
"""

import re
import unicodedata
from collections.abc import Sequence

from finops_cli.supervisor.router.languages import Gloss, cjk_gloss
from finops_cli.supervisor.router.spelling import RUN_TOGETHER
from finops_cli.supervisor.router.traits import CONTRACTED, JOINS
from finops_cli.supervisor.router.vocabulary import MEANINGS, Meaning, meaning_of

WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?[a-z]?|\d+\.\d+[a-z]?|[a-z0-9]+(?:'[a-z]+)?")
_CONTEXT = re.compile(r"\b(?:question|ask|request)\s*:")
_BREAK = re.compile(r"[,;:?!&+/|\n•]|\.(?=\s|$)|[.…]{2,}")
_COURTESY = re.compile(
    r"[\s¿¡]*(?:(?:hey|hi|hello|hiya|dear|please|pls|plz|ok|okay)\b"
    r"(?:\s+(?:there|finops|all|team|everyone|folks)\b)?[\s,!.:]*)+"
)
_COURTESIES = ("hey", "hi", "hello", "dear", "please", "pl", "ok", " ", "\n", "\t", "¿", "¡")
_ASCII_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})

Span = tuple[int, int]
Piece = tuple[Meaning, int, int]
"""A word with where it starts and ends in the text."""


def spans_of(text: str, typed: Sequence[str], start: int) -> list[Span]:
    """Return where words stand in the text that they were cut from, from ``start`` on."""
    spans, end = [], start
    for word in typed:
        start = text.find(word, end)
        end = start + len(word)
        spans.append((start, end))
    return spans


def fold(raw: str) -> str:
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


def start_of_question(text: str) -> int:
    """Return where the question begins after "context: ... question:" and "hey finops, please"."""
    match = _CONTEXT.search(text) if ":" in text else None
    start = match.end() if match and match.end() < len(text) else 0
    if not text.startswith(_COURTESIES, start):
        return start
    courtesy = _COURTESY.match(text, start)
    return courtesy.end() if courtesy and WORD.search(text, courtesy.end()) else start


def cut(text: str, start_at: int) -> list[Piece]:
    """Cut folded text into words, contractions into the two that they are."""
    pieces: list[Piece] = []
    for match in WORD.finditer(text, start_at):
        word, start, end = match[0], match.start(), match.end()
        base, quote, tail = word.partition("'")
        if tail == "t":
            base += "t"
        elif quote and len(base) <= 2 and tail and base in _ELIDED:
            pieces.append((meaning_of(base), start, start + len(base)))
            base, start = tail, start + len(base) + 1
        asker = base if tail == "s" and base in _ASKERS else RUN_TOGETHER.get(base)
        if asker:
            pieces.extend(((meaning_of(asker), start, end), (meaning_of("is"), start, end)))
            continue
        pieces.append((MEANINGS[base], start, end))
        if tail == "ll":
            pieces.append((meaning_of("will"), end, end))
    return pieces


# French elisions: "d'octobre" is two words.
_ELIDED = frozenset({"d", "l", "j", "qu", "c", "n", "s", "m"})
_ASKERS = frozenset({"what", "where", "how", "who", "that", "there", "it"})


def possessor(word: str) -> Meaning:
    """Return the meaning of "month's" and "don't"; of "what's" and "l'an", that they are two."""
    base, _, tail = word.partition("'")
    if tail == "t":
        return MEANINGS[f"{base}t"]
    if tail != "s" or base in _ASKERS or base in RUN_TOGETHER or base in _ELIDED:
        return _TWO_WORDS
    return MEANINGS[base]


_TWO_WORDS = Meaning("", CONTRACTED, None, None)


def glossed(pieces: list[Piece]) -> list[Piece]:
    """Put English words in the place of foreign ones, each keeping the span that it stands for."""
    out: list[Piece] = []
    words = [meaning.word for meaning, _, _ in pieces]
    gloss = Gloss.chosen(words)
    i = 0
    while i < len(pieces):
        length, english = gloss.at(words[i : i + 4])
        if length:
            start, end = pieces[i][1], pieces[i + length - 1][2]
            out.extend((meaning_of(word), start, end) for word in english)
            i += length
        else:
            out.append(pieces[i])
            i += 1
    return out


def cjk_pieces(text: str) -> list[Piece]:
    """Return the English of Japanese and Chinese phrases, each where the phrase stands."""
    gloss = cjk_gloss()
    return [
        (meaning_of(word), match.start(), match.end())
        for match in gloss.pattern.finditer(text)
        for word in gloss.english(match)
    ]


def joined_clauses(words: Sequence[str]) -> list[int]:
    """Number the clauses of a text without stops: "and" and "then" begin one."""
    clause, numbers = 0, []
    for position, word in enumerate(words):
        if position and word in JOINS:
            clause += 1
        numbers.append(clause)
    return numbers


def clauses_of(text: str, words: Sequence[str], spans: Sequence[Span]) -> list[int]:
    """Number the clauses: stops, commas, "and" and "then" begin one."""
    clause, numbers, previous = 0, [], 0
    for position, (word, (start, end)) in enumerate(zip(words, spans, strict=True)):
        if position:
            quiet = start <= previous or text[previous:start] in _QUIET
            if word in JOINS or not (quiet or _BREAK.search(text, previous, start) is None):
                clause += 1
        numbers.append(clause)
        previous = end
    return numbers


_QUIET = frozenset({" ", "-", "_"})
