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
from finops_cli.sources.dialect import Reading, quote_name, quote_text

_TEXT_FIELDS = {
    q.SERVICE: "service",
    q.REGION: "region",
    q.ACCOUNT: "account",
    q.USAGE_TYPE: "usage_type",
    q.OPERATION: "operation",
    q.RESOURCE: "resource",
    q.AVAILABILITY_ZONE: "availability_zone",
}


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

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric, NULL where a row has none that can be read."""

    def usage(self) -> str:
        """Return the SQL of the usage quantity."""

    def usage_unit(self) -> str:
        """Return the SQL of the usage unit."""


@dataclass(frozen=True)
class RawTable:
    """Files of one format and one set of columns.

    ``tag_keys`` maps a tag key as we show it to the keys as the files spell it, once they are
    known.
    """

    relation: str
    reading: Reading
    tag_keys: Mapping[str, Sequence[str]] = field(default_factory=dict)

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

        Compared as a timestamp, not as a day, so that parquet row groups outside are skipped.
        """
        moment = self.moment()
        return f"{moment} >= TIMESTAMP '{start}' AND {moment} < TIMESTAMP '{end}'"

    def dimension(self, name: str) -> str:
        """Return the SQL of a dimension."""
        key = q.tag_key(name)
        if key is not None:
            return tag_value(self.reading, self.tag_keys.get(key, ()))
        match name:
            case q.CHARGE_CATEGORY:
                return self.reading.charge_category()
            case q.PURCHASE_OPTION:
                return self.reading.purchase_option()
            case q.INSTANCE_TYPE:
                return self.reading.instance_type()
            case q.PROVIDER:
                return self.reading.provider()
            case q.CURRENCY:
                return self.reading.currency()
        return self.reading.text(_TEXT_FIELDS[name])  # type: ignore[arg-type]

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric."""
        return self.reading.cost(metric)

    def usage(self) -> str:
        """Return the SQL of the usage quantity."""
        return self.reading.number(*self.reading.dialect.fields["usage"]) or "NULL::DECIMAL(38,12)"

    def usage_unit(self) -> str:
        """Return the SQL of the usage unit."""
        return self.reading.text("usage_unit")


@dataclass(frozen=True)
class RollupTable:
    """Daily sums of one or more files, kept as parquet: one column a dimension, one a metric."""

    relation: str
    dimensions: frozenset[str]
    metrics: frozenset[Metric]

    def day(self) -> str:
        """Return the SQL of the charge's UTC day."""
        return "day"

    def within(self, start: date, end: date) -> str:
        """Return the SQL that keeps the days from start up to, not including, end."""
        return f"day >= DATE '{start}' AND day < DATE '{end}'"

    def dimension(self, name: str) -> str:
        """Return the SQL of a dimension."""
        return quote_name(name)

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric."""
        return quote_name(f"cost_{metric.value}")

    def usage(self) -> str:
        """Return the SQL of the usage quantity."""
        return "usage"

    def usage_unit(self) -> str:
        """Return the SQL of the usage unit."""
        return "usage_unit"

    def covers(self, names: Sequence[str], metric: Metric) -> bool:
        """Tell whether the rollup still has all of these dimensions and the metric."""
        return metric in self.metrics and self.dimensions.issuperset(names)


def tag_value(reading: Reading, spellings: Sequence[str]) -> str:
    """Return the SQL of a tag's value: the first spelling of its key that has one."""
    parts = [f"nullif({_tag_at(reading, key)}, '')" for key in spellings]
    if not parts:
        return "NULL::VARCHAR"
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


def _tag_at(reading: Reading, key: str) -> str:
    if key in reading.columns and any(
        key.lower().startswith(p) or reading_name(reading, key).startswith(p)
        for p in reading.dialect.tag_columns
    ):
        return quote_name(key)
    column = reading.raw(*reading.dialect.fields["tags"])
    if column is None:
        return "NULL::VARCHAR"
    if reading.is_text(column) or reading.columns[column[1:-1]] == "JSON":
        path = '$."' + key.replace('"', '\\"') + '"'
        return f"json_extract_string(TRY_CAST({column} AS JSON), {quote_text(path)})"
    return f"{column}[{quote_text(key)}]"


def reading_name(reading: Reading, raw: str) -> str:
    """Return the normal name under which a reading knows a raw column."""
    return next((n for n, r in reading.by_normal.items() if r == raw), raw)
