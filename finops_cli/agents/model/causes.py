"""Why a model gives no answer, and by what each reason is known.

Everybody names things differently: Bedrock says ``ThrottlingException``, Anthropic
``rate_limit_error``, OpenAI only 429. Classes are known by their names, so that nothing here loads
a client.
"""

from enum import Enum, auto

Table = tuple[tuple["Cause", tuple[str, ...]], ...]
"""For each cause, what it is known by; the first that is found counts."""


class Cause(Enum):
    """What it means for what to do next."""

    FORM = auto()  # Anthropic's use case form
    UNSUBSCRIBED = auto()  # no access to the model on AWS Marketplace
    PROFILE = auto()  # reached through an inference profile only
    TOOLS = auto()  # the model cannot call tools
    QUOTA = auto()  # no credit, or no tokens left for today
    MISSING = auto()
    TOO_LONG = auto()
    CUT_SHORT = auto()
    EXPIRED = auto()
    KEY = auto()
    CREDENTIALS = auto()
    DENIED = auto()
    THROTTLED = auto()
    OVERLOADED = auto()
    SLOW = auto()
    UNREACHABLE = auto()
    CUT = auto()
    MALFORMED = auto()
    REFUSED = auto()
    UNKNOWN = auto()


# The words of the other side, in lower case. Some reasons stand in no code: on Bedrock, a missing
# subscription and a missing permission are one exception.
WORDS: Table = (
    (Cause.FORM, ("use case details have not been submitted", "ftuformnotfilled")),
    (Cause.PROFILE, ("on-demand throughput isn",)),
    (
        Cause.TOOLS,
        ("support tool use", "not support tools", "not support function", "auto tool choice"),
    ),
    (
        Cause.MISSING,
        ("model identifier is invalid", "end of its life", "marked by provider as legacy"),
    ),
    (
        Cause.UNSUBSCRIBED,
        (
            "access to the model with the specified model id",
            "model access is denied",
            "aws marketplace",
            "aws-marketplace:",
        ),
    ),
    (Cause.QUOTA, ("credit balance is too low", "exceeded your current quota", "tokens per day")),
    (Cause.MALFORMED, ("error parsing tool call",)),
)

_CODES = {
    Cause.QUOTA: ("insufficient_quota", "billing_error"),
    Cause.MISSING: ("ResourceNotFoundException", "not_found_error", "model_not_found"),
    Cause.EXPIRED: ("ExpiredToken", "ExpiredTokenException"),
    Cause.KEY: (
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
        "authentication_error",
        "invalid_api_key",
    ),
    Cause.DENIED: ("AccessDenied", "AccessDeniedException", "permission_error"),
    Cause.THROTTLED: (
        "ServiceQuotaExceededException",
        "ThrottlingException",
        "TooManyRequestsException",
        "rate_limit_error",
        "rate_limit_exceeded",
    ),
    Cause.OVERLOADED: (
        "InternalFailure",
        "InternalServerException",
        "ModelErrorException",
        "ModelNotReadyException",
        "ServiceUnavailableException",
        "api_error",
        "overloaded_error",
        "server_error",
    ),
    Cause.SLOW: ("ModelTimeoutException", "timeout_error"),
    Cause.CUT: ("ModelStreamErrorException",),
    Cause.REFUSED: ("ValidationException",),
}
BY_CODE = {code.lower(): cause for cause, codes in _CODES.items() for code in codes}
"""The causes by code, in lower case: within a stream, Bedrock writes its codes otherwise."""

BY_STRANDS: Table = (
    (Cause.TOO_LONG, ("ContextWindowOverflowException",)),
    (Cause.CUT_SHORT, ("MaxTokensReachedException",)),
)
"""By the names of what Strands knows better than any words."""

# By the name of a class, or of one that it derives from or was raised from.
NAMES: Table = (
    (
        Cause.CREDENTIALS,
        ("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"),
    ),
    (Cause.EXPIRED, ("SSOError", "TokenRetrievalError", "LoginError")),
    (Cause.UNREACHABLE, ("ConnectTimeout", "ConnectTimeoutError")),
    (
        Cause.SLOW,
        ("ReadTimeoutError", "TimeoutException", "APITimeoutError", "TimeoutError", "Timeout"),
    ),
    (
        Cause.CUT,
        (
            "ConnectionClosedError",
            "ConnectionResetError",
            "EventStreamError",
            "IncompleteReadError",
            "ProtocolError",
            "ReadError",
            "ResponseStreamingError",
        ),
    ),
    (
        Cause.UNREACHABLE,
        (
            "APIConnectionError",
            "ConnectError",
            "ConnectionError",
            "InvalidRegionError",
            "URLError",
            "UnknownEndpointError",
        ),
    ),
    (
        Cause.MALFORMED,
        (
            "APIResponseValidationError",
            "JSONDecodeError",
            "KeyError",
            "ParserError",
            "ResponseParserError",
            "UnicodeDecodeError",
            "ValidationError",
        ),
    ),
    (Cause.THROTTLED, ("ModelThrottledException",)),
)
