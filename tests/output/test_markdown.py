"""Markdown: reads as source and as a page, and stays ours whatever the bill says."""

import re
from dataclasses import replace

import pytest

from finops_cli.domain.answer import Column, Kind, Table
from finops_cli.errors import BadPeriod
from finops_cli.output import Style, render, render_error
from tests import golden
from tests.output import examples

MARKDOWN = Style(format="markdown")


@pytest.mark.parametrize("name", examples.ALL)
def test_what_a_reader_sees(name: str) -> None:
    text = render(examples.ALL[name], MARKDOWN)
    assert text == render(examples.ALL[name], Style(format="markdown", width=60, color=True))
    golden.check(f"{name}.md", text)


@pytest.mark.parametrize("name", examples.ALL)
def test_a_table_has_as_many_cells_in_every_row(name: str) -> None:
    blocks = render(examples.ALL[name], MARKDOWN).split("\n\n")
    for block in blocks:
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()}) == 1


@pytest.mark.parametrize("name", examples.ALL)
def test_ascii(name: str) -> None:
    assert render(examples.ALL[name], Style(format="markdown", unicode=False)).isascii()


def test_numbers_stand_on_the_right() -> None:
    rule = next(r for r in render(examples.EXPLAIN, MARKDOWN).splitlines() if r.startswith("| --"))
    assert re.fullmatch(r"\| -+ \| -+: \| -+: \| -+ \|", rule)


def test_hostile_text_brings_no_html_links_or_mentions() -> None:
    text = render(examples.HOSTILE_TEXT, MARKDOWN)
    outside_code = re.sub(r"(`+).+?\1", "", re.sub(r"\\.", "", text))
    assert not re.search(r"<|@\w|://|\[", outside_code)
    assert "\x1b" not in text and "\u202e" not in text


def test_months_without_a_table_are_listed() -> None:
    assert "| Nov 2025 | $62,000.37 |" in render(examples.TREND, MARKDOWN)
    columns = (Column("month", Kind.MONTH), Column("cost", Kind.MONEY, "USD"))
    months = Table("months", columns, examples.TREND.series[0].points)
    listed = render(replace(examples.TREND, tables=(months,)), MARKDOWN)
    assert listed.count("| Nov 2025 | $62,000.37 |") == 1


def test_a_detail_table_is_for_machines() -> None:
    detail = replace(examples.BREAKDOWN.tables[0], detail=True)
    answer = replace(examples.BREAKDOWN, tables=(detail,))
    assert "Amazon" not in render(answer, MARKDOWN) + render(answer, Style())
    assert "AmazonCloudWatch" in render(answer, Style(format="csv"))
    assert "AmazonCloudWatch" in render(answer, Style(format="json"))


def test_an_error() -> None:
    error = BadPeriod("'x' is not a <period>.", "Write 2026-09.\nOr all.")
    assert render_error(error, MARKDOWN) == (
        "**Error:** 'x' is not a \\<period\\>.\n\nWrite 2026-09.\n\nOr all.\n"
    )
