"""The demo organisation's budgets.

Limits are fixed, round amounts as a person would set them. That their story holds on every as-of
date is the doing of `story`: spend is told backwards from today, so that what a month has cost so
far depends on the day of the month alone. Take the calendar month (or quarter) of today, unblended
cost, and as forecast what is spent so far plus, for each day left, the median of the last seven.
Then, as tests hold it to:

- ``ml-research`` is forecast to be over, on every day of any month, and is not over yet on any: the
  spike is six days old, which leaves 96 % of the limit spent at most, when today is the last day
  of a month, and 104 % in sight at least. No month before the spike used a third of the limit.
- ``support-and-tools`` is over from the second of a month on, since all of it is billed on the
  first; on the first itself nothing is billed yet, and the month just ended is over. It has been
  over since the second subscription began.
- all others are forecast to end below nine tenths of their limit, the spike included.
"""

from decimal import Decimal
from typing import Final

from finops_cli.domain.budget import Budget, BudgetPeriod
from finops_cli.domain.query import ACCOUNT, REGION, SERVICE, Filter
from finops_cli.sources.demo.organisation import DATA, EUW1, ML, PROD
from finops_cli.sources.demo.services import PAGELARK, RDS, SUPPORT, TRACEHOUND

BUDGETS: Final = (
    Budget("ml-research", Decimal(14200), "monthly", (Filter(ACCOUNT, (ML.id,)),)),
    Budget(
        "support-and-tools",
        Decimal(6000),
        "monthly",
        (Filter(SERVICE, (SUPPORT.name, TRACEHOUND.name, PAGELARK.name)),),
    ),
    Budget("production", Decimal(90000), "monthly", (Filter(ACCOUNT, (PROD.id,)),)),
    Budget("data-platform", Decimal(52000), "monthly", (Filter(ACCOUNT, (DATA.id,)),)),
    Budget("databases", Decimal(12000), "monthly", (Filter(SERVICE, (RDS.name,)),)),
    Budget("europe", Decimal(20000), "monthly", (Filter(REGION, (EUW1.id,)),)),
    Budget("organisation", Decimal(600000), "quarterly"),
)


class DemoBudgets:
    """The demo's budgets as a store; what the past came to is in the demo's bill."""

    label = "the demo's budgets"
    hint = ""

    def budgets(self) -> tuple[Budget, ...]:
        """Return the demo's budgets."""
        return BUDGETS

    def history(self, budget: Budget) -> tuple[BudgetPeriod, ...] | None:
        """Return None: nobody kept it."""
        return None
