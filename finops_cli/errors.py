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
    │   ├── NoHistory               too little was billed to say anything about what comes
    │   ├── NoAnswer                AWS does not answer: down, too busy, or out of reach
    │   │   └── TimeUp                  the time that a run may take is over
    │   ├── NoData                  AWS has no data for this
    │   ├── Refused                 AWS calls the request wrong
    │   └── NotCached               what is asked is not in the cache, and nothing may be called
    ├── SetupError              4  nothing configured, no credentials or no permission
    │   ├── NoCredentials           none, incomplete or wrong ones
    │   ├── Expired                 credentials or an SSO session that are over
    │   ├── Denied                  no permission: the IAM action is named
    │   └── Disabled                an API that is not switched on, or not there in a partition
    ├── SpendCap                6  the next request would cost more than the user allows
    ├── ModelError              1  a language model was asked in vain
    │   ├── ModelDenied         4  no key, no permission or no access to the model
    │   ├── ModelMissing        4  no such model at the provider or in the region
    │   ├── ModelBusy               throttled or overloaded
    │   ├── ModelSilent             out of reach, too slow, or cut off within an answer
    │   ├── ModelLimit              what a model may take for one question is used up
    │   ├── ModelLoop               it calls the same tool with the same arguments over and over
    │   └── NoReply                 it said nothing, or nothing that can be used
    └── Interrupted           130  the user stopped it
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


class NoAnswer(SourceError):
    """AWS does not answer: down, too busy, or out of reach."""

    code = "no_answer"


class TimeUp(NoAnswer):
    """The time that a run may take is over."""

    code = "time_up"


class NoData(SourceError):
    """AWS has no data for this, such as a forecast of a young account."""

    code = "no_data"


class Refused(SourceError):
    """AWS calls the request wrong."""

    code = "refused"


class NotCached(SourceError):
    """What is asked is not in the cache, and nothing may be called."""

    code = "not_cached"


class SetupError(FinopsError):
    """Nothing is configured, or credentials or permissions are missing."""

    exit_code = 4
    code = "setup"


class NoCredentials(SetupError):
    """No AWS credentials, or incomplete or wrong ones."""

    code = "no_credentials"


class Expired(SetupError):
    """Credentials or an SSO session that are over."""

    code = "expired"


class Denied(SetupError):
    """No permission for an operation; the message names the IAM action."""

    code = "denied"


class Disabled(SetupError):
    """An API that is not switched on for the account, or does not exist in its partition."""

    code = "disabled"


class SpendCap(FinopsError):
    """The next request would cost more than the user allows: it was not sent."""

    exit_code = 6
    code = "spend_cap"


class ModelError(FinopsError):
    """A language model was asked in vain, or ended early."""

    code = "model"


class ModelDenied(ModelError):
    """No key, no permission or no access to the model."""

    exit_code = 4
    code = "model_denied"


class ModelMissing(ModelError):
    """No such model at the provider or in the region."""

    exit_code = 4
    code = "model_missing"


class ModelBusy(ModelError):
    """A model is throttled or overloaded for the moment."""

    code = "model_busy"


class ModelSilent(ModelError):
    """A model is out of reach, too slow, or was cut off within its answer."""

    code = "model_silent"


class ModelLimit(ModelError):
    """What a model may take for one question is used up."""

    code = "model_limit"


class ModelLoop(ModelError):
    """A model calls the same tool with the same arguments over and over."""

    code = "model_loop"


class NoReply(ModelError):
    """A model said nothing, or nothing that can be used."""

    code = "no_reply"


class Interrupted(FinopsError):
    """The user stopped it."""

    exit_code = 130
    code = "interrupted"


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
