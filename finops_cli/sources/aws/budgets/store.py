"""AWS Budgets of one account as a store: every page, kept for hours.

Reading budgets is free, but slow and throttled: what AWS updates three times a day is not asked for
more often than the bill itself.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

from finops_cli.domain.budget import Budget, BudgetPeriod, Kind, Reported, Unit
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Metric
from finops_cli.errors import NoAnswer
from finops_cli.sources.aws.bill.freshness import RECENT
from finops_cli.sources.aws.bill.kept import kept, younger_than
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.budgets.scope import Unmapped, filters_of, metric_of
from finops_cli.sources.aws.guard.operations import BUDGET_HISTORY, DESCRIBE_BUDGETS

_PAGE = 100
_KINDS: Mapping[str, Kind] = {
    "COST": "cost",
    "USAGE": "usage",
    "RI_UTILIZATION": "ri_utilization",
    "RI_COVERAGE": "ri_coverage",
    "SAVINGS_PLANS_UTILIZATION": "savings_plans_utilization",
    "SAVINGS_PLANS_COVERAGE": "savings_plans_coverage",
}
_WITH_HISTORY = ("daily", "monthly", "quarterly")
_BROKEN = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)


class AwsBudgets:
    """The budgets of an account.

    Args:
        account: Whose budgets they are.
        reader: The way to AWS and to what is kept.
        today: The day that counts as today.
    """

    label = "AWS Budgets"
    hint = "Create one in the AWS console, or name a file of your own: finops config set budgets."

    def __init__(self, account: str, reader: Reader, today: date) -> None:
        self._account = account
        self._reader = reader
        self._today = today

    def budgets(self) -> tuple[Budget, ...]:
        """Return the budgets that are in force today.

        Raises:
            Denied: They may not be read.
            FinopsError: AWS did not answer.
        """

        def ask() -> Any:
            wanted = {"AccountId": self._account, "MaxResults": _PAGE}
            pages = self._reader.calls.pages(DESCRIBE_BUDGETS, wanted)
            found = [_plain(one) for page in pages for one in page.get("Budgets", ())]
            self._read(found)  # what cannot be read must not be kept
            return found

        return self._read(kept(self._reader, "budgets", younger_than(self._reader, RECENT), ask))

    def history(self, budget: Budget) -> tuple[BudgetPeriod, ...] | None:
        """Return the past periods of a budget, None for a unit that AWS tells none of.

        Raises:
            FinopsError: AWS did not answer.
        """
        if budget.unit not in _WITH_HISTORY:
            return None

        def ask() -> Any:
            wanted = {
                "AccountId": self._account,
                "BudgetName": budget.name,
                "MaxResults": _PAGE,
            }
            pages = self._reader.calls.pages(BUDGET_HISTORY, wanted)
            found = [
                _plain(line)
                for page in pages
                for line in page["BudgetPerformanceHistory"].get("BudgetedAndActualAmountsList", ())
            ]
            _periods(found)
            return found

        name = f"budget history {budget.name}"
        return _periods(kept(self._reader, name, younger_than(self._reader, RECENT), ask))

    def _read(self, found: list[Mapping[str, Any]]) -> tuple[Budget, ...]:
        try:
            return tuple(_budget(one, self._today) for one in found if _in_force(one, self._today))
        except _BROKEN as error:
            raise NoAnswer("What AWS Budgets says cannot be read.", "Try again.") from error


def _plain(value: Any) -> Any:
    """Return an answer of AWS as JSON can hold it: moments as texts."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _periods(found: list[Mapping[str, Any]]) -> tuple[BudgetPeriod, ...]:
    try:
        periods = [
            BudgetPeriod(
                _span(line["TimePeriod"]),
                _amount(line["BudgetedAmount"]),
                _amount(line["ActualAmount"]),
            )
            for line in found
        ]
    except _BROKEN as error:
        raise NoAnswer("What AWS Budgets says of the past cannot be read.", "Try again.") from error
    return tuple(sorted(periods, key=lambda one: one.period, reverse=True))


def _in_force(one: Mapping[str, Any], today: date) -> bool:
    lasts = one.get("TimePeriod") or {}
    begun = "Start" not in lasts or _day(lasts["Start"]) <= today
    return begun and ("End" not in lasts or today < _day(lasts["End"]))


def _budget(one: Mapping[str, Any], today: date) -> Budget:
    kind = _KINDS[one["BudgetType"]]
    limit = _limit(one, today)
    filters, metric, unread = _watched(one)
    unit = cast(Unit, one["TimeUnit"].lower())
    return Budget(
        name=one["BudgetName"],
        limit=_amount(limit),
        unit=unit,
        filters=filters,
        kind=kind,
        metric=metric,
        currency=limit["Unit"],
        span=_span(one["TimePeriod"]) if unit == "custom" else None,
        auto_adjusting=bool(one.get("AutoAdjustData")),
        reported=_reported(one.get("CalculatedSpend")),
        unread=unread,
    )


def _watched(one: Mapping[str, Any]) -> tuple[tuple[Filter, ...], Metric, str]:
    try:
        return filters_of(one), metric_of(one), ""
    except Unmapped as error:
        return (), Metric.UNBLENDED, str(error)


def _limit(one: Mapping[str, Any], today: date) -> Mapping[str, str]:
    """Return the limit of today: planned ones are told by the second in which each begins."""
    planned = one.get("PlannedBudgetLimits") or {}
    begun = [
        at
        for at in sorted(planned, key=float)
        if datetime.fromtimestamp(float(at), UTC).date() <= today
    ]
    return cast(Mapping[str, str], planned[begun[-1]] if begun else one["BudgetLimit"])


def _reported(spend: Mapping[str, Any] | None) -> Reported | None:
    if not spend:
        return None
    forecast = spend.get("ForecastedSpend")
    return Reported(_amount(spend["ActualSpend"]), _amount(forecast) if forecast else None)


def _amount(spend: Mapping[str, str]) -> Decimal:
    return Decimal(spend["Amount"])


def _span(lasts: Mapping[str, str]) -> Period:
    return Period(_day(lasts["Start"]), _day(lasts["End"]))


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
