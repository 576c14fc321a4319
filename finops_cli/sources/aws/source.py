"""Cost Explorer as a source of costs: the same protocol as an export on disk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from finops_cli.domain import query as q
from finops_cli.domain.budget import BudgetStore
from finops_cli.domain.frame import Frame
from finops_cli.domain.opinion import SecondOpinion
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import CostQuery, Granularity, Metric, category_name, tag_key
from finops_cli.errors import BadPeriod, MissingColumn, UnknownName, Unreadable, did_you_mean
from finops_cli.sources.aws.bill import sums
from finops_cli.sources.aws.bill.dimensions import API_NAMES
from finops_cli.sources.aws.bill.overview import Overview
from finops_cli.sources.aws.bill.reader import Damaged, Found, Reader
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.bill.steps import in_steps
from finops_cli.sources.aws.bill.vocabulary import Vocabulary
from finops_cli.sources.aws.cache.buckets import Bucket

_DAY = timedelta(days=1)
_TRIES = 3
_SPARE = timedelta(days=3)

Result = TypeVar("Result", Frame, Panel)


class CostExplorerSource:
    """The costs of one account, or of the organisation that it pays for.

    Args:
        account: The account whose credentials ask.
        label: How the source is named to a person.
        calendar: What counts as today.
        reader: The way to the figures.
    """

    max_group_by = 2
    is_billed = True

    def __init__(self, account: str, label: str, calendar: Calendar, reader: Reader) -> None:
        self.account = account
        self.label = label
        self.meter = reader.meter
        self._calendar = calendar
        self._reader = reader
        self._overview = Overview(reader, calendar.today)
        self._vocabulary = Vocabulary(reader, self._days)
        reader.days_from = self._overview.reach.start

    @property
    def second_opinion(self) -> SecondOpinion | None:
        """What Cost Explorer and Cost Anomaly Detection say themselves."""
        from finops_cli.sources.aws.opinion.opinions import Opinions

        return Opinions(self._reader)

    @property
    def budgets(self) -> BudgetStore:
        """The account's own AWS Budgets."""
        from finops_cli.sources.aws.budgets.store import AwsBudgets

        return AwsBudgets(self.account, self._reader, self._calendar.today)

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge, as far as days are kept.

        Raises:
            NoData: Cost Explorer knows of no charge.
            FinopsError: AWS did not answer, and nothing is kept.
        """
        return self._overview.coverage()

    def daily_from(self) -> date:
        """Return the first day that Cost Explorer tells apart from its month."""
        return max(self.coverage().start, self._overview.reach.start)

    def _days(self) -> Period:
        return Period(self.daily_from(), self.coverage().end)

    def calendar(self) -> Calendar:
        """Return the day that counts as today, and up to where days are complete."""
        return self._calendar

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that can be grouped and filtered by, tags last.

        Cost categories are among them once one was asked for.
        """
        own = tuple(dimension for dimension in q.DIMENSIONS if self.offers(dimension))
        tags = (f"{q.TAG_PREFIX}{key}" for key in sorted(self._vocabulary.tag_keys()))
        named = (
            f"{q.CATEGORY_PREFIX}{name}" for name in sorted(self._vocabulary.known_categories())
        )
        return (*own, *tags, *named)

    def offers(self, dimension: str) -> bool:
        """Tell whether costs can be grouped and filtered by a dimension."""
        if key := tag_key(dimension):
            return key in self._vocabulary.tag_keys()
        if name := category_name(dimension):
            return name in self._vocabulary.categories()
        return dimension in API_NAMES or dimension == q.CHARGE_CATEGORY

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, the most expensive first."""
        self._check_dimension(dimension)
        if dimension in (q.CHARGE_CATEGORY, q.RECORD_TYPE):
            found = self.fetch(CostQuery(self.coverage(), group_by=(dimension,)))
            return tuple(row[0] for row in sorted(found.rows, key=lambda row: -row[1]) if row[0])
        return self._vocabulary.values(dimension)

    def names(self, dimension: str) -> dict[str, str]:
        """Return what people call the values of a dimension: account names by account id."""
        return self._vocabulary.account_names() if dimension == q.ACCOUNT else {}

    def payer(self) -> str | None:
        """Return the account that pays for this one, None where that cannot be known."""
        return self._vocabulary.payer()

    def organization(self) -> dict[str, str]:
        """Return the accounts of the organisation, names by id.

        Raises:
            Denied: They may not be listed, or there is no organisation.
        """
        return self._vocabulary.organization()

    def currencies(self) -> tuple[str, ...]:
        """Return the one currency that Cost Explorer tells costs in."""
        self.coverage()
        known = self._reader.store.note("currency")
        return (str(known[0]) if known else "USD",)

    def in_currency(self, currency: str) -> "CostExplorerSource":
        """Return this source, if it is in the currency.

        Raises:
            UnknownName: It is in another one.
        """
        (own,) = self.currencies()
        if currency != own:
            raise UnknownName(f"No charge is billed in {currency}.", f"Cost Explorer says {own}.")
        return self

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting a total, one sentence each."""
        reader = self._reader
        found = (*reader.store.warnings, *reader.calls.warnings, *self._overview.warnings)
        return tuple(dict.fromkeys(found))

    def fetch(self, query: CostQuery) -> Frame:
        """Return the frame that answers the query.

        Raises:
            UnknownName: A dimension that Cost Explorer does not have.
            MissingColumn: Cost Explorer has no list prices.
            FinopsError: AWS did not answer, and nothing is kept.
        """
        self._check(query)
        if len(Shape.of(query).group_by) > self.max_group_by:
            return in_steps(query, self.fetch, self.meter)
        asked = self._within_reach(query)
        if asked is None:
            return sums.frame(query, Shape.of(query), ())
        return self._answered(asked, sums.frame, self._reader.find)

    def panel(self, query: CostQuery) -> Panel:
        """Return the daily costs of a query as one series a group, for maths.

        A day that lacks reads as a day without a charge, which looks like something that happened:
        no more than the last days may lack.

        Raises:
            UnknownName, MissingColumn, FinopsError: As for ``fetch``; and where days lack.
        """
        query = replace(query, granularity=Granularity.DAILY)
        self._check(query)
        asked = self._within_reach(query)
        several = len(Shape.of(query).group_by) > self.max_group_by
        if several or asked is None:
            return Panel.of(self.fetch(query), query.period)
        if asked.period != query.period:
            return Panel.of(self._answered(asked, sums.frame, self._find_days), query.period)
        return self._answered(asked, sums.panel, self._find_days)

    def _find_days(self, shape: Shape, period: Period, granularity: Granularity) -> Found:
        """Return the buckets of days of which none lacks but the last.

        Raises:
            FinopsError: Others lack, and why.
        """
        found = self._reader.find(shape, period, granularity)
        until = found.spans[-1].end
        has_gap = sum((s.end - s.start for s in found.spans), timedelta()) < until - period.start
        if found.why and (has_gap or until < period.end - _SPARE):
            raise found.why
        return found

    def _answered(
        self,
        query: CostQuery,
        add_up: Callable[[CostQuery, Shape, Iterator[Bucket]], Result],
        find: Callable[[Shape, Period, Granularity], Found],
    ) -> Result:
        """Return what a query's buckets add up to; what the cache lost is asked for again."""
        for _ in range(_TRIES):
            self.meter.queries += 1
            found = find(Shape.of(query), query.period, query.granularity)
            try:
                content = self._reader.read(found, sums.columns_of(query))
                return add_up(query, found.shape, content)
            except Damaged:
                continue
        raise Unreadable(
            "The cache loses what is put into it.", "Clear it: finops cache clear, and ask again."
        )

    def _within_reach(self, query: CostQuery) -> CostQuery | None:
        """Return the query for the days that Cost Explorer knows, None where there are none.

        Raises:
            BadPeriod: They reach back to where it knows whole months alone, and are none.
        """
        reach = self._overview.reach
        if query.period.start < reach.start:
            reach = Period(self.coverage().start, reach.end)
        period = query.period.overlap(reach)
        if period and not self._overview.tells(period, query.granularity):
            raise BadPeriod(
                f"Cost Explorer knows whole months alone before {self._overview.reach.start}.",
                "Ask for whole months, such as --period 2025-03 --granularity monthly.",
            )
        return replace(query, period=period) if period else None

    def _check(self, query: CostQuery) -> None:
        for dimension in (*query.group_by, *(f.dimension for f in query.filters)):
            self._check_dimension(dimension)
        if query.metric is Metric.LIST:
            raise MissingColumn(
                "Cost Explorer has no list prices.",
                "Use --metric unblended or amortized, or a billing export (--source PATH).",
            )

    def _check_dimension(self, dimension: str) -> None:
        # As everywhere in the field, asking for a tag nobody uses is no error: all untagged.
        if tag_key(dimension) or category_name(dimension) or self.offers(dimension):
            return
        known = [d for d in (*API_NAMES, q.CHARGE_CATEGORY)]
        raise UnknownName(
            f"Cost Explorer has no {dimension}.",
            did_you_mean(dimension, known) or f"It has: {', '.join(known)}.",
        )


def live_calendar(today: date, pinned: bool) -> Calendar:
    """Return what today means for Cost Explorer.

    AWS takes up to a day to bill what was used: yesterday's figures still grow today. A day that
    the user pinned is taken at their word.
    """
    return Calendar.of(today) if pinned else Calendar(today, today - _DAY)
