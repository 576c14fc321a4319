"""Where built demos are kept, and that only whole ones are used.

A build is a folder named after what it was built from: a fingerprint of this package's own files
and the as-of date. So a build never needs to be told that it is stale. It is made under another
name and renamed when it is whole; whoever comes second uses what the first has made. What crashed,
was cut short or damaged is moved out of the way and built again.
"""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp
from time import time

from finops_cli.errors import SetupError
from finops_cli.sources.demo.days import demo_months, month_file

KEPT = 3
_MAGIC = b"PAR1"
_FOOTER = len(_MAGIC) + 4  # the length of the footer stands before the last magic
_UNFINISHED = ".unfinished-"
_ABANDONED_AFTER = 3600  # seconds; a build takes two
_TRIES = 5
_BUILD = re.compile(r"[0-9a-f]{12}-\d{4}-\d\d-\d\d")


def ensure_demo(folder: Path, today: date) -> Path:
    """Return the demo's bill as of today, built on first use.

    The same day gives the same bill, to the last digit, on every machine. Any number of threads and
    processes may ask at once.

    Args:
        folder: Where builds are kept; made if missing. The newest three are kept.
        today: The first day that is not on the bill.

    Returns:
        A folder of 26 FOCUS parquet files, one a month, named like ``2026-10.parquet``.

    Raises:
        BadPeriod: Today is too far off for the demo.
        SetupError: The folder cannot be written to.
    """

    def make(unfinished: Path) -> None:
        from finops_cli.sources.demo.build import build

        build(unfinished, today)

    names = [month_file(month.start) for month in demo_months(today)]
    return ensure_build(folder / f"{_fingerprint()}-{today}", names, make)


def ensure_build(target: Path, names: list[str], make: Callable[[Path], None]) -> Path:
    """Return the target, a folder of these parquet files, made on first use.

    Args:
        target: The build; its siblings are other builds.
        names: The names of its files, in order.
        make: Writes the files into the empty folder it is given.

    Raises:
        SetupError: There is no writing beside the target.
    """
    if _is_whole(target, names):
        return target
    try:
        target.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        made = Path(mkdtemp(prefix=_UNFINISHED, dir=target.parent))
        try:
            make(made)
            _install(made, target, names)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        _prune(target)
    except OSError as error:
        raise SetupError(
            f"The demo cannot be built in {target.parent}: {error.strerror or error}.",
            "Free some space there, or point the cache to a folder that you may write to.",
        ) from error
    return target


def _install(made: Path, target: Path, names: list[str]) -> None:
    """Put a new build in its place, unless somebody else's whole one stands there already."""
    for _ in range(_TRIES):
        with suppress(OSError):  # something stands there
            made.rename(target)
        if _is_whole(target, names):
            return
        _move_aside(target)
    raise OSError(f"{target.name} cannot be put in place")


def _move_aside(broken: Path) -> None:
    aside = Path(mkdtemp(prefix=_UNFINISHED, dir=broken.parent))
    with suppress(FileNotFoundError):
        broken.rename(aside / broken.name)
    shutil.rmtree(aside, ignore_errors=True)


def _is_whole(target: Path, names: list[str]) -> bool:
    """Tell whether the folder holds these files and nothing else, each with its head and foot."""
    try:
        return sorted(os.listdir(target)) == names and all(
            _is_parquet(target / name) for name in names
        )
    except OSError:
        return False


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
        size = file.seek(0, os.SEEK_END)
        if head != _MAGIC or size < len(_MAGIC) + _FOOTER:
            return False
        file.seek(-_FOOTER, os.SEEK_END)
        foot = file.read()
    return foot.endswith(_MAGIC) and int.from_bytes(foot[:4], "little") < size


def _prune(used: Path) -> None:
    """Remove all but the newest builds, never the one in use, and what crashed builds left."""
    others = [entry for entry in used.parent.iterdir() if entry != used and entry.is_dir()]
    builds = [entry for entry in others if _BUILD.fullmatch(entry.name)]
    abandoned = [
        entry
        for entry in others
        if entry.name.startswith(_UNFINISHED) and _changed(entry) < time() - _ABANDONED_AFTER
    ]
    for entry in abandoned + sorted(builds, key=_changed, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(entry, ignore_errors=True)


def _changed(entry: Path) -> float:
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:  # pruned by somebody else
        return 0.0


def _fingerprint() -> str:
    """Return 12 digits that change whenever this package does."""
    seen = blake2b(digest_size=6)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        seen.update(path.read_bytes())
    return seen.hexdigest()
