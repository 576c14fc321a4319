"""Buckets of a shape for a period: from the cache what is fresh, from Cost Explorer the rest.

Where a request cannot be made (the cap is reached, AWS does not answer, the run is offline), what
is kept is used although it is old or not all, and the meter is told what the figures lack. Only
where there is nothing at all does the failure itself become the answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.period import Period
from finops_cli.domain.query import Granularity
from finops_cli.domain.source import Meter, Shortfall
from finops_cli.errors import FinopsError, NoAnswer, NotCached, SpendCap
from finops_cli.sources.aws.bill.cover import Cover, cover, to_ask
from finops_cli.sources.aws.bill.freshness import Freshness
from finops_cli.sources.aws.bill.replies import Reading, buckets, parameters
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.cache.buckets import Bucket, Span
from finops_cli.sources.aws.cache.store import Store
from finops_cli.sources.aws.guard.calls import Calls, Clock
from finops_cli.sources.aws.guard.operations import COST_AND_USAGE

_BATCH = 32


class Damaged(Exception):
    """The cache lost a bucket between finding and reading it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The shape whose rows answer a question, and its buckets in order.

    Args:
        shape: The shape.
        spans: The buckets.
        why: Why they are not all, or not fresh; None where they are.
    """

    shape: Shape
    spans: tuple[Span, ...]
    why: FinopsError | None = field(default=None, kw_only=True)


@dataclass(slots=True)
class Reader:
    """Reads buckets through the cache.

    Args:
        calls: The guarded way to AWS.
        store: The cache of this account.
        freshness: Which kept figures may be used.
        clock: The time.
        meter: Is told what could not be had.
        billing_view: The ARN of the billing view, if it is not the account's own.
        emit: Receives progress.
        days_from: The first day that Cost Explorer tells apart; earlier ones come by the month.
    """

    calls: Calls
    store: Store
    freshness: Freshness
    clock: Clock
    meter: Meter
    billing_view: str | None = None
    emit: Emit = ignore
    days_from: date | None = None

    def find(self, shape: Shape, period: Period, granularity: Granularity) -> Found:
        """Return the buckets that answer a question, asking AWS for those that lack.

        Raises:
            SpendCap: A request would pass a cap, and nothing at all is kept.
            NotCached: Nothing is kept, and the run is offline.
            FinopsError: AWS did not answer, and nothing is kept.
        """
        kept, found = self.kept(shape, period, granularity)
        if not found.missing:
            return Found(kept, found.spans)
        asked = shape.widened()
        if self.freshness.offline:
            return self._as_it_is(shape, period, granularity, _offline(period))
        try:
            with self.store.alone(f"{asked.text()} {granularity.value}"):
                # While this waited, another process may have asked the same.
                kept, found = self.kept(shape, period, granularity)
                if found.missing:
                    self._fill(asked, found, granularity, period)
        except FinopsError as error:
            return self._as_it_is(shape, period, granularity, error)
        kept, found = self.kept(shape, period, granularity)
        if found.missing:
            return self._as_it_is(shape, period, granularity, _incomplete(found.missing))
        return Found(kept, found.spans)

    def kept(self, shape: Shape, period: Period, granularity: Granularity) -> tuple[Shape, Cover]:
        """Return what the cache has for a question: the shape that lacks fewest days."""
        asked, *others = self._serving(shape)
        best = asked, cover(period, granularity, self._fresh(asked, period))
        for other in others:
            if not best[1].missing:
                break
            found = cover(period, granularity, self._fresh(other, period))
            if not found.missing:
                best = other, found
        return best

    def read(self, found: Found, columns: Sequence[str]) -> Iterator[Bucket]:
        """Yield the content of buckets, a few at a time: all of them may be more than fits.

        Raises:
            Damaged: The cache lost one; what it has lost is asked for when it is looked for again.
        """
        for at in range(0, len(found.spans), _BATCH):
            wanted = found.spans[at : at + _BATCH]
            got = self.store.read(found.shape.text(), wanted, columns)
            if len(got) < len(wanted):
                raise Damaged
            yield from got

    def ask(self, shape: Shape, period: Period, grain: Granularity) -> Iterator[Bucket]:
        """Yield the buckets of one request, each once it is whole, and keep none of them.

        Raises:
            FinopsError: As for ``Calls.pages``.
        """
        types = tuple(self._note_of("record types") or ())
        wanted = parameters(shape, period, grain, types, self.billing_view)
        reading = Reading()
        pages = self.calls.pages(COST_AND_USAGE, wanted)
        try:
            yield from buckets(pages, shape, period.end, self.clock.now(), reading)
        finally:
            self._note(reading)

    def _serving(self, shape: Shape) -> list[Shape]:
        """Return the shapes that a question can be answered from, the one to ask for first."""
        asked = shape.widened()
        return [asked, *(s for s in self._shapes() if s != asked and s.serves(shape))]

    def _shapes(self) -> list[Shape]:
        shapes = []
        for text in self.store.shapes():
            try:
                shapes.append(Shape.read(text))
            except ValueError:  # what another version wrote
                continue
        return sorted(shapes, key=lambda shape: len(shape.filters))

    def _fresh(self, shape: Shape, period: Period) -> list[Span]:
        return [s for s in self.store.spans(shape.text(), period) if self.freshness.allows(s)]

    def _fill(self, shape: Shape, found: Cover, granularity: Granularity, asked: Period) -> None:
        known = self.days_from is None or asked.start >= self.days_from
        grain = grain_of(shape, granularity, asked) if known else Granularity.MONTHLY
        for period in to_ask(found.missing):
            self.emit(Event("progress", f"Asking Cost Explorer for {period}", 5))
            whole: list[Bucket] = []
            try:
                for bucket in self.ask(shape, period, grain):
                    whole.append(bucket)
                    if len(whole) > _BATCH:
                        self.store.write(shape.text(), whole)
                        whole = []
            finally:
                self.store.write(shape.text(), whole)

    def _note_of(self, name: str) -> Any:
        found = self.store.note(name)
        return found[0] if found else None

    def _note(self, reading: Reading) -> None:
        now = self.clock.now()
        if reading.names:
            known = self._note_of("account names") or {}
            self.store.keep("account names", {**known, **reading.names}, now)
        if reading.currency:
            self.store.keep("currency", reading.currency, now)

    def _as_it_is(
        self, shape: Shape, period: Period, granularity: Granularity, why: FinopsError
    ) -> Found:
        """Return what is kept, fresh or not, and say what it lacks.

        Raises:
            FinopsError: Nothing is kept: the failure itself.
        """
        best: tuple[Shape, Cover] | None = None
        for other in self._serving(shape):
            found = cover(period, granularity, self.store.spans(other.text(), period))
            if found.spans and (best is None or _days(found.missing) < _days(best[1].missing)):
                best = other, found
        if best is None:
            raise why
        self._tell(best[1], why)
        return Found(best[0], best[1].spans, why=why)

    def _tell(self, found: Cover, why: FinopsError) -> None:
        code, reason = (6, "spend cap reached") if isinstance(why, SpendCap) else (5, why.code)
        if found.missing:
            text = f"These figures lack {_listed(found.missing)}: {_reason(why)}"
        else:
            oldest = min(span.fetched for span in found.spans)
            text = f"These figures are as of {oldest:%Y-%m-%d %H:%M} UTC: {_reason(why)}"
            if self.freshness.offline:
                return
        shortfall = Shortfall(text, code, reason, incomplete=bool(found.missing))
        if shortfall not in self.meter.shortfalls:
            self.meter.shortfalls.append(shortfall)


def grain_of(shape: Shape, granularity: Granularity, asked: Period) -> Granularity:
    """Return the granularity to ask for: days where they are few, as they serve more questions."""
    if granularity is Granularity.DAILY:
        return granularity
    few = asked.days <= 62 and not set(shape.group_by) - _FEW_VALUES
    return Granularity.DAILY if few else Granularity.MONTHLY


_FEW_VALUES = {q.SERVICE, q.REGION, q.RECORD_TYPE, q.PURCHASE_OPTION}


def _days(periods: Sequence[Period]) -> int:
    return sum(period.days for period in periods)


def _reason(why: FinopsError) -> str:
    """Return why figures lack something, as the second half of a sentence."""
    if isinstance(why, NotCached):
        return "they are not in the cache, and --offline forbids asking."
    sentence = why.message
    is_name = sentence.startswith("Cost Explorer") or not sentence[1:2].islower()
    return sentence if is_name else sentence[:1].lower() + sentence[1:]


def _offline(period: Period) -> NotCached:
    return NotCached(
        f"The cache does not hold what this question needs of {period}.",
        "Ask once without --offline; finops cache show tells what is there.",
    )


def _incomplete(missing: Sequence[Period]) -> FinopsError:
    return NoAnswer(
        f"Cost Explorer's answer lacks {_listed(missing)}.", "A page may have been lost: try again."
    )


def _listed(periods: Sequence[Period]) -> str:
    days = ", ".join(str(p) if p.days > 1 else f"{p.start}" for p in periods[:3])
    return f"{days} and {len(periods) - 3} periods more" if len(periods) > 3 else days
