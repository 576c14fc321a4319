"""What a user reads of each failure: the sentence, what mends it, the exit code."""

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    LoginRefreshRequired,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
    UnauthorizedSSOTokenError,
)
from botocore.parsers import ResponseParserError

from finops_cli.errors import (
    Denied,
    Disabled,
    Expired,
    FinopsError,
    NoAnswer,
    NoCredentials,
    NoData,
    Refused,
)
from finops_cli.sources.aws.guard.calls import CallFailed, Failure
from finops_cli.sources.aws.guard.operations import (
    ASSUME_ROLE,
    CALLER_IDENTITY,
    COST_AND_USAGE,
    COST_FORECAST,
    DESCRIBE_BUDGETS,
    DESCRIBE_CHECKS,
    DESCRIBE_ORGANIZATION,
    FOUNDATION_MODELS,
    HUB_ENROLLMENT,
    LIST_ACCOUNTS,
    LIST_CHECKS,
    OPERATIONS,
    OPTIMIZER_ENROLLMENT,
    Operation,
)
from finops_cli.sources.aws.session.codes import call_failed, failure_of, failure_raised
from finops_cli.sources.aws.session.failures import told

ANN = "arn:aws:iam::111122223333:user/ann"
NOT_ALLOWED = f"User: {ANN} is not authorized to perform: ce:GetCostAndUsage on resource: x"


def _told(
    code: str,
    message: str = "",
    operation: Operation = COST_AND_USAGE,
    status: int = 400,
    profile: str | None = None,
) -> FinopsError:
    failed = CallFailed(failure_of(code, status, message), code, message, profile)
    return told(failed, operation)


def test_a_denial_names_the_action_and_who_lacks_it() -> None:
    error = _told("AccessDeniedException", NOT_ALLOWED)
    assert isinstance(error, Denied) and error.exit_code == 4
    assert error.message == "Not allowed: ce:GetCostAndUsage is needed to read costs."
    assert f"Give {ANN} what `finops iam-policy` prints." in error.hint
    assert "root user" in error.hint


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_names_its_own_action(operation: Operation) -> None:
    error = _told("AccessDenied", operation=operation)
    assert (operation.action or str(operation)) in error.message
    assert operation.why in error.message
    assert error.hint


def test_the_root_users_switch_matters_to_billing_alone() -> None:
    assert "root user" in _told("AccessDenied", operation=DESCRIBE_BUDGETS).hint
    assert "root user" not in _told("AccessDenied", operation=LIST_ACCOUNTS).hint


def test_a_role_that_cannot_be_taken_may_lack_trust() -> None:
    error = _told("AccessDenied", operation=ASSUME_ROLE)
    assert "sts:AssumeRole" in error.message
    assert "trusts you" in error.hint and "external_id" in error.hint


def test_a_member_account_is_kept_out_by_its_payer() -> None:
    error = _told("AccessDeniedException", "Linked account doesn't have access to cost explorer.")
    assert isinstance(error, Denied) and "payer" in error.message
    assert "linked account access" in error.hint and "iam-policy" not in error.hint


@pytest.mark.parametrize(
    ("why", "who"),
    [
        ("with an explicit deny in a service control policy", "service control policy"),
        ("because no service control policy allows the action", "service control policy"),
        ("because no permissions boundary allows the action", "permissions boundary"),
        ("because no session policy allows the action", "this session was started with"),
        ("with an explicit deny in a VPC endpoint policy", "VPC endpoint"),
    ],
)
def test_what_bounds_a_user_is_named(why: str, who: str) -> None:
    error = _told("AccessDeniedException", f"{NOT_ALLOWED} {why}")
    assert isinstance(error, Denied)
    assert who in error.message and "ce:GetCostAndUsage" in error.message
    assert "iam-policy" not in error.hint


