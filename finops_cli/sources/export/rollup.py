"""Daily sums of a large export, kept in the cache so that the next questions take milliseconds.

Two parquet files for each file of the export, under that file's fingerprint: when a month is
delivered anew, only its own rollup is made again. The coarse one leaves out what most questions do
not ask for (usage types and the tags) and has a tenth of the rows of the fine one.

A question whose dimensions and metric a rollup still has is answered from it, for the files that
have one; the others are read themselves. Both give the same figures, because the sums are exact
decimals.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from finops_cli import __version__
from finops_cli.domain import query as q
from finops_cli.domain.query import Metric
from finops_cli.sources.cache import Cache
from finops_cli.sources.export import costs
from finops_cli.sources.export.dialect import Reading
from finops_cli.sources.export.files import DataFile
from finops_cli.sources.export.grouping import Grouping
from finops_cli.sources.export.profile import Profile
from finops_cli.sources.export.quoting import quote_name, quote_text
from finops_cli.sources.export.sniff import is_whole_parquet
from finops_cli.sources.export.table import RawTable, RollupTable, Table
from finops_cli.sources.export.tables import Group, make_readable
from finops_cli.sources.export.tags import Spelling
from finops_cli.sources.warehouse import Warehouse, parquet_relation

_LAYOUT = "3"
_KIND = "rollups"
_COARSE = (
    q.ACCOUNT,
    q.SERVICE,
    q.REGION,
    q.CHARGE_CATEGORY,
    q.PURCHASE_OPTION,
    q.PROVIDER,
    q.CURRENCY,
)
_FINE = (*_COARSE, q.USAGE_TYPE, q.INSTANCE_TYPE)


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
        self._fine = (*_FINE, *sorted(tags))

    def holds(self, dimensions: Sequence[str], metric: Metric) -> bool:
        """Tell whether rollups of these files still have all that a query needs."""
        known = all(metric in costs.metrics(group.reading) for group in self._profile.groups)
        return known and set(self._fine).issuperset(dimensions)

    def missing(self) -> list[DataFile]:
        """Return the files that have no rollup, or a damaged one."""
        files = [file for group in self._profile.groups for file in group.files]
        grains = (self._fine, _COARSE)
        return [
            file
            for file in files
            if not all(is_whole_parquet(self._path(file, grain)) for grain in grains)
        ]

    def tables(self, dimensions: Sequence[str]) -> list[Table] | None:
        """Return rollups, and raw tables for the files without; None if there is no rollup.

        Args:
            dimensions: All that the query needs; the rollups must hold them.
        """
        grain = _COARSE if set(_COARSE).issuperset(dimensions) else self._fine
        missing = set(self.missing())
        tables: list[Table] = []
        for group in self._profile.groups:
            rolled = [file for file in group.files if file not in missing]
            rest = tuple(file for file in group.files if file in missing)
            if rolled:
                relation = parquet_relation(str(self._path(file, grain)) for file in rolled)
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
        fine = _fine_sql(replace(table, tag_keys=tag_keys), self._fine)
        self._write(fine, self._path(file, self._fine))
        relation = parquet_relation([str(self._path(file, self._fine))])
        coarse = _coarse_sql(relation, dict.fromkeys(_cost_columns(group.reading).values()))
        self._write(coarse, self._path(file, _COARSE))

    def _write(self, select: str, path: Path) -> None:
        with self._cache.making(_KIND, path.stem, path.suffix, is_whole_parquet) as temporary:
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

    def _path(self, file: DataFile, grain: Sequence[str]) -> Path:
        text = "|".join((_LAYOUT, __version__, *grain))
        layout = hashlib.sha256(text.encode()).hexdigest()[:8]
        return self._cache.path(_KIND, f"{file.fingerprint}-{layout}", ".parquet")


def _cost_columns(reading: Reading) -> dict[Metric, str]:
    """Return the column of each metric; metrics that are the same in these files share one."""
    first: dict[str, str] = {}
    metrics = costs.metrics(reading)
    return {m: first.setdefault(costs.cost(reading, m), f"cost_{m.value}") for m in metrics}


def _fine_sql(table: RawTable, dimensions: Sequence[str]) -> str:
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


def _coarse_sql(fine: str, cost_columns: Iterable[str]) -> str:
    keys = ["day", *(quote_name(dimension) for dimension in _COARSE)]
    sums = [f"sum({quote_name(name)}) AS {quote_name(name)}" for name in cost_columns]
    return f"SELECT {', '.join([*keys, *sums])} FROM {fine} GROUP BY ALL ORDER BY day"
