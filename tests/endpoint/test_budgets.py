"""Budgets: spend computed from the bill, history, notifications, and changes."""

from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import PAYER, Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, bill, client, pages

ACCOUNT = {"AccountId": PAYER}


def budget(name: str, limit: str = "100", **more: Any) -> dict[str, Any]:
    amount = {"Amount": limit, "Unit": "USD"}
    kind = {"TimeUnit": "MONTHLY", "BudgetType": "COST"}
    return {"BudgetName": name, "BudgetLimit": amount, **kind, **more}


def actual(found: dict[str, Any]) -> Decimal:
    return Decimal(found["CalculatedSpend"]["ActualSpend"]["Amount"])


def refusal(call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    code: str = caught.value.response["Error"]["Code"]
    return code


def test_there_is_a_budget_for_everything(aws: Endpoint) -> None:
    (found,) = client(aws, "budgets").describe_budgets(**ACCOUNT)["Budgets"]
    assert actual(found) == Decimal("259.3")
    assert Decimal(found["CalculatedSpend"]["ForecastedSpend"]["Amount"]) == Decimal("337")


def test_filters_and_cost_types_narrow_what_is_spent() -> None:
    given = [
        budget("lab", CostFilters={"LinkedAccount": [LAB]}),
        budget(
            "prod without tax",
            CostFilters={"LinkedAccount": [PROD]},
            CostTypes={"IncludeTax": False},
        ),
        budget("team", CostFilters={"TagKeyValue": ["user:team$data"]}),
    ]
    with Endpoint(bill(), TODAY, budgets=given) as aws:
        budgets = client(aws, "budgets")
        found = {
            b["BudgetName"]: actual(b)
            for p in pages(budgets.describe_budgets, "NextToken", **ACCOUNT, MaxResults=2)
            for b in p["Budgets"]
        }
    assert found == {
        "lab": Decimal(20),
        "prod without tax": Decimal("232.3"),
        "team": Decimal("232.3"),
    }


def test_history_tells_each_month(aws: Endpoint) -> None:
    budgets = client(aws, "budgets")
    named = {**ACCOUNT, "BudgetName": "everything"}
    history = budgets.describe_budget_performance_history(**named)["BudgetPerformanceHistory"]
    amounts = [
        Decimal(line["ActualAmount"]["Amount"]) for line in history["BudgetedAndActualAmountsList"]
    ]
    assert amounts[:3] == [Decimal("259.3"), Decimal("348.1"), Decimal("337")]
    assert len(amounts) == 13

    budgets.create_budget(**ACCOUNT, Budget=budget("a year", TimeUnit="ANNUALLY"))
    call = budgets.describe_budget_performance_history
    assert refusal(call, **ACCOUNT, BudgetName="a year") == "InvalidParameterException"


def test_notifications_ring_and_know_who_hears_them(aws: Endpoint) -> None:
    budgets = client(aws, "budgets")
    mail = {"SubscriptionType": "EMAIL", "Address": "owner@example.com"}
    for threshold in (50.0, 500.0):
        notification = {
            "NotificationType": "ACTUAL",
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": threshold,
        }
        heard = [{"Notification": notification, "Subscribers": [mail]}]
        named = budget(f"at {threshold}", "100")
        budgets.create_budget(**ACCOUNT, Budget=named, NotificationsWithSubscribers=heard)
        about = {**ACCOUNT, "BudgetName": named["BudgetName"]}
        (found,) = budgets.describe_notifications_for_budget(**about)["Notifications"]
        assert found["NotificationState"] == ("ALARM" if threshold < 259 else "OK")
        called = budgets.describe_subscribers_for_notification(**about, Notification=found)
        assert called["Subscribers"] == [mail]


def test_budgets_are_made_changed_and_removed(aws: Endpoint) -> None:
    budgets = client(aws, "budgets")
    new = budget("new")
    budgets.create_budget(**ACCOUNT, Budget=new)
    assert refusal(budgets.create_budget, **ACCOUNT, Budget=new) == "DuplicateRecordException"

    budgets.update_budget(**ACCOUNT, NewBudget=budget("new", "250"))
    told = budgets.describe_budget(**ACCOUNT, BudgetName="new")["Budget"]
    assert told["BudgetLimit"]["Amount"] == "250"

    budgets.delete_budget(**ACCOUNT, BudgetName="new")
    assert refusal(budgets.describe_budget, **ACCOUNT, BudgetName="new") == "NotFoundException"


def test_only_an_account_itself_may_ask(aws: Endpoint) -> None:
    assert (
        refusal(client(aws, "budgets", LAB).describe_budgets, **ACCOUNT) == "AccessDeniedException"
    )
    assert client(aws, "budgets", LAB).describe_budgets(AccountId=LAB)["Budgets"] == []
