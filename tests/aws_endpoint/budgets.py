"""AWS Budgets: the demo's own budgets or one for everything, with spend computed from the bill."""

import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from finops_cli.domain.period import Period
from tests.aws_endpoint.budget_spend import BudgetSpend, period_of
from tests.aws_endpoint.costs import plain
from tests.aws_endpoint.first_budgets import first_budgets
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.wire import AwsError, Call, Reply

_DAY = timedelta(days=1)
_PERIODS = {"DAILY": 60, "MONTHLY": 13, "QUARTERLY": 4}
_DEFAULT_PAGE = 100
_DEFAULT_NOTIFICATIONS = (("ACTUAL", 80.0), ("FORECASTED", 100.0))
_SUBSCRIBER = {"SubscriptionType": "EMAIL", "Address": "finops@example.com"}


class Budgets:
    """Answers AWS Budgets; the payer's budgets are there from the start.

    Args:
        organisation: Whose bill it is.
        given: The payer's budgets as AWS writes them, without what was spent; None for the demo's
            where it is the demo that is served, else one for everything.
    """

    def __init__(self, organisation: Organisation, given: Iterable[Reply] | None) -> None:
        self._organisation = organisation
        self._given = given
        self._spend = BudgetSpend(organisation)
        self._lock = threading.Lock()
        self._kept: dict[str, dict[str, Reply]] = {}
        self._notifications: dict[tuple[str, str], list[Reply]] = {}

    def describe_all(self, call: Call) -> Reply:
        """Answer DescribeBudgets."""
        budgets = sorted(self._of(call).values(), key=lambda budget: str(budget["BudgetName"]))
        held, token = self._page(call, [self._with_spend(budget) for budget in budgets])
        return {"Budgets": held, **token}

    def describe(self, call: Call) -> Reply:
        """Answer DescribeBudget."""
        return {"Budget": self._with_spend(self._named(call))}

    def history(self, call: Call) -> Reply:
        """Answer DescribeBudgetPerformanceHistory: the current period, and those before it."""
        budget = self._named(call)
        unit = budget["TimeUnit"]
        if unit not in _PERIODS:
            said = f"Performance history is not available for {unit} budgets"
            raise AwsError("InvalidParameterException", said)
        periods = [period_of(unit, self._organisation.today)]
        while len(periods) < _PERIODS[unit] and periods[-1].start > self._first_day():
            periods.append(period_of(unit, periods[-1].start - _DAY))
        wanted = call.parameters.get("TimePeriod") or {}
        kept = [p for p in periods if _overlaps(p, wanted)]
        lines = [
            {
                "BudgetedAmount": budget["BudgetLimit"],
                "ActualAmount": self._amount(self._spend.spent(budget, period)),
                "TimePeriod": {"Start": _moment(period.start), "End": _moment(period.end)},
            }
            for period in kept
        ]
        held, token = self._page(call, lines)
        names = ("BudgetName", "BudgetType", "CostFilters", "CostTypes", "TimeUnit")
        about = {name: budget[name] for name in names if name in budget}
        return {
            "BudgetPerformanceHistory": {**about, "BudgetedAndActualAmountsList": held},
            **token,
        }

    def notifications(self, call: Call) -> Reply:
        """Answer DescribeNotificationsForBudget."""
        budget = self._with_spend(self._named(call))
        found = [
            {**each["Notification"], "NotificationState": _state(each["Notification"], budget)}
            for each in self._notified(call, budget)
        ]
        held, token = self._page(call, found)
        return {"Notifications": held, **token}

    def subscribers(self, call: Call) -> Reply:
        """Answer DescribeSubscribersForNotification."""
        wanted = call.parameters["Notification"]
        for each in self._notified(call, self._named(call)):
            known = each["Notification"]
            if all(known.get(k) == v for k, v in wanted.items() if k != "NotificationState"):
                held, token = self._page(call, each["Subscribers"])
                return {"Subscribers": held, **token}
        raise AwsError("NotFoundException", "The notification doesn't exist")

    def create(self, call: Call) -> Reply:
        """Answer CreateBudget."""
        budget = dict(call.parameters["Budget"])
        name = budget["BudgetName"]
        if name in self._of(call):
            raise AwsError("DuplicateRecordException", f"Error creating budget: {name} exists")
        if not budget.get("BudgetLimit") and not budget.get("PlannedBudgetLimits"):
            raise AwsError("InvalidParameterException", "A budget needs a limit")
        with self._lock:
            self._kept[call.account][name] = budget
            given = call.parameters.get("NotificationsWithSubscribers") or []
            self._notifications[call.account, name] = list(given)
        return {}

    def update(self, call: Call) -> Reply:
        """Answer UpdateBudget."""
        budget = dict(call.parameters["NewBudget"])
        self._named(call, budget["BudgetName"])
        with self._lock:
            self._kept[call.account][budget["BudgetName"]] = budget
        return {}

    def delete(self, call: Call) -> Reply:
        """Answer DeleteBudget."""
        name = self._named(call)["BudgetName"]
        with self._lock:
            del self._kept[call.account][name]
            self._notifications.pop((call.account, name), None)
        return {}

    def _of(self, call: Call) -> dict[str, Reply]:
        """Return the budgets of the account that is named.

        Raises:
            AwsError: It is not the caller's.
        """
        account = call.parameters["AccountId"]
        if account != call.account:
            said = f"Account {account} may not be read by {call.account}"
            raise AwsError("AccessDeniedException", said)
        with self._lock:
            if account not in self._kept:
                own = self._first_budgets() if account == self._organisation.payer else ()
                self._kept[account] = {budget["BudgetName"]: budget for budget in own}
            return self._kept[account]

    def _named(self, call: Call, name: str | None = None) -> Reply:
        name = name or call.parameters["BudgetName"]
        found = self._of(call).get(name)
        if found is None:
            raise AwsError("NotFoundException", f"Unable to get budget: {name} doesn't exist")
        return found

    def _notified(self, call: Call, budget: Mapping[str, Any]) -> list[Reply]:
        key = (call.account, str(budget["BudgetName"]))
        if key in self._notifications:
            return self._notifications[key]
        return [
            {
                "Notification": {
                    "NotificationType": kind,
                    "ComparisonOperator": "GREATER_THAN",
                    "Threshold": threshold,
                    "ThresholdType": "PERCENTAGE",
                },
                "Subscribers": [_SUBSCRIBER],
            }
            for kind, threshold in _DEFAULT_NOTIFICATIONS
        ]

    def _first_budgets(self) -> Iterable[Reply]:
        if self._given is not None:
            return self._given
        return first_budgets(self._organisation)

    def _with_spend(self, budget: Reply) -> Reply:
        period = period_of(budget["TimeUnit"], self._organisation.today)
        spent, daily = self._spend.spent(budget, period), self._spend.daily(budget)
        left = (period.end - max(self._organisation.today, period.start)).days
        spend = {
            "ActualSpend": self._amount(spent),
            "ForecastedSpend": self._amount(spent + daily * left),
        }
        written = {"BudgetType": "COST", **budget, "CalculatedSpend": spend}
        written["TimePeriod"] = budget.get("TimePeriod") or {"Start": _moment(self._first_day())}
        return {**written, "LastUpdatedTime": _moment(self._organisation.today)}

    def _amount(self, number: Decimal) -> dict[str, str]:
        return {"Amount": plain(round(number, 3)), "Unit": self._organisation.bill.currency}

    def _first_day(self) -> date:
        return self._organisation.bill.coverage.start

    def _page(self, call: Call, items: list[Any]) -> tuple[list[Any], Reply]:
        size = call.parameters.get("MaxResults") or _DEFAULT_PAGE
        held, token = page(call, items, size, self._organisation.faults, "NextToken")
        return list(held), token


def _overlaps(period: Period, wanted: Mapping[str, float]) -> bool:
    starts = wanted.get("Start", float("-inf"))
    return _moment(period.end) > starts and _moment(period.start) < wanted.get("End", float("inf"))


def _state(notification: Mapping[str, Any], budget: Mapping[str, Any]) -> str:
    is_forecast = notification["NotificationType"] == "FORECASTED"
    spend = budget["CalculatedSpend"]["ForecastedSpend" if is_forecast else "ActualSpend"]
    amount, limit = float(spend["Amount"]), float(budget["BudgetLimit"]["Amount"])
    absolute = notification.get("ThresholdType") == "ABSOLUTE_VALUE"
    value = amount if absolute else 100 * amount / limit
    above = value > notification["Threshold"]
    wants_more = notification["ComparisonOperator"] == "GREATER_THAN"
    return "ALARM" if above is wants_more else "OK"


def _moment(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
