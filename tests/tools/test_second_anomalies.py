"""AWS's anomalies beside our events: which are the same, and what is said of the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer
from finops_cli.domain.opinion import OwnAnomaly, RootCause
from finops_cli.errors import FinopsError
from finops_cli.output import Style, render
from finops_cli.tools.anomalies import Anomalies
from tests.fakes import FakeSource
from tests.golden import check
from tests.tools.bills import EC2, END, charge, days
from tests.tools.opinions import CAPPED, DENIED, FakeOpinion, anomaly, having, said

DAY = timedelta(days=1)
SPIKE = END - 10 * DAY
SAME = anomaly("same", EC2, SPIKE, SPIKE + 2 * DAY)
OTHER = anomaly("other", "Amazon SageMaker", SPIKE, SPIKE + DAY, "123.45")


def _bill() -> FakeSource:
    rows = [charge(day, "100", EC2, tags={"team": "web"}) for day in days(200)]
    rows += [charge(SPIKE + n * DAY, "900", EC2, tags={"team": "web"}) for n in (0, 1)]
    return FakeSource(rows, END)


def _events(says: Sequence[OwnAnomaly] | FinopsError | None, **asked: Any) -> Answer:
    opinion = None if says is None else FakeOpinion(says)
    return Anomalies(having(_bill(), opinion)).events(**asked)


def _told(answer: Answer) -> list[str]:
    return [text for text in said(answer) if "AWS" in text]


def _cells(answer: Answer, name: str) -> list[Any]:
    at = [column.name for column in answer.tables[0].columns].index(name)
    return [row[at] for row in answer.tables[0].rows]


def test_what_both_found_is_noted_where_it_is() -> None:
    answer = _events([SAME])
    assert _cells(answer, "aws_anomaly") == ["same"]
    assert _cells(answer, "aws_impact") == [Decimal(900)]
    assert _cells(answer, "note")[0].endswith(", AWS too")
    (text,) = _told(answer)
    assert "was also found by AWS Cost Anomaly Detection: impact 900" in text
    assert len(answer.tables) == 1


def test_what_aws_alone_found_is_a_table_of_its_own() -> None:
    answer = _events([SAME, replace(OTHER, feedback="PLANNED_ACTIVITY")])
    assert _told(answer)[-1].startswith("AWS Cost Anomaly Detection found 2 anomalies")
    assert _told(answer)[-1].endswith("; 1 of them no event here.")
    table = answer.tables[-1]
    assert table.name == "Found by AWS alone"
    (row,) = (dict(zip([c.name for c in table.columns], r, strict=True)) for r in table.rows)
    assert row["id"] == "other" and row["impact"] == Decimal("123.45")
    assert (row["start"], row["last_day"]) == (SPIKE, SPIKE)
    assert (row["region"], row["feedback"]) == ("us-east-1", "planned")
    assert row["service"] == "Amazon SageMaker"


@pytest.mark.parametrize(
    "other",
    [
        anomaly("other service", "Amazon RDS", SPIKE, SPIKE + DAY),
        anomaly("days before", EC2, SPIKE - 9 * DAY, SPIKE - 5 * DAY),
        replace(SAME, causes=(replace(SAME.causes[0], account="another"),)),
    ],
)
def test_another_service_account_or_time_is_another_one(other: OwnAnomaly) -> None:
    answer = _events([other])
    assert _cells(answer, "aws_anomaly") == [None]
    assert answer.tables[-1].rows[0][7] == other.id


def test_a_service_may_be_spelled_otherwise() -> None:
    cause = replace(SAME.causes[0], service="amazonec2")
    assert _cells(_events([replace(SAME, causes=(cause,))]), "aws_anomaly") == ["same"]


def test_one_that_we_hold_to_be_small_is_not_new() -> None:
    answer = _events([SAME], min_impact=1_000_000)
    assert len(answer.tables) == 1 and not answer.tables[0].rows
    (text,) = _told(answer)
    assert text.endswith("; it is an event here, too.")


def test_only_the_days_asked_about_count() -> None:
    answer = _events([SAME], since="2026-09-01..2026-09-20")
    assert [text.split(" within ")[0] for text in _told(answer)] == [
        "AWS Cost Anomaly Detection found nothing"
    ]


def test_days_that_aws_has_forgotten_are_not_asked_about() -> None:
    opinion = FakeOpinion([SAME])
    Anomalies(having(_bill(), opinion)).events(since="2026-06-01..2026-06-20")
    assert not opinion.asked


def test_whoever_has_no_monitor_is_told_that_one_is_free() -> None:
    (text,) = _told(_events([]))
    assert "a monitor of all services is free" in text


def test_filters_hold_for_theirs_too() -> None:
    answer = _events([SAME, OTHER], filters=["service=ec2"])
    assert len(answer.tables) == 1 and _cells(answer, "aws_anomaly") == ["same"]


@pytest.mark.parametrize("asked", [{"filters": ["tag:team=web"]}, {"new": True}])
def test_it_is_not_asked_about_tags_or_news(asked: dict[str, Any]) -> None:
    opinion = FakeOpinion([SAME])
    answer = Anomalies(having(_bill(), opinion)).events(**asked)
    assert not opinion.asked and not _told(answer)


def test_conditions_count_ours_alone() -> None:
    answer = _events([OTHER], since=f"{END - 5 * DAY}", fail_on=["any"])
    assert answer.exit.code == 0
    assert _events([OTHER], fail_on=["any"]).exit.code == 3


@pytest.mark.parametrize(("error", "warned"), [(DENIED, True), (CAPPED, False)])
def test_a_failure_never_spoils_ours(error: FinopsError, warned: bool) -> None:
    plain, answer = _events(None), _events(error)
    assert (answer.tables, answer.findings) == (plain.tables, plain.findings)
    assert (len(answer.warnings) == 1) is warned


@pytest.mark.parametrize("width", [80, 160])
def test_what_people_see(width: int) -> None:
    cause = RootCause(
        "Amazon SageMaker", "us-east-1", "333344445555", "ml-research", "ml.p4d.24xlarge", None
    )
    other = replace(OTHER, causes=(cause,), feedback="NO")
    text = render(_events([SAME, other]), Style(width=width))
    check(f"second-anomalies.{width}.terminal", text)
