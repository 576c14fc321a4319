"""Buckets whose content can be told from their key, and connections that do more."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.store import Bucket, Span

DAY = date(2026, 9, 1)
NOW = datetime(2026, 11, 24, 9, 30, 0, 123456, UTC)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
COLUMNS = ("cost", "usage")
_DAY = timedelta(days=1)


def span(day: int = 0, days: int = 1, hours: int = 0, estimated: bool = False) -> Span:
    start = DAY + day * _DAY
    return Span(start, start + days * _DAY, NOW + timedelta(hours=hours), estimated)


def bucket(where: Span, groups: int = 3, salt: str = "") -> Bucket:
    """Return the one bucket that a span, a number of groups and a salt can have."""
    keys = tuple((f"account {i}", None if i % 2 else f"service {i}") for i in range(groups))
    columns = {
        name: tuple(f"{salt}{name} {where.start} {where.end} {i}" for i in range(groups))
        for name in COLUMNS
    }
    return Bucket(where, keys, columns)


def opening(*statements: str, timeout: float = 5) -> Callable[[str], sqlite3.Connection]:
    """Return how to open a file that first runs statements on each connection."""

    def connect(address: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, timeout=timeout, isolation_level=None, check_same_thread=False, uri=True
        )
        for statement in statements:
            connection.execute(statement)
        return connection

    return connect
