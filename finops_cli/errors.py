"""Every way a command can end badly, as one tree.

An error is a sentence for a person, a hint that mends it and an exit code for a script. It is
raised where the problem is found and caught once, in the face. No other exception may reach a
user without ``--debug``.

    FinopsError                 1  failed
    ├── UsageError              2  the words of the command are off
    │   ├── BadPeriod               a period that cannot be read, or lies outside the data
    │   ├── UnknownName             what the source does not know: a dimension, service, value
    │   └── SourceNotFound          no file at the path
    ├── SourceError             1  the data cannot be read
    │   ├── NotAnExport             readable, but no billing export
    │   ├── MissingColumn           an export without a column the question needs
    │   ├── Unreadable              empty, truncated or damaged
    │   └── NoHistory               too little was billed to say anything about what comes
    └── SetupError              4  nothing configured, no credentials or no permission
"""

from collections.abc import Iterable
from typing import ClassVar


class FinopsError(Exception):
    """A failure told in one sentence, with a hint that mends it.

    Args:
        message: One sentence, plain text, without a trailing hint.
        hint: What to do about it: a command, an option or a permission. May be empty.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "failed"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(FinopsError):
    """The command line or the question asks for something that cannot be."""

    exit_code = 2
    code = "usage"


class BadPeriod(UsageError):
    """A period that cannot be read, or that lies outside what the source holds."""

    code = "bad_period"


class UnknownName(UsageError):
    """A name that the source or the tool does not know."""

    code = "unknown_name"


class SourceNotFound(UsageError):
    """No file at the path given as the source."""

    code = "source_not_found"


class SourceError(FinopsError):
    """The source is there but cannot be used as it is."""

    code = "source"


class NotAnExport(SourceError):
    """A readable file that is not a billing export we know."""

    code = "not_an_export"


class MissingColumn(SourceError):
    """An export without a column that the question needs."""

    code = "missing_column"


class Unreadable(SourceError):
    """An empty, truncated or damaged file."""

    code = "unreadable"


class NoHistory(SourceError):
    """Too little was billed to say anything about what comes."""

    code = "no_history"


class SetupError(FinopsError):
    """Nothing is configured, or credentials or permissions are missing."""

    exit_code = 4
    code = "setup"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean X?`` for the closest known name, or an empty string.

    Args:
        word: What the user wrote.
        known: The names that would have worked.
    """
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.6)
    if not close:
        close = [name for name in by_folded if word.casefold() in name][:3]
    return f"Did you mean {' or '.join(by_folded[name] for name in close)}?" if close else ""
