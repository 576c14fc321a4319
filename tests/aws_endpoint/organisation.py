"""Whose account is served: the payer, its members, today, and what AWS would let them ask."""

from dataclasses import dataclass, field
from datetime import date

from finops_cli.domain.period import Period, add_months, first_of_month
from tests.aws_endpoint.bill import Bill
from tests.aws_endpoint.faults import Faults

_CLOSED_AFTER = 3  # the day of a month until which the month before is an estimate


@dataclass(slots=True)
class Organisation:
    """A payer with its bill.

    Args:
        bill: What was spent.
        today: The day it is, in UTC; it may be moved while the endpoint runs.
        payer: The account that pays, and sees everything.
        page_size: How many groups or values a page of Cost Explorer holds.
        multi_year: Whether monthly data of 38 months is switched on.
        faults: What goes wrong.
    """

    bill: Bill
    today: date
    payer: str
    page_size: int
    multi_year: bool
    faults: Faults
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        known = self.bill.account_names
        ids = (self.payer, *self.bill.accounts(), *known)
        self.names = {account: known.get(account, account) for account in dict.fromkeys(ids)}
        self.names[self.payer] = known.get(self.payer, "management")

    def history_starts(self, monthly: bool) -> date:
        """Return the first day that Cost Explorer keeps."""
        return add_months(self.today, -38 if monthly and self.multi_year else -14)

    def history(self) -> Period:
        """Return the days that were billed and that Cost Explorer keeps."""
        covered = self.bill.coverage
        return Period(
            min(max(covered.start, self.history_starts(monthly=False)), covered.end), covered.end
        )

    def is_estimated(self, last_day: date) -> bool:
        """Tell whether the month of a day may still change."""
        open_from = first_of_month(self.today)
        if self.today.day <= _CLOSED_AFTER:
            open_from = add_months(open_from, -1)
        return last_day >= open_from
