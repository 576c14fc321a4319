"""Sentences: words of ours, where markdown means something, around figures, where it does not.

A template is read before its figures go in, so a figure that looks like a placeholder or like
markdown stays what it is. ``**strong**`` and ```code``` are the markdown that every form of output
understands; the rest of the words goes through as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from finops_cli.domain.answer import Figure, Sentence
from finops_cli.output import escape
from finops_cli.output.notation import Notation

_PART = re.compile(r"(?P<mark>\*\*|`)|\{(?P<name>[^{}]+)\}|(?P<words>[^*`{]+|[*{])")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence; ``figure`` is None for words of ours."""

    text: str
    figure: Figure | None = None
    strong: bool = False
    code: bool = False


def spans(sentence: Sentence, notation: Notation) -> Iterator[Span]:
    """Yield the stretches of a sentence with every figure written out.

    Raises:
        ValueError: The template names a figure that the sentence does not have.
    """
    figures = {figure.name: figure for figure in sentence.figures}
    strong = code = False
    for part in _PART.finditer(sentence.template):
        if part["mark"]:
            strong, code = strong ^ (part["mark"] == "**"), code ^ (part["mark"] == "`")
        elif part["name"]:
            if part["name"] not in figures:
                raise ValueError(f"No figure {part['name']!r} for {sentence.template!r}.")
            figure = figures[part["name"]]
            yield Span(notation.figure(figure), figure, strong, code)
        else:
            words = part["words"]
            yield Span(words if notation.unicode else escape.ascii_only(words), None, strong, code)


def text(sentence: Sentence, notation: Notation) -> str:
    """Return the sentence as plain text."""
    return "".join(span.text for span in spans(sentence, notation))


def markdown(sentence: Sentence, notation: Notation) -> str:
    """Return the sentence as a markdown paragraph, its figures as literal text."""
    return escape.markdown_block("".join(_marked(sentence, notation)))


def _marked(sentence: Sentence, notation: Notation) -> Iterator[str]:
    strong = code = False
    for span in [*spans(sentence, notation), Span("")]:
        if code and not span.code:
            yield "`"
        if span.strong != strong:
            yield "**"
        if span.code and not code:
            yield "`"
        strong, code = span.strong, span.code
        yield _literal(span)


def _literal(span: Span) -> str:
    if span.figure is None:
        return span.text
    if span.code:
        return span.text.replace("`", "'")
    return escape.markdown_value(span.text, span.figure.kind)
