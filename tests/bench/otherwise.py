"""finops as it would be a day later, or if it kept nothing.

``python -m tests.bench.otherwise tomorrow|uncached WORDS`` runs the command line with these words.

Uncached means: each query that a tool makes of its source is a request of its own for exactly that
(its groupings, its filters, its days and no more), one a page; a query by more dimensions than AWS
groups by takes the same steps as ever. What AWS says of a bill as a whole (since when it is, its
names, its own opinions) is asked once a run. So it is what a careful program without a cache sends,
not the worst that could be thought of.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from finops_cli.bootstrap import Application
from finops_cli.bootstrap.live import run_of
from finops_cli.domain.period import Period
from finops_cli.domain.query import Granularity
from finops_cli.domain.source import CostSource
from finops_cli.faces.cli import run, session
from finops_cli.sources.aws.bill.reader import Found, Reader
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.cache.buckets import Bucket
from finops_cli.sources.aws.guard.calls import SystemClock
from finops_cli.sources.aws.opening import Run, open_account
from finops_cli.sources.aws.source import CostExplorerSource


class Tomorrow(Application):
    """The program a day from now."""

    @cached_property
    def _live_run(self) -> Run:
        return replace(run_of(self), clock=_LaterClock())


class _LaterClock(SystemClock):
    def now(self) -> datetime:
        return super().now() + timedelta(days=1)


class Uncached(Application):
    """The program, asking for whatever it wants to know."""

    def _live(self) -> CostSource:
        source = open_account(self._live_run, None)
        kept = source._reader
        asking = _Asking(
            kept.calls, kept.store, kept.freshness, kept.clock, kept.meter, emit=kept.emit
        )
        return CostExplorerSource(source.account, source.label, source.calendar(), asking)


class _Asking(Reader):
    """A reader that neither looks what is kept nor asks for more than was wanted."""

    def find(self, shape: Shape, period: Period, granularity: Granularity) -> Found:
        daily = granularity is Granularity.DAILY
        grain = Granularity.DAILY if daily else Granularity.MONTHLY
        told = tuple(self.ask(shape, period, grain))
        return _Answered(shape, tuple(bucket.span for bucket in told), buckets=told)

    def read(self, found: Found, columns: Sequence[str]) -> Iterator[Bucket]:
        assert isinstance(found, _Answered)
        for bucket in found.buckets:
            yield replace(bucket, columns={name: bucket.columns[name] for name in columns})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered(Found):
    """What one request told, to be read once."""

    buckets: tuple[Bucket, ...]


def main(words: Sequence[str]) -> int:
    """Run the command line in another way, and return its exit code."""
    ways = {"tomorrow": Tomorrow, "uncached": Uncached}
    session.Application = ways[words[0]]  # type: ignore[attr-defined]
    return run(list(words[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
