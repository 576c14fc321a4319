"""Delimited text as a relation of the engine: every column text, named by our own header.

Parsed once: small files into the engine's memory, large ones into a parquet copy in the cache, so
that a second question does not parse them again.
"""

from dataclasses import dataclass

from finops_cli.errors import Unreadable
from finops_cli.sources.cache import Cache
from finops_cli.sources.export.dialect import Reading
from finops_cli.sources.export.files import DataFile
from finops_cli.sources.export.focus import MOST_OWN_COLUMNS, TIDY
from finops_cli.sources.export.quoting import normal_name, quote_name, quote_paths, quote_text
from finops_cli.sources.export.sniff import Shape, is_whole_parquet
from finops_cli.sources.warehouse import FILE_COLUMN, Warehouse, parquet_relation

_LARGE = {"none": 32 << 20, "gzip": 4 << 20}
_LONGEST_LINE = 2 << 20  # the engine keeps sixteen times as much for its buffer
_COPIED_ROWS = 24_576  # a row group of text is held in memory as a whole, one a thread
_NULLS = "['NULL', 'null', 'None', '']"
_MISFITS = {"MISSING COLUMNS": "shorter", "TOO MANY COLUMNS": "longer"}


@dataclass(frozen=True, slots=True)
class TextFiles:
    """Delimited files of one shape and one header.

    ``lenient`` tells that some rows are shorter or longer than the header: what is missing at their
    end is read as empty, what is too much is left out.
    """

    files: tuple[DataFile, ...]
    shape: Shape
    columns: tuple[str, ...]
    lenient: bool = False

    @property
    def is_large(self) -> bool:
        """Whether parsing the files again for each question would take long."""
        return sum(file.size for file in self.files) > _LARGE[self.shape.compression]

    def relation(self, extra: str = "") -> str:
        """Return the relation, with the path of each row's file in the column ``__file``."""
        columns = ", ".join(f"{quote_text(c)}: 'VARCHAR'" for c in self.columns)
        if self.lenient:
            extra = f"{extra} null_padding = true, strict_mode = false, parallel = false,"
        return (
            f"read_csv({quote_paths(file.location for file in self.files)}, auto_detect = false, "
            f"header = true, skip = {self.shape.skip}, columns = {{{columns}}}, "
            f"delim = {quote_text(self.shape.delimiter)}, "
            f"quote = '\"', escape = '\"', {extra} "
            f"compression = {quote_text(self.shape.compression)}, nullstr = {_NULLS}, "
            f"max_line_size = {_LONGEST_LINE}, filename = '{FILE_COLUMN}')"
        )


def misfits(text: TextFiles, warehouse: Warehouse) -> dict[str, int]:
    """Return how many rows are shorter and how many longer than the header.

    Raises:
        Unreadable: Rows are broken in another way: an open quote, bytes that are not UTF-8.
    """
    table = f"rejects_{warehouse.statements}"
    rejecting = f"store_rejects = true, rejects_table = '{table}', rejects_scan = '{table}_scan',"
    warehouse.rows(f"SELECT count(*) FROM {text.relation(rejecting)}")
    found = {}
    by_kind = (
        f"SELECT error_type, count(DISTINCT (file_id, line)), min(line) FROM {table} "
        "GROUP BY 1 ORDER BY 1"
    )
    for kind, count, line in warehouse.rows(by_kind):
        if kind not in _MISFITS:
            raise Unreadable(
                f"{text.files[0].name} is damaged in line {line}: {str(kind).lower()}.",
                "Fetch the file again, or mend the line.",
            )
        found[_MISFITS[kind]] = count
    return found


def load(text: TextFiles, reading: Reading, cache: Cache, warehouse: Warehouse) -> str:
    """Return a relation of the text's rows that can be asked again and again.

    Raises:
        Unreadable: The rows do not fit the header, or are broken.
    """
    if not text.is_large:
        name = f"text_{warehouse.statements}"
        warehouse.rows(f"CREATE TEMP TABLE {name} AS SELECT * FROM {text.relation()}")
        return name
    try:
        copies = [_copy(text, file, reading, cache, warehouse) for file in text.files]
    except OSError:
        return text.relation()  # no cache to write to: parse at each question
    return parquet_relation(copies)


def _copy(
    text: TextFiles, file: DataFile, reading: Reading, cache: Cache, warehouse: Warehouse
) -> str:
    """Return the parquet copy of a file, made if the cache has none."""
    copy = cache.path("tables", file.fingerprint, ".parquet")
    if not is_whole_parquet(copy):
        one = TextFiles((file,), text.shape, text.columns, text.lenient)
        columns = ", ".join(_used_columns(text.columns, reading))
        with cache.making("tables", file.fingerprint, ".parquet", is_whole_parquet) as temporary:
            warehouse.rows(
                f"COPY (SELECT {columns} FROM {one.relation()}) "
                f"TO {quote_text(str(temporary))} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_COPIED_ROWS})"
            )
    return str(copy)


def _used_columns(columns: tuple[str, ...], reading: Reading) -> list[str]:
    """Return the columns worth copying: a legacy CUR has a hundred that no question reads."""
    dialect = reading.dialect
    wanted = {normal_name(name) for names in dialect.fields.values() for name in names}
    wanted |= {normal_name(name) for names in dialect.costs.values() for name in names}
    wanted |= {normal_name("sku_price_details")}
    kept = ("savingsplan", "reservation", "lineitem", "identity")
    return [
        quote_name(c)
        for c in columns
        if normal_name(c) in wanted
        or normal_name(c).startswith(kept)
        or c.lower().startswith(dialect.tag_columns or ("\0",))
        or (dialect is TIDY and len(columns) <= MOST_OWN_COLUMNS)
    ]
