"""What a budget's filters and cost types keep of the bill, and how its periods fall."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from finops_cli.domain.period import Period, month_of, quarter_of, year_of
from tests.aws_endpoint.costs import Question, add_up
from tests.aws_endpoint.expressions import EVERYTHING, Rule, read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import AwsError, Reply

_DAY = timedelta(days=1)
_DIMENSIONS = {"LinkedAccount": "LINKED_ACCOUNT", "Service": "SERVICE", "Region": "REGION"}
_INCLUDED = {"IncludeTax": "Tax", "IncludeCredit": "Credit", "IncludeRefund": "Refund"}


class BudgetSpend:
    """Computes what was spent on budgets."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def spent(self, budget: Mapping[str, Any], period: Period) -> Decimal:
        """Return what a period has cost up to today."""
        end = min(period.end, self._organisation.today)
        if end <= period.start:
            return Decimal(0)
        return self._sum(Period(period.start, end), self._rule(budget), _metric(budget))

    def daily(self, budget: Mapping[str, Any]) -> Decimal:
        """Return the median of the last seven days."""
        today = self._organisation.today
        days = Period(today - timedelta(days=7), today).each_day()
        rule, metric = self._rule(budget), _metric(budget)
        return median(self._sum(Period(day, day + _DAY), rule, metric) for day in days)

    def _sum(self, period: Period, rule: Rule, metric: str) -> Decimal:
        question = Question((metric,), (), rule, self._organisation.payer)
        (sums,) = add_up(self._organisation, question, [period])
        return sums[()][metric].number if sums else Decimal(0)

    def _rule(self, budget: Mapping[str, Any]) -> Rule:
        payer = self._organisation.payer
        if budget.get("FilterExpression"):
            return read_filter(budget["FilterExpression"], payer)
        parts = [_part(name, values) for name, values in (budget.get("CostFilters") or {}).items()]
        types = budget.get("CostTypes") or {}
        left_out = [record for name, record in _INCLUDED.items() if types.get(name) is False]
        if left_out:
            parts.append({"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": left_out}}})
        if not parts:
            return EVERYTHING
        return read_filter(parts[0] if len(parts) == 1 else {"And": parts}, payer)


def _part(name: str, values: list[str]) -> Reply:
    if name in _DIMENSIONS:
        return {"Dimensions": {"Key": _DIMENSIONS[name], "Values": values}}
    if name != "TagKeyValue":
        raise AwsError("InvalidParameterException", f"Unknown cost filter {name}")
    key, _, value = values[0].removeprefix("user:").partition("$")
    return {"Tags": {"Key": key, "Values": [value]}}


def _metric(budget: Mapping[str, Any]) -> str:
    if budget.get("Metrics"):
        return str(budget["Metrics"][0])
    types = budget.get("CostTypes") or {}
    return "AmortizedCost" if types.get("UseAmortized") else "UnblendedCost"


def period_of(unit: str, day: date) -> Period:
    """Return the period of a budget that a day lies in."""
    match unit:
        case "DAILY":
            return Period(day, day + _DAY)
        case "QUARTERLY":
            return quarter_of(day)
        case "ANNUALLY":
            return year_of(day)
    return month_of(day)
