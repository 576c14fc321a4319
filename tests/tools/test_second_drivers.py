"""Cost Explorer's own drivers beside our explanation, where two calendar months are compared."""

from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer
from finops_cli.domain.opinion import Driver, Drivers, Reason
from finops_cli.errors import FinopsError
from finops_cli.output import Style, render
from finops_cli.tools.explain import Explain
from tests.fakes import FakeSource
from tests.golden import check
from tests.tools.bills import EC2, END, charge, days
from tests.tools.opinions import CAPPED, DENIED, FakeOpinion, having, said

CHANGE = Decimal(31 * 120 - 30 * 100)


def _driver(change: Decimal, usage_type: str = "BoxUsage:m5.large") -> Driver:
    reasons = (Reason("SAVINGS_PLAN_USAGE", "x", change - 1), Reason("TAX", "y", Decimal(1)))
    return Driver(EC2, usage_type, Decimal(0), change, change, reasons)


def _explain(
    says: Drivers | FinopsError | None, period: str = "2026-10", **asked: Any
) -> tuple[Answer, list[object]]:
    rows = [charge(d, "120" if (d.year, d.month) >= (2026, 10) else "100", EC2) for d in days()]
    opinion = None if says is None else FakeOpinion(says)
    source = having(FakeSource(rows, END), opinion)
    answer = Explain(source).explain(None, period, **asked)
    return answer, [*(opinion.asked if opinion else ()), *source.meter.shortfalls]


def _told(answer: Answer) -> list[str]:
    return [text for text in said(answer) if "Cost Explorer" in text]


def test_the_five_largest_are_shown_and_all_are_added_up() -> None:
    parts = [_driver(CHANGE - 6)] + [_driver(Decimal(1), f"Type{n}") for n in range(6)]
    answer, asked = _explain(Drivers(tuple(parts), True))
    assert [str(period) for period in asked] == ["2026-09-01..2026-09-30", "2026-10-01..2026-10-31"]
    table = answer.tables[-1]
    assert table.name == "Cost Explorer's own drivers" and len(table.rows) == 5
    assert table.rows[0][:3] == ("EC2 m5.large", CHANGE - 6, "Savings Plan usage")
    assert _told(answer) == [f"Cost Explorer's own drivers (7) add up to the same {CHANGE}."]


def test_what_does_not_agree_is_said() -> None:
    answer, _ = _explain(Drivers((_driver(Decimal(700)),), True))
    assert _told(answer) == [f"Cost Explorer's own drivers (1) add up to 700, not {CHANGE:.2f}."]


def test_what_was_not_asked_for_is_said() -> None:
    answer, _ = _explain(Drivers((_driver(Decimal(700)),), False))
    assert "more drivers than 1; those asked for come to 700 of" in _told(answer)[0]


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "2026-11"},
        {"period": "2026-10-05..2026-10-20"},
        {"period": "2026-10", "baseline": "2026-08-01..2026-09-30"},
    ],
)
def test_anything_but_two_closed_months_is_not_asked(asked: dict[str, str]) -> None:
    answer, known = _explain(Drivers((_driver(CHANGE),), True), **asked)
    assert not known and not _told(answer)


def test_any_month_can_be_the_baseline() -> None:
    _, asked = _explain(Drivers((_driver(CHANGE),), True), baseline="2026-08")
    assert str(asked[0]) == "2026-08-01..2026-08-31"


@pytest.mark.parametrize("error", [DENIED, CAPPED])
def test_a_failure_never_spoils_ours(error: FinopsError) -> None:
    plain, (answer, known) = _explain(None)[0], _explain(error)
    assert (answer.tables, answer.findings) == (plain.tables, plain.findings)
    assert len(answer.warnings) + len(known) == 3  # two periods, and what was missed


def test_no_drivers_are_no_table() -> None:
    assert _explain(Drivers((), True))[0] == _explain(None)[0]


@pytest.mark.parametrize("width", [80, 160])
def test_what_people_see(width: int) -> None:
    parts = [_driver(CHANGE - 6)] + [_driver(Decimal(1), f"Type{n}") for n in range(6)]
    text = render(_explain(Drivers(tuple(parts), True))[0], Style(width=width))
    check(f"second-drivers.{width}.terminal", text)
