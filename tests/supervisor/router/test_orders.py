"""What acts on resources is refused beside a budget too, and what only sounds like it is not."""

from datetime import date

import pytest

from finops_cli.supervisor.router import route

TODAY = date(2026, 11, 15)


@pytest.mark.parametrize(
    "text",
    [
        "stop every ec2 instance in accounts that are over budget",
        "shut down all accounts over budget",
        "kill the sandbox if it goes past its budget",
        "when the dev budget is exceeded turn off the rds instances",
        "when accounts go over budget, shut them down",
        "please disable the budget alerts",
        "pause all sagemaker jobs in accounts over budget",
        "snapshot all volumes",
    ],
)
def test_orders_are_refused(text: str) -> None:
    assert route(text, TODAY).route == "out_of_scope"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("stop us from going over budget", "budget.status"),
        ("if we terminate the dev instances would we be under budget", "budget.status"),
        ("tell me if we went over budget last month", "budget.history"),
        ("let me know when lambda goes over 20 dollars a day", "budget.create"),
        ("snapshot storage cost in october", "cost.summary"),
        ("cost of team payments in aug", "cost.summary"),
        ("which api operations account for most of our dynamodb bill", "cost.breakdown"),
    ],
)
def test_what_only_sounds_like_an_order_is_answered(text: str, action: str) -> None:
    found = route(text, TODAY)
    assert (found.route, found.action) == ("fast", action)
