"""From files to tables: group the files that share their columns and make each group readable.

Parquet is read in place. Delimited text is parsed once: small files into the engine's memory, large
ones into a parquet copy in the cache, so that a second question does not parse them again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from finops_cli.errors import FinopsError, MissingColumn, NotAnExport, Unreadable
from finops_cli.sources.cache import Cache
from finops_cli.sources.dialect import (
    Reading,
    normal_name,
    quote_name,
    quote_text,
    recognise,
)
from finops_cli.sources.files import DataFile
from finops_cli.sources.focus import DIALECTS, REQUIRED_TEXT
from finops_cli.sources.sniff import Shape, sniff
from finops_cli.sources.table import RawTable
from finops_cli.sources.warehouse import Warehouse, parquet_relation

_LARGE_TEXT = {"none": 32 << 20, "gzip": 4 << 20, "zstd": 4 << 20}
_NULLS = "['NULL', 'null', 'None', '']"


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one shape and one set of columns.

    ``lenient`` tells that rows and header disagree in length, and missing fields were read as
    empty.
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

    def to_dict(self) -> dict[str, Any]:
        """Return what is worth keeping in the cache: all but the files' own stamps."""
        shape = {
            "kind": self.shape.kind,
            "compression": self.shape.compression,
            "delimiter": self.shape.delimiter,
            "header": list(self.shape.header),
        }
        paths = [str(f.path) for f in self.files]
        return {"paths": paths, "shape": shape, "columns": self.columns, "lenient": self.lenient}

    @classmethod
    def from_dict(cls, kept: dict[str, Any], files: Iterable[DataFile]) -> "Group":
        """Return the group that ``to_dict`` described, over today's files."""
        by_path = {str(f.path): f for f in files}
        shape = Shape(**{**kept["shape"], "header": tuple(kept["shape"]["header"])})
        own = tuple(by_path[p] for p in kept["paths"])
        return cls(own, shape, kept["columns"], kept["lenient"])


