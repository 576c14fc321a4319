"""Daily sums of a large export, kept in the cache so that the next questions take milliseconds.

One parquet file for each file of the export, under that file's fingerprint: when a month is
delivered anew, only its own rollup is made again. A question whose dimensions and metric a rollup
still has is answered from it; any other goes to the files themselves. Both give the same figures,
because the sums are exact decimals.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from finops_cli.domain import query as q
from finops_cli.domain.query import Metric
from finops_cli.sources.cache import Cache
from finops_cli.sources.dialect import quote_name, quote_text
from finops_cli.sources.files import DataFile
from finops_cli.sources.profile import Profile
from finops_cli.sources.table import RawTable, RollupTable
from finops_cli.sources.tables import make_readable
from finops_cli.sources.warehouse import Warehouse, parquet_relation

LARGE = 1_000_000
"""Rows from which a source is worth preparing."""

_LAYOUT = "1"
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
        self._tags = tuple(sorted(tags))

    @property
    def worthwhile(self) -> bool:
        """Whether the source is large enough to gain from being prepared."""
        return self._profile.rows >= LARGE

    def tables(self, dimensions: Sequence[str], metric: Metric) -> tuple[RollupTable, ...]:
        """Return the tables that answer such a query; none unless every file has its rollup."""
        tables = []
        for group in self._profile.groups:
            paths = [self._path(file) for file in group.files]
            kept = frozenset((*_DIMENSIONS, *self._tags))
            table = RollupTable(parquet_relation(paths), kept, frozenset(group.reading.metrics()))
            if not table.covers(dimensions, metric) or not all(p.is_file() for p in paths):
                return ()
            tables.append(table)
        return tuple(tables)

    def prepare(
        self, spellings: Mapping[str, Sequence[str]], tell: Callable[[int, int], None]
    ) -> int:
        """Make the rollups that are missing and return how many were made.

        Args:
            spellings: How the files spell each tag key.
            tell: Called with how many are done, of how many, before each.

        Raises:
            OSError: The cache folder cannot be written.
        """
        missing = [
            (file, group)
            for group in self._profile.groups
            for file in group.files
            if not self._path(file).is_file()
        ]
        for done, (file, group) in enumerate(missing):
            tell(done, len(missing))
            one = replace(group, files=(file,))
            table = make_readable(one, self._cache, self._warehouse)
            self._make(file, replace(table, tag_keys=spellings))
        return len(missing)

    def _path(self, file: DataFile) -> Path:
        layout = hashlib.sha256("|".join((_LAYOUT, *self._tags)).encode()).hexdigest()[:8]
        return self._cache.path("rollups", f"{file.fingerprint}-{layout}", ".parquet")

    def _make(self, file: DataFile, table: RawTable) -> None:
        path = self._path(file)
        with self._cache.replacing("rollups", path.stem, path.suffix) as temporary:
            self._warehouse.rows(
                f"COPY ({_rollup_sql(table, (*_DIMENSIONS, *self._tags))}) "
                f"TO {quote_text(str(temporary))} (FORMAT parquet, COMPRESSION zstd)"
            )


def _rollup_sql(table: RawTable, dimensions: Sequence[str]) -> str:
    keys = [f"{table.day()} AS day"]
    keys += [f"{table.dimension(d)} AS {quote_name(d)}" for d in dimensions]
    keys.append(f"{table.usage_unit()} AS usage_unit")
    metrics = table.reading.metrics()
    sums = [f"sum({table.cost(m)}) AS {quote_name(f'cost_{m.value}')}" for m in metrics]
    sums.append(f"sum({table.usage()}) AS usage")
    grouping = ", ".join(str(i + 1) for i in range(len(keys)))
    return (
        f"SELECT {', '.join([*keys, *sums])} FROM {table.relation} "
        f"WHERE {table.moment()} IS NOT NULL GROUP BY {grouping} ORDER BY day"
    )
