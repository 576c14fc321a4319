"""What AWS itself says beside our figures: its forecast, its anomalies, its reasons for a change.

A second opinion never takes the place of ours and never spoils it: where there is none, the answer
is the same without it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Metric


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """What AWS expects of one whole month, and its bounds."""

    month: date
    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class OwnForecast:
    """AWS's forecast, month by month.

    ``months`` are whole months, as many as AWS tells of those that were asked about. ``level`` is
    how many per cent of outcomes the bounds of a month hold; AWS has no bounds for their sum.
    """

    months: tuple[OwnMonth, ...]
    level: int
    currency: str


@dataclass(frozen=True, slots=True)
class RootCause:
    """Where an anomaly comes from, as far as AWS tells, and its part of the impact in dollars."""

    service: str | None
    region: str | None
    account: str | None
    account_name: str | None
    usage_type: str | None
    contribution: Decimal | None


@dataclass(frozen=True, slots=True)
class OwnAnomaly:
    """What Cost Anomaly Detection found.

    ``days`` are those of the anomaly, ``impact`` is what it cost more than expected, in dollars.
    ``actual`` and ``expected`` are not always told. ``feedback`` is what somebody told AWS about
    it: YES, NO or PLANNED_ACTIVITY. The first root cause is the largest.
    """

    id: str
    days: Period
    impact: Decimal
    actual: Decimal | None
    expected: Decimal | None
    causes: tuple[RootCause, ...]
    feedback: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One driver of a change, such as USAGE_CHANGE or CREDIT, and what it changed."""

    kind: str
    name: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class Driver:
    """One service and usage type that cost more or less; the reasons, the largest first."""

    service: str | None
    usage_type: str | None
    before: Decimal
    after: Decimal
    change: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Drivers:
    """What AWS holds to be behind a change of months, the largest first.

    ``is_all`` is False where there are more that nobody asked for: each page costs.
    """

    drivers: tuple[Driver, ...]
    is_all: bool

    @property
    def change(self) -> Decimal:
        """What they changed together."""
        return sum((driver.change for driver in self.drivers), Decimal(0))


class SecondOpinion(Protocol):
    """Asks AWS for its own findings.

    Each method raises a ``FinopsError`` where there is none: ``NoData`` where AWS has none for the
    account, ``NotCached`` where none is kept and nothing may be called.
    """

    def forecast(
        self, metric: Metric, months: Period, level: int, filters: tuple[Filter, ...]
    ) -> OwnForecast:
        """Return AWS's forecast of whole months to come.

        Args:
            metric: Which cost.
            months: Whole months, none of them begun.
            level: How many per cent of outcomes the bounds shall hold; AWS offers 51 to 99.
            filters: What the costs are narrowed to.

        Raises:
            BadPeriod: None of the months is one that AWS can tell today.
            NoData: The account is too young.
            FinopsError: AWS did not answer.
        """

    def anomalies(self, period: Period) -> tuple[OwnAnomaly, ...]:
        """Return the anomalies of some days, the largest impact first; AWS keeps 90 days.

        Raises:
            FinopsError: AWS did not answer.
        """

    def drivers(
        self, metric: Metric, baseline: Period, comparison: Period, filters: tuple[Filter, ...]
    ) -> Drivers:
        """Return what is behind the change from one calendar month to another.

        Raises:
            FinopsError: AWS did not answer.
        """
