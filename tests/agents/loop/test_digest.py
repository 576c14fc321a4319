"""A model is told ready figures, and what it is not told."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.agents.loop.digest import MOST_POINTS, digest
from finops_cli.agents.loop.rows import MOST_ROWS, sums_left_out
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Series,
    Severity,
    Table,
)
from finops_cli.domain.period import Period
from tests.agents.loop.stage import ORIGIN

COLUMNS = (
    Column("service", Kind.TEXT),
    Column("cost", Kind.MONEY),
    Column("id", detail=True, kind=Kind.TEXT),
)


def read(**parts: Any) -> Any:
    return json.loads(digest(Answer(**{"title": Sentence("T"), "provenance": ORIGIN, **parts})))


def test_an_answer_says_where_it_is_from() -> None:
    told = read(warnings=("Incomplete.",))
    assert told == {
        "title": "T",
        "source": "demo",
        "period": "2026-10-01..2026-10-31",
        "as_of": "2026-11-24",
        "days_complete_before": "2026-11-24",
        "metric": "unblended",
        "currency": "USD",
        "warnings": ["Incomplete."],
    }


def test_figures_are_texts_that_can_be_quoted() -> None:
    figures = (
        Figure("a", Decimal("1234.5678"), Kind.MONEY),
        Figure("b", Decimal("-0.1234"), Kind.GROWTH),
        Figure("c", Decimal("0.00012345"), Kind.MONEY, "EUR"),
        Figure("d", date(2026, 9, 1), Kind.MONTH),
        Figure("e", Period(date(2026, 9, 1), date(2026, 9, 8)), Kind.PERIOD),
        Figure("f", 7, Kind.COUNT),
        Figure("g", Decimal("NaN"), Kind.MONEY),
        Figure("h", Decimal("1.005"), Kind.QUANTITY, "GB"),
        Figure("j", Decimal("1234.56"), Kind.ESTIMATE),
        Figure("k", Decimal("0.5"), Kind.GROWTH),
    )
    sentence = Sentence("{a}|{b}|{c}|{d}|{e}|{f}|{g}|{h}|{i}|{j}|{k}", figures)
    found = read(findings=(Finding(Severity.NOTICE, sentence),))["findings"]
    assert found[0]["severity"] == "notice"
    assert found[0]["text"].split("|") == [
        "1,234.57 USD",
        "-12.3 %",
        "0.00012 EUR",
        "2026-09",
        "2026-09-01..2026-09-07",
        "7",
        "None",
        "1.01 GB",
        "{i}",
        "1,235 USD",
        "+50.0 %",
    ]


def test_a_name_that_looks_like_a_place_stays_a_name() -> None:
    sentence = Sentence("{a}", (Figure("a", "{b}"), Figure("b", "secret")))
    assert read(title=sentence)["title"] == "{b}"


def table(costs: list[Decimal], rest: int = 0) -> Table:
    rows = tuple((f"s{n}", cost, "x") for n, cost in enumerate(costs))
    return Table("services", COLUMNS, rows, (None, sum(costs, Decimal(0)), None), rest)


def test_details_are_named_and_not_shown() -> None:
    detail = Table("hours", COLUMNS, (("a", Decimal(1), "x"),), detail=True)
    told = read(tables=(table([Decimal(1)]), detail))
    assert told["tables"] == [
        {
            "name": "services",
            "columns": ["service", "cost"],
            "rows": [["s0", "1.00 USD"]],
            "total": [None, "1.00 USD"],
        }
    ]
    assert told["not_shown"] == ["hours"]


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), max_size=60), st.integers(0, 1))
def test_the_rows_that_are_left_out_are_summed(costs: list[Decimal], rest: int) -> None:
    rest = min(rest, len(costs))
    [told] = read(tables=(table(costs, rest),))["tables"]
    left = told.get("rows_left_out", {"count": 0, "cost": "0 USD"})
    assert len(told["rows"]) + left["count"] == len(costs)
    shown = [_amount(row[1]) for row in told["rows"]]
    assert sum(shown) + _amount(left["cost"]) == sum(costs)
    assert len(told["rows"]) <= MOST_ROWS + rest


def _amount(told: str) -> Decimal:
    return Decimal(told.removesuffix(" USD").replace(",", ""))


def test_what_is_left_out_is_summed_for_the_check_too() -> None:
    costs = [Decimal(n) for n in range(25)]
    answer = Answer(Sentence("T"), ORIGIN, tables=(table(costs),))
    [told] = sums_left_out([answer])
    assert (told.name, told.value, told.unit) == ("cost", Decimal(20 + 21 + 22 + 23 + 24), "USD")
    assert sums_left_out([Answer(Sentence("T"), ORIGIN, tables=(table(costs[:20]),))]) == ()


def test_of_rows_in_time_the_latest_are_told() -> None:
    columns = (Column("month", Kind.MONTH), Column("cost", Kind.MONEY))
    rows = tuple((date(2020 + n // 12, n % 12 + 1, 1), Decimal(n)) for n in range(30))
    [told] = read(tables=(Table("months", columns, rows),))["tables"]
    assert told["rows"][-1] == ["2022-06", "29.00 USD"]
    assert told["rows_left_out"] == {"count": 10}  # what has no total is not added up


def test_remainders_are_always_shown() -> None:
    [told] = read(tables=(table([Decimal(n) for n in range(50)], rest=1),))["tables"]
    assert told["rows"][-1] == ["s49", "49.00 USD"]


def series(count: int, **more: Any) -> Series:
    day = date(2026, 1, 1)
    points = tuple((day + timedelta(days=n), Decimal((n * 7) % 31)) for n in range(count))
    return Series("cost", Kind.MONEY, None, points, **more)


def test_a_short_series_is_told_whole_with_its_band() -> None:
    bound = (Decimal(1),) * 3
    [told] = read(series=(series(3, low=bound, high=bound),))["series"]
    assert told["points"][1] == ["2026-01-02", "7.00 USD"]
    assert told["low"] == told["high"] == ["1.00 USD"] * 3


def test_a_long_series_is_told_by_its_ends_and_extremes() -> None:
    [told] = read(series=(series(MOST_POINTS + 10),))["series"]
    assert told["count"] == MOST_POINTS + 10
    assert (told["first"], told["lowest"]) == (["2026-01-01", "0.00 USD"],) * 2
    assert told["highest"][1] == "30.00 USD"
    assert len(told["latest"]) == 14


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text(), max_size=3))
def test_any_text_makes_json_without_a_mark(one: str, two: str, more: dict[str, str]) -> None:
    figures = (Figure("a", one),)
    rows = ((two, Decimal(1), "x"),)
    told = digest(
        Answer(
            Sentence("{a}", figures),
            ORIGIN,
            tables=(Table("t", COLUMNS, rows),),
            warnings=tuple(more.values()),
        )
    )
    json.loads(told)
    assert "<" not in told and "\n" not in told
