"""The cache of live AWS across runs: what was charged, kept so that it is paid for once.

It knows nothing of Cost Explorer. It keeps buckets of texts by scope (whose costs), shape (what was
asked) and days, in ``costs.sqlite`` in the ``aws`` folder of the cache. Where that file cannot be
written, what is written is kept for this run. Nothing here ever raises for the sake of the file:
``warnings`` says what was wrong, and figures that cannot be trusted are not there.
"""

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from finops_cli.domain.period import Period
from finops_cli.sources.aws.cache.buckets import Bucket, Key, Span, StoreSummary, Texts
from finops_cli.sources.aws.cache.cache_file import CacheFile, Connect, connect
from finops_cli.sources.aws.cache.database import Database
from finops_cli.sources.aws.cache.locks import Locks
from finops_cli.sources.aws.cache.packing import digest, pack
from finops_cli.sources.aws.cache.stopgap import Stopgap
from finops_cli.sources.aws.cache.tables import TABLES, Tables, count

__all__ = ["Bucket", "Key", "Span", "Store", "StoreSummary", "Texts"]
NAME = "costs.sqlite"
_LONGEST_RUN = 150
"""Seconds: a run ends after the 120 of ``api_seconds`` and its last request. Whoever waits less for
it pays for the same pages again; a lock dies with its holder, so nobody waits for a dead one."""

_T = TypeVar("_T")


class Store:
    """The kept buckets of one scope; several threads and processes may use it at once.

    Args:
        folder: The cache folder; nothing is made in it before the first write.
        scope: Whose costs: nothing of one scope is ever seen in another.
        connect: Opens an SQLite file.
    """

    def __init__(self, folder: Path, scope: str, connect: Connect = connect) -> None:
        self._scope = scope
        self._file = folder / "aws" / NAME
        self._database = Database(CacheFile(self._file, TABLES, connect))
        self._locks = Locks(folder / "aws" / "locks")
        self._stopgap = Stopgap()
        self._lock = threading.RLock()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong with the cache so far, one sentence each."""
        with self._lock:
            return tuple(self._database.warnings)

    def shapes(self) -> tuple[str, ...]:
        """Return the texts of the shapes that have buckets."""
        with self._lock:
            kept = self._look(Tables.shapes, tuple[str, ...]())
            return tuple(dict.fromkeys((*self._stopgap.shapes(), *kept)))

    def spans(self, shape: str, period: Period) -> list[Span]:
        """Return the buckets that lie wholly inside a period, by start and end."""
        with self._lock:
            spans = self._look(lambda tables: tables.spans(shape, period), list[Span]())
            spans += self._stopgap.spans(shape, period)
        by_days = {(span.start, span.end): span for span in spans}
        return [by_days[days] for days in sorted(by_days)]

    def read(self, shape: str, spans: Sequence[Span], columns: Sequence[str]) -> list[Bucket]:
        """Return buckets with some of their columns, in the order of the spans.

        One that is gone or damaged, or lacks a column, is left out; a damaged one is forgotten.
        One that was replaced since its span was told is returned as it is now.

        Args:
            shape: What was asked.
            spans: The buckets, as ``spans`` told them.
            columns: The columns to read; the others stay packed.
        """
        with self._lock:
            early = [_with(self._stopgap.bucket(shape, span), columns) for span in spans]
            late = [span for span, found in zip(spans, early, strict=True) if found is None]
            kept = iter(self._kept(shape, late, columns))
            found = [bucket or next(kept, None) for bucket in early]
        return [bucket for bucket in found if bucket is not None]

    def _kept(
        self, shape: str, spans: Sequence[Span], columns: Sequence[str]
    ) -> list[Bucket | None]:
        damaged: list[int] = []

        def look(tables: Tables) -> list[Bucket | None]:
            found = [tables.bucket(shape, span, columns) for span in spans]
            damaged.extend(tables.damaged)
            return found

        gone: list[Bucket | None] = [None] * len(spans)
        found = self._look(look, gone) if spans else gone
        if damaged:
            self._change(lambda tables: tables.remove(damaged), begin=False)
        return found

    def write(self, shape: str, buckets: Iterable[Bucket]) -> None:
        """Keep buckets, all of them or none.

        Each takes the place of the one of the same days. Buckets of other days that overlap it
        stay: they answer other questions, and asking one must not make another be paid for again.
        Only those that lie within it, were estimates and were fetched a day or more earlier go;
        nobody would use them any more, and a month so far leaves one behind each day.

        Raises:
            ValueError: Keys of several lengths, or a column that has not one text for each.
        """
        buckets = list(buckets)
        packed = [pack(bucket) for bucket in buckets]
        if not packed:
            return
        with self._lock:
            if not self._change(lambda tables: tables.write(shape, packed)):
                self._stopgap.write(shape, buckets)

    def drop(self, period: Period) -> None:
        """Forget every bucket of every shape that overlaps a period: it was restated."""
        with self._lock:
            self._stopgap.drop(period)
            if not self._change(lambda tables: tables.drop(period), begin=False):
                self._database.shut()

    def forget(self) -> None:
        """Forget everything of this scope."""
        with self._lock:
            self._stopgap.forget()
            if not self._change(lambda tables: tables.forget(), begin=False):
                self._database.shut()

    def note(self, name: str) -> tuple[Any, datetime] | None:
        """Return a value kept beside the buckets, and when it was kept."""
        with self._lock:
            kept = self._stopgap.note(name)
            return kept or self._look(lambda tables: tables.note(name), None)

    def keep(self, name: str, value: Any, now: datetime) -> None:
        """Keep a small value that JSON can hold.

        Raises:
            TypeError: JSON cannot hold it.
        """
        text = json.dumps(value)
        with self._lock:
            if not self._change(lambda tables: tables.keep(name, text, now)):
                self._stopgap.keep(name, json.loads(text), now)

    def alone(self, name: str, seconds: float = _LONGEST_RUN) -> AbstractContextManager[None]:
        """Hold a piece of work of this scope against other threads and processes.

        Whoever waited should look into the cache again. After ``seconds``, or where the file
        system knows no locks, the block runs all the same. Not to be entered again from within.
        """
        return self._locks.alone(digest(self._scope, name), seconds)

    def summary(self) -> StoreSummary:
        """Return how much the file holds, of all scopes."""
        size = 0
        for path in self._file.parent.glob(f"{NAME}*"):
            with suppress(OSError):  # gone since it was listed
                size += path.stat().st_size
        with self._lock:
            return StoreSummary(size, *self._database.read(count, (0, 0, 0)))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _look(self, work: Callable[[Tables], _T], otherwise: _T) -> _T:
        return self._database.read(lambda file: work(Tables(file, self._scope)), otherwise)

    def _change(self, work: Callable[[Tables], None], begin: bool = True) -> bool:
        return self._database.write(lambda file: work(Tables(file, self._scope)), begin)


def _with(bucket: Bucket | None, columns: Sequence[str]) -> Bucket | None:
    """Return a bucket with these columns alone, None if it lacks one."""
    if bucket is None or not bucket.columns.keys() >= set(columns):
        return None
    return replace(bucket, columns={name: bucket.columns[name] for name in columns})
