"""What AWS's error codes mean for what to do next.

One service says ``Throttling``, the next ``TooManyRequestsException``, and Cost Explorer
``LimitExceededException``. Some that matter are in no model of the API
(``SubscriptionRequiredException``), and a few reasons stand only in the words beside
``AccessDeniedException``. An unknown code is told apart by its HTTP status. What botocore raises
before AWS answers is known by the names of its exceptions, so that nothing here loads it.
"""

from typing import Any

from finops_cli.sources.aws.guard.calls import RETRIED, CallFailed, Failure
from finops_cli.sources.aws.guard.operations import Operation

_CODES = {
    Failure.THROTTLED: (
        "BandwidthLimitExceeded",
        "LimitExceededException",  # Cost Explorer: too many calls in a short period
        "PriorRequestNotComplete",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    ),
    Failure.SERVER: (
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "InternalServerErrorException",
        "InternalServerException",
        "ServiceException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    ),
    Failure.NETWORK: ("407",),  # a proxy that wants a password
    Failure.DENIED: (
        "AccessDenied",
        "AccessDeniedException",
        "NotAuthorized",
        "UnauthorizedException",
        "UnauthorizedOperation",
    ),
    Failure.EXPIRED: ("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"),
    Failure.CREDENTIALS: (
        "AuthFailure",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    ),
    Failure.UNAVAILABLE: (
        "BillExpirationException",
        "BillingViewHealthStatusException",
        "DataUnavailableException",
    ),
    Failure.DISABLED: (
        "AWSOrganizationsNotInUseException",
        "OptInRequired",
        "OptInRequiredException",
        "RegionDisabledException",
        "SubscriptionRequiredException",
    ),
}
_FAILURES = {code: failure for failure, codes in _CODES.items() for code in codes}

# AWS says these as AccessDeniedException, but no policy would help.
_SWITCHED_OFF = ("not enabled for cost explorer", "not enrolled", "support level")


def failure_of(code: str, status: int, message: str) -> Failure:
    """Return what an answer with an error means.

    Args:
        code: AWS's error code; the HTTP status as text where the body was no error of AWS.
        status: The HTTP status; 0 where there is none.
        message: AWS's words.
    """
    known = _FAILURES.get(code)
    if known is Failure.DENIED and any(words in message.lower() for words in _SWITCHED_OFF):
        return Failure.DISABLED
    return known or _by_status(status)


def _by_status(status: int) -> Failure:
    if status == 429:
        return Failure.THROTTLED
    if status >= 500:
        return Failure.SERVER
    if status in (401, 403):
        return Failure.DENIED
    return Failure.CUT if 200 <= status < 300 else Failure.REFUSED


# By the name of a class or of one that it derives from, the first that is found.
_RAISED = {
    "ReadTimeoutError": Failure.CUT,  # it was sent: AWS may be working on it, and bill it
    "IncompleteReadError": Failure.CUT,
    "ResponseParserError": Failure.CUT,
    "ResponseStreamingError": Failure.CUT,
    "HTTPClientError": Failure.NETWORK,
    "ConnectionError": Failure.NETWORK,
    "SSOError": Failure.EXPIRED,
    "TokenRetrievalError": Failure.EXPIRED,
    "LoginInsufficientPermissions": Failure.CREDENTIALS,
    "LoginError": Failure.EXPIRED,
    "ParamValidationError": Failure.REFUSED,
    "UnknownKeyError": Failure.REFUSED,
    "BotoCoreError": Failure.CREDENTIALS,  # what is left concerns the configuration
    "ValueError": Failure.CREDENTIALS,  # a credential process that prints no JSON, a bad address
    "OSError": Failure.CREDENTIALS,  # a credential process that is not there
}


def failure_raised(error: Exception) -> Failure | None:
    """Return what an exception of botocore, or of what it calls, means; None for a bug."""
    if type(error).__name__ == "ConnectionClosedError" and _within_answer(error):
        return Failure.CUT
    names = (cls.__name__ for cls in type(error).__mro__)
    return next((_RAISED[name] for name in names if name in _RAISED), None)


def _within_answer(error: Exception) -> bool:
    """Tell a connection that broke within the answer from one that ended before it.

    urllib3 says "Connection broken" of the one and "Connection aborted" of the other.
    """
    cause = getattr(error, "kwargs", {}).get("error")
    return "Connection broken" in str(cause)


def call_failed(error: Exception, operation: Operation, profile: str | None) -> CallFailed:
    """Return what an exception of a client means for the request that it ended.

    Args:
        error: What was raised.
        operation: What was asked of AWS.
        profile: The AWS profile that was used.

    Raises:
        Exception: The error itself, where it is a bug.
    """
    answer = getattr(error, "response", None)
    if isinstance(answer, dict):
        return _answered(error, answer, operation, profile)
    failure = failure_raised(error)
    if failure is None:
        raise error
    name = type(error).__name__
    # A parser quotes what it could not read, and that may be an answer with credentials.
    words = "" if name == "ResponseParserError" else str(error)
    return CallFailed(failure, name, words, profile)


def _answered(
    error: Exception, answer: dict[str, Any], operation: Operation, profile: str | None
) -> CallFailed:
    code = str(answer.get("Error", {}).get("Code", ""))
    message = str(answer.get("Error", {}).get("Message", ""))
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    failure = failure_of(code, status, message)
    asked = getattr(error, "operation_name", operation.name)
    if asked != operation.name and failure not in (*RETRIED, Failure.EXPIRED):
        # botocore asked for credentials on the way, as the profile says, and had none.
        failure, message = Failure.CREDENTIALS, f"{asked}: {message}"
    return CallFailed(failure, code, message, profile)
