"""Words that a language model wrote over an Answer, and how far they can be trusted.

Whatever comes from a model stays apart from the sentences of code: it is shown as its words, made
inert like any text from outside, and a figure in it that no Answer holds is marked.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A figure in a prose that is in none of the Answers: ``text`` at ``prose.text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prose:
    """What a model wrote.

    Args:
        text: Its words, in Markdown.
        matched: How many figures in it were found among those of the Answers.
        unmatched: Those that were not, in the order of the text.
    """

    text: str
    matched: int = 0
    unmatched: tuple[Unmatched, ...] = ()
