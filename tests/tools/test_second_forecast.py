"""Cost Explorer's own forecast beside ours: what is said, and when it is not asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer
from finops_cli.domain.opinion import OwnForecast, OwnMonth
from finops_cli.domain.period import Period, add_months
from finops_cli.errors import FinopsError
from finops_cli.tools.forecasts import Forecasts
from tests.fakes import FakeSource
from tests.tools.bills import EC2, END, charge, days
from tests.tools.opinions import CAPPED, DENIED, NO_DATA, NOT_KEPT, FakeOpinion, having, said

DECEMBER = date(2026, 12, 1)


def _own(count: int, mean: str = "2000") -> OwnForecast:
    amount = Decimal(mean)
    months = (add_months(DECEMBER, n) for n in range(count))
    return OwnForecast(
        tuple(OwnMonth(m, amount, amount - 9, amount + 9) for m in months), 80, "USD"
    )


def _spend(opinion: FakeOpinion | None, **asked: Any) -> tuple[Answer, FakeSource]:
    rows = [charge(day, "100", EC2) for day in days(300)]
    source = having(FakeSource(rows, END), opinion)
    return Forecasts(source).spend(**asked), source


def _told(answer: Answer) -> list[str]:
    return [text for text in said(answer) if "Cost Explorer" in text]


def test_it_is_compared_over_the_same_months() -> None:
    opinion = FakeOpinion(_own(3))
    answer, _ = _spend(opinion, months=3)
    assert opinion.asked == [Period(DECEMBER, date(2027, 3, 1))]
    (text,) = _told(answer)
    assert "says 2000 for 2026-12-01 (1991 to 2009, 0.8), 6000 for the 3 months" in text
    finding = next(f for f in answer.findings if "Cost Explorer" in f.text.template)
    ours = sum(row[1] for row in answer.tables[0].rows[1:])  # type: ignore[misc]
    apart = next(f.value for f in finding.text.figures if f.name == "apart")
    assert apart == ours / 6000 - 1 > Decimal("0.4")
    assert "ours is {apart} higher" in finding.text.template


def test_machines_get_its_months_beside_ours() -> None:
    answer, _ = _spend(FakeOpinion(_own(3)), months=3)
    table = answer.tables[0]
    names = [column.name for column in table.columns]
    assert names[-3:] == ["aws_mean", "aws_low", "aws_high"]
    assert all(column.detail for column in table.columns[-3:])
    assert [row[-3:] for row in table.rows] == [(None, None, None)] + [(2000, 1991, 2009)] * 3
    series = answer.series[-1]
    assert series.detail and [value for _, value in series.points] == [2000] * 3


def test_fewer_months_of_theirs_are_compared_with_as_many_of_ours() -> None:
    (text,) = _told(_spend(FakeOpinion(_own(2, "3000")), months=3)[0])
    assert "6000 for the 2 months" in text


@pytest.mark.parametrize(("mean", "words"), [("3100", "says the same"), ("9000", "lower")])
def test_what_agrees_is_called_so(mean: str, words: str) -> None:
    (text,) = _told(_spend(FakeOpinion(_own(1, mean)), months=1)[0])
    assert words in text and "for the 1" not in text


def test_a_young_account_is_told_so() -> None:
    answer, _ = _spend(FakeOpinion(NO_DATA))
    assert _told(answer) == [
        "Cost Explorer has no forecast for this account yet: too little history."
    ]
    assert not answer.warnings


@pytest.mark.parametrize("asked", [{"by": "service"}, {"period": "2026-12-01..2026-12-07"}])
def test_it_is_not_asked_about_parts_or_days(asked: dict[str, Any]) -> None:
    opinion = FakeOpinion(_own(12))
    answer, _ = _spend(opinion, **asked)
    assert not opinion.asked and not _told(answer)


def test_a_question_about_a_quarter_is_about_its_months() -> None:
    opinion = FakeOpinion(_own(3))
    _spend(opinion, period="2027-Q1")
    assert opinion.asked == [Period(date(2027, 1, 1), date(2027, 4, 1))]


def test_a_source_without_one_says_nothing_of_it() -> None:
    answer, _ = _spend(None)
    assert not _told(answer) and "aws_mean" not in [c.name for c in answer.tables[0].columns]


@pytest.mark.parametrize(
    ("error", "warnings", "codes"), [(DENIED, 1, []), (NOT_KEPT, 0, []), (CAPPED, 0, [6])]
)
def test_a_failure_never_spoils_ours(error: FinopsError, warnings: int, codes: list[int]) -> None:
    plain, _ = _spend(None)
    answer, source = _spend(FakeOpinion(error))
    assert answer.tables == plain.tables and answer.findings == plain.findings
    assert len(answer.warnings) == warnings
    assert all(f"{error.message} {error.hint}" in text for text in answer.warnings)
    assert [short.code for short in source.meter.shortfalls] == codes
