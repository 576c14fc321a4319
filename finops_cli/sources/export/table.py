"""What a query can be written against: raw files read through a dialect, or a rollup of them.

Both answer the same questions (where is the day, this dimension, that metric), so that one builder
in ``sql`` serves both and their figures cannot drift apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from finops_cli.domain import query as q
from finops_cli.domain.query import Metric
from finops_cli.sources.export import costs, dimensions
from finops_cli.sources.export.dialect import MONEY_TYPE, Reading
from finops_cli.sources.export.quoting import quote_name
from finops_cli.sources.export.tags import Spelling, tag_value

NO_USAGE = f"NULL::{MONEY_TYPE}"


class Table(Protocol):
    """Rows that hold charges, and the SQL of what is asked of them."""

    @property
    def relation(self) -> str:
        """The SQL that goes behind FROM."""

    def day(self) -> str:
        """Return the SQL of the charge's UTC day."""

    def within(self, start: date, end: date) -> str:
        """Return the SQL that keeps the days from start up to, not including, end."""

    def dimension(self, name: str) -> str:
        """Return the SQL of a dimension."""

    def ingredients(self, name: str) -> tuple[str, ...] | None:
        """Return the raw columns a dimension is made of, if rows are better grouped by them first.

        None where the dimension is to be worked out row by row.
        """

    def column(self, name: str) -> str | None:
        """Return the raw text column that a dimension is (empty text aside), or None."""

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric, NULL where a row has none that can be read."""

    def usage(self) -> str:
        """Return the SQL of the usage quantity."""

    def usage_unit(self) -> str:
        """Return the SQL of the usage unit."""

    def unit_ingredients(self) -> tuple[str, ...] | None:
        """Return the raw columns of the usage unit, or None, as ``ingredients`` does."""


@dataclass(frozen=True)
class RawTable:
    """Files of one format and one set of columns.

    ``tag_keys`` maps a tag key as we show it to its spellings in the files, once they are known.
    """

    relation: str
    reading: Reading
    tag_keys: Mapping[str, Sequence[Spelling]] = field(default_factory=dict)

    def moment(self) -> str:
        """Return the SQL of the charge's start as a UTC timestamp."""
        found = self.reading.moment("start")
        assert found is not None  # a dialect without it is not recognised
        return found

    def day(self) -> str:
        """Return the SQL of the charge's UTC day."""
        return f"CAST({self.moment()} AS DATE)"

    def within(self, start: date, end: date) -> str:
        """Return the SQL that keeps the days from start up to, not including, end.

        Compared with the column as it is, so that parquet row groups outside are skipped.
        """
        column = self.reading.raw_of("start")[0]
        if "TIME ZONE" in self.reading.kind(column):
            utc = "TIMESTAMPTZ '{} 00:00:00+00'"
            return f"{column} >= {utc.format(start)} AND {column} < {utc.format(end)}"
        moment = self.moment()
        return f"{moment} >= TIMESTAMP '{start}' AND {moment} < TIMESTAMP '{end}'"

    def dimension(self, name: str) -> str:
        """Return the SQL of a dimension."""
        key = q.tag_key(name)
        if key is not None:
            return tag_value(self.reading, self.tag_keys.get(key, ()))
        return dimensions.dimension(self.reading, name)

    def ingredients(self, name: str) -> tuple[str, ...] | None:
        """Return the raw columns of a dimension; None for tags, often maps that group slowly."""
        if q.tag_key(name) is not None:
            return None
        return self.reading.columns_in(self.dimension(name))

    def column(self, name: str) -> str | None:
        """Return the raw text column that a dimension is, empty text aside, or None."""
        columns = self.ingredients(name) or ()
        plain = len(columns) == 1 and self.dimension(name) == f"nullif({columns[0]}, '')"
        return columns[0] if plain else None

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric."""
        return costs.cost(self.reading, metric)

    def usage(self) -> str:
        """Return the SQL of the usage quantity."""
        return self.reading.number(*self.reading.dialect.fields["usage"]) or NO_USAGE

    def usage_unit(self) -> str:
        """Return the SQL of the usage unit."""
        return self.reading.text("usage_unit")

    def unit_ingredients(self) -> tuple[str, ...] | None:
        """Return the raw columns of the usage unit."""
        return self.reading.columns_in(self.usage_unit())


@dataclass(frozen=True)
class RollupTable:
    """Daily sums of one or more files, kept as parquet: one column a dimension, one a metric.

    Only queries that need no other dimension or metric may be put to it (``Rollups.holds``).
    ``costs`` names the column of each metric.
    """

    relation: str
    costs: Mapping[Metric, str]

    def day(self) -> str:
        """Return the SQL of the charge's UTC day."""
        return "day"

    def within(self, start: date, end: date) -> str:
        """Return the SQL that keeps the days from start up to, not including, end."""
        return f"day >= DATE '{start}' AND day < DATE '{end}'"

    def dimension(self, name: str) -> str:
        """Return the SQL of a dimension."""
        return quote_name(name)

    def ingredients(self, _name: str) -> None:
        """Return None: a rollup's columns are the dimensions."""

    def column(self, name: str) -> str:
        """Return the column of a dimension."""
        return quote_name(name)

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric."""
        return quote_name(self.costs[metric])

    def usage(self) -> str:
        """Return the SQL of the usage quantity."""
        return "usage"

    def usage_unit(self) -> str:
        """Return the SQL of the usage unit."""
        return "usage_unit"

    def unit_ingredients(self) -> None:
        """Return None: the unit is a column of its own."""
