"""What a doctor finds on the way to AWS."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli import config
from finops_cli.domain.check import Check, State
from finops_cli.errors import NoCredentials, SourceError
from finops_cli.sources.aws.checks import access
from finops_cli.sources.aws.checks.access import Caller
from finops_cli.sources.aws.guard.calls import CallFailed, Failure
from finops_cli.sources.aws.session.identity import Identity

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
USER = Identity("111122223333", "arn:aws:iam::111122223333:user/ada", "aws")
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hidden"}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


def answers(host: str, port: int, seconds: float) -> None:
    assert host and port and seconds


def silent(host: str, port: int, seconds: float) -> None:
    raise OSError("Connection refused")


def test_credentials_of_the_environment(environment: dict[str, str]) -> None:
    found = access.credentials(None, environment | KEYS)
    assert (found.state, found.what) == (State.OK, "An access key.")
    ending = {"AWS_CREDENTIAL_EXPIRATION": "2026-11-24T21:00:00Z"}
    assert (
        "until 2026-11-24T21:00:00Z" in access.credentials(None, environment | KEYS | ending).what
    )


def test_no_credentials_may_still_be_those_of_the_machine(environment: dict[str, str]) -> None:
    found = access.credentials(None, environment)
    assert found.state is State.OK and "role of this machine" in found.what


def test_a_profile_that_does_not_exist(environment: dict[str, str]) -> None:
    found = access.credentials("prod", environment)
    assert (found.state, found.exit_code) == (State.FAILED, 4)
    assert "'prod'" in found.what and "aws configure --profile prod" in found.fix


def test_a_role_that_wants_a_code(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(
        "[profile prod]\nrole_arn = arn:aws:iam::111122223333:role/R\n"
        "mfa_serial = arn:aws:iam::1:mfa/ada\ncredential_source = Environment\n"
    )
    found = access.credentials("prod", environment)
    assert (found.state, found.exit_code) == (State.FAILED, 4)
    assert "MFA" in found.what and "profile prod" in found.what


def test_identity() -> None:
    found = access.identity(access.caller(lambda: USER))
    assert (found.state, found.what) == (State.OK, f"{USER.arn}.")


def test_the_root_user_is_too_much() -> None:
    root = Identity("111122223333", "arn:aws:iam::111122223333:root", "aws")
    found = access.identity(access.caller(lambda: root))
    assert (found.state, found.fix) == (State.WARNING, "finops iam-policy")


@pytest.mark.parametrize(
    "error",
    [
        CallFailed(Failure.EXPIRED, "ExpiredToken", "over"),
        CallFailed(Failure.CREDENTIALS, "InvalidClientTokenId", "unknown"),
        NoCredentials("There is no AWS profile 'x'.", "Make it."),
    ],
)
def test_no_identity_fails_the_setup(error: CallFailed | NoCredentials) -> None:
    def ask() -> Identity:
        raise error

    found = access.identity(access.caller(ask))
    assert (found.state, found.exit_code) == (State.FAILED, 4)
    assert found.what and found.fix


def refused(server: datetime, sign: str = "-") -> Caller:
    """Return AWS's refusal of a request for its time, as STS words it."""
    at = f"{server:%Y%m%dT%H%M%SZ}"
    words = f"Signature expired: 20261124T000000Z is now earlier than X ({at} {sign} 5 min.)"
    return Caller(error=CallFailed(Failure.CREDENTIALS, "SignatureDoesNotMatch", words))


def test_a_clock_that_aws_accepts() -> None:
    assert access.clock(Caller(USER), NOW).state is State.OK


@pytest.mark.parametrize(
    ("minutes", "said"), [(-20, "20 minutes fast"), (6, "6 minutes slow"), (90, "90 minutes slow")]
)
def test_a_clock_that_is_off(minutes: int, said: str) -> None:
    found = access.clock(refused(NOW + timedelta(minutes=minutes), "+-"[minutes > 0]), NOW)
    assert found.state is State.FAILED and said in found.what
    assert found.fix


def test_a_clock_that_is_right_after_all() -> None:
    assert access.clock(refused(NOW + timedelta(minutes=1)), NOW).state is State.OK


def test_a_clock_that_nobody_could_compare() -> None:
    down = Caller(error=CallFailed(Failure.NETWORK, "EndpointConnectionError", "no route"))
    assert access.clock(down, NOW).state is State.SKIPPED


def test_endpoints() -> None:
    assert "us-east-1" in access.endpoint("aws", {}).what
    assert "cn-northwest-1" in access.endpoint("aws-cn", {}).what
    gov = access.endpoint("aws-us-gov", {})
    assert (gov.state, gov.exit_code) == (State.FAILED, 4) and "GovCloud" in gov.what


def test_an_endpoint_of_ones_own_is_told_without_its_password() -> None:
    found = access.endpoint("aws", {"AWS_ENDPOINT_URL_CE": "http://me:secret@localhost:1/x"})
    assert (found.state, found.fix) == (State.WARNING, "unset AWS_ENDPOINT_URL_CE")
    assert "http://localhost:1/x" in found.what and "secret" not in found.what


def test_no_proxy() -> None:
    assert "None is set" in access.proxy({}, silent).what


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_a_proxy_that_answers(name: str) -> None:
    found = access.proxy({name: "http://me:secret@proxy:3128", "NO_PROXY": "localhost"}, answers)
    assert found.state is State.OK
    assert found.what == "http://proxy:3128 answers; it is not used for localhost."


@pytest.mark.parametrize("url", ["http://me:secret@proxy:3128", "http://proxy:port", "proxy"])
def test_a_proxy_that_does_not(url: str) -> None:
    found = access.proxy({"HTTPS_PROXY": url}, silent)
    assert found.state is State.FAILED and "unset HTTPS_PROXY" in found.fix
    assert "secret" not in found.what + found.fix


def test_dialling_where_nobody_listens() -> None:
    with pytest.raises(OSError):
        access.dial("127.0.0.1", 9, 0.5)


def caps(spent: str = "0", **flags: str) -> Check:
    return access.caps(config.load(flags, {}, Path(os.devnull)), lambda: Decimal(spent))


def test_no_cap_beyond_a_run() -> None:
    found = caps(spent="1.5")
    assert found.what.startswith("At most $1.00 a run")
    assert found.state is State.WARNING and "$1.50 spent this month" in found.what
    assert found.fix.startswith("finops config set max_api_cost_per_month")


def test_caps() -> None:
    found = caps(max_api_cost="0.50", max_api_cost_per_month="5")
    assert found.state is State.OK
    assert found.what == "At most $0.50 a run, $5 a month; $0.00 spent this month."


def test_a_cap_of_nothing_is_a_cap() -> None:
    assert caps(max_api_cost_per_day="0").what.startswith("At most $1.00 a run, $0 a day")


def test_a_cap_that_is_no_amount() -> None:
    found = caps(max_api_cost="much")
    assert found.state is State.FAILED and "'much'" in found.what


def test_a_book_that_cannot_be_read() -> None:
    def spent() -> Decimal:
        raise SourceError("The book cannot be used.", "Move it away.")

    found = access.caps(config.load({}, {}, Path(os.devnull)), spent)
    assert (found.state, found.fix) == (State.FAILED, "Move it away.")
