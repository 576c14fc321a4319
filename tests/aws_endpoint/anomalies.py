"""GetAnomalies: given ones, or days on which a service cost far more than it used to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from finops_cli.domain import query as q
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.time_period import read_day
from tests.aws_endpoint.wire import Call, Reply, invalid

_KEPT_DAYS = 90
_USUAL_DAYS = 28
_LEAST_DOLLARS = 100.0
_LEAST_RATIO = 1.4
_DAY = timedelta(days=1)
_NAMES = (q.SERVICE, q.REGION, q.ACCOUNT, q.USAGE_TYPE, q.CHARGE_CATEGORY)
Where = tuple[str | None, ...]
Series = dict[date, float]
_OPERATORS: dict[str, Callable[[float, float, float | None], bool]] = {
    "EQUAL": lambda value, start, end: value == start,
    "GREATER_THAN": lambda value, start, end: value > start,
    "GREATER_THAN_OR_EQUAL": lambda value, start, end: value >= start,
    "LESS_THAN": lambda value, start, end: value < start,
    "LESS_THAN_OR_EQUAL": lambda value, start, end: value <= start,
    "BETWEEN": lambda value, start, end: start <= value <= (end or start),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """Where an anomaly comes from, and its part of the impact in dollars."""

    service: str
    region: str
    account: str
    usage_type: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One anomaly of a service, from its first to its last day."""

    id: str
    service: str
    start: date
    last: date
    expected: float
    actual: float
    worst_day: float
    causes: tuple[Cause, ...]
    feedback: str | None = None

    @property
    def impact(self) -> float:
        """What it cost more than expected."""
        return self.actual - self.expected


