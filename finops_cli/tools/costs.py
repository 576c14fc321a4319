"""What was spent: totals, breakdowns, trends and comparisons.

Each method is one question a person asks and one tool an agent may call. It resolves the words,
fetches frames, lets ``analytics.breakdown`` do the sums and hands the figures to ``answers``,
which puts words around them. Amounts in several currencies are answered one by one.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from finops_cli.analytics.breakdown import differ, layers, over_time, rank, sums
from finops_cli.domain import query as q
from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period, period_before
from finops_cli.domain.query import Granularity
from finops_cli.domain.source import CostSource
from finops_cli.errors import BadPeriod, UnknownName, UsageError
from finops_cli.tools.answers import comparisons, spend, tag_coverage, trends
from finops_cli.tools.currencies import each_currency
from finops_cli.tools.scope import next_dimension, resolve_dimension, resolve_period
from finops_cli.tools.view import View

LAST_30_DAYS = "last-30d"
LAST_6_MONTHS = "last-6m"
PREVIOUS = "previous"
_MOST_TOP = 10_000
_MOST_TAGS = 8
_MOST_DIMENSIONS = 8
_READING = Event("progress", "Reading costs", 5)


class Costs:
    """Answers what was spent.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
    """

    def __init__(self, source: CostSource, emit: Emit = ignore) -> None:
        self._source = source
        self._emit = emit

    def summary(
        self,
        period: str = LAST_30_DAYS,
        filters: Sequence[str] = (),
        metric: str | None = None,
    ) -> Answer:
        """Tell the total of a period, what it is made of, and how it compares with the one before.

        Args:
            period: Such as last-30d, mtd, last-month, 2026-09 or 2026-09-01..2026-09-15.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """

        def answer(source: CostSource) -> Answer:
            view = View.of(source, period, filters, metric)
            earlier = _earlier(view)
            span = Period(earlier.start if earlier else view.period.start, view.period.end)
            telling = next_dimension(source, view.filters)
            part = (telling,) if telling else ()
            wanted = (*part, *_available(source, q.CHARGE_CATEGORY))
            has_days = span.start >= source.daily_from()
            grain = Granularity.DAILY if has_days else Granularity.MONTHLY
            frame = view.fetch(span, grain, wanted)
            earlier = None if source.meter.lacks_charges else earlier
            return spend.summary(view, frame, earlier, part, grain)

        self._emit(_READING)
        return each_currency(self._source, answer)

    def breakdown(
        self,
        by: Sequence[str] = (),
        period: str = LAST_30_DAYS,
        filters: Sequence[str] = (),
        top: int = 10,
        metric: str | None = None,
    ) -> Answer:
        """Break the cost of a period down by one or more dimensions.

        Args:
            by: Dimensions such as service, region, account, usage-type, resource or tag:team;
                services, or inside one service its usage types, where none are given.
            period: Such as last-30d, mtd, last-month, 2026-09 or 2026-09-01..2026-09-15.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            top: How many segments to show; everything else is one row.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        _check_top(top)

        def answer(source: CostSource) -> Answer:
            view = View.of(source, period, filters, metric)
            dimensions = _dimensions(source, by or _default_part(view))
            category = _available(source, q.CHARGE_CATEGORY)
            frame, by_category = _with_categories(view, dimensions, category)
            ranking = rank(sums(frame, dimensions), top)
            return spend.breakdown(view, dimensions, ranking, layers(sums(by_category, category)))

        self._emit(_READING)
        return each_currency(self._source, answer)

    def trend(
        self,
        by: Sequence[str] = (),
        period: str = LAST_6_MONTHS,
        granularity: Literal["daily", "monthly"] = "monthly",
        filters: Sequence[str] = (),
        top: int = 5,
        metric: str | None = None,
    ) -> Answer:
        """Show how the cost went over time, by day or by month.

        Args:
            by: Dimensions to split each day or month by; none for the total alone.
            period: Such as last-6m, last-30d, ytd or 2026-09-01..2026-09-15.
            granularity: One point a day or a month.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            top: How many segments to show; everything else is one more.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        _check_top(top)
        grain = Granularity(granularity)

        def answer(source: CostSource) -> Answer:
            view = View.of(source, period, filters, metric)
            if grain is Granularity.DAILY:
                _check_days(view)
            dimensions = _dimensions(source, by)
            frame = view.fetch(view.period, grain, dimensions)
            if not dimensions:
                return trends.trend(view, grain, over_time(frame))
            return trends.trend_by(
                view, grain, dimensions, frame, rank(sums(frame, dimensions), top)
            )

        self._emit(_READING)
        return each_currency(self._source, answer)

    def untagged(
        self,
        period: str = LAST_30_DAYS,
        filters: Sequence[str] = (),
        metric: str | None = None,
    ) -> Answer:
        """Tell how much of the cost carries no value for each tag key.

        Args:
            period: Such as last-30d, mtd, last-month, 2026-09 or 2026-09-01..2026-09-15.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """

        def answer(source: CostSource) -> Answer:
            view = View.of(source, period, filters, metric)
            keys = [d for d in source.dimensions() if q.tag_key(d)][:_MOST_TAGS]
            total = view.fetch(view.period, Granularity.TOTAL, ()).total()
            untagged = {
                key: sums(view.fetch(view.period, Granularity.TOTAL, (key,)), (key,)).get(
                    (None,), Decimal(0)
                )
                for key in keys
            }
            return tag_coverage.tag_coverage(view, total, untagged)

        self._emit(_READING)
        return each_currency(self._source, answer)

    def compare(
        self,
        period: str = LAST_30_DAYS,
        against: str = PREVIOUS,
        by: Sequence[str] = (),
        filters: Sequence[str] = (),
        top: int = 10,
        metric: str | None = None,
    ) -> Answer:
        """Compare the cost of two periods, segment by segment.

        Args:
            period: The later period, such as last-month.
            against: The earlier one; ``previous`` is the one of the same kind just before.
            by: Dimensions to compare by; services, or inside one service its usage types.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            top: How many segments to show, the largest change first.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        _check_top(top)

        def answer(source: CostSource) -> Answer:
            view = View.of(source, period, filters, metric)
            dimensions = _dimensions(source, by or _default_part(view))
            window = view.complete or view.period
            earlier = (
                period_before(window) if against == PREVIOUS else resolve_period(source, against)
            )
            now = sums(view.fetch(window, Granularity.TOTAL, dimensions), dimensions)
            then = sums(view.fetch(earlier, Granularity.TOTAL, dimensions), dimensions)
            return comparisons.compare(view, window, earlier, dimensions, differ(then, now, top))

        self._emit(_READING)
        return each_currency(self._source, answer)


