"""A model's text on the terminal: laid out like a page, told from code's, in any width."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.domain.prose import Prose
from finops_cli.output import Style, draft, render, svg
from tests import golden
from tests.output.written import texts
from tests.output.written.test_reader import MARKUP

ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def page(text: str, width: int = 60, *, unicode: bool = True) -> list[str]:
    """Return the lines behind the bar, without it and without the caption."""
    answer = Answer(Sentence("Title."), Provenance("demo"), prose=Prose(text))
    lines = render(answer, Style(width=width, unicode=unicode)).splitlines()
    found = [line[2:] for line in lines if line.startswith(("│", "| ", "|"))]
    return found[found.index("") + 1 :]


@pytest.mark.parametrize("width", [40, 80, 160])
def test_what_a_reader_sees(width: int) -> None:
    golden.check(f"written.{width}.txt", render(texts.WRITTEN, Style(width=width)))
    golden.check(f"hostile.{width}.txt", render(texts.HOSTILE, Style(width=width)))


def test_what_a_reader_sees_in_ascii() -> None:
    text = render(texts.WRITTEN, Style(unicode=False))
    assert text.isascii()
    golden.check("written.ascii.txt", text)


@pytest.mark.parametrize("width", [80, 160])
def test_what_a_reader_sees_in_colour(width: int) -> None:
    colored = render(texts.WRITTEN, Style(width=width, color=True))
    assert ESCAPE.sub("", colored) == render(texts.WRITTEN, Style(width=width))
    golden.check(f"written.{width}.color.txt", colored)


def test_the_headline_of_code_comes_first_and_its_evidence_after() -> None:
    text = render(texts.WRITTEN, Style(width=100))
    order = ["EC2 Compute cost", "Written by", "Why EC2 moved", "Note: 2 figures", "per day"]
    assert sorted(order, key=text.index) == order


def test_the_looks_of_the_words() -> None:
    colored = draft("a **b** *c* `d`", Style(color=True), 9)[-1]
    assert colored == "a \x1b[1mb\x1b[0m \x1b[3mc\x1b[0m \x1b[36md\x1b[0m"


def test_a_list_hangs_under_its_markers() -> None:
    assert page("- one two three four\n  1. five six seven\n\n  then\n- x", 18) == [
        "• one two three",
        "  four",
        "",
        "  1. five six",
        "     seven",
        "",
        "  then",
        "",
        "• x",
    ]


def test_code_keeps_its_spaces_and_is_cut_where_the_room_ends() -> None:
    assert page("```\na  b\n\n  0123456789abcdefghij\n```", 20) == [
        "  a  b",
        "",
        "    0123456789abcd",
        "  efghij",
    ]


TABLE = "| service | cost |\n|:--|--:|\n| S3 | $5 |\n| Lambda | $1,000 |\n"


def test_a_table_stands_in_columns() -> None:
    assert page(TABLE) == ["service    cost", "S3           $5", "Lambda   $1,000"]


def test_a_table_that_is_too_wide_is_told_row_by_row() -> None:
    long = TABLE.replace("Lambda", "AWS Lambda and others")
    assert page(long, 22) == ["S3", "cost: $5", "AWS Lambda and", "  others", "cost: $1,000"]


def test_a_quote_has_a_bar_of_its_own() -> None:
    assert page("> a\n>> b") == ["▏ a", "", "▏ ▏ b"]
    assert page("> a", unicode=False) == ["> a"]


def test_what_stands_too_deep_loses_its_outer_edges() -> None:
    (line,) = page("> " * 30 + "deep", 20)
    assert line == "▏ " * 4 + "deep"


def test_markup_of_the_console_means_nothing() -> None:
    answer = Answer(Sentence("x"), Provenance("demo"), prose=Prose("[bold red]x[/] :smile:"))
    assert "[bold red]x[/] :smile:" in ESCAPE.sub("", render(answer, Style(color=True)))


@settings(max_examples=150, deadline=None)
@given(st.one_of(MARKUP, st.text(st.characters(exclude_categories=()))), st.integers(20, 120))
def test_any_text_leaves_the_page_in_order(text: str, width: int) -> None:
    answer = Answer(Sentence("x"), Provenance("demo"), prose=Prose(text))
    lines = render(answer, Style(width=width)).split("\n")
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for line in lines for sign in line)
    assert all(cell_len(line) <= width for line in lines)
    assert all(line == line.rstrip(" ") for line in lines)


def test_a_draft_is_the_end_of_what_was_written() -> None:
    text = "\n\n".join(f"line {at}" for at in range(50))
    found = draft(text, Style(width=80), 6)
    assert found[0].startswith("As it is written; its figures are checked")
    assert found[1:] == ["", "line 48", "", "line 49"] or len(found) == 6
    assert found[-1] == "line 49"


def test_a_draft_fits_its_rows_and_its_width() -> None:
    for width, rows in ((20, 5), (30, 12), (200, 24)):
        found = draft(texts.HOSTILE_WRITTEN, Style(width=width), rows)
        assert len(found) <= max(rows, 6)
        assert all(cell_len(line) <= width for line in found)


@pytest.mark.parametrize("end", range(0, len(texts.WRITTEN_TEXT), 7))
def test_a_draft_may_end_anywhere(end: int) -> None:
    assert draft(texts.WRITTEN_TEXT[:end], Style(), 30)


def test_the_picture_shows_it() -> None:
    picture = svg(texts.WRITTEN, 100, "finops ask")
    ElementTree.fromstring(picture)
    assert "$31,500" in picture and "font-style: italic" in picture
    ElementTree.fromstring(svg(texts.HOSTILE, 100, "finops ask"))
