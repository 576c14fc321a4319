"""The advisor's answers on the demo, recomputed from its files, and on small bills."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from finops_cli.domain.answer import Answer
from finops_cli.errors import UnknownName, UsageError
from finops_cli.sources import Today, open_source
from finops_cli.sources.export.source import ExportSource
from finops_cli.tools.advice import Advisor
from tests.fakes import FakeSource

DAY = date(2026, 11, 25)
PLANTED = {
    "gp2-to-gp3": 24,
    "previous-generation": 11,
    "idle-load-balancer": 2,
    "idle-ipv4": 11,
    "graviton-db": 3,
}
"""How many resources of each kind the demo plants as waste; nothing else is of that kind."""


def demo(folder: Path, day: date = DAY) -> ExportSource:
    return open_source("demo", Today(day, True), folder)


def rows(answer: Answer, table: int = 0) -> list[dict[str, Any]]:
    names = [column.name for column in answer.tables[table].columns]
    return [dict(zip(names, row, strict=True)) for row in answer.tables[table].rows]


@pytest.fixture
def advisor(cache_folder: Path) -> Advisor:
    return Advisor(demo(cache_folder))


@pytest.mark.parametrize("day", [DAY, date(2026, 8, 3), date(2027, 3, 16)])
def test_planted_waste_is_found_and_nothing_else_of_its_kind(cache_folder: Path, day: date) -> None:
    found: dict[str, int] = {}
    for row in rows(Advisor(demo(cache_folder, day)).recommendations()):
        found[row["check"]] = found.get(row["check"], 0) + row["resources"]
    assert {name: found.get(name) for name in PLANTED} == PLANTED


def test_savings_are_those_of_the_files(cache_folder: Path, advisor: Advisor) -> None:
    advisor.savings()
    (folder,) = (cache_folder / "demo").glob(f"*-{DAY}")
    start = DAY - timedelta(days=30)
    with duckdb.connect() as engine:
        computed = engine.execute(
            f"""
            WITH volumes AS (
                SELECT sum(BilledCost)::DOUBLE AS cost, sum(ConsumedQuantity)::DOUBLE AS used
                FROM '{folder}/*.parquet'
                WHERE x_UsageType LIKE '%EBS:VolumeUsage.gp2'
                  AND ChargePeriodStart >= '{start}' AND ChargePeriodStart < '{DAY}'
                GROUP BY ResourceId
            )
            SELECT sum(cost * 0.2 - greatest(0, least(3 * used, 16000 * 30 / 30.4375)
                - 3000 * 30 / 30.4375) * cost / used * 0.05)
            FROM volumes
            """
        ).fetchone()
        idle = engine.execute(
            f"""
            SELECT sum(BilledCost) FROM '{folder}/*.parquet'
            WHERE x_UsageType LIKE '%PublicIPv4:IdleAddress'
              AND ChargePeriodStart >= '{start}' AND ChargePeriodStart < '{DAY}'
            """
        ).fetchone()
    by_check = {row["check"]: row["saving"] for row in rows(advisor.savings())}
    assert computed and float(by_check["gp2-to-gp3"]) == pytest.approx(computed[0])
    assert idle and by_check["idle-ipv4"] == idle[0]


def test_the_total_is_the_sum_by_check_and_by_owner(advisor: Advisor) -> None:
    answer = advisor.savings()
    (total,) = [f.value for f in answer.title.figures if f.name == "total"]
    by_owner = len(answer.tables) - 1
    assert sum(row["saving"] for row in rows(answer)) == total
    assert sum(row["saving"] for row in rows(answer, by_owner)) == total
    assert answer.tables[0].total and answer.tables[0].total[-1] == total


def test_filters_effort_least_saving_order_and_top(advisor: Advisor) -> None:
    low = rows(advisor.recommendations(effort="low", min_saving="50", filters=["account=prod"]))
    assert low and {row["effort"] for row in low} == {"low"}
    assert all(row["saving"] >= 50 and row["account_name"] == "prod" for row in low)
    costs = [row["cost"] for row in rows(advisor.recommendations(sort="cost"))]
    assert costs == sorted(costs, reverse=True)
    assert len(rows(advisor.recommendations(top=3))) == 3


def test_one_is_shown_with_evidence_that_adds_up(advisor: Advisor) -> None:
    first = rows(advisor.recommendations())[0]
    answer = advisor.show(first["id"][:5])
    assert sum(row["saving"] for row in rows(answer)) == first["saving"]
    assert sum(row["cost"] for row in rows(answer)) == first["cost"]
    with pytest.raises(UnknownName, match="No recommendation"):
        advisor.show("nothing")


@pytest.mark.parametrize(
    "wrong",
    [{"effort": "some"}, {"sort": "name"}, {"min_saving": "5 %"}, {"top": 0}],
)
def test_a_word_that_means_nothing_is_refused(advisor: Advisor, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        advisor.recommendations(**wrong)


def test_a_filter_that_would_make_balancers_look_idle_is_refused(advisor: Advisor) -> None:
    with pytest.raises(UsageError, match="narrowed by usage type"):
        advisor.savings(filters=["usage-type=LoadBalancerUsage"])


def volumes(days: int, **more: Any) -> FakeSource:
    first = date(2026, 1, 1)
    row = {"cost": "10", "usage": "100", "usage_unit": "GB-Mo", **more}
    row |= {"usage_type": "EBS:VolumeUsage.gp2", "operation": "CreateVolume"}
    return FakeSource({**row, "date": first + timedelta(days=n)} for n in range(days))


def test_a_condition_is_met_above_its_amount_only() -> None:
    source = volumes(30)
    assert Advisor(source).savings(fail_on=["savings>59"]).exit.code == 3
    assert Advisor(source).savings(fail_on=["savings>60"]).exit.code == 0
    with pytest.raises(UsageError):
        Advisor(source).savings(fail_on=["month>1"])


def test_a_young_bill_is_scaled_to_thirty_days() -> None:
    (row,) = rows(Advisor(volumes(15)).recommendations())
    assert row["saving"] == Decimal(60) and row["cost"] == Decimal(150)


def test_live_aws_is_asked_once_and_told_what_it_lacks() -> None:
    source = volumes(40, resource="vol-1", account="1")
    source.is_billed, source.max_group_by = True, 2
    answer = Advisor(source).savings()
    assert [query.group_by for query in source.queries] == [("usage_type", "operation")]
    assert any("not told apart" in warning for warning in answer.warnings)


def test_what_commitments_pay_for_is_no_saving() -> None:
    covered = {"purchase_option": "Savings Plan", "charge_category": "Usage"}
    answer = Advisor(volumes(30, **covered)).savings()
    assert not answer.tables and "No saving" in answer.title.template
