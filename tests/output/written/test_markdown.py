"""A model's text in Markdown reads the same and brings nothing to life."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from finops_cli.domain.prose import Prose
from finops_cli.output import Style, render
from finops_cli.output.notation import Notation
from finops_cli.output.written import markdown
from tests import golden
from tests.output.written import texts
from tests.output.written.test_reader import MARKUP, all_of

MARKDOWN = Style(format="markdown")
PAGE = MarkdownIt("commonmark", {"html": True, "maxNesting": 200}).enable("table")


def tokens(source: str) -> list[Token]:
    """Return all that a page would show, the lines of a paragraph included."""
    found: list[Token] = []
    for token in PAGE.parse(source):
        found += [token, *(token.children or [])]
    return found


def shown(text: str) -> str:
    return markdown(Prose(text), None, Notation())


def test_what_a_reader_sees() -> None:
    golden.check("written.md", render(texts.WRITTEN, MARKDOWN))
    golden.check("hostile.md", render(texts.HOSTILE, MARKDOWN))


def test_what_a_script_gets() -> None:
    golden.check("written.json", render(texts.WRITTEN, Style(format="json")))
    golden.check("written.csv", render(texts.WRITTEN, Style(format="csv")))


def test_a_script_can_cut_out_what_is_doubted() -> None:
    document = json.loads(render(texts.WRITTEN, Style(format="json")))
    prose = document["prose"]
    cut = [prose["text"][one["start"] : one["end"]] for one in prose["unmatched"]]
    assert cut == [one["text"] for one in prose["unmatched"]] == ["$31,500", "$18,000"]


def test_it_is_a_quotation_from_end_to_end() -> None:
    lines = shown(texts.HOSTILE_WRITTEN).splitlines()
    assert all(line == ">" or line.startswith("> ") for line in lines)


@pytest.mark.parametrize(
    ("source", "heading"),
    [("# a", "#### a"), ("## a", "##### a"), ("### a", "###### a"), ("###### a", "###### a")],
)
def test_headings_stand_below_those_of_code(source: str, heading: str) -> None:
    assert f"> {heading}" in shown(source).splitlines()


@pytest.mark.parametrize(
    "source",
    [
        "a **b *c*** `d`",
        "1. a\n   - b\n\n   c\n2. d",
        "> a\n>> b",
        "| a | b |\n| --- | --: |\n| 1 | \\| |",
        "```\na\n  ````\n```",
        "a\\\nb",
        "\\- a",
        "\\---",
    ],
)
def test_it_is_read_as_it_was_written(source: str) -> None:
    first = shown(source)
    inner = "\n".join(line[2:] for line in first.splitlines()[2:])
    assert all_of(inner) == all_of(source)
    assert shown(inner) == first


ALIVE = re.compile(r"(?<!\w)@\w|://|\bwww\.")
TOUCHING = st.lists(
    st.sampled_from(
        ["@", "all", "![](x)", "[", "](mailto:x)", "](http://x)", "http:", "//a.b", "www", ".a"]
        + ["*", "**", "`", "``", "<b>", "\\", " ", "\n", "&#64;", "|", "$", "5", "-", "#", "> "]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(MARKUP, TOUCHING, st.text(st.characters(exclude_categories=()))))
@example("@![](x)all")
@example("[http:](mailto:x)//a.b")
@example("a\\\n|-|")
@example("a\\\n---")
@example(texts.HOSTILE_WRITTEN)
def test_nothing_is_alive(source: str) -> None:
    found = tokens(shown(source))
    kinds = {token.type for token in found}
    assert not kinds & {"html_block", "html_inline", "image", "link_open"}
    assert not any(ALIVE.search(token.content) for token in found if token.type == "text")


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_a_fence_or_a_table_never_ends_the_quotation(source: str) -> None:
    ours = "| ours |\n| ---- |\n| kept |\n"
    found = PAGE.parse(f"{shown(source)}\n\n{ours}")
    at = next(
        at for at, token in enumerate(found) if token.type == "blockquote_close" and not token.level
    )
    assert [token.content for token in found[at:] if token.type == "inline"] == ["ours", "kept"]


def test_amounts_stay_and_formulas_do_not() -> None:
    assert "> from $5 to $6 or \\$x\\$" in shown("from $5 to $6 or $x$")


def test_ascii() -> None:
    assert render(texts.HOSTILE, Style(format="markdown", unicode=False)).isascii()
