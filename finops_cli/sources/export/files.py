"""Which files make up a source: a path, a glob or a folder, without counting anything twice.

What a file holds is decided by its first bytes, never by its name.
"""

import glob
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from finops_cli.errors import FinopsError, NotAnExport, SourceNotFound, Unreadable, did_you_mean
from finops_cli.sources.export.deliveries import files_of_manifest, superseded

_SKIPPED_SUFFIXES = (".json", ".md", ".sql", ".yml", ".yaml", ".crc", ".tmp", ".part", ".py")


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of the source and what identifies its content.

    ``location`` is what the engine opens: an absolute path, or an address of remote storage.
    """

    location: str
    size: int
    stamp: str

    @property
    def name(self) -> str:
        """The last part of the location."""
        return self.location.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def fingerprint(self) -> str:
        """A key that changes when the file does."""
        text = f"{self.location}|{self.size}|{self.stamp}"
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files that count, in name order, and a sentence for each reason to leave files out."""

    files: tuple[DataFile, ...]
    notes: tuple[str, ...] = ()


def find_files(spec: str) -> FileSet:
    """Return the files that a path, glob or folder stands for.

    Raises:
        SourceNotFound: Nothing is there.
        Unreadable: The only file is empty, or the place may not be looked into.
        NotAnExport: A folder without any data file, or a manifest whose files are missing.
    """
    try:
        return _file_set(spec, [path.absolute() for path in _paths(spec)])
    except (OSError, ValueError, RuntimeError) as error:
        # The last two: a path with a zero byte in it, and ~name of a user who does not exist.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(f"{spec} cannot be read: {reason}.", "Check its permissions.") from error


def _paths(spec: str) -> list[Path]:
    if not spec.strip():
        raise SourceNotFound("The source is an empty path.", "Give a file, a glob or a folder.")
    path = Path(spec).expanduser()
    if path.is_file():
        return files_of_manifest(path) or [path]
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if _may_be_data(p, path)]
        if not found:
            raise NotAnExport(f"No data files in {spec}.", "Expected parquet, csv or csv.gz files.")
        return found
    found = sorted(Path(p) for p in glob.glob(str(path), recursive=True) if Path(p).is_file())
    # A pattern such as report/* meets the manifests and checksums beside the data.
    data = [p for p in found if p.suffix.lower() not in _SKIPPED_SUFFIXES]
    if not data:
        raise _not_found(spec, path)
    return data


def _file_set(spec: str, paths: list[Path]) -> FileSet:
    dropped, notes = superseded(paths)
    files = [_data_file(p) for p in paths if p not in dropped]
    filled = [file for file in files if file.size]
    if not filled:
        raise Unreadable(
            f"{spec} is empty (0 bytes)." if len(files) == 1 else f"{spec}: all files are empty.",
            "The delivery may have failed: fetch the file again.",
        )
    if len(filled) < len(files):
        names = ", ".join(file.name for file in files if not file.size)
        notes.append(f"Left out, empty: {names}.")
    return FileSet(tuple(_without_copies(filled, notes)), tuple(notes))


def _data_file(path: Path) -> DataFile:
    stat = path.stat()
    return DataFile(str(path), stat.st_size, str(stat.st_mtime_ns))


def _may_be_data(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.relative_to(root).parts)
    return path.is_file() and not hidden and path.suffix.lower() not in _SKIPPED_SUFFIXES


def _not_found(spec: str, path: Path) -> FinopsError:
    folder = path.parent
    siblings = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    hint = did_you_mean(path.name, siblings) or (
        "" if folder.is_dir() else f"The folder {folder} does not exist."
    )
    return SourceNotFound(f"No files at {spec}.", hint or "Give a file, a glob or a folder.")


def _without_copies(files: list[DataFile], notes: list[str]) -> list[DataFile]:
    """Drop files that repeat another one byte for byte."""
    by_size: dict[int, list[DataFile]] = defaultdict(list)
    for file in files:
        by_size[file.size].append(file)
    copies: set[str] = set()
    for same_size in by_size.values():
        seen: dict[str, DataFile] = {}
        for file in same_size if len(same_size) > 1 else ():
            digest = _digest(file)
            if digest in seen:
                copies.add(file.location)
                notes.append(f"{file.name} is a copy of {seen[digest].name}: left out.")
            seen.setdefault(digest, file)
    return [file for file in files if file.location not in copies]


def _digest(file: DataFile) -> str:
    with Path(file.location).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
