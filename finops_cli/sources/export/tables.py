"""From files to tables: group the files that share their columns and make each group readable."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from finops_cli.errors import FinopsError, MissingColumn, NotAnExport, Unreadable
from finops_cli.sources.cache import Cache
from finops_cli.sources.export import text
from finops_cli.sources.export.dialect import Reading, recognise
from finops_cli.sources.export.files import DataFile
from finops_cli.sources.export.focus import DIALECTS, REQUIRED_TEXT
from finops_cli.sources.export.quoting import normal_name
from finops_cli.sources.export.sniff import Shape, check_gzip, sniff
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.export.text import TextFiles
from finops_cli.sources.warehouse import Warehouse, parquet_relation


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one shape and one set of columns.

    ``lenient`` tells that rows and header disagree in length.
    """

    files: tuple[DataFile, ...]
    shape: Shape
    columns: dict[str, str]
    lenient: bool = False

    @property
    def reading(self) -> Reading:
        """How to read these columns."""
        found = recognise(self.columns)
        assert found is not None  # groups are only made of what was recognised
        return found

    @property
    def text(self) -> TextFiles:
        """The group as delimited text."""
        return TextFiles(self.files, self.shape, tuple(self.columns), self.lenient)

    def to_dict(self) -> dict[str, Any]:
        """Return what is worth keeping in the cache: all but the files' own stamps."""
        return {
            "files": [file.location for file in self.files],
            "kind": self.shape.kind,
            "compression": self.shape.compression,
            "delimiter": self.shape.delimiter,
            "skip": self.shape.skip,
            "columns": self.columns,
            "lenient": self.lenient,
        }

    @classmethod
    def from_dict(cls, kept: dict[str, Any], files: Iterable[DataFile]) -> "Group":
        """Return the group that ``to_dict`` described, over today's files."""
        by_location = {file.location: file for file in files}
        shape = Shape(kept["kind"], kept["compression"], kept["delimiter"], (), int(kept["skip"]))
        own = tuple(by_location[location] for location in kept["files"])
        return cls(own, shape, dict(kept["columns"]), bool(kept["lenient"]))


def group_files(
    files: Sequence[DataFile], warehouse: Warehouse
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Group the files by shape and columns; the notes name files that are no export.

    Raises:
        NotAnExport: None of the files is a billing export.
        MissingColumn: The only file is one, but lacks a column that no total can do without.
        Unreadable: A file is damaged.
    """
    alike: dict[tuple[Any, ...], Group] = {}
    refused: dict[str, list[str]] = defaultdict(list)
    first_error: FinopsError | None = None
    for file in files:
        try:
            shape, columns = _inspect(file, warehouse)
        except (NotAnExport, MissingColumn) as error:
            first_error = first_error or error
            refused[_why(error)].append(file.name)
            continue
        key = (shape, *columns.items())
        known = alike.setdefault(key, Group((), shape, columns))
        alike[key] = replace(known, files=(*known.files, file))
    if not alike and first_error is not None:
        raise first_error
    notes = tuple(f"Left out, {why}: {', '.join(names)}." for why, names in refused.items())
    return tuple(alike.values()), notes


def _why(error: FinopsError) -> str:
    lacks = isinstance(error, MissingColumn)
    return "an export that lacks a column" if lacks else "no billing export"


def _inspect(file: DataFile, warehouse: Warehouse) -> tuple[Shape, dict[str, str]]:
    shape = Shape("parquet") if "://" in file.location else sniff(Path(file.location))
    if shape.kind == "parquet":
        columns = warehouse.columns(parquet_relation([file.location]))
    else:
        columns = {name: "VARCHAR" for name in _unique(shape.header)}
        shape = replace(shape, header=())  # the columns say it, in a form that SQL can use
    if recognise(columns) is None:
        raise _not_recognised(file, columns)
    return shape, columns


def _unique(names: Sequence[str]) -> list[str]:
    """Return the names with repeated and empty ones made distinct, as SQL needs them."""
    seen: set[str] = set()
    unique = []
    for i, name in enumerate(names):
        fresh = name or f"column_{i}"
        while fresh.casefold() in seen:
            fresh = f"{fresh}_{i}"
        seen.add(fresh.casefold())
        unique.append(fresh)
    return unique


def _not_recognised(file: DataFile, columns: Iterable[str]) -> FinopsError:
    have = {normal_name(column) for column in columns}
    for dialect in DIALECTS:
        met = [names for names in dialect.required if any(normal_name(n) in have for n in names)]
        if met and len(have) > 1:
            lacking = [names[0] for names in dialect.required if names not in met]
            return MissingColumn(
                f"{file.name} looks like a {dialect.name} but has no {lacking[0]} column.",
                "Add the column to the export, or name it so in a tidy table.",
            )
    needed = "; ".join(f"{name}: {columns}" for name, columns in REQUIRED_TEXT.items())
    return NotAnExport(
        f"{file.location} is no billing export that I know.", f"Columns needed - {needed}."
    )


def open_group(
    group: Group, cache: Cache, warehouse: Warehouse
) -> tuple[Group, RawTable, tuple[str, ...]]:
    """Read a group for the first time: return it as it can be read, its table, notes on how.

    Raises:
        Unreadable: A file is damaged.
    """
    if group.shape.compression == "gzip":
        for file in group.files:
            check_gzip(Path(file.location))
    try:
        return group, make_readable(group, cache, warehouse), ()
    except Unreadable as error:
        found = text.misfits(group.text, warehouse) if group.shape.kind == "csv" else {}
        if not found:
            raise error
    counts = " and ".join(f"{count:,} {word}" for word, count in sorted(found.items()))
    note = (
        f"{group.files[0].name}: rows that do not fit the header ({counts} than it): what is "
        "missing at their end was read as empty, what is too much was left out."
    )
    lenient = replace(group, lenient=True)
    return lenient, make_readable(lenient, cache, warehouse), (note,)


def make_readable(group: Group, cache: Cache, warehouse: Warehouse) -> RawTable:
    """Return the group as a table.

    Raises:
        Unreadable: A file is damaged.
    """
    if group.shape.kind == "parquet":
        relation = parquet_relation(file.location for file in group.files)
    else:
        relation = text.load(group.text, group.reading, cache, warehouse)
    return RawTable(relation, group.reading)
