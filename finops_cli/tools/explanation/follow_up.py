"""The next command, ready to paste into a shell.

Names from the bill are quoted for the shell; one that no command line could carry (control
characters, or the signs that separate filters) is left out, and the command asks more widely.
"""

from collections.abc import Sequence
from shlex import join

from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.tools.explanation.drill import Path

_SEPARATORS = set(",=!")


def resources_command(filters: Sequence[Filter], path: Path, window: Period) -> str:
    """Return the command that lists the resources of the main part."""
    return _cost(filters, path, "resource", window)


def splits_command(filters: Sequence[Filter], path: Path, window: Period) -> str:
    """Return the command that lists the usage types of the main part."""
    return _cost(filters, path, "usage-type", window)


def window_command(filters: Sequence[Filter], window: Period) -> str:
    """Return the command that explains another window."""
    return join(["finops", "explain", *_options(filters, ()), "--period", str(window)])


def _cost(filters: Sequence[Filter], path: Path, by: str, window: Period) -> str:
    options = _options(filters, path)
    return join(["finops", "cost", "--by", by, *options, "--period", str(window)])


def _options(filters: Sequence[Filter], path: Path) -> list[str]:
    wanted = [(f.dimension, f.values, "!=" if f.exclude else "=") for f in filters]
    wanted += [(name, (value,), "=") for name, value in path]
    options: list[str] = []
    for name, values, sign in wanted:
        written = [value for value in values if value and _can_be_typed(value)]
        if written and len(written) == len(values):
            word = name if name.startswith("tag:") else name.replace("_", "-")
            options += ["--filter", f"{word}{sign}{','.join(written)}"]
    return options


def _can_be_typed(value: str) -> bool:
    return value.isprintable() and not _SEPARATORS & set(value)
