"""AWS's second opinion as a test tells it; what is not told fails as AWS would."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finops_cli.domain.answer import Answer
from finops_cli.domain.opinion import Drivers, OwnAnomaly, OwnForecast, RootCause, SecondOpinion
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Metric
from finops_cli.errors import Denied, FinopsError, NoData, NotCached, SpendCap
from tests.fakes import FakeSource

DENIED = Denied("Not allowed: ce:X is needed.", "Give your role what `finops iam-policy` prints.")
CAPPED = SpendCap("The next request would pass the cap.", "Raise it.")
NOT_KEPT = NotCached("This is not kept yet.")
NO_DATA = NoData("AWS has no data yet.")


@dataclass
class FakeOpinion:
    """Says what it is given, or raises it; ``asked`` are the periods that it was asked about."""

    says: OwnForecast | Sequence[OwnAnomaly] | Drivers | FinopsError
    asked: list[Period] = field(default_factory=list)

    def forecast(
        self, metric: Metric, months: Period, level: int, filters: tuple[Filter, ...]
    ) -> OwnForecast:
        self.asked.append(months)
        assert isinstance(found := self._said(), OwnForecast)
        return found

    def anomalies(self, period: Period) -> tuple[OwnAnomaly, ...]:
        self.asked.append(period)
        assert isinstance(found := self._said(), Sequence)
        return tuple(found)

    def drivers(
        self, metric: Metric, baseline: Period, comparison: Period, filters: tuple[Filter, ...]
    ) -> Drivers:
        self.asked += [baseline, comparison]
        assert isinstance(found := self._said(), Drivers)
        return found

    def _said(self) -> object:
        if isinstance(self.says, FinopsError):
            raise self.says
        return self.says


def having(source: FakeSource, opinion: SecondOpinion | None) -> FakeSource:
    """Return a source that has a second opinion."""
    source.second_opinion = opinion
    return source


def anomaly(name: str, service: str, start: date, end: date, impact: str = "900") -> OwnAnomaly:
    """Return an anomaly of one service."""
    cause = RootCause(service, "us-east-1", None, None, "BoxUsage:p4d", Decimal(impact))
    amount = Decimal(impact)
    return OwnAnomaly(name, Period(start, end), amount, amount, Decimal(0), (cause,), None)


def said(answer: Answer) -> list[str]:
    """Return what an answer's findings say."""
    return [
        finding.text.template.format(**{f.name: f.value for f in finding.text.figures})
        for finding in answer.findings
    ]
