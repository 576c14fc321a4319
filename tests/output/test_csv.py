"""CSV: what a spreadsheet sums is the total, and nothing in it runs."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from io import StringIO

import pytest

from finops_cli.domain.answer import Answer, Column, Kind, Provenance, Sentence, Table
from finops_cli.domain.period import Period
from finops_cli.output import Style, render
from tests import golden
from tests.output import examples

CSV = Style(format="csv")


def rows(answer: Answer) -> list[list[str]]:
    return list(csv.reader(StringIO(render(answer, CSV), newline=""), strict=True))


@pytest.mark.parametrize("name", examples.SHORT)
def test_what_a_script_gets(name: str) -> None:
    golden.check(f"{name}.csv", render(examples.ALL[name], CSV))


def test_the_rows_add_up_to_the_total_that_is_left_out() -> None:
    header, *found = rows(examples.BREAKDOWN)
    table = examples.BREAKDOWN.tables[0]
    assert header == [column.name for column in table.columns]
    assert len(found) == len(table.rows)
    assert table.total
    assert sum(D(row[1]) for row in found) == table.total[1]


def test_lines_end_as_rfc_4180_says() -> None:
    assert render(examples.EXPLAIN, CSV).count("\r\n") == 5


def test_text_that_would_run_is_quoted_and_numbers_are_not() -> None:
    _, first, second, third, *_ = rows(examples.HOSTILE_TEXT)
    assert first[2] == '\'=HYPERLINK("x")'
    assert second[:2] == ["'@SUM(A1)", "-3.25"]
    assert third[2] == "'-2+3"
    assert "\x1b" not in render(examples.HOSTILE_TEXT, CSV)


def test_without_a_table_the_series_and_without_that_the_title() -> None:
    assert rows(examples.FORECAST)[:2] == [
        ["date", "forecast", "low", "high"],
        ["2026-11-01", "75000.00", "73900.00", "76400.00"],
    ]
    title_only = replace(examples.NOTHING, tables=(), series=())
    assert rows(title_only) == [["title"], ["Nothing was charged on Feb 3, 2025."]]


def test_each_kind_of_cell() -> None:
    kinds = (Kind.PERIOD, Kind.MONTH, Kind.COUNT, Kind.GROWTH, Kind.QUANTITY)
    columns = tuple(Column(kind.value, kind) for kind in kinds)
    period = Period(date(2026, 10, 1), date(2026, 11, 1))
    row = (period, date(2026, 10, 1), 0, D("-0.0000014"), D("1E+2"))
    answer = Answer(Sentence("x"), Provenance("demo"), tables=(Table("t", columns, (row,)),))
    assert rows(answer)[1] == ["2026-10-01..2026-10-31", "2026-10", "0", "-0.000001", "100"]
