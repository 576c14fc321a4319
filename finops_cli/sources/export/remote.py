"""Exports on S3, read in place through the engine's own extensions where they can be loaded.

Parquet only: what delimited text is must be told from its first bytes, which would fetch it twice.
Nothing here has been run against real S3; what can be tested without a network is that a machine
without the extensions gets one clear error.
"""

from pathlib import PurePosixPath

from finops_cli.errors import NotAnExport, SourceNotFound
from finops_cli.sources.export.deliveries import superseded_remotely
from finops_cli.sources.export.files import DataFile, FileSet
from finops_cli.sources.export.quoting import quote_text
from finops_cli.sources.warehouse import Warehouse

SCHEME = "s3://"


def find_remote_files(spec: str, warehouse: Warehouse) -> FileSet:
    """Return the parquet files under an ``s3://`` address: a file, a prefix or a pattern.

    Raises:
        SetupError: The extensions or the credentials are not there.
        SourceNotFound: Nothing lies at the address.
        NotAnExport: No parquet lies there.
    """
    warehouse.load_remote()
    pattern = spec if "*" in spec or PurePosixPath(spec).suffix else f"{spec.rstrip('/')}/**"
    # Size and date come with the listing: the content, which is not asked for, is not fetched.
    listing = f"SELECT filename, size, last_modified::VARCHAR FROM read_blob({quote_text(pattern)})"
    found = [DataFile(*row) for row in warehouse.rows(f"{listing} ORDER BY 1")]
    if not found:
        raise SourceNotFound(f"No files at {spec}.", "List it: aws s3 ls --recursive.")
    data = [file for file in found if file.name.endswith(".parquet") and file.size]
    if not data:
        raise NotAnExport(
            f"No parquet files at {spec}.",
            "Only parquet is read from S3: copy text to disk (aws s3 sync ... exports/) instead.",
        )
    dropped, notes = superseded_remotely({file.location: file.stamp for file in data})
    return FileSet(tuple(file for file in data if file.location not in dropped), tuple(notes))
