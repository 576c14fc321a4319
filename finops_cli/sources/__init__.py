"""Where costs come from: billing exports on disk, the demo organisation, live AWS."""

from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.sources.today import Today

if TYPE_CHECKING:
    from finops_cli.sources.export.source import ExportSource

__all__ = ["AWS", "DEMO", "Today", "open_source"]

DEMO = "demo"
AWS = "aws"


def open_source(
    spec: str, today: Today, cache_folder: Path, *, refresh: bool = False
) -> "ExportSource":
    """Open the demo, or an export at a path, glob or folder; ``sources.aws`` opens live AWS.

    Args:
        spec: The source as the user named it.
        today: The day that counts as today.
        cache_folder: Where derived files are kept.
        refresh: Forget what the cache knows of these files.

    Raises:
        SourceNotFound: No file at the path.
        SourceError: The files are no billing export, or damaged.
    """
    from finops_cli.sources.cache import Cache
    from finops_cli.sources.export.files import find_files
    from finops_cli.sources.export.profile import forget, profile_of
    from finops_cli.sources.export.remote import SCHEME, find_remote_files
    from finops_cli.sources.export.source import ExportSource
    from finops_cli.sources.warehouse import Warehouse

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
