"""The main table of an answer as CSV (RFC 4180), for spreadsheets and scripts.

Amounts are exact and the total row is left out, so that a sum over the column is the total.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from finops_cli.domain.answer import Answer, Column, Kind, Series, Value
from finops_cli.output import escape, exact, prose
from finops_cli.output.notation import Notation

Row = Iterable[str]


def render(answer: Answer) -> str:
    """Return the first table; without one the first series, without that the headline.

    Of a report, the first table of the first part that has one stands in for one of its own.
    """
    written = StringIO()
    csv.writer(written).writerows(_rows(answer))
    return written.getvalue()


def _rows(answer: Answer) -> Iterable[Row]:
    tables = [table for each in (answer, *answer.parts) for table in each.tables]
    if tables:
        table = tables[0]
        yield [escape.csv_text(column.name) for column in table.columns]
        for row in table.rows:
            yield [_cell(v, column) for v, column in zip(row, table.columns, strict=True)]
    elif answer.series:
        yield from _points(answer.series[0])
    else:
        yield ["title"]
        yield [escape.csv_text(prose.text(answer.title, Notation.of(answer)))]


def _cell(value: Value, column: Column) -> str:
    text = exact.text_of(value, column.kind)
    return escape.csv_text(text) if isinstance(value, str) else text


def _points(series: Series) -> Iterable[Row]:
    bands = {"low": series.low, "high": series.high}
    bounds = {name: band for name, band in bands.items() if band is not None}
    yield ["date", escape.csv_text(series.name), *bounds]
    for at, (day, value) in enumerate(series.points):
        numbers = [value, *(band[at] for band in bounds.values())]
        yield [exact.text_of(day, Kind.DATE), *(exact.text_of(n, series.kind) for n in numbers)]
