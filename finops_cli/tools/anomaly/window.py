"""Which days are asked about: since when, and until when an event may have been raised."""

from dataclasses import dataclass
from datetime import date, timedelta

from finops_cli.analytics.anomalies import Event
from finops_cli.domain.period import Period, parse_period
from finops_cli.domain.source import CostSource
from finops_cli.tools.scope import resolve_period

_DAY = timedelta(days=1)
_EVERYTHING = ("all", "everything")


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked about; ``days`` is None where it is all that there are."""

    days: Period | None

    @classmethod
    def of(cls, source: CostSource, word: str) -> "Window":
        """Return the window that a word means: a period, or the day since which.

        Raises:
            BadPeriod: It cannot be read, or lies outside the data.
        """
        if word.strip().casefold() in _EVERYTHING:
            return cls(None)
        calendar = source.calendar()
        since = _day(word)
        if since is not None:
            word = f"{since}..{max(calendar.today, since)}"
        period = parse_period(word, calendar, source.coverage())
        if calendar.complete_until <= period.start <= calendar.today:
            # This week on its first day: what goes on now showed on the last full day.
            return cls(Period(calendar.last_full_day, period.end))
        return cls(resolve_period(source, word))

    def holds(self, event: Event) -> bool:
        """Tell whether an event was raised or went on in these days."""
        if self.days is None:
            return True
        last = max(event.end, event.first_alert + _DAY)
        return event.first_alert < self.days.end and last > self.days.start


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word.strip())
    except ValueError:
        return None