def group_files(
    files: Sequence[DataFile], warehouse: Warehouse
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Group the files by shape and columns; the notes name files that are no export.

    Raises:
        NotAnExport: None of the files is a billing export.
        MissingColumn: The only file is one, but lacks a column that no total can do without.
        Unreadable: A file is damaged.
    """
    alike: dict[tuple[Any, ...], list[DataFile]] = defaultdict(list)
    known: dict[tuple[Any, ...], tuple[Shape, dict[str, str]]] = {}
    refused: list[tuple[DataFile, FinopsError]] = []
    for file in files:
        try:
            shape, columns = _inspect(file, warehouse)
        except (NotAnExport, MissingColumn) as error:
            refused.append((file, error))
            continue
        key = (shape.kind, shape.compression, shape.delimiter, *columns.items())
        alike[key].append(file)
        known[key] = (shape, columns)
    if not alike:
        raise refused[0][1]
    groups = tuple(Group(tuple(alike[k]), *known[k]) for k in alike)
    notes = [f"Left out, no billing export: {file.path.name}." for file, _ in refused]
    return groups, tuple(notes)


def _inspect(file: DataFile, warehouse: Warehouse) -> tuple[Shape, dict[str, str]]:
    shape = sniff(file.path)
    if shape.kind == "parquet":
        columns = warehouse.columns(parquet_relation([file.path]))
    else:
        columns = {name: "VARCHAR" for name in _unique(shape.header)}
    if recognise(columns) is None:
        raise _not_recognised(file, columns)
    return shape, columns


def _unique(names: Sequence[str]) -> list[str]:
    """Return the names with repeated and empty ones made distinct, as SQL needs them."""
    seen: set[str] = set()
    unique = []
    for i, name in enumerate(names):
        fresh = name if name and name.casefold() not in seen else f"{name or 'column'}_{i}"
        seen.add(fresh.casefold())
        unique.append(fresh)
    return unique


def _not_recognised(file: DataFile, columns: Iterable[str]) -> FinopsError:
    have = {normal_name(column) for column in columns}
    for dialect in DIALECTS:
        met = [names for names in dialect.required if any(n in have for n in names)]
        if met and len(have) > 1:
            lacking = [names[0] for names in dialect.required if names not in met]
            return MissingColumn(
                f"{file.path.name} looks like a {dialect.name} but has no {lacking[0]} column.",
                "Add the column to the export, or name it so in a tidy table.",
            )
    needed = "; ".join(f"{name}: {columns}" for name, columns in REQUIRED_TEXT.items())
    return NotAnExport(
        f"{file.path} is no billing export that I know.", f"Columns needed - {needed}."
    )


def make_readable(group: Group, cache: Cache, warehouse: Warehouse) -> RawTable:
    """Return the group as a table.

    Raises:
        Unreadable: A text file cannot be parsed, or its compression is broken.
    """
    if group.shape.kind == "parquet":
        return RawTable(parquet_relation([f.path for f in group.files]), group.reading)
    large = _LARGE_TEXT[group.shape.compression]
    if sum(f.size for f in group.files) > large:
        return RawTable(parquet_relation(_parquet_copies(group, cache, warehouse)), group.reading)
    name = f"text_{warehouse.statements}"
    warehouse.rows(f"CREATE TEMP TABLE {name} AS SELECT * FROM {text_relation(group)}")
    return RawTable(name, group.reading)


def parses_strictly(group: Group, warehouse: Warehouse) -> bool:
    """Tell whether every row of a text group has as many fields as its header.

    Raises:
        Unreadable: The rows cannot be read even with missing fields filled in.
    """
    try:
        warehouse.rows(f"SELECT count(*) FROM {text_relation(group)}")
    except Unreadable:
        loose = Group(group.files, group.shape, group.columns, lenient=True)
        warehouse.rows(f"SELECT count(*) FROM {text_relation(loose)}")
        return False
    return True


def text_relation(group: Group) -> str:
    """Return the relation of delimited text: every column text, named by our header."""
    names = ", ".join(quote_text(str(f.path)) for f in group.files)
    columns = ", ".join(f"{quote_text(c)}: 'VARCHAR'" for c in group.columns)
    loose = "null_padding = true, strict_mode = false, parallel = false," if group.lenient else ""
    return (
        f"read_csv([{names}], auto_detect = false, header = true, columns = {{{columns}}}, "
        f"delim = {quote_text(group.shape.delimiter)}, quote = '\"', escape = '\"', {loose} "
        f"compression = {quote_text(group.shape.compression)}, nullstr = {_NULLS}, "
        f"max_line_size = 16777216)"
    )


def _parquet_copies(group: Group, cache: Cache, warehouse: Warehouse) -> list[str]:
    """Return parquet copies of the group's files, made where the cache has none yet."""
    copies = []
    for file in group.files:
        copy = cache.path("tables", file.fingerprint, ".parquet")
        if not copy.is_file():
            one = Group((file,), group.shape, group.columns, group.lenient)
            with cache.replacing("tables", file.fingerprint, ".parquet") as temporary:
                warehouse.rows(
                    f"COPY (SELECT {_used_columns(group)} FROM {text_relation(one)}) "
                    f"TO {quote_text(str(temporary))} (FORMAT parquet, COMPRESSION zstd)"
                )
        copies.append(str(copy))
    return copies


def _used_columns(group: Group) -> str:
    """Return the columns worth copying: a legacy CUR has a hundred that no question reads."""
    dialect = group.reading.dialect
    wanted = {name for names in dialect.fields.values() for name in names}
    wanted |= {name for names in dialect.costs.values() for name in names}
    kept = ("savings_plan_", "reservation_", "line_item_", "sku_price_details")
    prefixes = (*kept, *dialect.tag_columns)
    used = [c for c in group.columns if normal_name(c) in wanted]
    used += [c for c in group.columns if c not in used and normal_name(c).startswith(prefixes)]
    return ", ".join(quote_name(c) for c in used)
