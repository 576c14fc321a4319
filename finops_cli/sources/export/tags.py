"""Tags in every shape exports deliver them: a map, a struct, JSON text, a list, a column per key.

A key is shown without the prefix its format puts before it. Keys that differ only in case or in
spaces around them are one key to a person who asks for it, so all their spellings are read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from finops_cli.sources.export.dialect import NO_TEXT, Reading
from finops_cli.sources.export.focus import CUR, CUR2, MOST_OWN_COLUMNS, TIDY
from finops_cli.sources.export.quoting import quote_name, quote_text

_ENTRIES = re.compile(r'STRUCT\("?key"? VARCHAR, "?value"? VARCHAR\)\[\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A tag key as the files write it: a key inside the tags column, or a column of its own."""

    text: str
    is_column: bool = False


TagKeys = Mapping[str, tuple[Spelling, ...]]
"""The keys as they are shown, each with its spellings."""


def tag_columns(reading: Reading) -> list[Spelling]:
    """Return the columns that each hold one tag key.

    In a table of somebody's own, a column that means nothing to us (``team``, ``project``) is one.
    """
    prefixes = reading.dialect.tag_columns
    found = [raw for raw in reading.columns if _prefix(raw, prefixes)]
    if reading.dialect is TIDY and len(reading.columns) <= MOST_OWN_COLUMNS:
        found += [raw for raw in reading.unknown() if raw not in found]
    return [Spelling(raw, is_column=True) for raw in found]


def keys_expression(reading: Reading) -> str | None:
    """Return the SQL of the list of keys in a row's tags column; None without such a column."""
    columns = reading.raw_of("tags")
    if not columns:
        return None
    kind = reading.kind(columns[0])
    if kind.startswith("MAP"):
        return f"map_keys({columns[0]})"
    if _ENTRIES.fullmatch(kind):
        return f"list_transform({columns[0]}, lambda x: x.key)"
    return f"json_keys({_as_json(reading, columns[0])})"


def by_shown_key(reading: Reading, spellings: Iterable[Spelling]) -> list[tuple[str, Spelling]]:
    """Return each spelling with the key it is shown as."""
    return [(shown, s) for s in spellings if (shown := _shown(reading, s))]


def merged(pairs: Iterable[tuple[str, Spelling]]) -> dict[str, tuple[Spelling, ...]]:
    """Return the shown keys in order, those that differ only in case or spaces as one."""
    alike: dict[str, dict[Spelling, str]] = defaultdict(dict)
    for shown, spelling in sorted(pairs, key=lambda pair: (pair[0], pair[1].text)):
        alike[shown.casefold()].setdefault(spelling, shown)
    return {next(iter(found.values())): tuple(found) for found in alike.values()}


def tag_value(reading: Reading, spellings: Iterable[Spelling]) -> str:
    """Return the SQL of a tag's value: the first spelling of its key that has one."""
    parts = [f"nullif({sql}, '')" for s in spellings if (sql := _value_at(reading, s)) is not None]
    if not parts:
        return NO_TEXT
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


def _value_at(reading: Reading, spelling: Spelling) -> str | None:
    if spelling.is_column:
        known = spelling.text in reading.columns
        return f"{quote_name(spelling.text)}::VARCHAR" if known else None
    columns = reading.raw_of("tags")
    if not columns:
        return None
    kind = reading.kind(columns[0])
    key = quote_text(spelling.text)
    if kind.startswith("MAP"):
        return f"{columns[0]}[{key}]"
    if _ENTRIES.fullmatch(kind):
        return f"list_filter({columns[0]}, lambda x: x.key = {key})[1].value"
    pointer = "/" + spelling.text.replace("~", "~0").replace("/", "~1")
    return f"json_extract_string({_as_json(reading, columns[0])}, {quote_text(pointer)})"


def _as_json(reading: Reading, column: str) -> str:
    kind = reading.kind(column)
    if kind == "JSON":
        return column
    if kind != "VARCHAR":
        return f"to_json({column})"
    # Azure's exports write "a": "1","b": "2" without the braces around it.
    whole = f"CASE WHEN {column} LIKE '\"%' THEN '{{' || {column} || '}}' ELSE {column} END"
    return f"TRY_CAST({whole} AS JSON)"


def _prefix(raw: str, prefixes: Iterable[str]) -> str:
    return next((p for p in prefixes if raw.lower().startswith(p) and len(raw) > len(p)), "")


def _shown(reading: Reading, spelling: Spelling) -> str:
    key = spelling.text
    if spelling.is_column:
        prefix = _prefix(key, reading.dialect.tag_columns)
        key = key[len(prefix) :]
        return f"aws:{key}".strip() if "aws" in prefix else key.strip()
    key = key.strip().removeprefix("user:")
    if reading.dialect in (CUR, CUR2):
        key = key.removeprefix("user_")
    return key.strip()
