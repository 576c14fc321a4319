"""A model's Markdown is read whole, and no mark on a doubted figure is lost."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.domain.prose import Prose, Unmatched
from finops_cli.output.written.blocks import (
    NOT_IN_DATA,
    Block,
    Code,
    Edge,
    Grid,
    Heading,
    Rule,
    Run,
    Text,
)
from finops_cli.output.written.reader import read
from tests.output.written.texts import HOSTILE_WRITTEN, written

MARKUP = st.text(st.sampled_from("ab $5,\\`*_[]()<>#-+=|>!@:/.&;\n\t 1\ufdd0\ufdd1"), max_size=60)
PLAIN = st.text(st.sampled_from("ab $5,*_# \n-1\\"), min_size=3, max_size=60)


def text(*runs: Run) -> Text:
    return Text((runs,))


def said(block: Block) -> str:
    content = block.content
    match content:
        case Text(lines) | Code(lines):
            several = lines
        case Heading(_, words):
            several = (words,)
        case Grid():
            several = tuple(cell for row in (content.head, *content.rows) for cell in row)
        case Rule():
            several = ()
    return "\n".join("".join(run.text for run in words) for words in several)


def all_of(text: str, *unmatched: Unmatched) -> str:
    return "\n".join(map(said, read(Prose(text, 0, unmatched))))


def test_looks() -> None:
    assert read(Prose("a **b *c*** `d`")) == [
        Block(
            text(
                Run("a "),
                Run("b ", strong=True),
                Run("c", strong=True, emphasis=True),
                Run(" "),
                Run("d", code=True),
            )
        )
    ]


def test_lists_and_quotes_know_where_they_stand() -> None:
    found = read(Prose("1. a\n   - b\n2. c\n\n> d\n"))
    first, second = Edge("1."), Edge("1.", opens=False)
    assert [(block.edges, block.tight) for block in found] == [
        ((first,), True),
        ((second, Edge("-")), True),
        ((Edge("2."),), True),
        ((Edge(),), False),
    ]


def test_a_table() -> None:
    (block,) = read(Prose("| a | b |\n|---|--:|\n| 1 | **2** |\n"))
    assert block.content == Grid(
        ((Run("a"),), (Run("b"),)),
        (((Run("1"),), (Run("2", strong=True),)),),
        (False, True),
    )


def test_code_headings_and_rules() -> None:
    found = [block.content for block in read(Prose("## h\n\n```sh\n\ta  b\n\nc\n```\n***\n"))]
    assert found == [Heading(2, (Run("h"),)), Code(((Run("    a  b"),), (), (Run("c"),))), Rule()]


def test_lines_that_were_broken_stay_so() -> None:
    (block,) = read(Prose("a\nb  \nc\\\nd"))
    assert said(block) == "a b\nc\nd"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[t](https://a.example/x)", "t (https://a.example/x)"),
        ("<https://a.example>", "https://a.example"),
        ("[t](http://bücher.example)", "t (http://xn--bcher-kva.example)"),
        ("[t](mailto:a@b.example)", "t"),
        ("[t](/etc/passwd)", "t"),
        ("[t](javascript:x)", "[t](javascript:x)"),
        ("![alt **b**](https://a.example/p.png)", "alt b"),
        ("<b>x</b><!-- y -->", "<b>x</b><!-- y -->"),
        ("<div>\n\n[r]: https://a.example\n\n[r]", "<div>\n[r]: https://a.example\n[r]"),
        ("&amp; &#x1b; \x1b[2J\u202e\x9b", "&amp; &#x1b; \ufffd[2J\ufffd\ufffd"),
    ],
)
def test_nothing_can_act(source: str, shown: str) -> None:
    assert all_of(source) == shown


def test_a_doubted_figure_is_marked_where_it_stands() -> None:
    found = read(written("It is **$5,000** or \\$6 today.", 0, "$5,000", "$6"))
    assert found[0].content == text(
        Run("It is "),
        Run("$5,000", strong=True, doubted=True),
        Run(NOT_IN_DATA, strong=True, doubted=True),
        Run(" or "),
        Run("$6", doubted=True),
        Run(NOT_IN_DATA, doubted=True),
        Run(" today."),
    )


@pytest.mark.parametrize(
    "source", ["`$5`", "# $5", "- $5", "```\n$5\n```", "|a|\n|-|\n|$5|", "[$5](http://x)", "_$5_"]
)
def test_a_mark_stands_anywhere(source: str) -> None:
    at = source.index("$")
    assert f"$5{NOT_IN_DATA}" in all_of(source, Unmatched("$5", at, at + 2))


def test_a_mark_in_an_address_leaves_the_address_alone() -> None:
    found = all_of("[t](http://x/2026-11)", Unmatched("2026-11", 13, 20))
    assert found == "t (http://x/2026-11)"


def test_places_that_are_none_do_no_harm() -> None:
    places = (Unmatched("", 2, 2), Unmatched("", 3, 99), Unmatched("", 3, 5), Unmatched("", -4, 1))
    assert all_of("It is $5", *places, Unmatched("", 50, 60)) == f"It is $5{NOT_IN_DATA}"


@settings(max_examples=200, deadline=None)
@given(PLAIN, st.data())
def test_every_doubted_figure_is_marked(source: str, data: st.DataObject) -> None:
    size = len(source)
    ends = sorted(data.draw(st.lists(st.integers(0, size), unique=True, max_size=6)))
    spans = [Unmatched("", *pair) for pair in zip(ends[::2], ends[1::2], strict=False)]
    spans = [one for one in spans if source[one.start : one.end].strip("ab$5,1") == ""]
    assert all_of(source, *spans).count(NOT_IN_DATA) == len(spans)


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKUP, st.text(st.characters(exclude_categories=()))))
def test_any_text_can_be_read(source: str) -> None:
    assert not {sign for sign in all_of(source) if sign < " " or sign in "\ufdd0\ufdd1"} - {
        "\n",
        "\t",
    }


def test_deep_nesting_is_read() -> None:
    assert all_of(HOSTILE_WRITTEN).count("deep") == 1
    read(Prose("> " * 5000 + "x" + "[" * 5000 + "*" * 5000))


def test_the_parser_is_loaded_where_a_model_has_written() -> None:
    program = (
        "import sys; from finops_cli.output import page, markdown, written;"
        "sys.exit('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
