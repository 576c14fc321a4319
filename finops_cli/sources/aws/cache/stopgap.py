"""The cache of one run: what could not be written to the file, lest it be asked for twice."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.buckets import Bucket, Span


class Stopgap:
    """Buckets and notes in memory."""

    def __init__(self) -> None:
        self._buckets: dict[str, dict[tuple[date, date], Bucket]] = {}
        self._notes: dict[str, tuple[Any, datetime]] = {}

    def shapes(self) -> tuple[str, ...]:
        """Return the shapes that have buckets."""
        return tuple(shape for shape, buckets in self._buckets.items() if buckets)

    def spans(self, shape: str, period: Period) -> list[Span]:
        """Return what lies wholly inside a period."""
        spans = (bucket.span for bucket in self._buckets.get(shape, {}).values())
        return [span for span in spans if period.start <= span.start and span.end <= period.end]

    def bucket(self, shape: str, span: Span) -> Bucket | None:
        """Return the bucket of a span's days."""
        return self._buckets.get(shape, {}).get((span.start, span.end))

    def write(self, shape: str, buckets: Iterable[Bucket]) -> None:
        """Keep buckets in place of those of the same days."""
        kept = self._buckets.setdefault(shape, {})
        kept.update({(bucket.span.start, bucket.span.end): bucket for bucket in buckets})

    def drop(self, period: Period) -> None:
        """Forget every bucket that overlaps a period."""
        for shape, buckets in self._buckets.items():
            self._buckets[shape] = {
                (start, end): bucket
                for (start, end), bucket in buckets.items()
                if end <= period.start or period.end <= start
            }

    def note(self, name: str) -> tuple[Any, datetime] | None:
        """Return a note and when it was kept."""
        return self._notes.get(name)

    def keep(self, name: str, value: Any, now: datetime) -> None:
        """Keep a note."""
        self._notes[name] = (value, now)

    def forget(self) -> None:
        """Forget everything."""
        self._buckets.clear()
        self._notes.clear()
