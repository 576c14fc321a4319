"""Stories planted in small bills: does the answer name what was planted, and add up?"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer, Sentence
from finops_cli.domain.events import Event
from finops_cli.domain.period import Period
from finops_cli.domain.query import RESOURCE
from finops_cli.errors import UnknownName
from finops_cli.tools.explain import Explain
from tests.fakes import FakeSource
from tests.tools.bills import (
    EC2,
    END,
    RDS,
    SUPPORT,
    Row,
    between,
    charge,
    days,
    fleet,
    gpu_story,
    machine,
)


def explain(rows: Iterable[Row], target: str | None = None, **asked: Any) -> Answer:
    groups = asked.pop("max_group_by", 6)
    answer = Explain(FakeSource(rows, END, max_group_by=groups)).explain(target, **asked)
    if answer.tables:
        adds_up(answer)
        assert answer.tables[0].rest == 1
    return answer


def adds_up(answer: Answer) -> None:
    """Parts, remainder and shares add up; usage and rate add up to each part."""
    table = answer.tables[0]
    names = [column.name for column in table.columns]
    at = names.index("change")
    assert table.total is not None
    assert sum((row[at] for row in table.rows), Decimal(0)) == table.total[at]
    if table.total[at + 1] is not None:
        assert table.total[at + 1] == 1
        assert sum((row[at + 1] for row in table.rows), Decimal(0)) == 1
    for part in parts(answer):
        usage, rate = part["usage_effect"], part["rate_effect"]
        assert usage is None or usage + rate == part["change"]


def parts(answer: Answer) -> list[dict[str, Any]]:
    """The rows of what moved, the remainder last."""
    table = answer.tables[0]
    return [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows]


def figures(sentence: Sentence) -> dict[str, Any]:
    return {figure.name: figure.value for figure in sentence.figures}


def found(answer: Answer, words: str) -> dict[str, Any]:
    """The figures of the one finding whose template has the words."""
    (finding,) = [f for f in answer.findings if words in f.text.template]
    return figures(finding.text)


def has(answer: Answer, words: str) -> bool:
    return any(words in f.text.template for f in answer.findings)


# The story of the demo


@pytest.mark.parametrize("groups", [1, 2, 3, 6])
@pytest.mark.parametrize("target", ["ec2", None])
def test_the_gpu_spike_is_named_with_place_day_dollars_and_share(
    groups: int, target: str | None
) -> None:
    answer = explain(gpu_story(), target, max_group_by=groups)
    title = figures(answer.title)
    assert title["window"] == Period(date(2026, 11, 9), END)
    assert "still running" in answer.title.template
    cause = parts(answer)[0]
    assert cause["instance_type"] == "p4d.24xlarge"
    assert cause["account"] == "ml-research"
    assert cause["region"] == "us-east-1"
    assert cause["change"] == Decimal("48") * 6 * Decimal("32.7726")
    assert cause["since"] == date(2026, 11, 9)
    assert cause["note"] == "new"
    assert Decimal("0.93") < cause["share"] < 1
    assert cause["usage_effect"] == cause["change"]
    main = figures(answer.summary[0])
    assert (main["instance_type"], main["since"]) == ("p4d.24xlarge", date(2026, 11, 9))


def test_the_second_cause_has_its_own_row() -> None:
    second = parts(explain(gpu_story(), "ec2"))[1]
    assert second["instance_type"] == "g5.12xlarge"
    assert second["account"] == "ml-research"
    assert second["note"] == "usage up"


def test_a_month_of_it_is_the_daily_change_times_the_days_of_a_month() -> None:
    answer = explain(gpu_story(), "ec2")
    per_day = figures(answer.title)["change"] / 6
    month = found(answer, "If it goes on")["per_month"]
    assert abs(month - per_day * Decimal("30.4375")) < Decimal("0.01")


def test_the_next_command_lists_the_resources_of_the_cause() -> None:
    (command, *_) = explain(gpu_story(), "ec2").next
    assert command.startswith("finops cost --by resource")
    assert "instance-type=p4d.24xlarge" in command
    assert "--period 2026-11-09..2026-11-14" in command


def test_tags_and_resources_of_the_cause_are_told() -> None:
    answer = explain(gpu_story(), "ec2")
    assert found(answer, "tagged") == {"tags": "team=team-ml-research"}
    assert found(answer, "Resources")["resource"] == "ml-research-p4d.24xlarge"


@pytest.mark.parametrize(("groups", "most"), [(6, 9), (2, 13)])
def test_fetches_are_few_and_resources_never_by_day_or_over_the_whole_bill(
    groups: int, most: int
) -> None:
    source = FakeSource(gpu_story(), END, max_group_by=groups)
    Explain(source).explain()
    assert len(source.queries) <= most
    for query in source.queries:
        if RESOURCE in query.group_by:
            assert query.granularity == "total"
            assert len(query.filters) >= 2


def test_the_order_of_rows_changes_nothing() -> None:
    rows = gpu_story()
    straight, turned = explain(rows, "ec2"), explain(rows[::-1], "ec2")
    assert straight == turned


def test_account_names_are_shown_and_commands_use_them() -> None:
    source = FakeSource(gpu_story(), END, names={"account": {"ml-research": "Research"}})
    answer = Explain(source).explain("ec2")
    assert parts(answer)[0]["account"] == "ml-research"
    assert parts(answer)[0]["account_name"] == "Research"
    assert figures(answer.summary[0])["account"] == "Research (ml-research)"
    assert "account=Research" in answer.next[0]


# Other shapes of change


def test_a_spike_that_is_over_is_told_with_its_last_day() -> None:
    away = between("2026-11-03", "2026-11-05")
    rows = fleet(factor=lambda row: 2.0 if away(row["date"]) else 1.0)
    answer = explain(rows, "ec2")
    assert figures(answer.title)["window"] == Period(date(2026, 11, 3), date(2026, 11, 6))
    assert "over" in answer.title.template
    assert found(answer, "last day")["end"] == date(2026, 11, 5)
    assert not has(answer, "If it goes on")


def test_a_drop_is_less_and_saves() -> None:
    gone = between("2026-11-06", "2026-11-14")
    rows = fleet(
        RDS,
        factor=lambda row: 0.1 if gone(row["date"]) and row["account"] == "prod" else 1.0,
    )
    answer = explain(rows, "rds")
    assert " less " in answer.title.template
    assert figures(answer.title)["window"].start == date(2026, 11, 6)
    assert {row["account"] for row in parts(answer)[:-1]} == {"prod"}
    assert found(answer, "If it goes on")["per_month"] < 0


def test_a_ramp_is_found_near_its_start() -> None:
    start = date(2026, 10, 20)

    def climb(row: Row) -> float:
        since = (row["date"] - start).days
        return 1 + 0.06 * max(since, 0) if row["region"] == "eu-west-1" else 1.0

    answer = explain(fleet(factor=climb), "ec2")
    window = figures(answer.title)["window"]
    assert abs((window.start - start).days) <= 4
    assert window.end == END
    assert "climbing" in answer.title.template
    assert figures(answer.summary[0])["region"] == "eu-west-1"


def test_a_price_change_with_constant_usage_is_all_rate() -> None:
    late = between("2026-11-05", "2026-11-14")
    rows = fleet(
        noise=0.0,
        price=lambda row: (
            "0.25" if late(row["date"]) and row["usage_type"][9:] == "m6i.xlarge" else None
        ),
    )
    answer = explain(rows, "ec2")
    cause = parts(answer)[0]
    assert cause["instance_type"] == "m6i.xlarge"
    assert cause["note"] == "price up"
    assert abs(cause["usage_effect"]) < Decimal("0.01") < cause["rate_effect"]


def test_a_new_service_is_new() -> None:
    rows = [*fleet(noise=0.02), *(charge(day, "80", "Amazon Bedrock") for day in days(5))]
    answer = explain(rows, "bedrock")
    assert "nothing before" in answer.title.template
    assert figures(answer.title)["window"].start == date(2026, 11, 10)
    assert parts(answer)[0]["note"] == "new"
    assert figures(explain(rows).summary[0])["service"] == "Amazon Bedrock"


def test_a_service_that_is_gone_is_gone() -> None:
    old = [*fleet(RDS, noise=0.02, over=days(190, END - timedelta(days=10))), *fleet()]
    answer = explain(old, "rds")
    assert " less " in answer.title.template
    cause = parts(answer)[0]
    assert (cause["note"], cause["since"]) == ("gone", date(2026, 11, 5))


def test_vanished_credits_are_the_cause() -> None:
    rows = [*fleet(noise=0.01)]
    rows += [charge(day, "-400", EC2, "Credit") for day in days(190, date(2026, 11, 8))]
    answer = explain(rows, "ec2")
    assert figures(answer.title)["window"] == Period(date(2026, 11, 8), END)
    cause = parts(answer)[0]
    assert cause["charge_category"] == "Credit"
    assert cause["change"] == Decimal(400 * 7)


def test_two_causes_in_two_services_both_have_rows() -> None:
    late = between("2026-11-08", "2026-11-14")
    rows = [*fleet(noise=0.01), *fleet(RDS, 700.0, noise=0.01, seed=2)]
    for day in filter(late, days()):
        rows.append(machine(day, "prod", "us-east-1", "r7i.48xlarge", Decimal(24), "12.7"))
        rows.append(machine(day, "staging", "eu-west-1", "db.x2g", Decimal(24), "9.5", RDS))
    services = {row["service"] for row in parts(explain(rows))[:2]}
    assert services == {EC2, RDS}


# What is no change


def test_a_fee_of_every_month_is_never_the_spike() -> None:
    today = date(2026, 11, 2)
    rows = [*fleet(over=days(200, today), noise=0.02)]
    rows += [charge(d, "9000", SUPPORT, "Purchase") for d in days(200, today) if d.day == 1]
    for words in (None, "support"):
        answer = Explain(FakeSource(rows, today)).explain(words)
        assert "has not moved" in answer.title.template
    yesterday = Explain(FakeSource(rows, today)).explain(period="yesterday")
    assert abs(figures(yesterday.title)["change"]) < 300


def test_a_week_with_the_first_in_it_is_not_dearer_for_its_fee() -> None:
    today = date(2026, 11, 3)
    rows = [*fleet(over=days(200, today), noise=0.02)]
    rows += [charge(d, "9000", SUPPORT, "Purchase") for d in days(200, today) if d.day == 1]
    answer = Explain(FakeSource(rows, today)).explain(period="last-7d")
    assert abs(figures(answer.title)["change"]) < 700
    assert SUPPORT not in {row.get("service") for row in parts(answer)}


def test_a_batch_on_the_last_night_of_every_month_is_no_change() -> None:
    today = date(2026, 11, 1)
    ends = {d for d in days(250, today) if (d + timedelta(days=1)).day == 1}
    rows = [*fleet(over=days(250, today), factor=lambda row: 2.5 if row["date"] in ends else 1.0)]
    answer = Explain(FakeSource(rows, today)).explain("ec2")
    assert "has not moved" in answer.title.template


def test_a_fee_that_is_new_is_a_change() -> None:
    today = date(2026, 11, 3)
    rows = [*fleet(over=days(200, today), noise=0.02)]
    rows.append(charge(date(2026, 11, 1), "9000", SUPPORT, "Purchase"))
    answer = Explain(FakeSource(rows, today)).explain()
    assert figures(answer.title)["window"] == Period(date(2026, 11, 1), date(2026, 11, 2))
    assert parts(answer)[0]["charge_category"] == "Purchase"
    assert parts(answer)[0]["change"] == Decimal(9000)


def test_a_quiet_service_has_not_moved() -> None:
    answer = explain([*fleet(RDS, 700.0, noise=0.02)], "rds")
    assert "has not moved" in answer.title.template
    assert 0 < figures(answer.title)["band"] < Decimal("0.1")
    assert answer.series
    assert not answer.tables


def test_today_is_left_out() -> None:
    rows = [*fleet(over=days(201, END + timedelta(days=1)))]
    rows = [r | {"cost": r["cost"] / 50} if r["date"] == END else r for r in rows]
    answer = Explain(FakeSource(rows, END)).explain("ec2")
    assert "has not moved" in answer.title.template


def test_a_day_missing_from_the_whole_bill_is_unknown() -> None:
    rows = [row for row in fleet() if row["date"] not in {date(2026, 11, 10), date(2026, 11, 11)}]
    assert "has not moved" in explain(rows, "ec2").title.template


def test_a_day_missing_from_a_service_alone_is_zero() -> None:
    dark = between("2026-11-10", "2026-11-12")
    rows = [r for r in fleet(RDS, seed=2) if not dark(r["date"])]
    answer = explain([*fleet(), *rows], "rds")
    assert figures(answer.title)["window"] == Period(date(2026, 11, 10), date(2026, 11, 13))


# Thin, empty and odd bills


def test_three_days_are_too_few_and_are_told_plainly() -> None:
    answer = explain(fleet(over=days(3), noise=0.0), "ec2")
    assert "too few" in answer.title.template
    assert figures(answer.title)["days"] == 3


def test_one_day_is_enough_for_a_sentence() -> None:
    answer = explain([charge(END - timedelta(days=1), "5", EC2)], "ec2")
    assert figures(answer.title)["last"] == Decimal(5)


@pytest.mark.parametrize("cost", ["0", "-12.5", "0.000001"])
def test_flat_lines_do_not_move(cost: str) -> None:
    answer = explain([charge(day, cost, EC2) for day in days()], "ec2")
    words = answer.title.template
    assert "has not moved" in words or "nothing" in words


def test_a_negative_total_that_rises_has_no_growth() -> None:
    rows = [charge(d, "-100" if d < date(2026, 11, 8) else "-40", EC2, "Credit") for d in days()]
    answer = explain(rows, "ec2")
    assert figures(answer.title)["growth"] is None
    assert figures(answer.title)["change"] == Decimal(60 * 7)


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(UnknownName):
        explain(gpu_story(), "ec3000")


@pytest.mark.parametrize("target", ["ml-research", "us-east-1", "team-ml-research"])
def test_a_target_may_be_an_account_a_region_or_a_tag(target: str) -> None:
    assert parts(explain(gpu_story(), target))[0]["instance_type"] == "p4d.24xlarge"


# Periods that the user names


def test_whole_months_are_compared_as_billed() -> None:
    rows = gpu_story()
    answer = explain(rows, period="2026-10")
    billed = {m: sum(r["cost"] for r in rows if r["date"].month == m) for m in (9, 10)}
    change = figures(answer.title)["change"]
    assert change == abs(billed[10] - billed[9])
    assert "as billed" in answer.summary[-1].template


def test_month_to_date_meets_the_same_days_of_last_month() -> None:
    answer = explain(gpu_story(), period="mtd")
    assert figures(answer.title)["baseline"] == Period(date(2026, 10, 1), date(2026, 10, 15))
    assert parts(answer)[0]["instance_type"] == "p4d.24xlarge"


def test_unequal_periods_are_scaled_by_the_day_and_say_so() -> None:
    answer = explain(gpu_story(), "ec2", period="2026-11-09..2026-11-14", baseline="2026-10")
    assert "average day" in answer.summary[-1].template
    assert parts(answer)[0]["instance_type"] == "p4d.24xlarge"


def test_yesterday_is_held_against_the_same_weekdays() -> None:
    answer = explain(gpu_story(), "ec2", period="yesterday")
    assert "same weekdays" in answer.summary[-1].template
    assert found(answer, "left its usual level")["start"] == date(2026, 11, 9)
    assert parts(answer)[0]["since"] == date(2026, 11, 9)


def test_a_period_with_nothing_before_it_is_told_plainly() -> None:
    rows = [*fleet(over=days(30))]
    answer = explain(rows, "ec2", period="2026-10-16..2026-10-22")
    assert "no days before" in answer.title.template


def test_a_baseline_alone_is_compared_with_the_latest_days() -> None:
    answer = explain(gpu_story(), "ec2", baseline="2026-11-02..2026-11-08")
    assert figures(answer.title)["window"] == Period(date(2026, 11, 8), END)


def test_the_direction_asked_about_decides_between_moves() -> None:
    low, high = between("2026-11-03", "2026-11-05"), between("2026-11-09", "2026-11-11")
    rows = [
        *fleet(
            factor=lambda r: 0.6 if low(r["date"]) else 1.8 if high(r["date"]) else 1.0,
            noise=0.02,
        )
    ]
    assert " more " in explain(rows, "ec2", direction="up").title.template
    assert " less " in explain(rows, "ec2", direction="down").title.template


def test_an_earlier_larger_move_is_mentioned() -> None:
    big, small = between("2026-09-10", "2026-09-16"), between("2026-11-10", "2026-11-12")
    rows = fleet(factor=lambda r: 4.0 if big(r["date"]) else 1.5 if small(r["date"]) else 1.0)
    answer = explain(rows, "ec2")
    assert figures(answer.title)["window"].start == date(2026, 11, 10)
    assert found(answer, "larger move")["window"] == Period(date(2026, 9, 10), date(2026, 9, 17))
    assert "2026-09-10..2026-09-16" in answer.next[-1]


def test_names_that_no_shell_can_carry_stay_out_of_commands() -> None:
    rows = [*fleet(noise=0.01)]
    hostile = "x; rm -rf /\x1b[31m"
    rows += [charge(day, "900", EC2, account=hostile) for day in days(5)]
    answer = explain(rows, "ec2")
    assert hostile in parts(answer)[0].values()
    assert all("\x1b" not in command for command in answer.next)


def test_progress_is_told() -> None:
    events: list[Event] = []
    Explain(FakeSource(gpu_story(), END), events.append).explain("ec2")
    assert [event.progress for event in events] == sorted(event.progress for event in events)
    assert events[0].progress > 0


def test_currencies_are_explained_apart() -> None:
    euros = [row | {"currency": "EUR"} for row in fleet(RDS, 700.0, noise=0.01)]
    dollars = [row | {"currency": "USD"} for row in gpu_story()]
    answer = Explain(FakeSource([*dollars, *euros], END)).explain()
    assert "2 currencies" in answer.title.template
    assert [table.name for table in answer.tables] == ["What moved, USD"]
    assert any("has not moved" in sentence.template for sentence in answer.summary)


@pytest.mark.parametrize("asked", [{}, {"period": "last-month"}, {"period": "yesterday"}])
def test_a_bill_of_dates_and_costs_alone_is_explained(asked: dict[str, str]) -> None:
    rows = [{"date": row["date"], "cost": row["cost"]} for row in gpu_story()]
    answer = explain(rows, **asked)
    assert figures(answer.title)["change"]
    assert not answer.tables