@pytest.mark.parametrize(
    ("code", "words", "operation", "said", "hint"),
    [
        (
            "AccessDeniedException",
            "User not enabled for cost explorer access",
            COST_AND_USAGE,
            "Cost Explorer is not enabled",
            "24 hours",
        ),
        (
            "SubscriptionRequiredException",
            "",
            DESCRIBE_CHECKS,
            "support plan",
            "Business Support+, Enterprise or Unified Operations; Business and Developer Support "
            "end on 2027-01-01",
        ),
        (
            "AccessDeniedException",
            "Access denied due to support level",
            LIST_CHECKS,
            "support plan",
            "Unified Operations",
        ),
        ("OptInRequiredException", "", OPTIMIZER_ENROLLMENT, "not opted in", "opts in"),
        (
            "AccessDeniedException",
            "AWS account is not enrolled for recommendations",
            HUB_ENROLLMENT,
            "not enrolled",
            "enrolls",
        ),
        ("AWSOrganizationsNotInUseException", "", DESCRIBE_ORGANIZATION, "no organization", ""),
        ("OptInRequired", "sign up", FOUNDATION_MODELS, "bedrock:ListFoundationModels", "Enable"),
    ],
)
def test_what_is_switched_off(
    code: str, words: str, operation: Operation, said: str, hint: str
) -> None:
    error = _told(code, words, operation)
    assert isinstance(error, Disabled) and error.exit_code == 4
    assert said in error.message and hint in error.hint


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("UnrecognizedClientException", "does not know this access key"),
        ("InvalidClientTokenId", "does not know this access key"),
        ("SignatureDoesNotMatch", "does not fit the access key"),
        ("InvalidSignatureException", "does not fit the access key"),
        ("InvalidToken", "session token"),
        ("MissingAuthenticationToken", "no AWS credentials"),
        ("RequestExpired", "time of the request"),
    ],
)
def test_credentials_that_are_wrong(code: str, said: str) -> None:
    error = _told(code, status=403)
    assert isinstance(error, NoCredentials) and error.exit_code == 4
    assert said in error.message and error.hint


@pytest.mark.parametrize(
    "words",
    [
        "Signature expired: 20261124T100000Z is now earlier than 20261124T195500Z",
        "Signature not yet current: 20261124T230000Z is still later than 20261124T200500Z",
        "Date in the request must be within 15 minutes of now",
    ],
)
def test_a_clock_that_is_off_is_no_wrong_secret(words: str) -> None:
    for code in ("InvalidSignatureException", "SignatureDoesNotMatch"):
        assert "clock" in _told(code, words, status=403).hint


@pytest.mark.parametrize(
    ("code", "words", "said", "hint"),
    [
        ("NoCredentialsError", "", "There are no AWS credentials.", "aws configure sso"),
        (
            "PartialCredentialsError",
            "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
            "AWS_SECRET_ACCESS_KEY",
            "aws configure",
        ),
        ("RefreshWithMFAUnsupportedError", "", "of profile 'my dev'", "get-session-token"),
        (
            "ConfigParseError",
            "no way",
            "of profile 'my dev' does not work: no way",
            "aws configure",
        ),
    ],
)
def test_credentials_that_are_missing(code: str, words: str, said: str, hint: str) -> None:
    error = told(CallFailed(Failure.CREDENTIALS, code, words, "my dev"), COST_AND_USAGE)
    assert isinstance(error, NoCredentials)
    assert said in error.message and hint in error.hint


@pytest.mark.parametrize(
    ("code", "profile", "command"),
    [
        ("UnauthorizedSSOTokenError", "my dev", "`aws sso login --profile 'my dev'`"),
        ("SSOTokenLoadError", None, "`aws sso login`"),
        ("LoginRefreshRequired", "dev", "`aws login --profile dev`"),
        ("ExpiredToken", None, "get-session-token"),
    ],
)
def test_what_is_over_names_the_command_that_begins_anew(
    code: str, profile: str | None, command: str
) -> None:
    error = told(CallFailed(Failure.EXPIRED, code, "", profile), COST_AND_USAGE)
    assert isinstance(error, Expired) and error.exit_code == 4
    assert command in error.hint


