"""The budgets' story as the budget tools tell it, on every as-of date of the demo's tests."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finops_cli.domain.source import CostSource
from finops_cli.sources import Today, open_source
from finops_cli.sources.demo.budgets import DemoBudgets
from finops_cli.tools.budgets import Budgets
from tests.sources.demo.demo_bill import Bill


@pytest.fixture
def source(bill: Bill, tmp_path: Path) -> Iterator[CostSource]:
    folder = Path(bill.one("SELECT min(filename) FROM bill")).parent
    yield open_source(str(folder), Today(bill.today, pinned=True), tmp_path)


@pytest.fixture
def told(source: CostSource) -> dict[str, dict[str, Any]]:
    """What the status says of each budget."""
    (table, *_) = Budgets(source, store=DemoBudgets).status().tables
    names = [column.name for column in table.columns]
    found = (dict(zip(names, row, strict=True)) for row in table.rows)
    return {row["budget"]: row for row in found}


def test_the_status_tells_the_story(told: dict[str, dict[str, Any]], bill: Bill) -> None:
    states = {name: row["state"] for name, row in told.items()}
    first = bill.today.day == 1
    assert states.pop("ml-research") == "will be over"
    assert states.pop("support-and-tools") == ("will be over" if first else "over")
    assert set(states.values()) == {"ok"} and len(states) == 5


def test_a_limit_is_passed_when_its_story_says(told: dict[str, dict[str, Any]], bill: Bill) -> None:
    assert told["support-and-tools"]["day"] == bill.today.replace(day=1)
    passed: date = told["ml-research"]["day"]
    assert bill.today <= passed < told["ml-research"]["period"].end


def test_no_forecast_is_below_what_is_spent(told: dict[str, dict[str, Any]]) -> None:
    for row in told.values():
        assert row["spent"] <= row["low"] <= row["forecast"] <= row["high"]
        assert row["spent"] / row["limit"] == row["used"]


def test_what_is_spent_is_what_the_bill_says(told: dict[str, dict[str, Any]], bill: Bill) -> None:
    ml = bill.one(
        "SELECT coalesce(sum(BilledCost), 0) FROM bill WHERE day >= $first"
        " AND SubAccountName = 'ml-research'",
        first=bill.today.replace(day=1),
    )
    assert told["ml-research"]["spent"] == Decimal(ml)


def test_the_past_is_as_the_story_says(source: CostSource) -> None:
    (table,) = Budgets(source, store=DemoBudgets).history().tables
    held = {row[0]: (row[2], row[3]) for row in table.rows}
    periods, within = held.pop("support-and-tools")
    assert periods == 12 and 6 <= within < 12
    assert all(periods == within for periods, within in held.values())