def _dimensions(source: CostSource, by: Sequence[str]) -> tuple[str, ...]:
    dimensions = tuple(dict.fromkeys(resolve_dimension(source, word) for word in by))
    if len(dimensions) > _MOST_DIMENSIONS:
        raise UsageError(
            f"Costs are grouped by at most {_MOST_DIMENSIONS} dimensions at once.",
            "Ask for fewer, or narrow with --filter.",
        )
    return dimensions


def _with_categories(
    view: View, dimensions: tuple[str, ...], category: tuple[str, ...]
) -> tuple[Frame, Frame]:
    """Return the costs by the dimensions, and the same costs by charge category.

    One query tells both where the source can group by so much; else the categories are asked for
    on their own, which is cheaper than splitting every row.
    """
    together = tuple(dict.fromkeys((*dimensions, *category)))
    if len(together) <= view.source.max_group_by:
        frame = view.fetch(view.period, Granularity.TOTAL, together)
        return frame, frame
    frame = view.fetch(view.period, Granularity.TOTAL, dimensions)
    return frame, view.fetch(view.period, Granularity.TOTAL, category)


def _default_part(view: View) -> tuple[str]:
    """Return the dimension to break a cost down by where none is asked for.

    Raises:
        UnknownName: The source has none left.
    """
    found = next_dimension(view.source, view.filters)
    if found is None:
        raise UnknownName(
            "There is nothing here to break this cost down by.", "Try --granularity daily."
        )
    return (found,)


def _check_top(top: int) -> None:
    if not 1 <= top <= _MOST_TOP:
        raise UsageError(f"--top must be between 1 and {_MOST_TOP:,}.", "Try --top 10.")


def _available(source: CostSource, *wanted: str) -> tuple[str, ...]:
    return tuple(name for name in wanted if source.offers(name))


def _earlier(view: View) -> Period | None:
    """Return the period before the complete days, None where the source does not hold all of it."""
    if view.complete is None:
        return None
    source, earlier = view.source, period_before(view.complete)
    if earlier.start < source.coverage().start:
        return None
    # Whole months may be known further back than single days.
    by_month = view.period.is_whole_months() and earlier.is_whole_months()
    return earlier if by_month or earlier.start >= source.daily_from() else None


def _check_days(view: View) -> None:
    """Refuse to show days where the source knows whole months alone."""
    days = view.source.daily_from()
    if view.source.coverage().start <= view.period.start < days:
        raise BadPeriod(
            f"{view.source.label} tells single days from {days} on.",
            "Ask for months: --granularity monthly.",
        )