@pytest.mark.parametrize(
    ("failure", "code", "kind", "words"),
    [
        (Failure.UNAVAILABLE, "DataUnavailableException", NoData, "young account"),
        (Failure.UNAVAILABLE, "BillExpirationException", NoData, "later period"),
        (Failure.UNAVAILABLE, "BillingViewHealthStatusException", NoData, "billing_view"),
        (Failure.NETWORK, "EndpointConnectionError", NoAnswer, "HTTPS_PROXY"),
        (Failure.NETWORK, "ProxyConnectionError", NoAnswer, "The proxy"),
        (Failure.NETWORK, "SSLError", NoAnswer, "AWS_CA_BUNDLE"),
        (Failure.THROTTLED, "LimitExceededException", NoAnswer, "throttled"),
        (Failure.SERVER, "500", NoAnswer, "AWS failed to answer"),
        (Failure.CUT, "CutAnswer", NoAnswer, "did not arrive whole"),
        (Failure.REFUSED, "InvalidNextTokenException", Refused, "calls ce:GetCostForecast wrong"),
        (Failure.REFUSED, "ResourceNotFoundException", Refused, "billing view"),
    ],
)
def test_the_rest(failure: Failure, code: str, kind: type[FinopsError], words: str) -> None:
    error = told(CallFailed(failure, code, "AWS's words"), COST_FORECAST)
    assert type(error) is kind and error.exit_code == 1
    assert words in f"{error.message} {error.hint}"


def test_a_bill_before_what_the_account_keeps() -> None:
    error = _told("ValidationException", "You haven't enabled historical data beyond 14 months.")
    assert isinstance(error, Refused)
    assert "14 months" in error.message and "multi-year" in error.hint


@pytest.mark.parametrize("failure", Failure)
@pytest.mark.parametrize("operation", [COST_AND_USAGE, CALLER_IDENTITY, LIST_CHECKS], ids=str)
def test_every_failure_is_one_line_however_much_aws_says(
    failure: Failure, operation: Operation
) -> None:
    error = told(CallFailed(failure, "Unheard", "much\nmore " * 200), operation)
    assert "\n" not in error.message and len(error.message) < 400
    assert error.message.strip() == error.message != ""


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ReadTimeoutError(endpoint_url="x"), Failure.CUT),
        (ConnectTimeoutError(endpoint_url="x"), Failure.NETWORK),
        (ConnectionClosedError(endpoint_url="x", error="Connection broken: y"), Failure.CUT),
        (ConnectionClosedError(endpoint_url="x", error="Connection aborted."), Failure.NETWORK),
        (ProxyConnectionError(proxy_url="x"), Failure.NETWORK),
        (SSLError(endpoint_url="x", error="y"), Failure.NETWORK),
        (ResponseParserError("x"), Failure.CUT),
        (UnauthorizedSSOTokenError(), Failure.EXPIRED),
        (LoginRefreshRequired(), Failure.EXPIRED),
        (FileNotFoundError("credential process"), Failure.CREDENTIALS),
        (KeyError("a bug"), None),
    ],
)
def test_what_botocore_raises_has_a_meaning(error: Exception, failure: Failure | None) -> None:
    assert failure_raised(error) is failure


def test_a_bug_is_no_failure_of_aws() -> None:
    with pytest.raises(KeyError, match="a bug"):
        call_failed(KeyError("a bug"), COST_AND_USAGE, None)


def test_an_answer_that_could_not_be_read_is_not_quoted() -> None:
    failed = call_failed(ResponseParserError("invalid XML: <Secret>x"), ASSUME_ROLE, "dev")
    assert (failed.failure, failed.message, failed.profile) == (Failure.CUT, "", "dev")
