"""A billing export on disk as a source of costs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from time import perf_counter
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.facts import ExportFacts
from finops_cli.domain.frame import COST, DATE, SMALLER, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import CostQuery, Granularity, Metric
from finops_cli.domain.source import Meter
from finops_cli.errors import UnknownName, Unreadable, UsageError, did_you_mean
from finops_cli.sources.cache import Cache
from finops_cli.sources.export import sql
from finops_cli.sources.export.account_names import account_names
from finops_cli.sources.export.bounded import MOST_ROWS, bounded_rows
from finops_cli.sources.export.dimensions import offers
from finops_cli.sources.export.inspection import inspect
from finops_cli.sources.export.metric_check import metric_warnings
from finops_cli.sources.export.preparation import Preparation
from finops_cli.sources.export.profile import Profile
from finops_cli.sources.export.table import RawTable, Table
from finops_cli.sources.export.tables import make_readable
from finops_cli.sources.export.tag_keys import tag_keys_of
from finops_cli.sources.export.tags import Spelling
from finops_cli.sources.warehouse import Warehouse

_MAX_GROUP_BY = 8


class ExportSource:
    """Costs read from files through the embedded engine.

    Args:
        label: How the source is named to a person.
        profile: What is known of the files.
        calendar: What counts as today.
        cache: Where derived files are kept.
        warehouse: The engine.
        currency: Narrow to the charges billed in this currency.
    """

    max_group_by = _MAX_GROUP_BY
    is_billed = False
    second_opinion = None

    def __init__(
        self,
        label: str,
        profile: Profile,
        calendar: Calendar,
        cache: Cache,
        warehouse: Warehouse,
        currency: str | None = None,
    ) -> None:
        self.label = label
        self.profile = profile
        self.meter = Meter()
        self._calendar = calendar
        self._cache = cache
        self._warehouse = warehouse
        self._currency = currency
        self._preparation = Preparation(profile, cache, warehouse, lambda: self._tag_keys)
        self._warnings: dict[str, None] = {}

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge."""
        return self.profile.coverage

    def daily_from(self) -> date:
        """Return the first day: every day of an export is told apart."""
        return self.profile.coverage.start

    def calendar(self) -> Calendar:
        """Return the day that counts as today, and up to where days are complete."""
        return self._calendar

    def currencies(self) -> tuple[str, ...]:
        """Return the billing currencies, the most rows first."""
        return (self._currency,) if self._currency else tuple(self.profile.currencies)

    def in_currency(self, currency: str) -> "ExportSource":
        """Return this source narrowed to the charges billed in one currency.

        Raises:
            UnknownName: No charge is billed in it.
        """
        if currency not in self.profile.currencies:
            known = ", ".join(self.profile.currencies)
            raise UnknownName(f"No charge is billed in {currency}.", f"Currencies here: {known}.")
        narrowed = ExportSource(
            self.label, self.profile, self._calendar, self._cache, self._warehouse, currency
        )
        narrowed.meter = self.meter
        return narrowed

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting a total, one sentence each."""
        return (*self.profile.warnings(), *self._warnings)

    def offers(self, dimension: str) -> bool:
        """Tell whether costs can be grouped and filtered by a dimension.

        Unlike ``dimensions``, this looks for tag keys only when a tag is asked for.
        """
        key = q.tag_key(dimension)
        if key is not None:
            return key in self._tag_keys
        return any(offers(group.reading, dimension) for group in self.profile.groups)

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that can be grouped and filtered by, tags last."""
        own = [dimension for dimension in q.DIMENSIONS if self.offers(dimension)]
        return (*own, *(f"{q.TAG_PREFIX}{key}" for key in sorted(self._tag_keys)))

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, the most expensive first."""
        found = self.fetch(CostQuery(self.coverage(), group_by=(dimension,)))
        by_cost = sorted(found.select(dimension, COST), key=lambda row: -row[1])
        return tuple(value for value, _ in by_cost if value not in (None, SMALLER))

    def names(self, dimension: str) -> dict[str, str]:
        """Return what people call the values of a dimension: account names by account id."""
        if dimension != q.ACCOUNT:
            return {}
        return account_names(self._tables, self.profile.key, self._cache, self._warehouse)

    def fetch(self, query: CostQuery) -> Frame:
        """Return the frame that answers the query.

        Raises:
            UnknownName: A dimension that these files do not have.
            MissingColumn: The metric cannot be had from these files.
            UsageError: Charges in several currencies would be added up.
        """
        self._check(query)
        try:
            rows, folded = bounded_rows(query, self._run)
        except Unreadable:
            # What the cache holds may be what is damaged: read the files themselves, once.
            self._forget_derived()
            rows, folded = bounded_rows(query, self._run)
        if folded:
            self._warn(
                f"Only the {MOST_ROWS:,} largest amounts are told apart; the others are added up."
            )
        if query.metric is not Metric.UNBLENDED:
            self._check_metric(query.metric)
        dated = [] if query.granularity is Granularity.TOTAL else [DATE]
        return Frame((*dated, *query.group_by, COST, USAGE, USAGE_UNIT), tuple(rows))

    def panel(self, query: CostQuery) -> Panel:
        """Return the daily costs of a query as one series a group, for maths.

        The engine lays the series out: rows of decimals would take several times as long.

        Raises:
            UnknownName, MissingColumn, UsageError: As for ``fetch``.
        """
        query = replace(query, granularity=Granularity.DAILY)
        if any(sql.is_unbounded(dimension) for dimension in query.group_by):
            return Panel.of(self.fetch(query), query.period)
        self._check(query)
        try:
            rows = self._run(query, *sql.as_series(query))
        except Unreadable:
            self._forget_derived()
            rows = self._run(query, *sql.as_series(query))
        return Panel.filled(query.period, query.group_by, rows)

    def facts(self) -> ExportFacts:
        """Return what the export holds, every row read."""
        return inspect(self.label, self.profile, self._tables, self._warehouse)

    def prepare(self, tags: Sequence[str], tell: Callable[[int, int], None]) -> int:
        """Keep daily sums of the files in the cache and return for how many they were made.

        Args:
            tags: Tag keys to keep besides the usual dimensions.
            tell: Called with how many files are done, of how many, before each.

        Raises:
            UnknownName: A tag key that no charge has.
            SourceError: The cache folder cannot be written.
        """
        unknown = [key for key in tags if key not in self._tag_keys]
        if unknown:
            hint = did_you_mean(unknown[0], self._tag_keys)
            raise UnknownName(f"No charge has a tag {unknown[0]!r}.", hint or "See source inspect.")
        return self._preparation.make(tags, tell)

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        self.meter.queries += 1
        return self._warehouse.rows(statement)

    def _run(self, query: CostQuery, tail: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """Run a query on rollups where they serve, else on the files, minding what that costs."""
        wanted = [*query.group_by, *(f.dimension for f in query.filters)]
        currency = self._currency if len(self.profile.currencies) > 1 else None
        serves = self._preparation.serves(wanted, query.metric)
        tables = self._preparation.tables(wanted) if serves else None
        tables = tables if tables is not None else list(self._tables)
        if any(q.tag_key(name) is not None for name in wanted):
            tables = [self._with_tags(table) for table in tables]
        started = perf_counter()
        rows = self._rows(f"SELECT {columns} FROM ({sql.select(query, tables, currency)}) {tail}")
        if serves and any(isinstance(table, RawTable) for table in tables):
            self._preparation.spend(perf_counter() - started)
        return rows

    def _with_tags(self, table: Table) -> Table:
        return replace(table, tag_keys=self._tag_keys) if isinstance(table, RawTable) else table

    def _forget_derived(self) -> None:
        self._preparation.discard()
        self.__dict__.pop("_tables", None)

    def _warn(self, text: str) -> None:
        self._warnings[text] = None

    def _check(self, query: CostQuery) -> None:
        if len(self.profile.currencies) > 1 and self._currency is None:
            listed = ", ".join(self.profile.currencies)
            raise UsageError(f"The bill has several currencies: {listed}.", "Choose: --currency.")
        wanted = [*query.group_by, *(f.dimension for f in query.filters)]
        unknown = [name for name in wanted if not self.offers(name)]
        if unknown:
            known = self.dimensions()
            raise UnknownName(
                f"This source has no {unknown[0]}.",
                did_you_mean(unknown[0], known) or f"It has: {', '.join(known)}.",
            )

    def _check_metric(self, metric: Metric) -> None:
        found = metric_warnings(
            metric, self._tables, self.profile.key, self._cache, self._warehouse
        )
        for text in found:
            self._warn(text)

    @cached_property
    def _tables(self) -> tuple[RawTable, ...]:
        return tuple(make_readable(g, self._cache, self._warehouse) for g in self.profile.groups)

    @cached_property
    def _tag_keys(self) -> dict[str, tuple[Spelling, ...]]:
        return tag_keys_of(self._tables, self.profile.key, self._cache, self._warehouse)