class Anomalies:
    """Answers GetAnomalies.

    Args:
        organisation: Whose bill it is.
        given: What is answered; None to find them in the bill.
    """

    def __init__(self, organisation: Organisation, given: Iterable[Anomaly] | None) -> None:
        self._organisation = organisation
        self._given = None if given is None else tuple(given)

    @property
    def monitor(self) -> str:
        """The ARN of the one monitor that there is."""
        return f"arn:aws:ce::{self._organisation.payer}:anomalymonitor/services"

    def __call__(self, call: Call) -> Reply:
        """Return one page, the latest anomaly first."""
        asked = call.parameters
        start = read_day(asked["DateInterval"]["StartDate"])
        last = read_day(asked["DateInterval"].get("EndDate") or str(self._organisation.today))
        if last < start:
            raise invalid("Start date must not be after the end date")
        if start < self._organisation.today - _DAY * _KEPT_DAYS:
            raise invalid(f"Anomalies are available for the last {_KEPT_DAYS} days only")
        known = self._given if self._given is not None else self._found()
        kept = [a for a in known if start <= a.last <= last and self._is_asked_for(a, call)]
        kept.sort(key=lambda anomaly: (anomaly.last, anomaly.impact), reverse=True)
        size = min(self._organisation.page_size, asked.get("MaxResults") or 100)
        held, token = page(call, kept, size, self._organisation.faults)
        return {"Anomalies": [self._written(anomaly) for anomaly in held], **token}

    def _is_asked_for(self, anomaly: Anomaly, call: Call) -> bool:
        asked = call.parameters
        if asked.get("MonitorArn") not in (None, self.monitor):
            return False
        if asked.get("Feedback") not in (None, anomaly.feedback):
            return False
        member = call.account != self._organisation.payer
        if member and call.account not in {cause.account for cause in anomaly.causes}:
            return False
        limit = asked.get("TotalImpact")
        if not limit:
            return True
        holds = _OPERATORS[limit["NumericOperator"]]
        return holds(anomaly.impact, limit["StartValue"], limit.get("EndValue"))

    def _found(self) -> list[Anomaly]:
        days = self._organisation.bill.days(_NAMES, "UnblendedCost")
        by_service: dict[str, dict[Where, Series]] = {}
        for day, lines in days.items():
            if day < self._organisation.today:
                for raw, cost, _ in lines:
                    if raw[4] not in (None, "Usage"):  # fees come once a month, as they should
                        continue
                    where = by_service.setdefault(raw[0] or "", {}).setdefault(raw, {})
                    where[day] = where.get(day, 0.0) + float(cost)
        return [
            anomaly
            for service, parts in sorted(by_service.items())
            for anomaly in self._of_service(service, parts)
        ]

    def _of_service(self, service: str, parts: dict[Where, Series]) -> Iterable[Anomaly]:
        whole: Series = {}
        for series in parts.values():
            for day, cost in series.items():
                whole[day] = whole.get(day, 0.0) + cost
        day, end = self._organisation.today - _DAY * _KEPT_DAYS, self._organisation.today
        while day < end:
            usual = _usual(whole, day)
            last = _last_day_above(whole, day, end, usual)
            if last is not None:
                yield self._anomaly(service, whole, parts, day, last)
                day = last
            day += _DAY

    def _anomaly(
        self, service: str, whole: Series, parts: dict[Where, Series], start: date, last: date
    ) -> Anomaly:
        days = [start + _DAY * i for i in range((last - start).days + 1)]
        usual = _usual(whole, start)
        excess = {where: _excess(series, days) for where, series in parts.items()}
        top = sorted(excess, key=lambda where: -excess[where])[:3]
        return Anomaly(
            id=f"anomaly-{start:%Y%m%d}-{service}",
            service=service,
            start=start,
            last=last,
            expected=usual * len(days),
            actual=sum(whole.get(day, 0.0) for day in days),
            worst_day=max(whole.get(day, 0.0) - usual for day in days),
            causes=tuple(
                Cause(service, where[1] or "", where[2] or "", where[3] or "", excess[where])
                for where in top
                if excess[where] > 0
            ),
        )

    def _written(self, anomaly: Anomaly) -> Reply:
        share = 100 * anomaly.impact / anomaly.expected if anomaly.expected > 0 else 0.0
        written: Reply = {
            "AnomalyId": anomaly.id,
            "AnomalyStartDate": f"{anomaly.start}T00:00:00Z",
            "AnomalyEndDate": f"{anomaly.last}T00:00:00Z",
            "DimensionValue": anomaly.service,
            "RootCauses": [self._cause(cause) for cause in anomaly.causes],
            "AnomalyScore": {"MaxScore": 0.9, "CurrentScore": 0.7},
            "Impact": {
                "MaxImpact": anomaly.worst_day,
                "TotalImpact": anomaly.impact,
                "TotalActualSpend": anomaly.actual,
                "TotalExpectedSpend": anomaly.expected,
                "TotalImpactPercentage": share,
            },
            "MonitorArn": self.monitor,
        }
        return {**written, "Feedback": anomaly.feedback} if anomaly.feedback else written

    def _cause(self, cause: Cause) -> Reply:
        return {
            "Service": cause.service,
            "Region": cause.region,
            "LinkedAccount": cause.account,
            "LinkedAccountName": self._organisation.names.get(cause.account, cause.account),
            "UsageType": cause.usage_type,
            "Impact": {"Contribution": cause.contribution},
        }


def _usual(series: Series, day: date) -> float:
    return median(series.get(day - _DAY * i, 0.0) for i in range(1, _USUAL_DAYS + 1))


def _last_day_above(series: Series, first: date, end: date, usual: float) -> date | None:
    day, last = first, None
    while day < end:
        cost = series.get(day, 0.0)
        if cost - usual < _LEAST_DOLLARS or cost < usual * _LEAST_RATIO:
            break
        last, day = day, day + _DAY
    return last


def _excess(series: Series, days: Sequence[date]) -> float:
    return sum(series.get(day, 0.0) for day in days) - _usual(series, days[0]) * len(days)
