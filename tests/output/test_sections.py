"""A report is its own headline, then a section for each part, with nothing said twice."""

import csv
import json
from dataclasses import replace
from io import StringIO

from finops_cli.output import Style, render
from tests.output import examples

REPORT = examples.REPORT
MARKDOWN = Style(format="markdown")


def test_each_part_has_its_headline_as_a_heading() -> None:
    headings = [x for x in render(REPORT, MARKDOWN).splitlines() if x.startswith("#")]
    assert len(headings) == len(REPORT.parts)
    assert headings[1] == "### Next 3 months: $231,000."


def test_each_part_starts_below_a_rule_on_the_terminal() -> None:
    lines = render(REPORT, Style(width=70)).splitlines()
    starts = [lines[at + 1] for at, line in enumerate(lines) if line == "─" * 70]
    assert starts.pop().startswith("demo · Oct 2026")
    assert len(starts) == len(REPORT.parts)
    assert starts[1] == "Next 3 months: $231,000."


def test_every_table_of_a_part_with_several_is_named() -> None:
    mixed = render(REPORT, MARKDOWN).split("### ")[4]
    assert mixed.count("**in_") == 4


def test_what_was_told_is_not_told_again() -> None:
    for style in (MARKDOWN, Style()):
        text = render(REPORT, style)
        assert text.count("The export ends on Nov 14") == 1
        assert text.count("finops advisor savings") == 1
        assert text.count("finops forecast --months 3") == 1


def test_a_warning_of_two_parts_is_told_by_the_first() -> None:
    twice = replace(REPORT, warnings=(), parts=(REPORT.parts[0], REPORT.parts[0]))
    first, second = render(twice, MARKDOWN).split("### ")[1:]
    assert "The export ends" in first and "The export ends" not in second


def test_a_part_says_which_period_it_is_about_unless_the_report_does() -> None:
    sections = render(REPORT, MARKDOWN).split("### ")[1:]
    assert "unblended USD*" not in sections[0]
    assert "*Nov 2024 – Oct 2026 · unblended USD*" in sections[1]


def test_amounts_of_a_part_are_written_in_its_own_currency() -> None:
    figure = examples.money("x", "5", None)  # type: ignore[arg-type]
    title = examples.Sentence("It cost {x}.", (figure,))
    part = replace(
        examples.TREND, title=title, provenance=replace(REPORT.provenance, currency="EUR")
    )
    assert "It cost €5.00." in render(replace(REPORT, parts=(part,)), Style())


def test_csv_has_the_first_table_wherever_it_is() -> None:
    without = replace(REPORT, tables=(), parts=(examples.TREND, examples.BREAKDOWN))
    rows = list(csv.reader(StringIO(render(without, Style(format="csv")), newline="")))
    assert rows[0] == ["service", "cost", "share", "vs_september"]


def test_json_holds_each_part_whole() -> None:
    document = json.loads(render(REPORT, Style(format="json")))
    alone = json.loads(render(examples.MIXED, Style(format="json")))
    part = document["parts"][3]
    assert part == {name: value for name, value in alone.items() if name in part}
    assert set(alone) - set(part) == {"schema", "question", "route", "prose", "parts"}
