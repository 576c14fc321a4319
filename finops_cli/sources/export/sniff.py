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

PARQUET_MAGIC = b"PAR1"
_GZIP_MAGIC = b"\x1f\x8b"
_OTHER_ARCHIVES = {
    b"PK\x03\x04": "a zip archive",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
}
_DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 1 << 18
_FOOT_BYTES = 8
_AGAIN = "Fetch the file again."


@dataclass(frozen=True, slots=True)
class Shape:
    """How to read a file: its kind, compression, delimiter and the header's names as written.

    ``skip`` counts the empty lines before the header.
    """

    kind: Literal["parquet", "csv"]
    compression: Literal["none", "gzip"] = "none"
    delimiter: str = ","
    header: tuple[str, ...] = ()
    skip: int = 0


def sniff(path: Path) -> Shape:
    """Return the shape of a file.

    Raises:
        Unreadable: The file is truncated, damaged or not text in UTF-8.
        NotAnExport: A kind of file that holds no table.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.", "Check the file.") from error
    if head.startswith(PARQUET_MAGIC):
        if not is_whole_parquet(path):
            raise Unreadable(f"{path} is a truncated parquet file: its end is missing.", _AGAIN)
        return Shape("parquet")
    for magic, kind in _OTHER_ARCHIVES.items():
        if head.startswith(magic):
            raise NotAnExport(f"{path} is {kind}.", "Unpack it first, or export as gzip.")
    if head.startswith(_GZIP_MAGIC):
        return _text_shape(path, _gunzip(path, _HEAD_BYTES), "gzip")
    return _text_shape(path, head, "none")


def is_whole_parquet(path: Path) -> bool:
    """Tell whether a file has the head and the foot of parquet, and room for what the foot says."""
    try:
        with path.open("rb") as stream:
            head = stream.read(len(PARQUET_MAGIC))
            size = stream.seek(0, io.SEEK_END)
            stream.seek(max(0, size - _FOOT_BYTES))
            foot = stream.read()
    except OSError:
        return False
    room = size - _FOOT_BYTES - len(PARQUET_MAGIC)
    ends = head == PARQUET_MAGIC and foot[4:] == PARQUET_MAGIC
    return ends and 0 < int.from_bytes(foot[:4], "little") <= room


def check_gzip(path: Path) -> None:
    """Read a gzip file to its end: the engine does not compare its checksum.

    Raises:
        Unreadable: It is truncated or damaged.
    """
    try:
        with gzip.open(path) as stream:
            while stream.read(1 << 20):
                pass
    except (EOFError, OSError, zlib.error) as error:
        raise Unreadable(f"{path} is a truncated or damaged gzip file.", _AGAIN) from error


def _gunzip(path: Path, size: int) -> bytes:
    try:
        with gzip.open(path) as stream:
            return stream.read(size)
    except (EOFError, OSError, zlib.error) as error:
        raise Unreadable(f"{path} is a truncated or damaged gzip file.", _AGAIN) from error


def _text_shape(path: Path, head: bytes, compression: Literal["none", "gzip"]) -> Shape:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAnExport(f"{path} is UTF-16 text.", "Save it as UTF-8 first.")
    if b"\x00" in head:
        raise NotAnExport(f"{path} is neither parquet nor delimited text.", "")
    text = head.decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise Unreadable(f"{path} has no rows.", "The delivery may have failed: fetch it again.")
    table = text.lstrip("\r\n")
    skip = text[: len(text) - len(table)].count("\n")
    first_line = table.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    try:
        header = next(csv.reader(io.StringIO(table, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotAnExport(f"{path} is neither parquet nor delimited text.", "") from error
    return Shape("csv", compression, delimiter, tuple(name.strip() for name in header), skip)
