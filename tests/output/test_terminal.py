"""The terminal: fits its width, reads without colour, obeys nothing from a bill."""

import re
from dataclasses import replace
from decimal import Decimal as D
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)
from finops_cli.errors import FinopsError, SourceNotFound
from finops_cli.output import Style, render, render_error, svg
from tests import golden
from tests.output import examples

EACH = pytest.mark.parametrize("name", examples.ALL)
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def lines(answer: Answer, width: int = 80, *, unicode: bool = True) -> list[str]:
    return render(answer, Style(width=width, unicode=unicode)).splitlines()


def listing(*columns: Column, rows: tuple[tuple[object, ...], ...], **more: object) -> Answer:
    table = Table("t", columns, rows, **more)  # type: ignore[arg-type]
    return Answer(Sentence("Listed."), Provenance("demo", currency="USD"), tables=(table,))


@EACH
@pytest.mark.parametrize("width", [60, 80, 160])
def test_what_a_reader_sees(name: str, width: int) -> None:
    golden.check(f"{name}.{width}.txt", render(examples.ALL[name], Style(width=width)))


@EACH
def test_what_a_reader_sees_in_ascii(name: str) -> None:
    text = render(examples.ALL[name], Style(width=80, unicode=False))
    assert text.isascii()
    golden.check(f"{name}.ascii.txt", text)


def test_what_a_reader_sees_in_colour() -> None:
    golden.check("explain.color.txt", render(examples.EXPLAIN, Style(width=100, color=True)))


@EACH
@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_too_long_or_ends_in_spaces(name: str, width: int, unicode: bool) -> None:
    for line in lines(examples.ALL[name], width, unicode=unicode):
        assert line == line.rstrip()
        is_command = line.startswith(("Next: ", "      finops"))
        assert is_command or cell_len(line) <= width


@EACH
def test_colour_adds_escape_codes_and_nothing_else(name: str) -> None:
    plain = render(examples.ALL[name], Style())
    colored = render(examples.ALL[name], Style(color=True))
    assert "\x1b" not in plain
    assert "\x1b" in colored
    assert ESCAPE.sub("", colored) == plain


@EACH
def test_every_text_ends_with_one_line_end(name: str) -> None:
    text = render(examples.ALL[name], Style())
    assert text.endswith("\n") and not text.endswith("\n\n") and not text.startswith("\n")


HOSTILE = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.integers(40, 120))
def test_any_name_in_the_bill_leaves_the_page_in_order(name: str, width: int) -> None:
    answer = listing(
        Column(f"tag:{name}", Kind.TEXT),
        Column("cost", Kind.MONEY, "USD"),
        rows=((name, D("10.5")), ("b", D("-3.25"))),
        total=(None, D("7.25")),
    )
    found = lines(replace(answer, title=Sentence("It is {x}.", (Figure("x", name),))), width)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for line in found for sign in line)
    amounts = [line for line in found if line.endswith(("$10.50", "-$3.25", "$7.25"))]
    assert len(amounts) == 3
    assert len({cell_len(line) for line in amounts}) == 1


def test_wide_text_is_aligned() -> None:
    found = [line for line in lines(examples.HOSTILE_TEXT) if line.endswith(("$4.25", "$1.00"))]
    assert len({cell_len(line) for line in found}) == 1
    assert len({len(line) for line in found}) == 2


def test_money_is_never_cropped() -> None:
    months = tuple(Column(f"2026-{at:02}", Kind.MONEY, "USD") for at in range(1, 13))
    rows = (("Amazon Elastic Compute Cloud - Compute", *[D("1234567.89")] * 12),)
    answer = listing(Column("service", Kind.TEXT), *months, rows=rows)
    for width in (60, 80, 160):
        assert "\n".join(lines(answer, width)).count("$1,234,567.89") == 12


def test_a_long_name_loses_its_middle() -> None:
    rows = (("arn:aws:ec2:us-east-1:123456789012:instance/i-0abc", D(1)),)
    columns = (Column("resource", Kind.TEXT), Column("cost", Kind.MONEY, "USD"))
    text = "\n".join(lines(listing(*columns, rows=rows), 40))
    assert "  arn:aws:ec2:us-…instance/i-0abc  $1.00" in text


def test_a_share_of_a_whole_is_drawn_against_the_largest_part() -> None:
    columns = (Column("service", Kind.TEXT), Column("share", Kind.SHARE))
    rows = (("a", D("0.4")), ("b", D("0.2")), ("rest", D("0.4")))
    with_total = lines(listing(*columns, rows=rows, total=(None, D(1)), rest=1))
    without = lines(listing(*columns, rows=rows[:2]))
    assert [line.count("█") for line in with_total if " %" in line] == [10, 5, 10, 0]
    assert [line.count("█") for line in without if " %" in line] == [4, 2]


def test_findings_say_how_grave_they_are_without_colour() -> None:
    assert "  !  If it goes on" in render(examples.EXPLAIN, Style())
    assert "  !! " in render(examples.HOSTILE_TEXT, Style())


def test_an_empty_table_is_not_drawn() -> None:
    assert lines(examples.NOTHING)[1:3] == [
        "",
        "demo · Feb 3, 2025 · unblended USD · 3 queries · 0 API calls, $0.00 · 0.00 s",
    ]


def test_bars_are_left_out_where_a_table_lists_the_months() -> None:
    points = examples.TREND.series[0].points
    columns = (Column("month", Kind.MONTH), Column("cost", Kind.MONEY, "USD"))
    listed = replace(examples.TREND, tables=(Table("months", columns, points),))
    assert "Nov 2025  $62,000.37  █" in render(examples.TREND, Style())
    assert "▁▂▃▄▅▆▄▅▆▇█▅" in render(listed, Style())
    assert "$62,000.37  █" not in render(listed, Style())


def test_an_error_is_a_sentence_and_a_hint() -> None:
    error = SourceNotFound("No files at exprts/.", "Did you mean exports/ (14 parquet files)?")
    assert render_error(error, Style()) == (
        "Error: No files at exprts/.\nDid you mean exports/ (14 parquet files)?\n"
    )
    assert render_error(FinopsError("It \x1b[2J failed."), Style(width=60)) == (
        "Error: It \ufffd[2J failed.\n"
    )
    assert "\x1b[1;31mError:\x1b[0m" in render_error(error, Style(color=True))
    assert render_error(error, Style(format="csv")) == render_error(error, Style())


def test_the_picture_is_svg_that_calls_nobody() -> None:
    picture = svg(examples.EXPLAIN, 100, "finops ask")
    ElementTree.fromstring(picture)
    assert "p4d.24xlarge" in picture and "finops&#160;ask" in picture
    assert re.findall("https?://[^\"' ]+", picture) == ["http://www.w3.org/2000/svg"]
    assert picture == svg(examples.EXPLAIN, 100, "finops ask")


def test_a_hostile_answer_is_still_a_picture() -> None:
    ElementTree.fromstring(svg(examples.HOSTILE_TEXT, 90, "x <y> & z"))
