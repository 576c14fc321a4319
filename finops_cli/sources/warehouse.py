"""The DuckDB home: the one place that opens the embedded engine and speaks its errors.

DuckDB is the project's data frame. It is imported here and only inside functions, so that a command
which needs no data starts without it.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finops_cli.errors import FinopsError, SetupError, SourceError, Unreadable

if TYPE_CHECKING:
    import duckdb

_MEMORY = "350MB"


def connect() -> "duckdb.DuckDBPyConnection":
    """Open an in-memory engine: UTC days, no progress bar of its own, bounded memory."""
    import duckdb

    # Spilled data goes to the system's temporary folder: the default is the current folder.
    connection = duckdb.connect(
        config={"memory_limit": _MEMORY, "temp_directory": tempfile.gettempdir()}
    )
    # Not in the config above: DuckDB applies that before its ICU extension knows time zones.
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = false")
    return connection


class Warehouse:
    """One engine, opened when the first statement needs it."""

    def __init__(self) -> None:
        self._connection: duckdb.DuckDBPyConnection | None = None
        self.statements = 0

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows.

        Raises:
            Unreadable: A file is damaged or cannot be read as what it seemed to be.
            SourceError: The engine refused for another reason; its own words are in the hint.
        """
        import duckdb

        if self._connection is None:
            self._connection = connect()
        self.statements += 1
        try:
            return self._connection.execute(sql).fetchall()
        except duckdb.Error as error:
            raise _told(error) from error

    def columns(self, relation: str) -> dict[str, str]:
        """Return the raw columns of a relation and their types, in order."""
        return {row[0]: row[1] for row in self.rows(f"DESCRIBE SELECT * FROM {relation}")}

    def load_remote(self) -> None:
        """Make ``s3://`` paths readable.

        Raises:
            SetupError: The engine's extensions for it cannot be loaded here.
        """
        try:
            self.rows("INSTALL httpfs; LOAD httpfs; INSTALL aws; LOAD aws;")
            self.rows("CREATE SECRET (TYPE s3, PROVIDER credential_chain);")
        except FinopsError as error:
            raise SetupError(
                "s3:// paths need DuckDB's httpfs and aws extensions, which cannot be loaded here.",
                "Copy the export to disk (aws s3 sync ... exports/) and pass the folder.",
            ) from error


def _told(error: "duckdb.Error") -> FinopsError:
    import duckdb

    first_line = str(error).strip().split("\n", 1)[0]
    if isinstance(error, (duckdb.InvalidInputException, duckdb.IOException, duckdb.DataError)):
        return Unreadable(
            "A file of the source cannot be read: it may be damaged.",
            f"{first_line} - fetch the file again, or leave it out.",
        )
    return SourceError("The source cannot answer this question.", first_line)


def parquet_relation(paths: Sequence[Path | str]) -> str:
    """Return the relation of parquet files that share their columns, in any order."""
    from finops_cli.sources.dialect import quote_text

    names = ", ".join(quote_text(str(path)) for path in paths)
    by_name = "true" if len(paths) > 1 else "false"
    return f"read_parquet([{names}], union_by_name = {by_name}, hive_partitioning = false)"
