"""The budgets' story, told in `finops_cli.sources.demo.budgets`, on every as-of date."""

from datetime import timedelta
from decimal import Decimal
from statistics import median

from finops_cli.domain.period import Period, add_months, month_of, quarter_of
from finops_cli.domain.query import ACCOUNT, REGION, SERVICE
from finops_cli.sources.demo.budgets import BUDGETS, Budget
from tests.sources.demo.demo_bill import Bill

COLUMNS = {ACCOUNT: "SubAccountId", REGION: "RegionId", SERVICE: "ServiceName"}


class Status:
    """What a budget's filters cost, day by day."""

    def __init__(self, bill: Bill, budget: Budget) -> None:
        self._today, self._limit = bill.today, budget.limit
        self._period = (month_of if budget.unit == "monthly" else quarter_of)(bill.today)
        kept = [
            f"{COLUMNS[one.dimension]} IN {tuple(one.values) + ('',)}" for one in budget.filters
        ]
        self._days = dict(
            bill.rows(
                "SELECT day, sum(BilledCost) FROM bill WHERE "
                + " AND ".join(["true", *kept])
                + " GROUP BY day"
            )
        )

    def used(self, period: Period) -> Decimal:
        spent = sum((self._days.get(day, Decimal(0)) for day in period.each_day()), Decimal(0))
        return spent / self._limit

    def used_so_far(self) -> Decimal:
        return self.used(self._period)

    def used_in_month(self, ago: int) -> Decimal:
        return self.used(month_of(add_months(self._today, -ago)))

    def forecast(self) -> Decimal:
        week = Period(self._today - timedelta(days=7), self._today)
        usual = median(self._days.get(day, Decimal(0)) for day in week.each_day())
        left = (self._period.end - self._today).days
        return self.used_so_far() + usual * left / self._limit


def status(bill: Bill, name: str) -> Status:
    (budget,) = (budget for budget in BUDGETS if budget.name == name)
    return Status(bill, budget)


def test_ml_research_is_forecast_to_be_over_and_is_not_yet(bill: Bill) -> None:
    ml = status(bill, "ml-research")
    assert ml.used_so_far() < Decimal("0.975")
    assert ml.forecast() > Decimal("1.025")
    assert max(ml.used_in_month(ago) for ago in range(2, 20)) < Decimal("0.33")


def test_support_and_tools_is_over(bill: Bill) -> None:
    support = status(bill, "support-and-tools")
    if bill.today.day > 1:
        assert support.used_so_far() > 1
    assert support.used_in_month(1) > 1
    assert max(support.used_in_month(ago) for ago in range(5, 20)) < 1


def test_all_others_are_fine(bill: Bill) -> None:
    others = [one for one in BUDGETS if one.name not in ("ml-research", "support-and-tools")]
    assert len(others) >= 4
    for budget in others:
        assert Status(bill, budget).forecast() < Decimal("0.9"), budget.name
