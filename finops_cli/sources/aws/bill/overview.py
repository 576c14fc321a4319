"""The bill in all, month by month and record type by record type: one page that every answer uses.

It says since when there are charges and which record types a bill has. Asked for again each day, it
shows which closed months AWS has restated since: what is kept of those is forgotten, so that no
answer mixes old figures with new ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.period import Period, add_months, month_of
from finops_cli.domain.query import Granularity, Metric
from finops_cli.errors import FinopsError, NoData, NotCached, Refused
from finops_cli.sources.aws.bill.cover import months_of
from finops_cli.sources.aws.bill.kept import RESTATED
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.cache.buckets import Bucket, Span

_DAY = timedelta(days=1)
_LOOKED_AGAIN = timedelta(hours=24)
_MULTI_YEAR = "multi-year"
_ASKED_AGAIN = timedelta(days=30)
_MONTHS = 37
"""And with multi-year data turned on, whole months for 38 in all."""

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
        return Period(add_months(self.today, -_MONTHS_OF_DAYS), self.today + _DAY)

    @property
    def months(self) -> Period:
        """The days that it knows at least by the month: years of them, where that is turned on."""
        known = self.reader.store.note(_MULTI_YEAR)
        if known and not known[0] and self._is_younger(known[1], _ASKED_AGAIN):
            return self.reach
        return Period(add_months(self.today, -_MONTHS), self.today + _DAY)

    def tells(self, period: Period, granularity: Granularity) -> bool:
        """Tell whether Cost Explorer knows a period in enough detail."""
        if period.start >= self.reach.start:
            return True
        first_ends = min(period.end, self.reach.start)
        return (
            granularity is not Granularity.DAILY and period.start.day == 1 and first_ends.day == 1
        )

    def _is_younger(self, kept: datetime, age: timedelta) -> bool:
        freshness = self.reader.freshness
        return freshness.offline or freshness.now - kept < age

    def coverage(self) -> Period:
        """Return the days from the first that has any charge, up to today or to the last month.

        Raises:
            NoData: No charge is known.
            FinopsError: AWS did not answer, and nothing is kept.
        """
        if self._coverage is None:
            self._coverage = self._charged(self._looked_up())
        return self._coverage

    def _looked_up(self) -> list[Span]:
        """Return the kept months, asked for again where a day has passed since."""
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
        """Return the kept spans that are months; the one under way as far as it was asked for."""
        ends = {piece.start: piece.end for piece in months_of(self.months)}
        running = month_of(self.today).start
        months: dict[date, Span] = {}
        for span in self.reader.store.spans(_SHAPE.text(), self.months):
            if span.end == ends.get(span.start) or span.start == running:
                months[span.start] = span  # of several that begin so, the last is the longest
        return list(months.values())

    def _is_due(self, kept: list[Span]) -> bool:
        freshness = self.reader.freshness
        if freshness.offline:
            if not kept:
                raise NotCached(
                    "The cache knows nothing of this account yet.", "Ask once without --offline."
                )
            return False
        if len(kept) < len(months_of(self.months)):
            return True
        first = min(span.fetched for span in kept)
        if freshness.since and first < freshness.since:
            return True
        return kept[-1].end < self.reach.end or freshness.now - first >= _LOOKED_AGAIN

    def _ask(self, kept: list[Span]) -> None:
        store = self.reader.store
        before = _by_month(
            store.read(_SHAPE.text(), [s for s in kept if not s.estimated], (_COST, _AMORTIZED))
        )
        found = self._months()
        after = _by_month(bucket for bucket in found if not bucket.span.estimated)
        for month in sorted(before.keys() & after.keys()):
            if before[month] != after[month]:
                self._restate(month, before[month][0], after[month][0])
        store.write(_SHAPE.text(), found)
        known = store.note("record types")
        types = {key[0] for bucket in found for key in bucket.keys if key[0]}
        merged = sorted({*types, *(known[0] if known else ())})
        store.keep("record types", merged, self.reader.clock.now())

    def _months(self) -> list[Bucket]:
        """Ask for all months; where AWS keeps fewer for this account, for those that it keeps."""
        asked, now = self.months, self.reader.clock.now()
        if asked == self.reach:
            return list(self.reader.ask(_SHAPE, asked, Granularity.MONTHLY))
        try:
            found = list(self.reader.ask(_SHAPE, asked, Granularity.MONTHLY))
        except (Refused, NoData):
            found = list(self.reader.ask(_SHAPE, self.reach, Granularity.MONTHLY))
            self.reader.store.keep(_MULTI_YEAR, False, now)
        return found

    def _restate(self, month: date, before: Decimal, after: Decimal) -> None:
        self.reader.store.drop(month_of(month))
        self.reader.store.keep(RESTATED, month.isoformat(), self.reader.clock.now())
        self.warnings.append(
            f"AWS restated {month:%Y-%m}: it was {before:,.2f} and is {after:,.2f} now."
        )

    def _charged(self, kept: list[Span]) -> Period:
        """Return the days with charges. Only of an account's first month each day is asked for."""
        charged = [
            bucket.span for bucket in self.reader.store.read(_SHAPE.text(), kept, ()) if bucket.keys
        ]
        if not charged:
            raise NoData(
                f"Cost Explorer knows of no charge since {self.reach.start}.",
                "Is it the right account? finops doctor says whose bill this is.",
            )
        first, end = charged[0].start, charged[-1].end
        if end > month_of(self.today).start:
            end = self.reach.end
        if first > kept[0].start and first >= self.reach.start:
            first = self._first_day(Period(first, charged[0].end))
        return Period(first, end)

    def _first_day(self, month: Period) -> date:
        try:
            found = self.reader.find(_SHAPE, month, Granularity.DAILY)
        except FinopsError:
            return month.start
        buckets = self.reader.store.read(_SHAPE.text(), found.spans, ())
        return min((b.span.start for b in buckets if b.keys), default=month.start)


def _by_month(buckets: Iterable[Bucket]) -> Totals:
    totals: Totals = {}
    for bucket in buckets:
        cost, amortized = (
            sum((Decimal(text or 0) for text in bucket.columns[name]), Decimal(0))
            for name in (_COST, _AMORTIZED)
        )
        totals[bucket.span.start] = cost, amortized
    return totals
