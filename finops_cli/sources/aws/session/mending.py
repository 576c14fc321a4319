"""Credentials that do not work, told with the command that mends them."""

import re
import shlex

from finops_cli.errors import Expired, NoCredentials
from finops_cli.sources.aws.guard.calls import CallFailed

_LONGEST = 240
_CLOCK = "Set the clock of this machine; AWS refuses requests that are 5 minutes off."
_MFA = (
    "MFA cannot be asked for here: take the role first (`aws sts assume-role` or "
    "`aws sts get-session-token`, with --serial-number and --token-code) and export what it "
    "prints, or let a credential_process do it."
)
_WRONG_KEY = (
    "AWS does not know this access key.",
    "It may be deleted, inactive, or of another partition, such as China; `aws configure list` "
    "tells where it comes from.",
)
_WRONG_SECRET = (
    "The secret key does not fit the access key.",
    "Write both again; secrets that were pasted often lack their last character.",
)
_NONE = (
    "There are no AWS credentials.",
    "`aws configure sso` or `aws login` makes some; `--profile` names those of ~/.aws, and "
    "AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY are read too.",
)
_SENTENCES = {
    "AuthFailure": _WRONG_KEY,
    "IncompleteSignature": _WRONG_KEY,
    "IncompleteSignatureException": _WRONG_KEY,
    "InvalidAccessKeyId": _WRONG_KEY,
    "InvalidClientTokenId": _WRONG_KEY,
    "UnrecognizedClientException": _WRONG_KEY,
    "InvalidToken": (
        "AWS does not know this session token.",
        "AWS_SESSION_TOKEN belongs to another key, or lacks a part: take all three values anew.",
    ),
    "InvalidSignatureException": _WRONG_SECRET,
    "SignatureDoesNotMatch": _WRONG_SECRET,
    "MissingAuthenticationToken": _NONE,
    "MissingAuthenticationTokenException": _NONE,
    "NoCredentialsError": _NONE,
    "RequestExpired": ("AWS finds the time of the request wrong.", _CLOCK),
    "RequestTimeTooSkewed": ("AWS finds the time of the request wrong.", _CLOCK),
    "MissingDependencyException": (
        "`aws login` needs the CRT of AWS in Python.",
        '`pip install "botocore[crt]"` adds it.',
    ),
}
_CLOCK_WORDS = re.compile(r"signature (expired|not yet current)|must be within \d+ minutes", re.I)
_SSO_CODES = ("SSOTokenLoadError", "TokenRetrievalError", "UnauthorizedSSOTokenError")


def expired(failed: CallFailed) -> Expired:
    """Return what to do about credentials that are over."""
    if failed.code in _SSO_CODES:
        return Expired(
            f"The SSO session{_of(failed)} is over, or was never begun.",
            f"`aws sso login{_option(failed)}` begins one.",
        )
    if failed.code.startswith("Login"):
        return Expired(
            f"The session of `aws login`{_of(failed)} is over.",
            f"`aws login{_option(failed)}` begins one.",
        )
    return Expired(
        f"The credentials{_of(failed)} were temporary, and are over.",
        f"Get new ones: `aws sso login{_option(failed)}`, `aws login`, or `aws sts "
        "get-session-token` and export what it prints.",
    )


def unusable(failed: CallFailed) -> NoCredentials:
    """Return what to do about credentials that are missing, incomplete or wrong."""
    if _CLOCK_WORDS.search(failed.message):
        return NoCredentials(*_SENTENCES["RequestExpired"])
    if "mfa" in failed.message.lower() or failed.code == "RefreshWithMFAUnsupportedError":
        return NoCredentials(f"The role{_of(failed)} asks for a code of an MFA device.", _MFA)
    if failed.code == "PartialCredentialsError":
        return NoCredentials(
            f"The credentials{_of(failed)} are incomplete: {words_of(failed)}.",
            "An access key needs its secret key; `aws configure` writes both.",
        )
    if failed.code in _SENTENCES:
        return NoCredentials(*_SENTENCES[failed.code])
    return NoCredentials(
        f"The AWS configuration{_of(failed)} does not work: {words_of(failed)}.",
        "`aws configure list` shows where credentials come from, `aws sts get-caller-identity` "
        "whether they work.",
    )


def words_of(failed: CallFailed) -> str:
    """Return AWS's words, or its code, on one line without a stop, as long as a sentence may be."""
    line = " ".join(failed.message.split()).rstrip(".") or failed.code
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def _of(failed: CallFailed) -> str:
    return f" of profile {failed.profile!r}" if failed.profile else ""


def _option(failed: CallFailed) -> str:
    return f" --profile {shlex.quote(failed.profile)}" if failed.profile else ""
