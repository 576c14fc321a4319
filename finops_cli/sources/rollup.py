"""Daily sums of a large export, kept in the cache so that the next questions take milliseconds.

One parquet file for each file of the export, under that file's fingerprint: when a month is
delivered anew, only its own rollup is made again. A question whose dimensions and metric a rollup
still has is answered from it, for the files that have one; the others are read themselves. Both
give the same figures, because the sums are exact decimals.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from finops_cli import __version__
from finops_cli.domain import query as q
from finops_cli.domain.query import Metric
from finops_cli.sources import costs
from finops_cli.sources.cache import Cache
from finops_cli.sources.dialect import Reading
from finops_cli.sources.files import DataFile
from finops_cli.sources.grouping import Grouping
from finops_cli.sources.profile import Profile
from finops_cli.sources.quoting import quote_name, quote_text
from finops_cli.sources.sniff import is_whole_parquet
from finops_cli.sources.table import RawTable, RollupTable, Table
from finops_cli.sources.tables import Group, make_readable
from finops_cli.sources.tags import Spelling
from finops_cli.sources.warehouse import Warehouse, parquet_relation

_LAYOUT = "2"
_KIND = "rollups"
_DIMENSIONS = (
    q.ACCOUNT,
    q.SERVICE,
    q.REGION,
    q.USAGE_TYPE,
    q.INSTANCE_TYPE,
    q.CHARGE_CATEGORY,
    q.PURCHASE_OPTION,
    q.PROVIDER,
    q.CURRENCY,
)


class Rollups:
    """The rollups of one source: which there are, and how to make them.

    Args:
        profile: The source's facts.
        cache: Where rollups are kept.
        warehouse: The engine.
        tags: The tags to keep besides the usual dimensions, as ``tag:KEY``.
    """

    def __init__(
        self, profile: Profile, cache: Cache, warehouse: Warehouse, tags: Sequence[str] = ()
    ) -> None:
        self._profile = profile
        self._cache = cache
        self._warehouse = warehouse
        self._dimensions = (*_DIMENSIONS, *sorted(tags))

    def holds(self, dimensions: Sequence[str], metric: Metric) -> bool:
        """Tell whether rollups of these files still have all that a query needs."""
        known = all(metric in costs.metrics(group.reading) for group in self._profile.groups)
        return known and set(self._dimensions).issuperset(dimensions)

    def missing(self) -> list[DataFile]:
        """Return the files that have no rollup, or a damaged one."""
        files = [file for group in self._profile.groups for file in group.files]
        return [file for file in files if not is_whole_parquet(self._path(file))]

    def tables(self) -> list[Table] | None:
        """Return rollups, and raw tables for the files without; None if there is no rollup."""
        missing = set(self.missing())
        tables: list[Table] = []
        for group in self._profile.groups:
            rolled = [file for file in group.files if file not in missing]
            rest = tuple(file for file in group.files if file in missing)
            if rolled:
                relation = parquet_relation(str(self._path(file)) for file in rolled)
                tables.append(RollupTable(relation, _cost_columns(group.reading)))
            if rest:
                part = replace(group, files=rest)
                tables.append(make_readable(part, self._cache, self._warehouse))
        return tables if any(isinstance(table, RollupTable) for table in tables) else None

    def make(self, file: DataFile, tag_keys: Mapping[str, Sequence[Spelling]]) -> None:
        """Make the rollup of one file.

        Args:
            file: One of the source's files.
            tag_keys: How the files spell each tag key.

        Raises:
            OSError: The cache folder cannot be written.
        """
        group = replace(self._group_of(file), files=(file,))
        table = make_readable(group, self._cache, self._warehouse)
        path = self._path(file)
        with self._cache.replacing(_KIND, path.stem, path.suffix) as temporary:
            select = _rollup_sql(replace(table, tag_keys=tag_keys), self._dimensions)
            self._warehouse.rows(
                f"COPY ({select}) TO {quote_text(str(temporary))} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )

    def discard(self) -> None:
        """Remove the rollups of these files."""
        for group in self._profile.groups:
            for file in group.files:
                self._cache.drop(_KIND, file.fingerprint)

    def _group_of(self, file: DataFile) -> Group:
        return next(group for group in self._profile.groups if file in group.files)

    def _path(self, file: DataFile) -> Path:
        text = "|".join((_LAYOUT, __version__, *self._dimensions))
        layout = hashlib.sha256(text.encode()).hexdigest()[:8]
        return self._cache.path(_KIND, f"{file.fingerprint}-{layout}", ".parquet")


def _cost_columns(reading: Reading) -> dict[Metric, str]:
    """Return the column of each metric; metrics that are the same in these files share one."""
    first: dict[str, str] = {}
    metrics = costs.metrics(reading)
    return {m: first.setdefault(costs.cost(reading, m), f"cost_{m.value}") for m in metrics}


def _rollup_sql(table: RawTable, dimensions: Sequence[str]) -> str:
    grouped = Grouping(table, dimensions)
    kept = {name: metric for metric, name in reversed(_cost_columns(table.reading).items())}
    sums = [f"sum({table.cost(m)}) AS {quote_name('__' + name)}" for name, m in kept.items()]
    inner = [f"{table.day()} AS day", *grouped.inner(), *grouped.inner_unit(), *sums]
    inner.append(f"sum({table.usage()}) AS __usage")
    outer = ["day", *(f"{grouped.outer(d)} AS {quote_name(d)}" for d in dimensions)]
    outer.append(f"{grouped.outer_unit()} AS usage_unit")
    outer += [f"sum({quote_name('__' + name)}) AS {quote_name(name)}" for name in kept]
    outer.append("sum(__usage) AS usage")
    return (
        f"SELECT {', '.join(outer)} FROM ("
        f"SELECT {', '.join(inner)} FROM {table.relation} WHERE {table.moment()} IS NOT NULL "
        "GROUP BY ALL) GROUP BY ALL ORDER BY day"
    )
