"""The tables of the cache, and buckets in and out of them.

Each bucket is sealed, each blob of it is sealed to its bucket, and both to the scope and shape that
they were asked in. What does not match its seal is not there. Scopes are kept as digests: the file
need not say whose costs it holds.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.buckets import Bucket, Key, Span
from finops_cli.sources.aws.cache.packing import (
    COLUMN,
    KEYS,
    Packed,
    digest,
    seal,
    unpack_keys,
    unpack_texts,
)

if TYPE_CHECKING:
    from sqlite3 import Connection

TABLES = (
    "CREATE TABLE shape (id TEXT PRIMARY KEY, scope TEXT NOT NULL, text TEXT NOT NULL)",
    """CREATE TABLE bucket (
        id INTEGER PRIMARY KEY AUTOINCREMENT, shape TEXT NOT NULL, scope TEXT NOT NULL,
        first TEXT NOT NULL, until TEXT NOT NULL, fetched TEXT NOT NULL,
        estimated INTEGER NOT NULL, seal TEXT NOT NULL,
        UNIQUE (shape, first, until)
    )""",
    """CREATE TABLE content (
        bucket INTEGER NOT NULL, part TEXT NOT NULL, packed BLOB NOT NULL, seal TEXT NOT NULL,
        UNIQUE (bucket, part)
    )""",
    """CREATE TABLE note (
        id TEXT PRIMARY KEY, scope TEXT NOT NULL, kept TEXT NOT NULL, value TEXT NOT NULL,
        seal TEXT NOT NULL
    )""",
)

STALE = timedelta(days=1)
"""How much later AWS must have answered for an estimate within the same days to be forgotten."""


class Tables:
    """What one scope has in the tables of an open file.

    Args:
        connection: The file, in a transaction.
        scope: Whose costs.
    """

    def __init__(self, connection: "Connection", scope: str) -> None:
        self._file = connection
        self._scope = scope
        self._owner = digest(scope)
        self._known: dict[Key, Key] = {}
        self.damaged: list[int] = []

    def shapes(self) -> tuple[str, ...]:
        """Return the shapes that have buckets."""
        rows = self._file.execute(
            "SELECT id, text FROM shape WHERE id IN (SELECT shape FROM bucket WHERE scope = ?)",
            (self._owner,),
        )
        texts = ((known, _value(text)) for known, text in rows)
        return tuple(t for known, t in texts if isinstance(t, str) and known == self._id(t))

    def spans(self, shape: str, period: Period) -> list[Span]:
        """Return what lies wholly inside a period."""
        known = self._id(shape)
        rows = self._file.execute(
            "SELECT scope, first, until, fetched, estimated, seal FROM bucket"
            " WHERE shape = ? AND first >= ? AND until <= ?",
            (known, str(period.start), str(period.end)),
        )
        return [_span(head) for *head, sealed in rows if sealed == digest(known, *head)]

    def bucket(self, shape: str, span: Span, columns: Sequence[str]) -> Bucket | None:
        """Return the bucket of a span's days.

        None where it is not there, is damaged (then ``damaged`` has its number), or has not all
        of the columns.
        """
        known = self._id(shape)
        row = self._file.execute(
            "SELECT id, seal, scope, first, until, fetched, estimated FROM bucket"
            " WHERE shape = ? AND first = ? AND until = ?",
            (known, str(span.start), str(span.end)),
        ).fetchone()
        if row is None:
            return None
        number, sealed, *head = row
        wanted = (KEYS, *(COLUMN + name for name in columns))
        parts = self._parts(number, wanted)
        whole = all(kept == seal(sealed, part, blob) for part, (blob, kept) in parts.items())
        if sealed != digest(known, *head) or not whole or KEYS not in parts:
            self.damaged.append(number)
            return None
        if not parts.keys() >= set(wanted):
            return None
        keys = unpack_keys(parts[KEYS][0], self._known)
        texts = {name: unpack_texts(parts[COLUMN + name][0]) for name in columns}
        return Bucket(_span(head), keys, texts)

    def _parts(self, number: int, parts: Sequence[str]) -> dict[str, tuple[bytes, str]]:
        rows = self._file.execute(
            "SELECT part, packed, seal FROM content WHERE bucket = ?"
            f" AND part IN ({', '.join('?' * len(parts))})",
            (number, *parts),
        )
        return {part: (_bytes(packed), kept) for part, packed, kept in rows}

    def write(self, shape: str, buckets: Iterable[Packed]) -> None:
        """Keep buckets in place of those of the same days and of stale ones within them."""
        known = self._id(shape)
        self._file.execute(
            "INSERT OR REPLACE INTO shape VALUES (?, ?, ?)", (known, self._owner, json.dumps(shape))
        )
        for bucket in buckets:
            self._make_way(known, bucket.span)
            self._insert(known, bucket)

    def _make_way(self, known: str, span: Span) -> None:
        days = (str(span.start), str(span.end))
        stale = _written(span.fetched - STALE)
        self._remove("shape = ? AND first = ? AND until = ?", known, *days)
        self._remove(
            "shape = ? AND first >= ? AND until <= ? AND estimated AND fetched <= ?",
            *(known, *days, stale),
        )

    def _insert(self, known: str, bucket: Packed) -> None:
        span = bucket.span
        days = (str(span.start), str(span.end))
        head = (self._owner, *days, _written(span.fetched), int(span.estimated))
        sealed = digest(known, *head)
        number = self._file.execute(
            "INSERT INTO bucket (shape, scope, first, until, fetched, estimated, seal)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (known, *head, sealed),
        ).lastrowid
        self._file.executemany(
            "INSERT INTO content VALUES (?, ?, ?, ?)",
            [(number, part, b, seal(sealed, part, b)) for part, b in bucket.parts.items()],
        )

    def drop(self, period: Period) -> None:
        """Forget every bucket of every shape that overlaps a period."""
        self._remove(
            "scope = ? AND first < ? AND until > ?",
            *(self._owner, str(period.end), str(period.start)),
        )

    def remove(self, numbers: Iterable[int]) -> None:
        """Forget damaged buckets by their numbers."""
        for number in numbers:
            self._remove("id = ?", number)

    def forget(self) -> None:
        """Forget everything."""
        self._remove("scope = ?", self._owner)
        self._file.execute("DELETE FROM shape WHERE scope = ?", (self._owner,))
        self._file.execute("DELETE FROM note WHERE scope = ?", (self._owner,))

    def _remove(self, which: str, *values: object) -> None:
        self._file.execute(
            f"DELETE FROM content WHERE bucket IN (SELECT id FROM bucket WHERE {which})", values
        )
        self._file.execute(f"DELETE FROM bucket WHERE {which}", values)

    def note(self, name: str) -> tuple[Any, datetime] | None:
        """Return a note and when it was kept."""
        known = self._id(name)
        rows = self._file.execute(
            "SELECT seal, scope, kept, value FROM note WHERE id = ?", (known,)
        )
        for sealed, scope, kept, value in rows:
            if sealed == digest(known, scope, kept, value):
                return json.loads(value), datetime.fromisoformat(kept)
        return None

    def keep(self, name: str, value: str, now: datetime) -> None:
        """Keep a note, its value written as JSON."""
        known, row = self._id(name), (self._owner, _written(now), value)
        self._file.execute(
            "INSERT OR REPLACE INTO note (id, scope, kept, value, seal) VALUES (?, ?, ?, ?, ?)",
            (known, *row, digest(known, *row)),
        )

    def _id(self, text: str) -> str:
        return digest(self._scope, text)


def count(connection: "Connection") -> tuple[int, int, int]:
    """Return how many buckets, shapes and scopes a file holds."""
    buckets, shapes, scopes = connection.execute(
        "SELECT count(*), count(DISTINCT shape), count(DISTINCT scope) FROM bucket"
    ).fetchone()
    return buckets, shapes, scopes


def _span(head: Sequence[Any]) -> Span:
    _, first, until, fetched, estimated = head
    return Span(
        date.fromisoformat(first),
        date.fromisoformat(until),
        datetime.fromisoformat(fetched),
        bool(estimated),
    )


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _value(text: object) -> object:
    try:
        return json.loads(str(text))
    except ValueError:
        return None


def _bytes(packed: object) -> bytes:
    return packed if isinstance(packed, bytes) else b""
