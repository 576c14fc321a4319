"""The DuckDB home: the one place that opens the embedded engine and speaks its errors.

DuckDB is the project's data frame. It is imported here and only inside functions, so that a command
which needs no data starts without it.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING, Any

from finops_cli.errors import FinopsError, SetupError, SourceError, Unreadable
from finops_cli.sources.export.quoting import quote_paths

if TYPE_CHECKING:
    import duckdb

_MEMORY = "256MB"
_THREADS = 4
"""At most: each thread needs memory of its own for grouping and for writing parquet."""

_DAMAGED = "A file of the source cannot be read: it may be damaged."
_FETCH_AGAIN = "fetch the file again, or leave it out."
FILE_COLUMN = "__file"
"""The column of every raw relation that names the file a row comes from."""


def engine() -> Any:
    """Return the engine's module: the compiled part of ``duckdb``, where it stands alone.

    ``import duckdb`` also loads that package's Python layers for expressions and data frames, which
    nothing here uses and which take longer than the engine itself: 60 of 85 ms on every answer.
    """
    try:
        import _duckdb
    except ImportError:  # before DuckDB 1.4 the compiled part lay inside the package
        import duckdb

        return duckdb
    return _duckdb


def connect() -> "duckdb.DuckDBPyConnection":
    """Open an in-memory engine: UTC days, no progress bar of its own, bounded memory."""
    # Spilled data goes to the system's temporary folder (the default is the current one), in a
    # folder of our own: the engine's names for it are the same in every process.
    spill = Path(tempfile.gettempdir()) / f"finops-{os.getpid()}-{monotonic_ns()}"
    connection: duckdb.DuckDBPyConnection = engine().connect(
        config={
            "memory_limit": _MEMORY,
            "temp_directory": str(spill),
            "threads": min(_THREADS, os.cpu_count() or 1),
        }
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
            KeyboardInterrupt: The user stopped it; the engine tells that as an error of its own.
        """
        duckdb = engine()
        if self._connection is None:
            self._connection = connect()
        self.statements += 1
        try:
            return self._connection.execute(sql).fetchall()
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            if isinstance(error, (duckdb.FatalException, duckdb.InternalException)):
                self._connection = None  # it refuses everything from now on
            raise _told(error) from error
        except (ValueError, OverflowError, RuntimeError) as error:
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from error
            # What a damaged file can hold and Python cannot: a year 290000, text that is no UTF-8.
            raise Unreadable(_DAMAGED, f"{error} - {_FETCH_AGAIN}") from error

    def columns(self, relation: str) -> dict[str, str]:
        """Return the raw columns of a relation and their types, in order."""
        described = self.rows(f"DESCRIBE SELECT * EXCLUDE {FILE_COLUMN} FROM {relation}")
        return {row[0]: row[1] for row in described}

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


def _told(error: Exception) -> FinopsError:
    duckdb = engine()
    first_line = str(error).strip().split("\n", 1)[0]
    # Whatever is neither our statement's fault nor the machine's is the file's: a damaged one is
    # met as an I/O error, a conversion error, an internal one or one of no class at all.
    ours = (duckdb.ProgrammingError, duckdb.NotSupportedError, duckdb.OutOfMemoryException)
    if isinstance(error, ours) and not isinstance(error, duckdb.InvalidInputException):
        return SourceError("The source cannot answer this question.", first_line)
    return Unreadable(_DAMAGED, f"{first_line} - {_FETCH_AGAIN}")


def parquet_relation(paths: Iterable[str]) -> str:
    """Return the relation of parquet files that share their columns."""
    return (
        f"read_parquet({quote_paths(paths)}, hive_partitioning = false, filename = '{FILE_COLUMN}')"
    )
