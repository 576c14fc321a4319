"""What a file is, told by its first bytes: parquet, or delimited text, plain or compressed.

Headers of text files are read here and not by the engine's sniffer, which silently returns a single
column when the header and the rows disagree in length (seen on a published legacy CUR).
"""

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from finops_cli.errors import NotAnExport, Unreadable

_MAGIC_PARQUET = b"PAR1"
_MAGIC_GZIP = b"\x1f\x8b"
_MAGIC_ZSTD = b"\x28\xb5\x2f\xfd"
_MAGIC_ZIP = b"PK\x03\x04"
_DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Shape:
    """How to read a file: its kind, compression, delimiter and the header's names as written."""

    kind: Literal["parquet", "csv"]
    compression: Literal["none", "gzip", "zstd"] = "none"
    delimiter: str = ","
    header: tuple[str, ...] = ()


def sniff(path: Path) -> Shape:
    """Return the shape of a file.

    Raises:
        Unreadable: The file is truncated, damaged or not text in UTF-8.
        NotAnExport: A kind of file that holds no table.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            if head.startswith(_MAGIC_PARQUET):
                _check_parquet_end(path, stream)
                return Shape("parquet")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.", "Check the file.") from error
    if head.startswith(_MAGIC_GZIP):
        return _text_shape(path, _gunzip_head(path), "gzip")
    if head.startswith(_MAGIC_ZSTD):
        return Shape("csv", "zstd")
    if head.startswith(_MAGIC_ZIP):
        raise NotAnExport(f"{path} is a zip archive.", "Unpack it first, or export as gzip.")
    return _text_shape(path, head, "none")


def _check_parquet_end(path: Path, stream: io.BufferedReader) -> None:
    if path.stat().st_size < 12:
        raise Unreadable(f"{path} is a truncated parquet file.", "Fetch the file again.")
    stream.seek(-4, io.SEEK_END)
    if stream.read(4) != _MAGIC_PARQUET:
        raise Unreadable(
            f"{path} is a truncated parquet file: its end is missing.", "Fetch the file again."
        )


def _gunzip_head(path: Path) -> bytes:
    try:
        with gzip.open(path) as stream:
            return stream.read(_HEAD_BYTES)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(
            f"{path} is a truncated or damaged gzip file.", "Fetch the file again."
        ) from error


def _text_shape(path: Path, head: bytes, compression: Literal["none", "gzip"]) -> Shape:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAnExport(f"{path} is UTF-16 text.", "Save it as UTF-8 first.")
    if b"\x00" in head:
        raise NotAnExport(f"{path} is neither parquet nor delimited text.", "")
    text = head.decode("utf-8-sig", errors="replace")
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    if not text.strip():
        raise Unreadable(f"{path} has no rows.", "The delivery may have failed: fetch it again.")
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    return Shape("csv", compression, delimiter, tuple(name.strip() for name in header))
