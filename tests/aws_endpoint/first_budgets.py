"""The budgets that are there before anybody makes one."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.period import month_of
from tests.aws_endpoint.budget_spend import BudgetSpend
from tests.aws_endpoint.costs import plain
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import Reply


def first_budgets(organisation: Organisation) -> Iterable[Reply]:
    """Return the demo's own budgets where it is served, else one for everything."""
    if organisation.bill.label == "demo":
        return _of_demo()
    month = month_of(organisation.today.replace(day=1) - timedelta(days=1))
    usual = BudgetSpend(organisation).spent({}, month)
    limit = round(usual * Decimal("1.1"), 2) or Decimal(1)
    return [_written("everything", limit, "MONTHLY", {})]


def _of_demo() -> Iterable[Reply]:
    from finops_cli.sources.demo.budgets import BUDGETS

    names = {q.ACCOUNT: "LinkedAccount", q.SERVICE: "Service", q.REGION: "Region"}
    for budget in BUDGETS:
        filters = {names[f.dimension]: list(f.values) for f in budget.filters}
        yield _written(budget.name, budget.limit, budget.unit.upper(), filters)


def _written(name: str, limit: Decimal, unit: str, filters: Mapping[str, Any]) -> Reply:
    return {
        "BudgetName": name,
        "BudgetLimit": {"Amount": plain(limit), "Unit": "USD"},
        "CostFilters": dict(filters),
        "CostTypes": {
            "IncludeTax": True,
            "IncludeSubscription": True,
            "UseBlended": False,
            "IncludeRefund": True,
            "IncludeCredit": True,
            "IncludeUpfront": True,
            "IncludeRecurring": True,
            "IncludeOtherSubscription": True,
            "IncludeSupport": True,
            "IncludeDiscount": True,
            "UseAmortized": False,
        },
        "TimeUnit": unit,
        "BudgetType": "COST",
    }
