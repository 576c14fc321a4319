"""A billing export on disk as a source of costs."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.facts import ExportFacts
from finops_cli.domain.frame import COST, DATE, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import ChargeCategory, CostQuery, Granularity, Metric
from finops_cli.domain.source import Meter
from finops_cli.errors import SourceError, UnknownName, UsageError, did_you_mean
from finops_cli.sources import sql
from finops_cli.sources.cache import Cache
from finops_cli.sources.dialect import Reading
from finops_cli.sources.inspection import inspect
from finops_cli.sources.profile import Profile
from finops_cli.sources.rollup import Rollups
from finops_cli.sources.table import RawTable, Table, reading_name
from finops_cli.sources.tables import make_readable
from finops_cli.sources.warehouse import Warehouse

_MAX_GROUP_BY = 8
_TAG_PREFIXES = ("user:", "user_", "resource_tags_user_", "tag_", "tag:")


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
        self._rollups = self._open_rollups()
        self._warnings: list[str] = []

    def coverage(self) -> Period:
        """Return the days from the first to the last that have any charge."""
        return self.profile.coverage

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

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions that can be grouped and filtered by, tags last."""
        own = [d for d in q.DIMENSIONS if any(_offers(r, d) for r in self._readings)]
        return (*own, *(f"{q.TAG_PREFIX}{key}" for key in sorted(self._tag_keys)))

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, the most expensive first."""
        found = self.fetch(CostQuery(self.coverage(), group_by=(dimension,)))
        by_cost = sorted(found.select(dimension, COST), key=lambda row: -row[1])
        return tuple(value for value, _ in by_cost if value is not None)

    def names(self, dimension: str) -> dict[str, str]:
        """Return what people call the values of a dimension: account names by account id."""
        if dimension != q.ACCOUNT:
            return {}
        found: dict[str, str] = {}
        for table in self._tables:
            name = table.reading.text("account_name")
            if not name.startswith("NULL"):
                sql_text = f"SELECT {table.dimension(q.ACCOUNT)}, any_value({name}) "
                found |= dict(self._rows(f"{sql_text} FROM {table.relation} GROUP BY 1"))
        return {k: v for k, v in found.items() if k and v and k != v}

    def fetch(self, query: CostQuery) -> Frame:
        """Return the frame that answers the query.

        Raises:
            UnknownName: A dimension that these files do not have.
            MissingColumn: The metric cannot be had from these files.
            UsageError: Charges in several currencies would be added up.
        """
        self._check(query)
        rows = self._rows(sql.select(query, self._tables_for(query), self._narrowing()))
        if query.metric is not Metric.UNBLENDED:
            self._check_effective(query)
        dated = [] if query.granularity is Granularity.TOTAL else [DATE]
        return Frame((*dated, *query.group_by, COST, USAGE, USAGE_UNIT), tuple(rows))

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
        wanted = sorted({*self._kept_tags(), *tags})
        self._cache.write_json("prepared", self.profile.key, {"tags": wanted})
        self._rollups = self._open_rollups()
        spellings = self._tag_keys if wanted else {}
        try:
            return self._rollups.prepare(spellings, tell)
        except OSError as error:
            raise SourceError(
                f"The cache cannot be written: {error}.", "Check its folder."
            ) from error

    def _kept_tags(self) -> list[str]:
        kept = self._cache.read_json("prepared", self.profile.key)
        return list(kept["tags"]) if kept else []

    def _open_rollups(self) -> Rollups:
        tags = [f"{q.TAG_PREFIX}{key}" for key in self._kept_tags()]
        return Rollups(self.profile, self._cache, self._warehouse, tags)

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        self.meter.queries += 1
        return self._warehouse.rows(statement)

    def _narrowing(self) -> str | None:
        """Return the currency to filter by, None where all rows have the same."""
        return self._currency if len(self.profile.currencies) > 1 else None

    def _check(self, query: CostQuery) -> None:
        if len(self.profile.currencies) > 1 and self._currency is None:
            listed = ", ".join(self.profile.currencies)
            raise UsageError(f"The bill has several currencies: {listed}.", "Choose: --currency.")
        wanted = [*query.group_by, *(f.dimension for f in query.filters)]
        if any(name.startswith(q.TAG_PREFIX) for name in wanted):
            unknown = [n for n in wanted if n not in self.dimensions()]
        else:
            unknown = [n for n in wanted if not any(_offers(r, n) for r in self._readings)]
        if unknown:
            raise UnknownName(
                f"This source has no {unknown[0]}.",
                did_you_mean(unknown[0], self.dimensions()) or f"It has: {self._listed()}.",
            )

    def _listed(self) -> str:
        return ", ".join(self.dimensions())

    @cached_property
    def _readings(self) -> tuple[Reading, ...]:
        return tuple(group.reading for group in self.profile.groups)

    @cached_property
    def _tables(self) -> tuple[RawTable, ...]:
        return tuple(make_readable(g, self._cache, self._warehouse) for g in self.profile.groups)

    @cached_property
    def _tag_keys(self) -> dict[str, list[str]]:
        """The tag keys as we show them, each with its spellings in the files."""
        keys: dict[str, list[str]] = defaultdict(list)
        for table in self._tables:
            for spelling in self._spellings(table):
                shown = _shown_key(spelling)
                if shown and spelling not in keys[shown]:
                    keys[shown].append(spelling)
        return dict(keys)

    def _spellings(self, table: RawTable) -> list[str]:
        reading = table.reading
        found = [
            raw
            for raw in reading.columns
            if reading_name(reading, raw).startswith(reading.dialect.tag_columns or ("\0",))
        ]
        column = reading.raw(*reading.dialect.fields["tags"])
        if column is None:
            return found
        if "MAP" in reading.columns[column[1:-1]]:
            keys = f"map_keys({column})"
        else:
            keys = f"json_keys(TRY_CAST({column} AS JSON))"
        statement = f"SELECT DISTINCT unnest({keys}) FROM {table.relation}"
        return found + sorted(str(row[0]) for row in self._rows(statement))

    def _tables_for(self, query: CostQuery) -> Sequence[Table]:
        wanted = [*query.group_by, *(f.dimension for f in query.filters)]
        if self._narrowing():
            wanted.append(q.CURRENCY)
        if rolled := self._rollups.tables(wanted, query.metric):
            return rolled
        if any(name.startswith(q.TAG_PREFIX) for name in wanted):
            return [replace(table, tag_keys=self._tag_keys) for table in self._tables]
        return self._tables

    def _check_effective(self, query: CostQuery) -> None:
        """Warn where a provider's effective costs cannot be what they say.

        Seen in a published export: AWS rows whose EffectiveCost is rounded to whole units (a total
        28 % too low), and a provider whose EffectiveCost is zero throughout.
        """
        if query.metric not in (Metric.AMORTIZED, Metric.NET_AMORTIZED):
            return
        for table in self._tables:
            effective, billed = table.cost(query.metric), table.cost(Metric.UNBLENDED)
            is_usage = f"{table.dimension(q.CHARGE_CATEGORY)} = '{ChargeCategory.USAGE}'"
            statement = (
                f"SELECT {table.dimension(q.PROVIDER)}, sum({effective}), sum({billed}), "
                f"bool_and({effective} = round({effective}, 0)), "
                f"bool_and({billed} = round({billed}, 0)), max(abs({effective})) "
                f"FROM {table.relation} WHERE {is_usage} "
                f"AND {table.within(query.period.start, query.period.end)} GROUP BY 1"
            )
            for row in self._rows(statement):
                self._note_effective(*row)

    def _note_effective(
        self,
        provider: str | None,
        effective: Decimal | None,
        billed: Decimal | None,
        whole: bool,
        billed_whole: bool,
        largest: Decimal | None,
    ) -> None:
        who, total, charged = provider or "this provider", effective or 0, billed or 0
        note = ""
        if not largest and charged:
            note = f"All effective costs of {who} are zero although {charged:f} was billed."
        elif whole and not billed_whole:
            note = (
                f"The effective costs of {who} are all whole numbers (total {total:f}, billed "
                f"{charged:f}): the export rounded them, so amortized totals are not reliable."
            )
        if note and note not in self._warnings:
            self._warnings.append(note)


def _offers(reading: Reading, dimension: str) -> bool:
    if dimension in (q.CHARGE_CATEGORY, q.PROVIDER, q.PURCHASE_OPTION, q.INSTANCE_TYPE):
        table = RawTable("", reading)
        return not table.dimension(dimension).startswith("NULL") and (
            dimension != q.INSTANCE_TYPE or reading.has("usage_type")
        )
    if dimension == q.CURRENCY:
        return True
    return dimension in q.DIMENSIONS and reading.has(dimension)  # type: ignore[arg-type]


def _shown_key(spelling: str) -> str:
    key = spelling.strip()
    for prefix in _TAG_PREFIXES:
        key = key.removeprefix(prefix)
    return key.removeprefix("resourceTags/").removeprefix("user:")
