"""The cost tools over a small bill whose every figure can be done in the head."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer
from finops_cli.errors import BadPeriod, UnknownName, UsageError
from finops_cli.tools.costs import Costs
from tests.fakes import FakeSource

TODAY = date(2026, 11, 15)
EC2 = "Amazon Elastic Compute Cloud - Compute"
S3 = "Amazon Simple Storage Service"


def _charge(day: date, cost: str, service: str = EC2, **more: Any) -> dict[str, Any]:
    usual = {"charge_category": "Usage", "account": "012345678901", "region": "us-east-1"}
    return {"date": day, "cost": Decimal(cost), "service": service, **usual, **more}


def _bill() -> list[dict[str, Any]]:
    """10 a day of EC2 and 2 of S3 since 1 September, tax on the 1st, a credit, a new service."""
    days = [date(2026, 9, 1) + timedelta(days=i) for i in range(75)]
    rows = [_charge(day, "10", usage_type="BoxUsage:m5.large") for day in days]
    rows += [_charge(day, "2", S3, account="111122223333", region="eu-west-1") for day in days]
    rows += [_charge(day, "30", "Tax", charge_category="Tax") for day in days if day.day == 1]
    rows.append(_charge(date(2026, 10, 5), "-4", charge_category="Credit"))
    rows += [_charge(date(2026, 11, d), "7", "Amazon Bedrock") for d in (10, 11)]
    return rows


def _tool(**source: Any) -> Costs:
    names = {"account": {"012345678901": "prod", "111122223333": "data"}}
    return Costs(FakeSource(source.pop("rows", _bill()), TODAY, names=names, **source))


def _rows(answer: Answer, table: int = 0) -> list[dict[str, Any]]:
    found = answer.tables[table]
    return [dict(zip([c.name for c in found.columns], row, strict=True)) for row in found.rows]


def _figures(answer: Answer) -> dict[str, Any]:
    sentences = (answer.title, *answer.summary)
    return {figure.name: figure.value for one in sentences for figure in one.figures}


def test_summary_compares_with_the_period_before_and_splits_gross_and_net() -> None:
    answer = _tool().summary("last-month")
    figures = _figures(answer)
    assert figures["total"] == 31 * 12 + 30 - 4
    assert figures["before"] == 30 * 12 + 30
    assert _rows(answer, 1) == [
        {"layer": "charges (gross)", "cost": 31 * 12},
        {"layer": "credits", "cost": -4},
        {"layer": "tax", "cost": 30},
    ]
    assert answer.tables[1].total == (None, 398)


def test_summary_of_month_to_date_compares_complete_days_with_the_same_days() -> None:
    figures = _figures(_tool().summary("mtd"))
    assert figures["total"] == 14 * 12 + 30 + 14
    assert figures["before"] == 14 * 12 + 30 - 4
    assert str(figures["earlier"]) == "2026-10-01..2026-10-14"


def test_summary_without_an_earlier_period_does_not_compare() -> None:
    figures = _figures(_tool().summary("2026-09"))
    assert "before" not in figures and figures["total"] == 390


def test_breakdown_closes_with_everything_else() -> None:
    answer = _tool().breakdown(period="last-month", top=1)
    assert [(row["service"], row["cost"]) for row in _rows(answer)] == [
        (EC2, 306),
        ("everything else", 92),
    ]
    assert answer.tables[0].rest == 1
    assert answer.tables[0].total is not None and answer.tables[0].total[1] == 398


def test_breakdown_by_account_names_the_accounts() -> None:
    rows = _rows(_tool().breakdown(["account"], "last-month"))
    assert [(row["account"], row["account_name"]) for row in rows] == [
        ("012345678901", "prod"),
        ("111122223333", "data"),
    ]


def test_breakdown_by_two_dimensions() -> None:
    rows = _rows(_tool().breakdown(["service", "region"], "last-month", top=9))
    assert {(row["service"], row["region"]): row["cost"] for row in rows}[(S3, "eu-west-1")] == 62


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (["service=ec2"], 306),
        (["service=EC2,s3"], 368),
        (["service!=ec2"], 92),
        (["account=prod"], 336),
        (["account=prod", "service=Tax"], 30),
        (["region=EU-WEST-1"], 62),
        (["charge-category=credit"], -4),
        (["service=*storage*"], 62),
        (["usage-type=(none)"], 88),
    ],
)
def test_filters(filters: list[str], total: int) -> None:
    answer = _tool().breakdown(period="last-month", filters=filters)
    assert _figures(answer)["total"] == total


def test_trend_by_month_and_by_segment() -> None:
    rows = _rows(_tool().trend(period="2026-09..2026-10"))
    assert [(row["month"], row["cost"], row["change"]) for row in rows] == [
        (date(2026, 9, 1), 390, None),
        (date(2026, 10, 1), 398, 8),
    ]
    answer = _tool().trend(["service"], "2026-09..2026-10", top=1)
    assert answer.tables[0].detail
    points = [(row["month"].month, row["service"], row["cost"]) for row in _rows(answer)]
    assert points == [
        (9, EC2, 300),
        (9, "everything else", 90),
        (10, EC2, 306),
        (10, "everything else", 92),
    ]
    assert [series.name for series in answer.series] == [EC2, "everything else"]


def test_trend_by_day() -> None:
    rows = _rows(_tool().trend(period="last-7d", granularity="daily"))
    assert [row["date"].day for row in rows] == [8, 9, 10, 11, 12, 13, 14]
    assert [row["cost"] for row in rows] == [12, 12, 19, 19, 12, 12, 12]


def test_compare_names_what_is_new_and_adds_up() -> None:
    answer = _tool().compare("2026-11-01..2026-11-14", "2026-10-01..2026-10-14", top=9)
    by_service = {row["service"]: row for row in _rows(answer)}
    assert by_service["Amazon Bedrock"]["note"] == "new"
    assert by_service["Amazon Bedrock"]["growth"] is None
    assert by_service[EC2]["change"] == 4
    assert sum(row["change"] for row in _rows(answer)) == _figures(answer)["change"] == 18
    (found,) = [f for f in answer.findings if "New" in f.text.template]
    assert found.text.figures[0].value == "Amazon Bedrock"


def test_compare_of_unlike_lengths_leads_with_the_day() -> None:
    answer = _tool().compare("mtd", "last-month")
    figures = _figures(answer)
    assert "a day" in answer.title.template
    assert figures["now"] == 212 and figures["per_day"] == Decimal(212) / 14
    assert figures["before"] == 398


def test_compare_inside_one_service_goes_by_usage_type() -> None:
    answer = _tool().compare("2026-10", filters=["service=ec2"])
    assert answer.tables[0].columns[0].name == "usage_type"
    assert _figures(answer)["before"] == 300


def test_untagged_costs_are_told_for_each_key() -> None:
    day = date(2026, 10, 9)
    rows = [
        _charge(day, "6", tags={"team": "web", "env": "prod"}),
        _charge(day, "3", tags={"env": "prod"}),
        _charge(day, "1"),
    ]
    answer = _tool(rows=rows).untagged("2026-10")
    assert [(r["tag"], r["tagged"], r["untagged"], r["share"]) for r in _rows(answer)] == [
        ("env", 9, 1, Decimal("0.1")),
        ("team", 6, 4, Decimal("0.4")),
    ]
    assert _figures(answer)["untagged"] == 1
    assert answer.next == ("finops cost --by service --filter 'tag:env=(none)'",)


def test_a_bill_without_tags_says_so() -> None:
    answer = _tool().untagged("2026-10")
    assert "no charge carries a tag" in answer.title.template


def test_currencies_are_never_added_up() -> None:
    rows = [*_bill(), _charge(date(2026, 10, 9), "5", currency="EUR")]
    answer = _tool(rows=rows).breakdown(period="last-month")
    assert [table.name for table in answer.tables] == ["By service, USD", "By service, EUR"]
    totals = [table.total[1] for table in answer.tables if table.total]
    assert totals == [398, 5]
    assert any("never added up" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"period": "2020"}, BadPeriod),
        ({"period": "soon"}, BadPeriod),
        ({"by": ["planet"]}, UnknownName),
        ({"by": ["tag:team"]}, UnknownName),
        ({"filters": ["service=netflix"]}, UnknownName),
        ({"filters": ["region"]}, UsageError),
        ({"metric": "gross"}, UnknownName),
        ({"top": 0}, UsageError),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        _tool().breakdown(**asked)
    assert getattr(caught.value, "hint", "")


def test_too_many_dimensions_for_the_source() -> None:
    keys = [f"t{n}" for n in range(9)]
    tool = _tool(rows=[{**row, "tags": dict.fromkeys(keys, "x")} for row in _bill()])
    with pytest.raises(UsageError, match="at most 8"):
        tool.breakdown([f"tag:{key}" for key in keys])
