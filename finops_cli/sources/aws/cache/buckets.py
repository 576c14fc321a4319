"""What the cache of live AWS keeps: buckets of texts, each for a few days and whole or absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

Key = tuple[str | None, ...]
Texts = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A bucket without its content.

    Args:
        start: Its first day.
        end: The day after its last: a bucket is a day, a month or a part of a month.
        fetched: When AWS answered, in UTC with its zone.
        estimated: Whether AWS said that the figures may still change.
    """

    start: date
    end: date
    fetched: datetime
    estimated: bool


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was charged in a span, by group.

    Args:
        span: Which days, and when they were fetched.
        keys: The groups; ``((),)`` for an ungrouped bucket, ``()`` where nothing was charged.
        columns: By name, one text for each key.
    """

    span: Span
    keys: tuple[Key, ...]
    columns: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """What the cache of live AWS holds, whosever costs they are.

    Args:
        bytes: The size of its files.
        buckets: How many spans are kept.
        shapes: In how many shapes they were asked for.
        scopes: Of how many accounts and billing views they are.
    """

    bytes: int = 0
    buckets: int = 0
    shapes: int = 0
    scopes: int = 0
