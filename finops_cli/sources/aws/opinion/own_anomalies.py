"""GetAnomalies: what AWS Cost Anomaly Detection found in the last ninety days.

All of them are asked for at once and kept, whatever days a question is about: one request mostly.
The interval includes its last day, unlike everything else in Cost Explorer.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from finops_cli.domain.opinion import OwnAnomaly, RootCause
from finops_cli.domain.period import Period
from finops_cli.errors import NoAnswer
from finops_cli.sources.aws.bill.freshness import RECENT
from finops_cli.sources.aws.bill.kept import kept, younger_than
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.guard.operations import ANOMALIES

_KEPT_DAYS = 90
_PAGE = 100
_DAY = timedelta(days=1)


def own_anomalies(reader: Reader, period: Period) -> tuple[OwnAnomaly, ...]:
    """Return the anomalies that share a day with a period, the largest impact first.

    Raises:
        FinopsError: AWS did not answer.
    """
    today = reader.freshness.now.date()

    def ask() -> Any:
        wanted = {
            "DateInterval": {
                "StartDate": str(today - (_KEPT_DAYS - 1) * _DAY),
                "EndDate": str(today),
            },
            "MaxResults": _PAGE,
        }
        pages = reader.calls.pages(ANOMALIES, wanted)
        found = [one for page in pages for one in page.get("Anomalies", ())]
        _read(found, today)  # what cannot be read must not be kept
        return found

    found = _read(kept(reader, "own anomalies", younger_than(reader, RECENT), ask), today)
    held = (one for one in found if one.days.overlap(period))
    return tuple(sorted(held, key=lambda one: (-abs(one.impact), one.days, one.id)))


def _read(found: list[Mapping[str, Any]], today: date) -> list[OwnAnomaly]:
    try:
        return [_anomaly(one, today) for one in found]
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise NoAnswer(
            "What AWS Cost Anomaly Detection found cannot be read.", "Try again."
        ) from error


def _anomaly(one: Mapping[str, Any], today: date) -> OwnAnomaly:
    impact = one["Impact"]
    causes = [_cause(cause) for cause in one.get("RootCauses") or ()]
    if not causes:  # without one AWS still says which value of its monitor's dimension it is
        causes = [RootCause(one.get("DimensionValue") or None, None, None, None, None, None)]
    causes.sort(key=lambda cause: -(cause.contribution or Decimal(0)))
    return OwnAnomaly(
        id=one["AnomalyId"],
        days=_days(one, today),
        impact=Decimal(str(impact["TotalImpact"])),
        actual=_amount(impact.get("TotalActualSpend")),
        expected=_amount(impact.get("TotalExpectedSpend")),
        causes=tuple(causes),
        feedback=one.get("Feedback"),
    )


def _days(one: Mapping[str, Any], today: date) -> Period:
    """Return the days of an anomaly; one without an end goes on."""
    start = date.fromisoformat(one["AnomalyStartDate"][:10])
    end = one.get("AnomalyEndDate")
    last = date.fromisoformat(end[:10]) if end else max(today, start)
    return Period(start, last + _DAY)


def _cause(cause: Mapping[str, Any]) -> RootCause:
    return RootCause(
        service=cause.get("Service") or None,
        region=cause.get("Region") or None,
        account=cause.get("LinkedAccount") or None,
        account_name=cause.get("LinkedAccountName") or None,
        usage_type=cause.get("UsageType") or None,
        contribution=_amount((cause.get("Impact") or {}).get("Contribution")),
    )


def _amount(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
