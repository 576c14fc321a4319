"""What a doctor finds on this machine: the config file, the folders, the export, the caps."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from finops_cli import config
from finops_cli.domain.check import Check, failed, ok, warning
from finops_cli.domain.source import CostSource
from finops_cli.errors import FinopsError, SetupError

AWS = "aws"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SET_ASIDE = ".damaged-"
_SHARED = ", and others on this machine can read it."


def config_file(file: Path) -> Check:
    """Check the config file: that it can be understood, and who can read it."""
    name = "config file"
    if not file.exists():
        return ok(name, f"None yet at {file}: flags, variables and defaults hold.")
    try:
        kept = config.read_file(file)
        config.load({}, {}, file)
    except FinopsError as error:
        return failed(name, error.message, error.hint)
    said = f"{file} with {len(kept)} {'setting' if len(kept) == 1 else 'settings'}"
    if _is_open(file):
        return warning(
            name, f"{said}, and others on this machine can read it.", f"chmod 600 {file}"
        )
    return ok(name, f"{said}, readable by you alone.")


def folder(name: str, path: Path) -> Check:
    """Check a folder that finops writes to: whether it can, who else can, how much it holds."""
    standing = next((one for one in (path, *path.parents) if one.exists()), path)
    if not standing.is_dir():
        return failed(name, f"{path} cannot be made: {standing} is no folder.", f"rm {standing}")
    if not os.access(standing, os.W_OK | os.X_OK):
        mend = f"chmod u+rwx {standing}" if standing == path else f"mkdir -p {path}"
        return failed(name, f"{path} cannot be written: nothing is kept, all is asked anew.", mend)
    if standing != path:
        return ok(name, f"{path} will be made when it is first needed.")
    files = list(_files(path))
    aside = [one for one in files if _SET_ASIDE in one.name]
    held = f"{path} holds {_size(files)} in {len(files)} {'file' if len(files) == 1 else 'files'}"
    if aside:
        others = f" and {len(aside) - 1} more" if len(aside) > 1 else ""
        said = f"{held}; {aside[0].name}{others} could not be read and was set aside."
        return warning(name, said, f"rm {aside[0]}")
    if _is_open(path):
        return warning(
            name, f"{held}, and others on this machine can read it.", f"chmod 700 {path}"
        )
    return ok(name, f"{held}.")


def source(spec: Callable[[], str], opened: Callable[[], CostSource]) -> Check:
    """Check that the bill can be opened; live AWS is checked apart.

    Args:
        spec: Names the source, or raises where there is none.
        opened: Opens it.
    """
    try:
        if spec() == AWS:
            return ok("source", "Live AWS.")
        bill = opened()
        period, unsafe = bill.coverage(), bill.warnings()
    except FinopsError as error:
        mend = "finops init" if error.code == SetupError.code else error.hint
        return failed("source", error.message, mend, error.exit_code)
    if unsafe:
        return warning("source", f"{bill.label}: {unsafe[0]}", "finops source inspect")
    return ok("source", f"{bill.label}, with charges of {period.start} to {period.last_day}.")


def _is_open(path: Path) -> bool:
    """Tell whether others on this machine may read something of the user's."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def _files(path: Path) -> Iterator[Path]:
    for base, _, names in os.walk(path):
        yield from (Path(base) / name for name in names)


def _size(files: Iterable[Path]) -> str:
    total = 0
    for file in files:
        try:
            total += file.stat().st_size
        except OSError:  # gone since it was listed
            continue
    return f"{total / 1e6:,.1f} MB"
