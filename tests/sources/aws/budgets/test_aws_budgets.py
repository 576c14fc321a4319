"""AWS Budgets of an account behind the test endpoint: pages, what is kept, faults, equality."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.errors import Denied, NoAnswer, NotCached
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.budget_file import FileBudgets
from finops_cli.tools import Catalogue
from finops_cli.tools.budgeting.standing import standing_of
from finops_cli.tools.budgets import Budgets
from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, bill
from tests.sources.aws.accounts import Account, environment


def budget(name: str, limit: str = "100", **more: Any) -> dict[str, Any]:
    amount = {"Amount": limit, "Unit": "USD"}
    return {
        "BudgetName": name, "BudgetLimit": amount, "TimeUnit": "MONTHLY",
        "BudgetType": "COST", **more,
    }  # fmt: skip


def moment(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


GIVEN = (
    budget("lab", "30", CostFilters={"LinkedAccount": [LAB]}),
    budget("prod without tax", "200", CostFilters={"LinkedAccount": [PROD]},
           CostTypes={"IncludeTax": False, "UseBlended": False}),
    budget("team", "900", TimeUnit="QUARTERLY", CostFilters={"TagKeyValue": ["user:team$data"]}),
    budget("adjusting", AutoAdjustData={"AutoAdjustType": "FORECAST"}),
    budget("planned", PlannedBudgetLimits={
        str(int(moment(date(2026, month, 1)))): {"Amount": f"{month}00", "Unit": "USD"}
        for month in (10, 11, 12)
    }),
    budget("ended", TimePeriod={
        "Start": moment(date(2025, 7, 1)), "End": moment(date(2026, 1, 1))}),
    budget("to come", TimePeriod={"Start": moment(date(2027, 7, 1))}),
)  # fmt: skip
SAME = """
[[budget]]
name = "lab"
limit = 30
filters = ["account=lab"]
[[budget]]
name = "prod without tax"
limit = 200
filters = ["account=prod", "charge-category!=Tax"]
[[budget]]
name = "team"
limit = 900
unit = "quarterly"
filters = ["tag:team=data"]
"""


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Account]:
    with Endpoint(bill(), TODAY, budgets=GIVEN) as endpoint:
        with environment(endpoint.environment()):
            yield Account(endpoint, tmp_path)


def asked(live: Account, operation: str = "DescribeBudgets") -> int:
    return sum(one.operation == operation for one in live.endpoint.requests)


def test_budgets_are_read_with_what_they_watch(live: Account) -> None:
    found = {one.name: one for one in live.open().budgets.budgets()}
    assert set(found) == {"lab", "prod without tax", "team", "adjusting", "planned"}
    assert found["lab"].filters == (Filter("account", (LAB,)),)
    assert found["team"].unit == "quarterly" and found["planned"].limit == 1100
    assert found["adjusting"].auto_adjusting and not found["lab"].auto_adjusting
    reported = found["lab"].reported
    assert reported is not None and reported.actual == 20
    assert live.endpoint.billed() == 0


def test_the_same_budgets_in_a_file_stand_the_same(live: Account) -> None:
    source = live.open()
    (live.folder / "budgets.toml").write_text(SAME, encoding="utf-8")
    theirs = {one.name: one for one in source.budgets.budgets()}
    for ours in FileBudgets(live.folder / "budgets.toml").budgets():
        one, other = standing_of(source, ours), standing_of(source, theirs[ours.name])
        assert one.actual is not None and not one.is_reported
        assert replace(one, budget=other.budget) == other
        assert other.budget.reported is not None and one.actual is not None
        assert round(one.actual, 3) == other.budget.reported.actual


def test_every_page_is_read_and_kept(tmp_path: Path) -> None:
    many = [budget(f"number {n:03}") for n in range(150)]
    small = bill(date(2026, 11, 20))
    with Endpoint(small, TODAY, budgets=many) as endpoint, environment(endpoint.environment()):
        live = Account(endpoint, tmp_path)
        found = live.open().budgets.budgets()
        assert [one.name for one in found] == [one["BudgetName"] for one in many]
        assert asked(live) == 2
        assert live.open().budgets.budgets() == found
        assert live.open(offline=True).budgets.budgets() == found
        assert asked(live) == 2


def test_nothing_is_kept_of_a_listing_that_broke_off(live: Account) -> None:
    live.endpoint.faults.deny("DescribeBudgets")
    with pytest.raises(Denied, match="budgets") as caught:
        live.open().budgets.budgets()
    assert "budgets:ViewBudget" in caught.value.message + caught.value.hint
    live.endpoint.faults.clear()
    with pytest.raises(NotCached):
        live.open(offline=True).budgets.budgets()
    live.endpoint.faults.server_error(1, "DescribeBudgets")
    live.endpoint.faults.throttle(1, "DescribeBudgets")
    assert len(live.open().budgets.budgets()) == 5


def test_a_server_that_is_down_is_told(live: Account) -> None:
    live.endpoint.faults.server_error(99, "DescribeBudgets")
    with pytest.raises(NoAnswer):
        live.open().budgets.budgets()


def test_history_is_what_aws_tells(live: Account) -> None:
    store = live.open().budgets
    found = {one.name: one for one in store.budgets()}
    past = store.history(found["lab"])
    assert past is not None and len(past) == 13
    assert past[1].period == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert past[1].limit == 30 and past[1].actual == Decimal("28")
    assert store.history(found["lab"]) == past
    assert asked(live, "DescribeBudgetPerformanceHistory") == 1
    assert store.history(replace(found["lab"], unit="annually")) is None


def test_what_aws_tells_of_the_past_is_what_the_bill_says(live: Account) -> None:
    source = live.open()
    theirs = Budgets(source, store=lambda: source.budgets).history("lab").tables[0].rows
    (live.folder / "budgets.toml").write_text(SAME, encoding="utf-8")
    file = FileBudgets(live.folder / "budgets.toml")
    ours = Budgets(source, store=lambda: file).history("lab").tables[0].rows
    assert len(ours) == 12
    assert [(row[0], row[2]) for row in theirs[:12]] == [
        (row[0], round(Decimal(str(row[2])), 3)) for row in ours
    ]


def test_a_spend_cap_leaves_what_aws_says_for_free(live: Account) -> None:
    live.open().coverage()
    source = live.open(caps=Caps(run=Decimal(0)))
    lab = next(one for one in source.budgets.budgets() if one.name == "lab")
    found = standing_of(source, lab)
    assert found.is_reported and found.actual == 20
    answer = Catalogue(source, budgets=lambda: source.budgets)["budget.status"](name="lab")
    assert answer.exit.code == 6 and "lab could not be read" in answer.warnings[0]
