"""What is read: as many dimensions and days as help, and no more series than can be watched."""

from datetime import date, timedelta
from typing import Any

from finops_cli.domain.period import Period
from finops_cli.tools.anomaly.basis import read_basis
from tests.fakes import FakeSource

DAY = date(2026, 3, 14)


def _row(back: int, **more: Any) -> dict[str, Any]:
    row = {"date": DAY - timedelta(days=back), "cost": "1", "service": "S3", "account": "1"}
    return row | more


def test_lines_are_told_apart_as_far_as_the_source_can() -> None:
    rows = [_row(at, usage_type="x", region="y", tags={"team": "web"}) for at in range(3)]
    found = read_basis(FakeSource(rows), (), None, None)
    assert found and found.panel.dimensions == ("service", "account", "usage_type", "region")
    found = read_basis(FakeSource(rows, max_group_by=2), (), None, None)
    assert found and found.panel.dimensions == ("service", "account")


def test_history_begins_on_the_first_of_a_month_long_before() -> None:
    rows = [_row(at) for at in range(1500)]
    source = FakeSource(rows)
    asked = Period(DAY - timedelta(days=30), DAY)
    found = read_basis(source, (), None, asked)
    assert found and found.panel.period == Period(date(2023, 12, 1), DAY + timedelta(days=1))
    found = read_basis(source, (), None, None)
    assert found and found.panel.period.start == source.coverage().start


def test_no_complete_day_is_no_basis() -> None:
    assert read_basis(FakeSource([_row(0)], today=DAY), (), None, None) is None
