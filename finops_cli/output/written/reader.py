"""The markdown-it home: a model's Markdown as blocks of ours.

Nothing that could act survives: HTML is text, an image is its description, and of a link there
remain its text and, where it is one for a browser, its address to read. The places of doubted
figures are offsets into the source, so they are set into it as marks before it is read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from finops_cli.domain.prose import Prose
from finops_cli.output import escape
from finops_cli.output.written.blocks import (
    NOT_IN_DATA,
    Block,
    Code,
    Content,
    Edge,
    Grid,
    Heading,
    Rule,
    Run,
    Text,
    Words,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

# Unicode keeps these for use within a program; text that holds them already loses them.
_START, _END = "\ufdd0", "\ufdd1"
_MARKS = re.compile(f"([{_START}{_END}])")
_MARKS_IN_ADDRESS = re.compile("%EF%B7%9[01]", re.IGNORECASE)
_TAB = 4
_DEEPEST = 100


def read(prose: Prose) -> list[Block]:
    """Return the blocks of a prose, every control character in it made visible."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
    # Without entities no character hides in letters; without references no line disappears.
    parser.disable(["entity", "reference", "code"])
    return list(_blocks(iter(parser.parse(_marked(prose)))))


def _marked(prose: Prose) -> str:
    text = escape.inert(_MARKS.sub("\ufffd", prose.text))
    limit = len(text)
    for one in sorted(prose.unmatched, key=lambda each: each.start, reverse=True):
        start, end = one.start, min(one.end, limit)
        if 0 <= start < end:
            # A mark between a backslash and its sign would bring the backslash to light.
            limit = start = start - (text[start - 1 : start] == "\\")
            text = text[:start] + _START + text[start:end] + _END + text[end:]
    return text


def _blocks(tokens: Iterator["Token"]) -> Iterator[Block]:
    edges: list[Edge] = []
    for token in tokens:
        match token.type:
            case "blockquote_open":
                edges.append(Edge())
            case "list_item_open":
                edges.append(Edge(token.info + token.markup if token.info else "-"))
            case "blockquote_close" | "list_item_close":
                edges.pop()
            case _:
                if content := _content(token, tokens):
                    yield Block(content, tuple(edges), tight=token.hidden)
                    edges = [replace(edge, opens=False) for edge in edges]


def _content(token: "Token", following: Iterator["Token"]) -> Content | None:
    match token.type:
        case "paragraph_open":
            return Text(_lines(next(following)))
        case "heading_open":
            words = tuple(run for line in _lines(next(following)) for run in line)
            return Heading(int(token.tag[1:]), words)
        case "fence":
            return Code(tuple(_shown(line.expandtabs(_TAB)) for line in token.content.splitlines()))
        case "table_open":
            return _grid(following)
        case "hr":
            return Rule()
    return None


def _grid(following: Iterator["Token"]) -> Grid:
    rows: list[list[Words]] = []
    right: list[bool] = []
    for token in following:
        match token.type:
            case "table_close":
                break
            case "th_open":
                right.append("right" in str(token.attrGet("style")))
            case "tr_open":
                rows.append([])
            case "inline":
                rows[-1].append(tuple(run for line in _lines(token) for run in line))
    head, *body = map(tuple, rows)
    return Grid(head, tuple(body), tuple(right))


@dataclass(slots=True)
class _Pen:
    """How the next run is written."""

    strong: int = 0
    emphasis: int = 0
    doubted: bool = False

    def write(self, text: str, *, code: bool = False) -> Iterator[Run]:
        """Yield the text as runs, cut where a doubted figure starts or ends."""
        for piece in _MARKS.split(text):
            if piece == _END:
                yield self._run(NOT_IN_DATA, doubted=True)
            if piece in (_START, _END):
                self.doubted = piece == _START
            elif piece:
                yield replace(self._run(piece, doubted=self.doubted), code=code)

    def _run(self, text: str, *, doubted: bool) -> Run:
        return Run(text, self.strong > 0, self.emphasis > 0, doubted=doubted)


def _shown(line: str) -> Words:
    return tuple(_Pen().write(line))


def _lines(inline: "Token") -> tuple[Words, ...]:
    lines: list[list[Run]] = [[]]
    pen = _Pen()
    for token in _with_addresses(inline.children or ()):
        match token.type:
            case "hardbreak":
                lines.append([])
            case "softbreak":
                lines[-1] += pen.write(" ")
            case "strong_open" | "strong_close":
                pen.strong += token.nesting
            case "em_open" | "em_close":
                pen.emphasis += token.nesting
            case _:
                lines[-1] += pen.write(token.content, code=token.type == "code_inline")
    return tuple(map(tuple, filter(None, lines)))


def _with_addresses(tokens: Iterable["Token"]) -> Iterator["Token"]:
    """Yield the tokens of a line: images as their description, links followed by their address."""
    address = said = ""
    for token in tokens:
        if token.type == "image":
            yield from _with_addresses(token.children or ())
        elif token.type == "link_open":
            address, said = _MARKS_IN_ADDRESS.sub("", str(token.attrGet("href"))), ""
        elif token.type != "link_close":
            said += token.content
            yield token
        elif address.startswith(("http://", "https://")) and address != _MARKS.sub("", said):
            yield from _told(token, address)


def _told(token: "Token", address: str) -> Iterator["Token"]:
    for kind, text in (("text", " ("), ("code_inline", address), ("text", ")")):
        yield token.copy(type=kind, content=text)
