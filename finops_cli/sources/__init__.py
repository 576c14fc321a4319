"""Where costs come from: billing exports on disk, the demo organisation, later live AWS."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.errors import SetupError

if TYPE_CHECKING:
    from finops_cli.sources.export.source import ExportSource

DEMO = "demo"
AWS = "aws"


@dataclass(frozen=True, slots=True)
class Today:
    """The day that counts as today; ``pinned`` when the user chose it."""

    day: date
    pinned: bool = False


def open_source(
    spec: str, today: Today, cache_folder: Path, *, refresh: bool = False
) -> "ExportSource":
    """Open what ``--source`` names: ``demo``, or a path, glob or folder of an export.

    Args:
        spec: The source as the user named it.
        today: The day that counts as today.
        cache_folder: Where derived files are kept.
        refresh: Forget what the cache knows of these files.

    Raises:
        SourceNotFound: No file at the path.
        SourceError: The files are no billing export, or damaged.
        SetupError: A kind of source that cannot be used here.
    """
    from finops_cli.sources.cache import Cache
    from finops_cli.sources.export.files import find_files
    from finops_cli.sources.export.profile import forget, profile_of
    from finops_cli.sources.export.remote import SCHEME, find_remote_files
    from finops_cli.sources.export.source import ExportSource
    from finops_cli.sources.warehouse import Warehouse

    if spec == AWS:
        raise SetupError(
            "Live AWS is not part of this version yet.",
            "Use a billing export (--source PATH), or try --source demo.",
        )
    cache, warehouse = Cache(cache_folder), Warehouse()
    label = spec
    if spec == DEMO:
        from finops_cli.sources.demo import ensure_demo

        spec = str(ensure_demo(cache_folder / "demo", today.day))
    remote = spec.startswith(SCHEME)
    files = find_remote_files(spec, warehouse) if remote else find_files(spec)
    if refresh:
        forget(files, cache)
    profile = profile_of(files, cache, warehouse)
    if len(files.files) > 1 and label != DEMO:
        label = f"{label} ({len(files.files)} files)"
    pinned = today.pinned or label == DEMO
    return ExportSource(label, profile, profile.calendar(today.day, pinned), cache, warehouse)
