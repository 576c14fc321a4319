"""Which kept buckets a question is answered from, and which days are still to be asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from finops_cli.domain.period import Period, month_of
from finops_cli.domain.query import Granularity
from finops_cli.sources.aws.cache.buckets import Span

_DAY = timedelta(days=1)
_NEAR = 62


@dataclass(frozen=True, slots=True)
class Cover:
    """The buckets that a period is made of, in order, and the days that none of them has."""

    spans: tuple[Span, ...]
    missing: tuple[Period, ...]


def cover(period: Period, granularity: Granularity, spans: Iterable[Span]) -> Cover:
    """Lay buckets end to end over a period, the longest that fits first.

    No bucket reaches over the end of a month, and daily questions take single days alone, so that
    every bucket belongs to one row.

    Args:
        period: The days asked about.
        granularity: What one row is.
        spans: The buckets that may be used, all within the period.
    """
    by_start: dict[date, list[Span]] = {}
    for span in spans:
        if granularity is not Granularity.DAILY or span.end - span.start == _DAY:
            by_start.setdefault(span.start, []).append(span)
    chosen: list[Span] = []
    lacking: list[date] = []
    for piece in months_of(period):
        day = piece.start
        while day < piece.end:
            fitting = [span for span in by_start.get(day, ()) if span.end <= piece.end]
            if fitting:
                chosen.append(max(fitting, key=lambda span: span.end))
                day = chosen[-1].end
            else:
                lacking.append(day)
                day += _DAY
    return Cover(tuple(chosen), _runs(lacking))


def months_of(period: Period) -> list[Period]:
    """Return the calendar months of a period, cut to it."""
    pieces, start = [], period.start
    while start < period.end:
        end = min(month_of(start).end, period.end)
        pieces.append(Period(start, end))
        start = end
    return pieces


def to_ask(missing: Sequence[Period]) -> tuple[Period, ...]:
    """Return the periods to ask for: one request over all that is missing, where that is near.

    A request has one price however many days it asks for, but a long answer has more pages.
    """
    if not missing:
        return ()
    whole = Period(missing[0].start, missing[-1].end)
    lacking = sum(period.days for period in missing)
    return (whole,) if whole.days <= max(_NEAR, 2 * lacking) else tuple(missing)


def _runs(days: Sequence[date]) -> tuple[Period, ...]:
    runs: list[Period] = []
    for day in days:
        if runs and runs[-1].end == day:
            runs[-1] = Period(runs[-1].start, day + _DAY)
        else:
            runs.append(Period(day, day + _DAY))
    return tuple(runs)
