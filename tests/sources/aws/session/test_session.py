"""Real clients of botocore against answers on the wire: each failure has its name."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from finops_cli import __version__
from finops_cli.errors import Denied, Disabled, NoCredentials
from finops_cli.sources.aws.guard.calls import CallFailed, Failure, Reply
from finops_cli.sources.aws.guard.operations import (
    CALLER_IDENTITY,
    COST_AND_USAGE,
    DESCRIBE_ORGANIZATION,
    Operation,
)
from finops_cli.sources.aws.session.identity import Identity
from finops_cli.sources.aws.session.session import Role, Session
from tests.sources.aws.loopback import (
    Answer,
    Loopback,
    Request,
    answer,
    as_json,
    as_xml,
    refusal,
    refusal_xml,
)

ROOT = Path(__file__).parents[4]
PERIOD = {"Start": "2026-10-01", "End": "2026-11-01"}
ASKED = {"TimePeriod": PERIOD, "Granularity": "MONTHLY", "Metrics": ["UnblendedCost"]}
BILL = {"ResultsByTime": [{"TimePeriod": PERIOD, "Total": {}, "Groups": [], "Estimated": False}]}
CALLER = (
    "<Arn>arn:aws:iam::111122223333:user/ann</Arn><UserId>A</UserId><Account>111122223333</Account>"
)
SECRET = "wJalrXUtnFEMI"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give every test an access key and a home without files."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    yield


@pytest.fixture
def write(tmp_path: Path) -> Path:
    (tmp_path / ".aws").mkdir()
    return tmp_path / ".aws"


def _at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)


def _ask(
    says: Answer,
    monkeypatch: pytest.MonkeyPatch,
    operation: Operation = COST_AND_USAGE,
    profile: str | None = None,
) -> Reply:
    parameters = ASKED if operation is COST_AND_USAGE else {}
    with Loopback(says) as server:
        _at(server.url, monkeypatch)
        session = Session(profile)
        try:
            return session(operation, parameters)
        finally:
            session.close()
            assert len(server.requests) <= 1, "one call is one request"


def _failure(
    says: Answer, monkeypatch: pytest.MonkeyPatch, operation: Operation = COST_AND_USAGE
) -> CallFailed:
    with pytest.raises(CallFailed) as failed:
        _ask(says, monkeypatch, operation)
    return failed.value


def test_an_answer_is_plain_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _ask(lambda request: as_json(BILL), monkeypatch) == BILL


def test_a_request_says_who_asks_and_is_signed_for_the_home_of_billing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with Loopback(lambda request: as_json(BILL)) as server:
        _at(server.url, monkeypatch)
        Session(None)(COST_AND_USAGE, ASKED)
    sent = server.requests[0]
    assert f"finops/{__version__}" in sent.headers["user-agent"]
    assert "/us-east-1/ce/aws4_request" in sent.headers["authorization"]
    assert sent.headers["x-amz-target"] == "AWSInsightsIndexService.GetCostAndUsage"
    assert json.loads(sent.body) == ASKED


@pytest.mark.parametrize(
    ("region", "signed"),
    [("cn-north-1", "cn-northwest-1"), ("eusc-de-east-1", "eusc-de-east-1"), ("", "us-east-1")],
)
def test_the_region_of_the_profile_decides_the_partition(
    region: str, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    with Loopback(lambda request: as_json(BILL)) as server:
        _at(server.url, monkeypatch)
        Session(None)(COST_AND_USAGE, ASKED)
    assert f"/{signed}/ce/" in server.requests[0].headers["authorization"]


def test_govcloud_is_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-gov-east-1")
    with Loopback(lambda request: as_json(BILL)) as server:
        _at(server.url, monkeypatch)
        with pytest.raises(Disabled, match="Cost Explorer does not exist in GovCloud"):
            Session(None)(COST_AND_USAGE, ASKED)
    assert server.requests == []


@pytest.mark.parametrize(
    ("says", "failure", "code"),
    [
        (refusal("ThrottlingException"), Failure.THROTTLED, "ThrottlingException"),
        (refusal("LimitExceededException"), Failure.THROTTLED, "LimitExceededException"),
        (refusal("InternalFailure", status=500), Failure.SERVER, "InternalFailure"),
        (refusal("Unheard", status=503), Failure.SERVER, "Unheard"),
        (refusal("AccessDeniedException"), Failure.DENIED, "AccessDeniedException"),
        (refusal("ExpiredTokenException"), Failure.EXPIRED, "ExpiredTokenException"),
        (
            refusal("UnrecognizedClientException"),
            Failure.CREDENTIALS,
            "UnrecognizedClientException",
        ),
        (refusal("DataUnavailableException"), Failure.UNAVAILABLE, "DataUnavailableException"),
        (refusal("ValidationException", "bad"), Failure.REFUSED, "ValidationException"),
        (answer(500, b"<!doctype html><p>Oops"), Failure.SERVER, "500"),
        (answer(404, b"<html>none</html>"), Failure.REFUSED, "404"),
        (answer(407, b"<html>password</html>"), Failure.NETWORK, "407"),
        (answer(502, b""), Failure.SERVER, "502"),
        (b"", Failure.NETWORK, "ConnectionClosedError"),
        (b"no HTTP at all\r\n\r\n", Failure.NETWORK, "ConnectionClosedError"),
    ],
)
def test_each_failure_has_its_name(
    says: bytes, failure: Failure, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = _failure(lambda request: says, monkeypatch)
    assert (failed.failure, failed.code) == (failure, code)


WHOLE = json.dumps(BILL).encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + WHOLE[:20]
UNMEASURED = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "says",
    [
        answer(200, WHOLE[:30], len(WHOLE)),
        answer(200, b"", len(WHOLE)),
        answer(200, b'{"ResultsByTime": []}', len(WHOLE)),
        answer(200, b""),
        answer(200, b"<html>Welcome to our network</html>"),
        CHUNKED,
        UNMEASURED + WHOLE[:40],
        UNMEASURED + WHOLE[:-1],
    ],
)
def test_an_answer_that_breaks_off_is_never_an_empty_bill(
    says: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _failure(lambda request: says, monkeypatch).failure is Failure.CUT


def test_an_answer_of_no_promised_length_may_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _ask(lambda request: UNMEASURED + WHOLE, monkeypatch) == BILL


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda request: b"") as server:
        _at(server.url, monkeypatch)
    with pytest.raises(CallFailed) as failed:
        Session(None)(COST_AND_USAGE, ASKED)
    assert (failed.value.failure, failed.value.code) == (
        Failure.NETWORK,
        "EndpointConnectionError",
    )


def test_a_request_that_the_model_forbids_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CallFailed) as failed:
        Session(None)(COST_AND_USAGE, {"Nonsense": 1})
    assert (failed.value.failure, failed.value.code) == (Failure.REFUSED, "ParamValidationError")


@pytest.mark.parametrize(
    ("recording", "status", "failure"),
    [("organization_denied", 403, Failure.DENIED), ("organization_none", 404, Failure.DISABLED)],
)
def test_recorded_refusals(
    recording: str, status: int, failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = json.loads((ROOT / f"tests/data/aws/{recording}.json").read_text())["data"]["Error"]
    says = refusal(error["Code"], error["Message"], status)
    failed = _failure(lambda request: says, monkeypatch, DESCRIBE_ORGANIZATION)
    assert (failed.failure, failed.message) == (failure, error["Message"])


def test_identity_is_asked_of_sts(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda request: as_xml("GetCallerIdentity", CALLER)) as server:
        _at(server.url, monkeypatch)
        who = Session(None).identity()
    assert who == Identity("111122223333", "arn:aws:iam::111122223333:user/ann", "aws")
    assert server.requests[0].form["Action"] == "GetCallerIdentity"


@pytest.mark.parametrize(
    ("says", "failure"),
    [
        (refusal_xml("InvalidClientTokenId"), Failure.CREDENTIALS),
        (refusal_xml("SignatureDoesNotMatch", "Signature expired: x"), Failure.CREDENTIALS),
        (refusal_xml("ExpiredToken"), Failure.EXPIRED),
        (answer(500, b"<!DOCTYPE HTML><title>500"), Failure.SERVER),
        (answer(200, as_xml("GetCallerIdentity", CALLER)[-200:-60]), Failure.CUT),
    ],
)
def test_failures_of_an_api_in_xml(
    says: bytes, failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _failure(lambda request: says, monkeypatch, CALLER_IDENTITY).failure is failure


def _role_given(until: datetime, key: str = "ASIAROLE") -> bytes:
    return as_xml(
        "AssumeRole",
        f"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>"
        f"<SessionToken>token</SessionToken><Expiration>{until.isoformat()}</Expiration>"
        "</Credentials>",
    )


def _says_role(request: Request) -> bytes:
    if "x-amz-target" in request.headers:
        return as_json(BILL)
    return _role_given(NOON + timedelta(hours=1))


def test_a_role_is_taken_once_and_renewed_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    role = Role("finops-read", "999988887777", "x-1")
    with Loopback(_says_role) as server:
        _at(server.url, monkeypatch)
        session = Session(None, role, clock=watch)
        for minutes in (0, 30, 24, 2):
            watch.sleep(60 * minutes)
            assert session(COST_AND_USAGE, ASKED) == BILL
    asked = [request.form for request in server.requests if not request.headers.get("x-amz-target")]
    assert [each["RoleArn"] for each in asked] == ["arn:aws:iam::999988887777:role/finops-read"] * 2
    assert (asked[0]["RoleSessionName"], asked[0]["ExternalId"]) == ("finops", "x-1")
    assert "x-amz-target" not in server.requests[-2].headers, "renewed with two minutes to go"
    bills = [each.headers for each in server.requests if "x-amz-target" in each.headers]
    assert len(bills) == 4
    assert all("Credential=ASIAROLE/" in headers["authorization"] for headers in bills)


def test_roles_share_the_session_that_they_are_taken_from(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(_says_role) as server:
        _at(server.url, monkeypatch)
        base = Session(None, clock=Watch())
        for account in ("111111111111", "222222222222"):
            base.taking(Role("finops-read", account))(COST_AND_USAGE, ASKED)
    asked = [request.form.get("RoleArn") for request in server.requests]
    assert asked[0] == "arn:aws:iam::111111111111:role/finops-read"
    assert asked[2] == "arn:aws:iam::222222222222:role/finops-read"


def test_threads_that_begin_at_once_take_a_role_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(_says_role) as server:
        _at(server.url, monkeypatch)
        session = Session(None, Role("finops-read", "999988887777"), clock=Watch())
        with ThreadPoolExecutor(8) as pool:
            bills = list(pool.map(lambda _: session(COST_AND_USAGE, ASKED), range(8)))
    assert bills == [BILL] * 8
    assert len([each for each in server.requests if "x-amz-target" not in each.headers]) == 1


def test_roles_of_one_session_may_be_taken_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(_says_role) as server:
        _at(server.url, monkeypatch)
        base = Session(None, clock=Watch())
        roles = [base.taking(Role("finops-read", f"{number:012}")) for number in range(8)]
        with ThreadPoolExecutor(8) as pool:
            bills = list(pool.map(lambda session: session(COST_AND_USAGE, ASKED), roles))
    assert bills == [BILL] * 8
    taken = {request.form["RoleArn"] for request in server.requests if "RoleArn" in request.form}
    assert taken == {f"arn:aws:iam::{number:012}:role/finops-read" for number in range(8)}


def test_a_role_that_cannot_be_taken_names_its_own_permission(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Loopback(lambda request: refusal_xml("AccessDenied")) as server:
        _at(server.url, monkeypatch)
        with pytest.raises(Denied, match="sts:AssumeRole") as denied:
            Session(None, Role("finops-read", "999988887777"))(COST_AND_USAGE, ASKED)
    assert "external id" in denied.value.hint


def test_a_busy_sts_is_asked_again_by_whoever_called(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda request: refusal_xml("Throttling", status=400)) as server:
        _at(server.url, monkeypatch)
        with pytest.raises(CallFailed) as failed:
            Session(None, Role("finops-read", "999988887777"))(COST_AND_USAGE, ASKED)
    assert failed.value.failure is Failure.THROTTLED


def test_a_cut_answer_with_credentials_never_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _role_given(NOON)
    body = whole[whole.index(b"<AssumeRole") : -80]
    with Loopback(lambda request: answer(200, body)) as server:
        _at(server.url, monkeypatch)
        with pytest.raises(CallFailed) as failed:
            Session(None, Role("finops-read", "999988887777"))(COST_AND_USAGE, ASKED)
    error = failed.value
    assert error.failure is Failure.CUT and SECRET not in str(error)
    assert error.__suppress_context__


def _without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")


def test_no_credentials_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_keys(monkeypatch)
    failed = _failure(lambda request: b"", monkeypatch)
    assert (failed.failure, failed.code) == (Failure.CREDENTIALS, "NoCredentialsError")


def test_half_of_the_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    failed = _failure(lambda request: b"", monkeypatch)
    assert (failed.failure, failed.code) == (Failure.CREDENTIALS, "PartialCredentialsError")
    assert "AWS_SECRET_ACCESS_KEY" in failed.message


def test_an_unknown_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoCredentials, match="no AWS profile 'typo'"):
        Session("typo")(COST_AND_USAGE, ASKED)


@pytest.mark.parametrize(
    ("config", "failure", "code"),
    [
        (
            "sso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n"
            "[sso-session s]\nsso_start_url = https://example.com/start\nsso_region = eu-west-1\n",
            Failure.EXPIRED,
            "SSOTokenLoadError|UnauthorizedSSOTokenError|TokenRetrievalError",
        ),
        ("credential_process = /nowhere/at/all\n", Failure.CREDENTIALS, "FileNotFoundError"),
        ("credential_process = echo no-json\n", Failure.CREDENTIALS, "JSONDecodeError"),
        ("credential_process = false\n", Failure.CREDENTIALS, "CredentialRetrievalError"),
        (
            "role_arn = arn:aws:iam::999988887777:role/r\nsource_profile = k\n"
            "mfa_serial = arn:aws:iam::111122223333:mfa/ann\n"
            "[profile k]\naws_access_key_id = A\naws_secret_access_key = S\n",
            Failure.CREDENTIALS,
            "RefreshWithMFAUnsupportedError",
        ),
        ("role_arn = arn:aws:iam::999988887777:role/r\n", Failure.CREDENTIALS, "Partial.*"),
        (
            "login_session = arn:aws:iam::111122223333:user/ann\n",
            None,  # whether botocore can read it depends on what is installed
            "Login.*|MissingDependencyException",
        ),
    ],
)
def test_profiles_that_do_not_work(
    config: str, failure: Failure | None, code: str, write: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (write / "config").write_text(f"[profile dev]\n{config}")
    with pytest.raises(CallFailed, match=f"^({code}): ") as failed:
        _ask(lambda request: b"", monkeypatch, profile="dev")
    assert failed.value.profile == "dev"
    expected = (failure,) if failure else (Failure.EXPIRED, Failure.CREDENTIALS)
    assert failed.value.failure in expected


def test_a_role_of_the_profile_that_is_denied_is_not_a_missing_permission_for_costs(
    write: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (write / "config").write_text(
        "[profile dev]\nrole_arn = arn:aws:iam::999988887777:role/r\nsource_profile = k\n"
        "[profile k]\naws_access_key_id = A\naws_secret_access_key = S\n"
    )
    with pytest.raises(CallFailed) as failed:
        _ask(lambda request: refusal_xml("AccessDenied", "not you"), monkeypatch, profile="dev")
    assert failed.value.failure is Failure.CREDENTIALS
    assert failed.value.message == "AssumeRole: not you"


def test_boto_is_loaded_only_to_send() -> None:
    code = (
        "import sys\n"
        "from finops_cli.sources.aws.session.session import Role, Session\n"
        "from finops_cli.sources.aws.session.identity import Identities\n"
        "session = Session(None, Role('r', '1'))\n"
        "session.found, session.partition\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'boto3', 'botocore'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
