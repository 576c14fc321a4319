"""Names and texts as SQL writes them, and column names in the one spelling that maps compare.

Everything that reaches a statement from outside (a column name, a tag key, a filter's value, a
path) goes through here.
"""

import glob
import re
from collections.abc import Iterable


def normal_name(raw: str) -> str:
    """Return a column name as letters and digits only, in lower case.

    Exports of one format differ in nothing else: ``lineItem/UnblendedCost`` of the legacy report,
    ``line_item_unblended_cost`` of Data Exports, ``BilledCost`` of FOCUS and the ``billedcost``
    that a catalogue in between made of it.
    """
    return re.sub(r"[^a-z0-9]", "", raw.lower())


def quote_name(name: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quote_paths(paths: Iterable[str]) -> str:
    """Return the SQL list of these very files.

    The engine takes each path for a pattern: ``report[1].parquet`` would read ``report1.parquet``.
    """
    return "[" + ", ".join(quote_text(glob.escape(path)) for path in paths) + "]"
