"""Savings Plans and reservations as Cost Explorer tells them: coverage, utilization, purchases.

Each question is a few requests: two for coverage, two for utilization, and for recommendations one
for each kind of Savings Plan and each service with reservations (a page has up to 100).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from finops_cli.domain.commitments import Coverage, Purchase, Scheme, Utilization
from finops_cli.domain.period import Period, first_of_month
from finops_cli.errors import NoAnswer, NoData
from finops_cli.sources.aws.bill.freshness import RECENT, is_final
from finops_cli.sources.aws.bill.kept import IsFresh, for_good, kept, younger_than
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.cache.buckets import Span
from finops_cli.sources.aws.guard.operations import (
    RI_COVERAGE,
    RI_RECOMMENDATION,
    RI_UTILIZATION,
    SP_COVERAGE,
    SP_RECOMMENDATION,
    SP_UTILIZATION,
    Operation,
)
from finops_cli.sources.aws.opinion.purchases import reserved, saved

PLANS = ("COMPUTE_SP", "EC2_INSTANCE_SP", "SAGEMAKER_SP", "DATABASE_SP")
RESERVED = (
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Relational Database Service",
    "Amazon ElastiCache",
    "Amazon Redshift",
)
_DAILY = timedelta(hours=24)
_PAGE = 100
T = TypeVar("T")
Pages = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Commitments:
    """What Cost Explorer knows of an account's commitments; each answer is kept.

    Args:
        reader: The way to AWS and to what is kept.
    """

    reader: Reader

    def coverage(self, period: Period) -> tuple[Coverage, ...]:
        """Return what Savings Plans and reservations covered.

        Raises:
            FinopsError: AWS did not answer.
        """
        return (
            *self._of(SP_COVERAGE, _during(period), self._settled(period), _plan_coverage),
            *self._of(RI_COVERAGE, _during(period), self._settled(period), _reservation_coverage),
        )

    def utilization(self, period: Period) -> tuple[Utilization, ...]:
        """Return how Savings Plans and reservations were used; those that there are none of lack.

        Raises:
            FinopsError: AWS did not answer.
        """
        return (
            *self._of(SP_UTILIZATION, _during(period), self._settled(period), _plan_use),
            *self._of(RI_UTILIZATION, _during(period), self._settled(period), _reservation_use),
        )

    def recommendations(
        self, term: str = "ONE_YEAR", payment: str = "NO_UPFRONT", lookback: str = "THIRTY_DAYS"
    ) -> tuple[Purchase, ...]:
        """Return what AWS would have one buy, the largest monthly savings first.

        Args:
            term: ``ONE_YEAR`` or ``THREE_YEARS``.
            payment: ``NO_UPFRONT``, ``PARTIAL_UPFRONT`` or ``ALL_UPFRONT``.
            lookback: The days that AWS judges by: ``SEVEN_DAYS``, ``THIRTY_DAYS``, ``SIXTY_DAYS``.

        Raises:
            FinopsError: AWS did not answer.
        """
        terms = {
            "TermInYears": term,
            "PaymentOption": payment,
            "LookbackPeriodInDays": lookback,
            "PageSize": _PAGE,
        }
        fresh = younger_than(self.reader, _DAILY)
        found: list[Purchase] = []
        for kind in PLANS:
            wanted = {"SavingsPlansType": kind, **terms}
            found += self._of(SP_RECOMMENDATION, wanted, fresh, saved)
        for service in RESERVED:
            wanted = {"Service": service, **terms}
            found += self._of(RI_RECOMMENDATION, wanted, fresh, reserved(service))
        return tuple(sorted(found, key=lambda one: -one.monthly_savings))

    def _of(
        self,
        operation: Operation,
        wanted: dict[str, Any],
        fresh: IsFresh,
        read: Callable[[Pages], Iterable[T]],
    ) -> Sequence[T]:
        """Return what the pages of one question hold, nothing where AWS has no data."""

        def ask() -> Any:
            try:
                pages = list(self.reader.calls.pages(operation, wanted))
            except NoData:
                return []
            _checked(operation, read, pages)  # what cannot be read must not be kept
            return pages

        name = json.dumps(["commitments", operation.name, wanted])
        return _checked(operation, read, kept(self.reader, name, fresh, ask))

    def _settled(self, period: Period) -> IsFresh:
        """Return the rule that an answer serves for good once its last month is closed."""
        month = first_of_month(period.last_day)

        def is_fresh(fetched: datetime) -> bool:
            if is_final(Span(month, period.end, fetched, False)):
                return for_good(self.reader)(fetched)
            return younger_than(self.reader, RECENT)(fetched)

        return is_fresh


def _checked(operation: Operation, read: Callable[[Pages], Iterable[T]], pages: Pages) -> list[T]:
    try:
        return list(read(pages))
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise NoAnswer(f"What {operation} answered cannot be read.", "Try again.") from error


def _during(period: Period) -> dict[str, Any]:
    days = {"Start": period.start.isoformat(), "End": period.end.isoformat()}
    return {"TimePeriod": days, "Granularity": "MONTHLY"}


def _plan_coverage(pages: Pages) -> Iterator[Coverage]:
    """Yield the coverage of all months together: Cost Explorer tells no total."""
    months = [one["Coverage"] for page in pages for one in page.get("SavingsPlansCoverages", ())]
    if months:
        covered = _sum(months, "SpendCoveredBySavingsPlans")
        on_demand = _sum(months, "OnDemandCost")
        yield Coverage(Scheme.SAVINGS_PLANS, covered, on_demand, on_demand)


def _reservation_coverage(pages: Pages) -> Iterator[Coverage]:
    for page in pages[:1]:
        total = page.get("Total")
        if total:
            hours = total["CoverageHours"]
            yield Coverage(
                Scheme.RESERVATIONS,
                Decimal(hours["ReservedHours"]),
                Decimal(hours["OnDemandHours"]),
                Decimal(total.get("CoverageCost", {}).get("OnDemandCost", 0)),
            )


def _plan_use(pages: Pages) -> Iterator[Utilization]:
    for page in pages[:1]:
        total = page["Total"]
        yield Utilization(
            Scheme.SAVINGS_PLANS,
            Decimal(total["Utilization"]["TotalCommitment"]),
            Decimal(total["Utilization"]["UsedCommitment"]),
            Decimal(total["Savings"]["NetSavings"]),
            Decimal(total["AmortizedCommitment"]["TotalAmortizedCommitment"]),
        )


def _reservation_use(pages: Pages) -> Iterator[Utilization]:
    for page in pages[:1]:
        total = page["Total"]
        yield Utilization(
            Scheme.RESERVATIONS,
            Decimal(total["PurchasedHours"]),
            Decimal(total["TotalActualHours"]),
            Decimal(total["NetRISavings"]),
            Decimal(total["TotalAmortizedFee"]),
        )


def _sum(months: Iterable[Mapping[str, str]], name: str) -> Decimal:
    return sum((Decimal(month[name]) for month in months), Decimal(0))
