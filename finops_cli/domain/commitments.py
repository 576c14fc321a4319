"""What AWS says of commitments: what they cover, how they are used, what it would have one buy.

Shares are ratios, 0.95, and None where there is nothing to have a share of. Amounts are US dollars.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Scheme(StrEnum):
    """How one commits oneself."""

    SAVINGS_PLANS = "savings plans"
    RESERVATIONS = "reservations"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what could be covered was: dollars for Savings Plans, hours for reservations.

    ``on_demand_cost`` is what the rest cost.
    """

    scheme: Scheme
    covered: Decimal
    on_demand: Decimal
    on_demand_cost: Decimal

    @property
    def share(self) -> Decimal | None:
        """The covered part of both."""
        whole = self.covered + self.on_demand
        return self.covered / whole if whole else None


@dataclass(frozen=True, slots=True)
class Utilization:
    """How much of what was committed was used: dollars for Savings Plans, hours for reservations.

    ``net_savings`` is what was saved against on-demand prices, the unused part counted against it;
    ``cost`` is the amortized fee.
    """

    scheme: Scheme
    committed: Decimal
    used: Decimal
    net_savings: Decimal
    cost: Decimal

    @property
    def unused(self) -> Decimal:
        """What was committed in vain."""
        return self.committed - self.used

    @property
    def share(self) -> Decimal | None:
        """The used part."""
        return self.used / self.committed if self.committed else None


@dataclass(frozen=True, slots=True)
class Purchase:
    """One thing that AWS would have one buy.

    Recommendations for the same usage (a Compute and an EC2 Instance Savings Plan, a reservation)
    exclude one another: their savings must not be added up.

    Args:
        scheme: Savings Plan or reservation.
        kind: ``COMPUTE_SP`` and its kin, or the service that a reservation is for.
        what: The family or instance type, None where it holds for any.
        region: Where it holds, None for everywhere.
        account: The account that would buy it, None where AWS does not say.
        term: ``ONE_YEAR`` or ``THREE_YEARS``.
        payment: ``NO_UPFRONT``, ``PARTIAL_UPFRONT`` or ``ALL_UPFRONT``.
        hourly: The dollars an hour of a Savings Plan, None for a reservation.
        count: How many instances to reserve, None for a Savings Plan.
        upfront: What is paid at once.
        monthly_savings: What AWS expects it to save in a month.
        savings_share: The same as a ratio of the on-demand cost.
        utilization: How much of it AWS expects to be used, as a ratio.
    """

    scheme: Scheme
    kind: str
    what: str | None
    region: str | None
    account: str | None
    term: str
    payment: str
    hourly: Decimal | None
    count: Decimal | None
    upfront: Decimal
    monthly_savings: Decimal
    savings_share: Decimal
    utilization: Decimal
