"""The days of a request: read, checked as Cost Explorer does, cut into buckets."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from finops_cli.domain.period import Period, add_months
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import AwsError, invalid

_DAY = timedelta(days=1)


def read_day(text: str) -> date:
    """Return the day that ``yyyy-mm-dd`` names.

    Raises:
        AwsError: It names none.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise invalid(f"time period is invalid: {text}. Valid format is: yyyy-MM-dd.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise invalid(f"time period is invalid: {text}.") from error


def read_interval(interval: Mapping[str, str]) -> Period:
    """Return a DateInterval, whose end is exclusive.

    Raises:
        AwsError: It is none, or ends before it starts.
    """
    start, end = read_day(interval["Start"]), read_day(interval["End"])
    if start >= end:
        raise invalid("Start date (and hour) should be before end date (and hour)")
    return Period(start, end)


def read_past(
    interval: Mapping[str, str], organisation: Organisation, granularity: str = "DAILY"
) -> Period:
    """Return a DateInterval of what was billed.

    Raises:
        AwsError: It reaches further back or ahead than Cost Explorer knows.
    """
    if granularity == "HOURLY":
        raise AwsError(
            "AccessDeniedException",
            "Hourly data granularity is not enabled. Opt in to hourly granularity in the cost "
            "management preferences.",
        )
    period = read_interval(interval)
    if period.end > add_months(organisation.today, 1):
        raise invalid("end date past the beginning of next month")
    if period.start < organisation.history_starts(granularity == "MONTHLY"):
        raise _too_old(organisation, granularity)
    if period.start < add_months(organisation.today, -14) and period.start.day != 1:
        raise invalid(
            "To retrieve data beyond the past 14 months, your start date needs to be the first "
            "day of the month."
        )
    return period


def _too_old(organisation: Organisation, granularity: str) -> AwsError:
    if not organisation.multi_year:
        return invalid("You haven't enabled historical data beyond 14 months")
    if granularity == "DAILY":
        return invalid("Data beyond the past 14 months is available at monthly granularity only")
    return invalid("Start date is too old: data is kept for 38 months")


def buckets(period: Period, granularity: str) -> list[Period]:
    """Return the days, or the months (the first and last as far as they belong to the period)."""
    if granularity == "DAILY":
        return [Period(day, day + _DAY) for day in period.each_day()]
    found, start = [], period.start
    while start < period.end:
        end = min(add_months(start, 1), period.end)
        found.append(Period(start, end))
        start = end
    return found


def written(period: Period) -> dict[str, str]:
    """Return a period as a DateInterval."""
    return {"Start": period.start.isoformat(), "End": period.end.isoformat()}
