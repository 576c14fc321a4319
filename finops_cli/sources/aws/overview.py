"""The bill in all, day by day and record type by record type: one request that every answer uses.

It says since when there are charges, which record types a bill has and what each day cost in all.
Asked for again once a day, it shows which closed months AWS has restated since: what is kept of
those is forgotten, so that no answer mixes old figures with new ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.period import Period, add_months, first_of_month, month_of
from finops_cli.domain.query import Granularity, Metric
from finops_cli.errors import FinopsError, NoData, NotCached
from finops_cli.sources.aws.buckets import Bucket, Span
from finops_cli.sources.aws.reader import Reader
from finops_cli.sources.aws.shape import Shape

_DAY = timedelta(days=1)
_LOOKED_AGAIN = timedelta(hours=24)
_MONTHS_OF_DAYS = 13
"""Cost Explorer keeps single days for the 13 months before the one under way."""

_SHAPE = Shape((q.RECORD_TYPE,), ())
_COST, _AMORTIZED = Metric.UNBLENDED.value, Metric.AMORTIZED.value
Totals = dict[date, tuple[Decimal, Decimal]]


@dataclass(slots=True)
class Overview:
    """What is known of a bill as a whole.

    Args:
        reader: The way to the figures.
        today: The day that counts as today.
        warnings: Receives a sentence for each month that was restated.
    """

    reader: Reader
    today: date
    warnings: list[str] = field(default_factory=list)
    _coverage: Period | None = None

    @property
    def reach(self) -> Period:
        """The days that Cost Explorer can tell apart, today included."""
        start = add_months(self.today, -_MONTHS_OF_DAYS)
        return Period(start, self.today + _DAY)

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge.

        Raises:
            NoData: No charge is known.
            FinopsError: AWS did not answer, and nothing is kept.
        """
        if self._coverage is None:
            self._coverage = self._charged(self._looked_up())
        return self._coverage

    def _looked_up(self) -> list[Span]:
        """Return the kept days, asked for again where a day has passed since."""
        kept = self._kept()
        if not self._is_due(kept):
            return kept
        try:
            with self.reader.store.alone("overview"):
                kept = self._kept()
                if self._is_due(kept):
                    self._ask(kept)
        except FinopsError:
            if not kept:
                raise
        return self._kept()

    def _kept(self) -> list[Span]:
        return self.reader.store.spans(_SHAPE.text(), self.reach)

    def _is_due(self, kept: list[Span]) -> bool:
        freshness = self.reader.freshness
        if freshness.offline and not kept:
            raise NotCached(
                "The cache knows nothing of this account yet.",
                "Ask once without --offline.",
            )
        if freshness.offline:
            return False
        if not kept:
            return True
        last = max(span.fetched for span in kept)
        if freshness.since and last < freshness.since:
            return True
        return freshness.now - last >= _LOOKED_AGAIN

    def _ask(self, kept: list[Span]) -> None:
        store = self.reader.store
        before = _by_month(store.read(_SHAPE.text(), kept, (_COST, _AMORTIZED)))
        found = list(self.reader.ask(_SHAPE, self._to_ask(), Granularity.DAILY))
        after = _by_month(found)
        for month in sorted(before.keys() & after.keys()):
            if before[month] != after[month] and self._was_whole(month, kept):
                self._restate(month, before[month][0], after[month][0])
        store.write(_SHAPE.text(), found)
        types = sorted({key[0] for bucket in found for key in bucket.keys if key[0]})
        known = store.note("record types")
        merged = sorted({*types, *(known[0] if known else ())})
        store.keep("record types", merged, self.reader.clock.now())

    def _to_ask(self) -> Period:
        return self.reach

    def _was_whole(self, month: date, kept: list[Span]) -> bool:
        """Tell whether a month had been over when it was fetched: an open one changes daily."""
        spans = [span for span in kept if span.start in month_of(month)]
        over = month_of(month).end <= first_of_month(self.today)
        return over and all(not span.estimated for span in spans)

    def _restate(self, month: date, before: Decimal, after: Decimal) -> None:
        self.reader.store.drop(month_of(month))
        if before != after:
            self.warnings.append(
                f"AWS restated {month:%Y-%m}: it was {before:,.2f} and is {after:,.2f} now."
            )

    def _charged(self, kept: list[Span]) -> Period:
        """Return the days with charges; since the last look, as many more as have passed."""
        days: list[date] = []
        for bucket in self.reader.store.read(_SHAPE.text(), kept, ()):
            if bucket.keys:
                days.append(bucket.span.start)
        if not days:
            raise NoData(
                f"Cost Explorer knows of no charge since {self.reach.start}.",
                "Is it the right account? finops doctor says whose bill this is.",
            )
        looked = max(span.fetched for span in kept).date()
        passed = max((self.reader.freshness.now.date() - looked).days, 0)
        end = min(max(days) + _DAY * (1 + passed), self.reach.end)
        return Period(min(days), max(end, min(days) + _DAY))


def _by_month(buckets: Iterable[Bucket]) -> Totals:
    totals: Totals = {}
    for bucket in buckets:
        month = first_of_month(bucket.span.start)
        cost, amortized = totals.get(month, (Decimal(0), Decimal(0)))
        cost += sum(Decimal(text or 0) for text in bucket.columns[_COST])
        amortized += sum(Decimal(text or 0) for text in bucket.columns[_AMORTIZED])
        totals[month] = cost, amortized
    return totals
