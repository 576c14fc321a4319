"""Which of several deliveries of one billing period counts.

AWS delivers the same month again and again, each delivery ("assembly" or execution) in a folder of
its own. Only the newest counts, and a manifest names it where there is one:

    legacy CUR     .../20260901-20261001/<assembly id>/report-1.csv.gz   + report-Manifest.json
    Data Exports   .../data/BILLING_PERIOD=2026-09/<time>-<id>/x-00001.snappy.parquet
                   .../metadata/BILLING_PERIOD=2026-09/<time>-<id>/x-Manifest.json
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath, PurePosixPath
from typing import TypeVar

from finops_cli.errors import NotAnExport

_PERIOD_FOLDER = re.compile(r"(?:\d{8}-\d{8}|BILLING_PERIOD=\d{4}-\d{2})", re.IGNORECASE)
_EXECUTION = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.\-]+Z-[0-9a-f-]{36}", re.IGNORECASE)
_ASSEMBLY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NEAR = 5
_P = TypeVar("_P", bound=PurePath)


def files_of_manifest(path: Path) -> list[Path]:
    """Return the local copies of the files that a manifest lists; none if it is no manifest.

    They are looked for beside the manifest and in the folders above it, by the longest part of
    their key that is there.

    Raises:
        NotAnExport: Some of the files are not near it.
    """
    keys = _manifest_keys(path)
    if not keys:
        return []
    for root in path.absolute().parents[:_NEAR]:
        found = [match for key in keys if (match := _local_copy(key, root))]
        if len(found) == len(keys):
            return found
    raise NotAnExport(
        f"{path.name} lists {len(keys)} data files, of which some are not beside it.",
        "Copy the whole report folder, or pass the data files themselves.",
    )


def superseded(paths: Iterable[Path]) -> tuple[set[Path], list[str]]:
    """Return the files that belong to deliveries that no longer count, and a note on each period.

    Args:
        paths: All files of the source, as absolute paths.
    """
    return _superseded(paths, _current)


def superseded_remotely(stamps: Mapping[str, str]) -> tuple[set[str], list[str]]:
    """Return what ``superseded`` does of addresses; the delivery modified last counts.

    Args:
        stamps: When each address was last modified, in a form that sorts.
    """
    paths = {PurePosixPath(location): location for location in stamps}

    def current(_period: PurePath, found: dict[PurePath, list[PurePosixPath]]) -> PurePath:
        return max(found, key=lambda folder: max(stamps[paths[p]] for p in found[folder]))

    dropped, notes = _superseded(paths, current)
    return {paths[path] for path in dropped}, notes


def _superseded(
    paths: Iterable[_P], current_of: Callable[[PurePath, dict[PurePath, list[_P]]], PurePath]
) -> tuple[set[_P], list[str]]:
    deliveries: dict[PurePath, dict[PurePath, list[_P]]] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        if is_delivery(path.parent) and _PERIOD_FOLDER.fullmatch(path.parent.parent.name):
            deliveries[path.parent.parent][path.parent].append(path)
    dropped: set[_P] = set()
    notes: list[str] = []
    for period, found in deliveries.items():
        if len(found) > 1:
            current = current_of(period, found)
            old = {p for folder, files in found.items() if folder != current for p in files}
            dropped |= old
            notes.append(
                f"{period.name}: {len(found)} deliveries; only the newest, {current.name}, "
                f"counts ({len(old)} superseded files left out)."
            )
    return dropped, notes


def is_delivery(folder: PurePath) -> bool:
    """Tell whether a folder is named as AWS names the folder of one delivery."""
    return bool(_EXECUTION.fullmatch(folder.name) or _ASSEMBLY.fullmatch(folder.name))


def _manifest_keys(path: Path) -> list[str]:
    """Return the file keys a CUR or Data Exports manifest lists; none for any other file."""
    if path.suffix.lower() != ".json":
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(content, dict):
        return []
    keys = content.get("reportKeys") or content.get("dataFiles") or []
    return [str(key) for key in keys] if isinstance(keys, list) else []


def _local_copy(key: str, root: Path) -> Path | None:
    """Return the file under root whose path ends like the key, the longest ending first."""
    parts = [part for part in key.removeprefix("s3://").split("/") if part not in ("", "..")]
    for start in range(len(parts)):
        candidate = root.joinpath(*parts[start:])
        if candidate.is_file():
            return candidate
    return None


def _current(period: PurePath, deliveries: dict[PurePath, list[Path]]) -> PurePath:
    """Return the delivery that the period's manifest names, else the newest."""
    folders = sorted(deliveries)
    for manifest in sorted(Path(period).glob("*Manifest.json")):
        keys = _manifest_keys(manifest)
        named = [f for f in folders if any(f"/{f.name}/" in key for key in keys)]
        if named:
            return named[0]
    if all(_EXECUTION.fullmatch(folder.name) for folder in folders):
        return folders[-1]
    return max(folders, key=lambda folder: (_newest(deliveries[folder]), folder))


def _newest(paths: Iterable[Path]) -> int:
    try:
        return max(path.stat().st_mtime_ns for path in paths)
    except OSError:
        return 0
