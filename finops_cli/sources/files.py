"""Which files make up a source: a path, a glob or a folder, without counting anything twice.

AWS delivers the same month again and again, each delivery ("assembly" or execution) in a folder of
its own. Only the newest counts, and a manifest names it where there is one:

    legacy CUR     .../20260901-20261001/<assembly id>/report-1.csv.gz   + report-Manifest.json
    Data Exports   .../data/BILLING_PERIOD=2026-09/<time>-<id>/x-00001.snappy.parquet
                   .../metadata/BILLING_PERIOD=2026-09/<time>-<id>/x-Manifest.json

What a file holds is decided by its first bytes, never by its name.
"""

import glob
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from finops_cli.errors import NotAnExport, SourceNotFound, Unreadable, did_you_mean

_SKIPPED_SUFFIXES = (".json", ".md", ".sql", ".yml", ".yaml", ".crc", ".tmp", ".py")
_PERIOD_FOLDER = re.compile(r"(?:\d{8}-\d{8}|BILLING_PERIOD=\d{4}-\d{2})", re.IGNORECASE)
_EXECUTION = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.\-]+Z-[0-9a-f-]{36}")
_ASSEMBLY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of the source and what identifies its content."""

    path: Path
    size: int
    mtime_ns: int

    @property
    def fingerprint(self) -> str:
        """A key that changes when the file does."""
        text = f"{self.path.absolute()}|{self.size}|{self.mtime_ns}"
        return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files that count, in name order, and a sentence for each reason to leave files out."""

    files: tuple[DataFile, ...]
    notes: tuple[str, ...] = ()


def find_files(spec: str) -> FileSet:
    """Return the files that a path, glob or folder stands for.

    Raises:
        SourceNotFound: Nothing is there.
        Unreadable: The only file is empty.
        NotAnExport: A folder without any data file, or a manifest whose files are missing.
    """
    path = Path(spec).expanduser()
    if path.is_file():
        found = _of_manifest(path) or [path]
    elif path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if _may_be_data(p, path)]
        if not found:
            raise NotAnExport(f"No data files in {spec}.", "Expected parquet, csv or csv.gz files.")
    else:
        found = sorted(Path(p) for p in glob.glob(str(path), recursive=True) if Path(p).is_file())
        if not found:
            raise _not_found(spec, path)
    notes: list[str] = []
    found = _without_superseded(found, notes)
    files = [_data_file(p) for p in found]
    filled = [f for f in files if f.size]
    if not filled:
        raise Unreadable(
            f"{files[0].path} is empty (0 bytes)." if len(files) == 1 else f"{spec}: all empty.",
            "The delivery may have failed: fetch the file again.",
        )
    if len(filled) < len(files):
        names = ", ".join(f.path.name for f in files if not f.size)
        notes.append(f"Left out, empty: {names}.")
    return FileSet(tuple(_without_copies(filled, notes)), tuple(notes))


def _data_file(path: Path) -> DataFile:
    stat = path.stat()
    return DataFile(path, stat.st_size, stat.st_mtime_ns)


def _may_be_data(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.relative_to(root).parts)
    return path.is_file() and not hidden and path.suffix.lower() not in _SKIPPED_SUFFIXES


def _not_found(spec: str, path: Path) -> SourceNotFound:
    folder = path.parent
    siblings = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    hint = did_you_mean(path.name, siblings) or (
        "" if folder.is_dir() else f"The folder {folder} does not exist."
    )
    return SourceNotFound(f"No files at {spec}.", hint or "Give a file, a glob or a folder.")


def _manifest_keys(path: Path) -> list[str]:
    """Return the file keys a CUR or Data Exports manifest lists; none for any other file."""
    if path.suffix.lower() != ".json":
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(content, dict):
        return []
    keys = content.get("reportKeys") or content.get("dataFiles") or []
    return [str(key) for key in keys]


def _of_manifest(path: Path) -> list[Path]:
    """Return the local copies of the files that a manifest lists, looking near the manifest."""
    keys = _manifest_keys(path)
    if not keys:
        return []
    root = path.parent
    for _ in range(4):
        found = [match for key in keys if (match := _local_copy(key, root))]
        if len(found) == len(keys):
            return found
        root = root.parent
    raise NotAnExport(
        f"{path.name} lists {len(keys)} data files, of which some are not beside it.",
        "Copy the whole report folder, or pass the data files themselves.",
    )


def _local_copy(key: str, root: Path) -> Path | None:
    """Return the file under root whose path ends like the key, the longest ending first."""
    parts = key.removeprefix("s3://").split("/")
    for start in range(len(parts)):
        candidate = root.joinpath(*parts[start:])
        if candidate.is_file():
            return candidate
    return None


def _without_superseded(paths: list[Path], notes: list[str]) -> list[Path]:
    """Keep, of each billing period, only the files of the delivery that counts."""
    deliveries: dict[Path, dict[Path, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        if _PERIOD_FOLDER.fullmatch(path.parent.parent.name) and (
            _EXECUTION.fullmatch(path.parent.name) or _ASSEMBLY.fullmatch(path.parent.name)
        ):
            deliveries[path.parent.parent][path.parent].append(path)
    dropped: set[Path] = set()
    for period, by_delivery in deliveries.items():
        if len(by_delivery) > 1:
            current = _current_delivery(period, by_delivery)
            old = {p for folder, files in by_delivery.items() if folder != current for p in files}
            dropped |= old
            notes.append(
                f"{period.name}: {len(by_delivery)} deliveries; only the newest, {current.name}, "
                f"counts ({len(old)} superseded files left out)."
            )
    return [p for p in paths if p not in dropped]


def _current_delivery(period: Path, deliveries: Iterable[Path]) -> Path:
    """Return the delivery that the period's manifest names, else the newest."""
    folders = sorted(deliveries)
    for manifest in sorted(period.glob("*Manifest.json")):
        keys = _manifest_keys(manifest)
        named = [f for f in folders if any(f"/{f.name}/" in key for key in keys)]
        if named:
            return named[0]
    if all(_EXECUTION.fullmatch(f.name) for f in folders):
        return folders[-1]
    return max(folders, key=lambda f: max(p.stat().st_mtime_ns for p in f.iterdir()))


def _without_copies(files: list[DataFile], notes: list[str]) -> list[DataFile]:
    """Drop files that repeat another one byte for byte."""
    by_size: dict[int, list[DataFile]] = defaultdict(list)
    for file in files:
        by_size[file.size].append(file)
    copies: set[Path] = set()
    for same_size in by_size.values():
        seen: dict[str, DataFile] = {}
        for file in same_size if len(same_size) > 1 else ():
            digest = _digest(file.path)
            if digest in seen:
                copies.add(file.path)
                notes.append(f"{file.path.name} is a copy of {seen[digest].path.name}: left out.")
            seen.setdefault(digest, file)
    return [f for f in files if f.path not in copies]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
