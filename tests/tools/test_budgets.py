"""The budget tools over a small bill: what they say, what they cannot know, when a job fails."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer, Severity
from finops_cli.domain.budget import Budget, BudgetPeriod, Reported
from finops_cli.domain.period import month_of
from finops_cli.domain.query import ACCOUNT, Filter, Metric
from finops_cli.errors import SetupError, UnknownName, UsageError
from finops_cli.tools import Catalogue
from finops_cli.tools.budgets import Budgets
from tests.fakes import FakeSource

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
WEB, LAB = "111111111111", "222222222222"


class Store:
    """A store of some budgets, and of the past of those that are named."""

    label, hint = "the test's budgets", "Write one."

    def __init__(self, *budgets: Budget, past: Sequence[BudgetPeriod] | None = None) -> None:
        self._budgets = budgets
        self._past = past

    def budgets(self) -> tuple[Budget, ...]:
        return self._budgets

    def history(self, budget: Budget) -> tuple[BudgetPeriod, ...] | None:
        return None if self._past is None else tuple(self._past)


def bill(today: date = TODAY) -> FakeSource:
    """Return a bill: web costs 10 a day, the lab 4; on the first of a month support costs 300."""
    rows: list[dict[str, Any]] = []
    for at in range(400):
        day = today - DAY * (400 - at)
        for account, service, cost in ((WEB, "EC2", 10), (LAB, "S3", 4)):
            rows.append(
                {"date": day, "cost": Decimal(cost), "account": account, "service": service}
            )
        if day.day == 1:
            support = {"account": LAB, "service": "Support", "cost": Decimal(300)}
            rows.append({"date": day, **support})
    usual = {"charge_category": "Usage", "region": "us-east-1", "usage_type": "Box"}
    names = {"account": {WEB: "web", LAB: "lab"}}
    return FakeSource([{**usual, **row} for row in rows], today, names=names)


def of(account: str, limit: int, name: str = "web", **more: Any) -> Budget:
    return Budget(name, Decimal(limit), filters=(Filter(ACCOUNT, (account,)),), **more)


def tools(*budgets: Budget, source: FakeSource | None = None, **more: Any) -> Budgets:
    return Budgets(source or bill(), store=lambda: Store(*budgets, **more))


def rows(answer: Answer) -> list[dict[str, Any]]:
    names = [column.name for column in answer.tables[0].columns]
    return [dict(zip(names, row, strict=True)) for row in answer.tables[0].rows]


def test_a_budget_on_track_says_what_is_left() -> None:
    answer = tools(of(WEB, 1000)).status()
    (row,) = rows(answer)
    assert answer.title.template == "{name} is on track."
    assert (row["spent"], row["days_left"], row["run_rate"]) == (150, 15, 10)
    assert row["forecast"] == pytest.approx(Decimal(300), abs=3)
    assert row["low"] <= row["forecast"] <= row["high"]
    assert (row["state"], row["day"], answer.exit.code) == ("ok", None, 0)


def test_the_day_on_which_a_limit_will_be_passed_is_told() -> None:
    answer = tools(of(WEB, 200)).status()
    (row,) = rows(answer)
    assert (row["state"], row["day"]) == ("will be over", date(2026, 11, 21))
    (finding,) = answer.findings
    assert finding.severity is Severity.WARNING and "expected to be passed" in finding.text.template


def test_a_fee_passes_its_limit_on_the_day_on_which_it_is_billed() -> None:
    budget = Budget("support", Decimal(299), conditions=("service=support",))
    (row,) = rows(tools(budget).status())
    assert (row["spent"], row["state"], row["day"]) == (300, "over", date(2026, 11, 1))
    first = bill(date(2026, 11, 1))
    (row,) = rows(tools(budget, source=first).status())
    assert (row["spent"], row["state"], row["day"]) == (0, "will be over", date(2026, 11, 1))


def test_what_asks_for_attention_stands_first() -> None:
    fine, over, ahead = of(WEB, 900, "fine"), of(WEB, 100, "over"), of(WEB, 200, "ahead")
    answer = tools(fine, ahead, over).status()
    assert [row["budget"] for row in rows(answer)] == ["over", "ahead", "fine"]
    assert "is over its limit" in answer.title.template
    assert "is forecast to be over" in answer.title.template


@pytest.mark.parametrize(
    ("unit", "spent"), [("daily", 0), ("monthly", 150), ("quarterly", 460), ("annually", 3190)]
)
def test_a_period_begins_with_its_unit(unit: Any, spent: int) -> None:
    (row,) = rows(tools(of(WEB, 9000, unit=unit)).status())
    assert row["spent"] == spent and row["forecast"] >= spent


def test_the_share_that_no_budget_watches_is_of_thirty_days() -> None:
    whole = Budget("all", Decimal(90000))
    summary = tools(of(WEB, 9000)).status().summary
    (share,) = [f for s in summary for f in s.figures if f.name == "unwatched"]
    total = 30 * 14 + 300
    assert share.value == Decimal(30 * 4 + 300) / total
    (named,) = [f for s in tools(whole).status().summary for f in s.figures if f.name == "whole"]
    assert named.value == "all"


def test_a_budget_whose_words_are_off_is_named_and_the_others_are_told() -> None:
    wrong = Budget("typo", Decimal(5), conditions=("service=EC3",))
    answer = tools(wrong, of(WEB, 1000)).status()
    assert [row["state"] for row in rows(answer)] == ["ok", "unknown"]
    assert "EC3" in str(answer.findings)
    assert not [f for s in answer.summary for f in s.figures if f.name == "unwatched"]


def test_a_budget_that_nothing_was_ever_charged_for_is_fine() -> None:
    (row,) = rows(tools(of("333333333333", 5)).status())
    assert (row["spent"], row["forecast"], row["state"]) == (0, None, "ok")


def test_what_the_bill_cannot_tell_its_keeper_does() -> None:
    reported = Reported(Decimal(80), Decimal(120))
    hours = Budget("hours", Decimal(100), kind="usage", currency="Hrs", reported=reported)
    cover = Budget("cover", Decimal(90), kind="ri_coverage", currency="%", reported=reported)
    other = replace(of(WEB, 100), unread="Or", reported=reported, currency="USD")
    answer = tools(hours, cover, other).status()
    table = answer.tables[-1]
    assert {row[0]: row[-1] for row in table.rows} == {"hours": "will be over", "cover": "below"}
    (row,) = rows(answer)
    assert (row["spent"], row["forecast"], row["figures_of"]) == (80, 120, "its keeper")


def test_each_budget_counts_its_own_metric() -> None:
    source = bill()
    tools(of(WEB, 100, metric=Metric.AMORTIZED), source=source).status(metric="list")
    assert {q.metric for q in source.queries if q.filters} == {Metric.AMORTIZED}


@pytest.mark.parametrize("word", ["web", "WEB", "we", "ec2", WEB, "the web servers"])
def test_a_budget_is_found_by_name_or_by_what_it_watches(word: str) -> None:
    web = Budget("web", Decimal(9), conditions=(f"account={WEB}", "service=EC2"))
    lab = of(LAB, 9, "laboratory")
    assert [row["budget"] for row in rows(tools(web, lab).status(name=word))] == ["web"]


def test_an_account_is_known_by_its_name() -> None:
    found = rows(tools(of(LAB, 9, "science"), of(WEB, 9, "shop")).status(name="lab"))
    assert [row["budget"] for row in found] == ["science"]


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(UnknownName) as caught:
        tools(of(WEB, 9)).status(name="wep")
    assert caught.value.hint == "Did you mean web?"


def test_history_is_computed_where_nobody_kept_it() -> None:
    answer = tools(of(WEB, 305)).history()
    (row,) = answer.tables[0].rows[:1]
    assert (row[0], row[1], row[2]) == (month_of(date(2026, 10, 1)), 305, 310)
    assert len(answer.tables[0].rows) == 12
    assert answer.next == ("finops explain --period 2026-10 --filter account=web",)
    (held,) = [f.value for f in answer.title.figures if f.name == "within"]
    assert held == sum(1 for row in answer.tables[0].rows if row[2] <= 305)


def test_history_is_the_store_s_own_where_it_kept_one() -> None:
    kept = [
        BudgetPeriod(month_of(TODAY), Decimal(1), Decimal(99)),
        BudgetPeriod(month_of(date(2026, 10, 1)), Decimal(7), Decimal(5)),
    ]
    answer = tools(of(WEB, 305), past=kept).history()
    assert [row[1:3] for row in answer.tables[0].rows] == [(7, 5)]
    assert not answer.summary and not answer.next


def test_history_of_a_quarter_and_of_several_budgets() -> None:
    answer = tools(of(WEB, 900, "quarters", unit="quarterly"), of(LAB, 1)).history(period="2026-Q3")
    assert [row[0:4] for row in answer.tables[0].rows] == [
        ("quarters", "quarterly", 1, 0),
        ("web", "monthly", 3, 0),
    ]


def test_a_budget_that_cannot_be_read_does_not_spoil_the_history_of_others() -> None:
    wrong = Budget("typo", Decimal(5), conditions=("service=EC3",))
    answer = tools(wrong, of(WEB, 1000)).history()
    assert "typo is left out" in answer.warnings[0] and "web" in str(answer.title.figures)


@pytest.mark.parametrize(
    ("fail_on", "told"),
    [
        ((), ["over"]),
        (("over",), ["over"]),
        (("forecast-over",), ["over", "ahead"]),
        (("any:16%",), ["over", "ahead", "fine"]),
        (("any:17%",), ["over", "ahead"]),
        (("any:75%, over",), ["over", "ahead"]),
        (("any:75.1%", "OVER"), ["over"]),
    ],
)
def test_a_check_fails_where_a_condition_holds(fail_on: Sequence[str], told: list[str]) -> None:
    some = of(WEB, 900, "fine"), of(WEB, 100, "over"), of(WEB, 200, "ahead")
    answer = tools(*some).check(fail_on=fail_on)
    assert [row["budget"] for row in rows(answer)] == told
    assert len(answer.findings) == len(told) and answer.exit.code == 3


def test_a_check_that_holds_is_quiet() -> None:
    answer = tools(of(WEB, 900)).check(fail_on=("over", "forecast-over", "any:90%"))
    assert (answer.exit.code, answer.findings, rows(answer)) == (0, (), [])


def test_a_check_tells_what_it_could_not_look_at() -> None:
    wrong = Budget("typo", Decimal(5), conditions=("service=EC3",))
    assert tools(wrong, of(WEB, 900)).check().exit.code == 5
    assert tools(wrong, of(WEB, 1)).check().exit.code == 3


def test_a_check_of_no_budget_is_an_error_and_a_status_is_none() -> None:
    with pytest.raises(SetupError, match="no budget"):
        tools().check()
    for answer in (tools().status(), tools().history()):
        assert "no budget" in answer.title.template and answer.exit.code == 0
    with pytest.raises(SetupError):
        Catalogue(bill())["budget.status"]()


@pytest.mark.parametrize("word", ["ovr", "any", "any:ninety%", "over>5"])
def test_an_unknown_condition_gets_a_hint(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        tools(of(WEB, 9)).check(fail_on=(word,))
    assert "over" in caught.value.hint
