"""How long a figure of Cost Explorer may be kept.

AWS refreshes billing data up to three times a day, changes a day most in its first days, and
finalises a month's bill in the first days of the next. So: a recent day is asked for again after
eight hours, an older one of an open month after a day, and a month that is over stays until AWS
restates it (``overview`` looks for that once a day).

Sources: "AWS Cost Management, Best practices for using the Cost Explorer API" (refresh, caching);
"AWS Billing, Viewing your monthly charges" (the bill is finalised a few days into the next month).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from finops_cli.domain.period import add_months
from finops_cli.sources.aws.cache.buckets import Span

RECENT = timedelta(hours=8)
OPEN = timedelta(hours=24)
_RECENT_DAYS = timedelta(days=3)
_CLOSING_DAYS = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Freshness:
    """Which kept figures may be used at a moment.

    Args:
        now: The moment.
        since: Nothing that was fetched earlier may be used: ``--refresh`` sets it to the moment
            that the run began.
        offline: Everything may be used, however old.
    """

    now: datetime
    since: datetime | None = None
    offline: bool = False

    def allows(self, span: Span) -> bool:
        """Tell whether a span can be used as it is."""
        if self.offline:
            return True
        if self.since and span.fetched < self.since:
            return False
        if is_final(span):
            return True
        return self.now - span.fetched < _kept_for(span)


def is_final(span: Span) -> bool:
    """Tell whether a span's month was closed when it was fetched."""
    closed = add_months(span.start, 1) + _CLOSING_DAYS
    return not span.estimated and span.fetched >= _midnight(closed)


def _kept_for(span: Span) -> timedelta:
    recent = _midnight(span.end) > span.fetched - _RECENT_DAYS
    return RECENT if recent else OPEN


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
