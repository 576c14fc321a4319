"""Tables as text: what is shown adds up to what is shown."""

import re
from datetime import date
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.answer import Answer, Column, Kind, Provenance, Sentence, Table
from finops_cli.output.grid import by_time, column_cells, shown, strips
from finops_cli.output.notation import Notation

NOTATION = Notation(2026, "USD")
COSTS = st.lists(st.decimals(-(10**7), 10**7, places=6), min_size=1, max_size=25)


def read(cell: str) -> D:
    return D(re.sub(r"[^0-9.-]", "", cell))


@given(COSTS, st.sampled_from([Kind.MONEY, Kind.CHANGE]), st.sampled_from(["USD", "JPY", "CHF"]))
def test_the_cells_of_a_column_add_up_to_the_total_shown(
    costs: list[D], kind: Kind, currency: str
) -> None:
    cells, total = column_cells(Column("cost", kind, currency), costs, sum(costs, D(0)), NOTATION)
    assert sum(map(read, cells), D(0)) == read(total)


@given(COSTS.filter(lambda costs: abs(sum(costs, D(0))) > 1))
def test_the_shares_of_a_column_add_up_to_a_hundred(costs: list[D]) -> None:
    whole = sum(costs, D(0))
    shares = [cost / whole for cost in costs]
    cells, total = column_cells(Column("share", Kind.SHARE), shares, D(1), NOTATION)
    assert sum(map(read, cells), D(0)) == read(total) == 100


def test_changes_read_without_colour() -> None:
    column = Column("change", Kind.CHANGE, "USD")
    assert column_cells(column, [D(3), D(-2), D(0)], D(1), NOTATION) == (
        ["+$3.00 ▲", "-$2.00 ▼", "$0.00 ="],
        "+$1.00 ▲",
    )
    ascii_cells, _ = column_cells(column, [D(3), D(-2)], None, Notation(unicode=False))
    assert ascii_cells == ["+$3.00 ^", "-$2.00 v"]


def test_no_value_is_a_dash_and_no_total_is_empty() -> None:
    column = Column("growth", Kind.GROWTH)
    assert column_cells(column, [None, D("0.5")], None, NOTATION) == (["–", "+50.0 %"], "")


def test_a_column_of_averages_is_left_alone() -> None:
    column = Column("per_day", Kind.MONEY, "USD")
    cells, total = column_cells(column, [D("1.005"), D("3")], D("2.0025"), NOTATION)
    assert (cells, total) == (["$1.01", "$3.00"], "$2.00")


def test_a_person_is_shown_neither_details_nor_empty_tables() -> None:
    columns = (Column("month", Kind.MONTH), Column("cost", Kind.MONEY, "USD"))
    row = (date(2026, 10, 1), D(1))
    empty, detail = Table("a", columns, ()), Table("b", columns, (row,), detail=True)
    months = Table("c", columns, (row,))
    origin = Provenance("demo")
    answer = Answer(Sentence("x"), origin, tables=(empty, detail, months))
    assert shown(answer) == [months]
    assert by_time(answer)
    assert not by_time(Answer(Sentence("x"), origin, tables=(detail,)))


def test_headings_labels_and_remarks() -> None:
    table = Table(
        "t",
        (
            Column("usage_type", Kind.TEXT),
            Column("tag:my_key", Kind.TEXT),
            Column("usage", Kind.QUANTITY, "GB"),
            Column("why", Kind.TEXT),
        ),
        (("a", None, D(1), None),),
        total=(None, None, D(1), None),
    )
    found = strips(table, NOTATION)
    assert [strip.heading for strip in found] == ["usage type", "tag:my_key", "usage (GB)", "why"]
    assert [strip.cells[0] for strip in found] == ["a", "–", "1", ""]
    assert [strip.total for strip in found] == ["total", "", "1", ""]
    assert [strip.is_remark for strip in found] == [False, False, False, True]
