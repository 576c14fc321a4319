"""Hostile text stays text, in every form of output."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.answer import Kind
from finops_cli.output import escape

ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202a", "\u202e", "\u2066", "\u2069", "\ud800"],
)
def test_what_a_terminal_obeys_becomes_a_mark(sign: str) -> None:
    assert escape.plain(f"a{sign}b") == "a\ufffdb"


def test_lines_become_one() -> None:
    assert escape.plain("a\r\nb\tc\u2028d") == "a b c d"


@given(ANYTHING)
def test_plain_text_holds_no_control_and_can_be_written(text: str) -> None:
    safe = escape.plain(text)
    assert not {unicodedata.category(sign) for sign in safe} & {"Cc", "Cs", "Zl", "Zp"}
    assert escape.plain(safe) == safe
    safe.encode()


@given(ANYTHING)
def test_ascii_text_is_ascii(text: str) -> None:
    assert escape.ascii_only(escape.plain(text)).isascii()


@given(ANYTHING)
def test_json_with_controls_escaped_means_the_same(text: str) -> None:
    document = json.dumps({"x": text}, ensure_ascii=False)
    safe = escape.json_text(document)
    assert json.loads(safe) == {"x": text}
    assert not {unicodedata.category(sign) for sign in safe} & {"Cc", "Cs"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p4d.24xlarge · us-east-1", "p4d.24xlarge · us-east-1"),
        ("usage_type", "usage_type"),
        ("_em_ __x__", r"\_em\_ \_\_x\_\_"),
        ("a*b`c", r"a\*b\`c"),
        ("<b>", r"\<b\>"),
        ("$x$", r"\$x\$"),
        ("[a](b)", r"\[a\](b)"),
        ("@all", "`@all`"),
        ("jane@example.com", "jane@example.com"),
        ("see https://x.example now", "see `https://x.example` now"),
        ("@a|b", "`@`a|b"),
        ("WWW.a|b", "`WWW.`a|b"),
        ("http://a|b", "http`://`a|b"),
    ],
)
def test_markdown_is_literal(text: str, expected: str) -> None:
    assert escape.markdown(text) == expected


def test_an_amount_keeps_its_dollar_sign_in_markdown() -> None:
    assert escape.markdown_value("+$3.10", Kind.CHANGE) == "+$3.10"
    assert escape.markdown_value("$3.10", Kind.TEXT) == r"\$3.10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("+", r"\+"),
        ("===", r"\==="),
        ("+$3", "+$3"),
        ("2026 was", "2026 was"),
    ],
)
def test_a_paragraph_stays_one(text: str, expected: str) -> None:
    assert escape.markdown_block(text) == expected


def test_a_pipe_does_not_end_a_cell() -> None:
    assert escape.markdown_cell("a|b") == r"a\|b"


@pytest.mark.parametrize(
    ("text", "expected"), [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``")]
)
def test_a_code_span_holds_any_backticks(text: str, expected: str) -> None:
    assert escape.markdown_code(text) == expected


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_formula_does_not_run(first: str) -> None:
    assert escape.csv_text(f"{first}1") == f"'{first}1"


def test_other_text_is_not_changed_for_csv() -> None:
    assert escape.csv_text("a=b, c") == "a=b, c"
    assert escape.csv_text("a\x1bb") == "a\ufffdb"
