"""What a budget is, wherever it is kept: a limit on one scope of the bill, renewed each period."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Protocol

from finops_cli.domain.period import Period, month_of, quarter_of, year_of
from finops_cli.domain.query import Filter, Metric

Unit = Literal["daily", "monthly", "quarterly", "annually", "custom"]
"""How often a budget begins anew; a ``custom`` one lasts from one day to another, once."""

Kind = Literal[
    "cost",
    "usage",
    "ri_utilization",
    "ri_coverage",
    "savings_plans_utilization",
    "savings_plans_coverage",
]
"""What is limited; the words of AWS Budgets."""

FLOORS = frozenset(
    {"ri_utilization", "ri_coverage", "savings_plans_utilization", "savings_plans_coverage"}
)
"""The kinds whose limit is the least that there should be, in per cent."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What the keeper of a budget says of its present period; not always with a forecast."""

    actual: Decimal
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit, renewed each period.

    Args:
        name: What it is called.
        limit: The most that a period may cost; for kinds in ``FLOORS`` the least, in per cent.
        unit: How often it begins anew.
        filters: What it watches, as a query has it, joined by *and*.
        conditions: Further filters as a person writes them (``service=EC2``): what they mean
            depends on the bill.
        kind: What is limited.
        metric: Which cost counts.
        currency: The currency of the limit; the unit of usage; None where the bill's is meant.
        span: The days of a ``custom`` budget.
        auto_adjusting: Whether its keeper sets the limit anew from what was spent.
        reported: What its keeper says about the present period.
        unread: Why the bill cannot be narrowed to what it watches; empty where it can.
    """

    name: str
    limit: Decimal
    unit: Unit = "monthly"
    filters: tuple[Filter, ...] = ()
    conditions: tuple[str, ...] = ()
    kind: Kind = "cost"
    metric: Metric = Metric.UNBLENDED
    currency: str | None = None
    span: Period | None = None
    auto_adjusting: bool = False
    reported: Reported | None = None
    unread: str = ""

    def period_at(self, day: date) -> Period:
        """Return the period of the budget that a day lies in."""
        if self.span:
            return self.span
        match self.unit:
            case "daily":
                return Period(day, day + timedelta(days=1))
            case "quarterly":
                return quarter_of(day)
            case "annually":
                return year_of(day)
        return month_of(day)

    @property
    def follows_the_bill(self) -> bool:
        """Whether what it watches can be read in the bill itself."""
        return self.kind == "cost" and not self.unread


@dataclass(frozen=True, slots=True)
class BudgetPeriod:
    """One period of a budget: what was budgeted, and what it came to."""

    period: Period
    limit: Decimal
    actual: Decimal


class BudgetStore(Protocol):
    """Where budgets are kept."""

    @property
    def label(self) -> str:
        """How the store is named to a person, such as ``AWS Budgets`` or a file."""

    @property
    def hint(self) -> str:
        """What to do where it has no budget."""

    def budgets(self) -> tuple[Budget, ...]:
        """Return all budgets that are in force.

        Raises:
            FinopsError: They cannot be read.
        """

    def history(self, budget: Budget) -> tuple[BudgetPeriod, ...] | None:
        """Return the past periods of a budget, the latest first; None where nobody kept them.

        Raises:
            FinopsError: They cannot be read.
        """
