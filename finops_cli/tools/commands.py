"""Commands worth running next, ready to paste into a shell.

Names from the bill are quoted for the shell and written as short as they are still understood
(``service=ec2``, an account by its name). One that no command line could carry (control characters,
or the signs that separate filters) is left out, and the command asks more widely.
"""

from collections.abc import Iterable, Mapping
from shlex import join

from finops_cli.domain import query as q
from finops_cli.domain.query import Filter
from finops_cli.domain.services import short_name
from finops_cli.tools.naming import Names

_SEPARATORS = set(",=!")


def command(*words: str, filters: Iterable[Filter] = (), names: Names | None = None) -> str:
    """Return a ``finops`` command, narrowed by filters.

    Args:
        words: The subcommand, its options and arguments.
        filters: What the costs are narrowed to.
        names: What people call the values of a dimension.
    """
    options: list[str] = []
    for wanted in filters:
        text = _written(wanted, (names or {}).get(wanted.dimension, {}))
        if text and text not in options:
            options += ["--filter", text]
    return join(["finops", *words, *options])


def _written(wanted: Filter, called: Mapping[str, str]) -> str:
    """Return a filter as the command line takes it, empty where it cannot be typed."""
    values = [_short(wanted.dimension, value, called) for value in wanted.values if value]
    if len(values) < len(wanted.values) or not all(map(_can_be_typed, values)):
        return ""
    sign = "!=" if wanted.exclude else "="
    is_tag = q.tag_key(wanted.dimension) is not None
    name = wanted.dimension if is_tag else wanted.dimension.replace("_", "-")
    return f"{name}{sign}{','.join(values)}"


def _short(dimension: str, value: str, called: Mapping[str, str]) -> str:
    name = called.get(value)
    if name and list(called.values()).count(name) == 1:
        return name
    return short_name(value) if dimension == q.SERVICE else value


def _can_be_typed(value: str) -> bool:
    return value.isprintable() and not _SEPARATORS & set(value)
