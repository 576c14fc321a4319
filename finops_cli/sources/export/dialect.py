"""Recognise a billing format by its columns and say, in SQL, where each field of ours is.

A ``Reading`` is made per set of files that share their columns. It knows the raw columns, so each
expression names only what is there; what is not there is NULL (a dimension) or None (a metric).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from finops_cli.sources.export.focus import CUR2, CUR2_SIGNS, DIALECTS, Dialect, FieldName
from finops_cli.sources.export.quoting import normal_name, quote_name, quote_text

MONEY_TYPE = "DECIMAL(38,12)"
NO_TEXT = "NULL::VARCHAR"

_WRITTEN_AMOUNT = r"""' *-?[$€£]? ?-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)? *'"""
_TIME_FORMATS = ("%m/%d/%y", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%Y%m%d")
_IDENTIFIER = re.compile(r'"((?:[^"]|"")*)"')


def recognise(columns: Mapping[str, str]) -> "Reading | None":
    """Return how to read a table with these raw columns, or None if it is no billing export.

    Args:
        columns: Raw column name to DuckDB type, in file order.
    """
    by_normal: dict[str, str] = {}
    for raw in columns:
        by_normal.setdefault(normal_name(raw), raw)
    for dialect in DIALECTS:
        if dialect is CUR2 and not _is_cur2(columns, by_normal):
            continue
        if all(any(normal_name(n) in by_normal for n in names) for names in dialect.required):
            return Reading(dialect, dict(columns), by_normal)
    return None


def _is_cur2(columns: Mapping[str, str], by_normal: Mapping[str, str]) -> bool:
    signs = any(normal_name(sign) in by_normal for sign in CUR2_SIGNS)
    return signs and not any("/" in raw for raw in columns)


@dataclass(frozen=True)
class Reading:
    """A dialect applied to the columns that one set of files really has."""

    dialect: Dialect
    columns: dict[str, str]
    by_normal: dict[str, str]

    @cached_property
    def version(self) -> str:
        """The format's version as far as its columns tell, ``1.2``; empty where there are none."""
        for version, signs in self.dialect.versions.items():
            if not signs or any(self.raw(sign) for sign in signs):
                return version
        return ""

    @property
    def format(self) -> str:
        """The format and version for a person: ``FOCUS 1.2``."""
        return f"{self.dialect.name} {self.version}".strip()

    def raw(self, *names: str) -> str | None:
        """Return the raw column that is there first among names of the map, quoted, or None."""
        for name in names:
            if (column := self.by_normal.get(normal_name(name))) is not None:
                return quote_name(column)
        return None

    def raw_of(self, field: FieldName) -> list[str]:
        """Return the raw columns that a field is read from, quoted: one, or several in turn."""
        found = [self.raw(name) for name in self.dialect.fields.get(field, ())]
        columns = [column for column in found if column is not None]
        return columns if field in self.dialect.filled_from_next else columns[:1]

    def unknown(self) -> list[str]:
        """Return the raw columns that the dialect has no use for."""
        fields, costs = self.dialect.fields.values(), self.dialect.costs.values()
        known = {normal_name(name) for names in (*fields, *costs) for name in names}
        return [raw for raw in self.columns if normal_name(raw) not in known]

    def has(self, field: FieldName) -> bool:
        """Tell whether the files have a column for the field."""
        return bool(self.raw_of(field))

    def missing(self) -> tuple[str, ...]:
        """Return the fields that the format could hold and these files do not."""
        return tuple(field for field in self.dialect.fields if not self.has(field))

    def kind(self, quoted: str) -> str:
        """Return the DuckDB type of a quoted raw column."""
        return self.columns[quoted[1:-1].replace('""', '"')]

    def is_text(self, quoted: str) -> bool:
        """Tell whether a quoted raw column is stored as text."""
        return self.kind(quoted) == "VARCHAR"

    def columns_in(self, expression: str) -> tuple[str, ...]:
        """Return the raw columns that an expression of this reading names, quoted, each once."""
        named = (match[0] for match in _IDENTIFIER.finditer(expression))
        return tuple(dict.fromkeys(n for n in named if n[1:-1].replace('""', '"') in self.columns))

    def moment(self, field: FieldName) -> str | None:
        """Return the SQL of a UTC timestamp field, as raw as its type allows; None if absent."""
        columns = self.raw_of(field)
        if not columns:
            return None
        column = columns[0]
        if not self.is_text(column):
            kind = self.kind(column)
            if "TIME ZONE" in kind:
                return f"timezone('UTC', {column})"
            return column if kind.startswith(("TIMESTAMP", "DATE")) else _cast_moment(column)
        formats = ", ".join(quote_text(f) for f in _TIME_FORMATS)
        # Only text with a four-digit year is ISO: the engine would read 5/1/25 as year 5.
        iso = f"CASE WHEN {column} LIKE '____-%' THEN TRY_CAST({column} AS TIMESTAMPTZ) END"
        return (
            f"coalesce(timezone('UTC', {iso}), try_strptime({column}, [{formats}]), "
            f"try_strptime({column} || '-01', '%Y-%m-%d'))"
        )

    def text(self, field: FieldName) -> str:
        """Return the SQL of a text field, NULL where it is empty or the files do not have it."""
        parts = [self._filled(column) for column in self.raw_of(field)]
        if not parts:
            return NO_TEXT
        return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"

    def _filled(self, column: str) -> str:
        text = column if self.is_text(column) else f"{column}::VARCHAR"
        return f"nullif({text}, '')"

    def number(self, *names: str) -> str | None:
        """Return the SQL of a decimal column, NULL where the text is no number; None if absent."""
        column = self.raw(*names)
        if column is None:
            return None
        plain = f"TRY_CAST({column} AS {MONEY_TYPE})"
        if not self.is_text(column):
            return plain
        # As spreadsheets write them: $10,000.00. A lone comma may be a decimal one: not read.
        bare = f"TRY_CAST(regexp_replace({column}, '[$€£, ]', '', 'g') AS {MONEY_TYPE})"
        return (
            f"coalesce({plain}, CASE WHEN regexp_full_match({column}, {_WRITTEN_AMOUNT}) "
            f"THEN {bare} END)"
        )


def _cast_moment(column: str) -> str:
    """Return the SQL of a moment kept as a number, 20260901, or as anything else."""
    text = f"{column}::VARCHAR"
    return f"coalesce(try_strptime({text}, '%Y%m%d'), TRY_CAST({text} AS TIMESTAMP))"
