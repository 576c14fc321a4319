"""Sessions of boto3 for who makes clients himself, and streams that nobody forgets to close."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from finops_cli.errors import NoCredentials
from finops_cli.sources.aws.session.session import boto_session
from finops_cli.sources.aws.session.streams import close_streams

CONFIG = """\
[profile mfa]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile base]
region = eu-north-1
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = for-tests-only
"""


class Stream:
    """A stream of two events, which may end with an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self.closed = 0
        self._error = error

    def __iter__(self) -> Iterator[str]:
        yield "one"
        yield "two"
        if self._error:
            raise self._error

    def close(self) -> None:
        self.closed += 1


def test_a_stream_that_is_read_to_its_end_is_closed() -> None:
    stream = Stream()
    parsed = {"stream": stream}
    close_streams(parsed)
    assert list(parsed["stream"]) == ["one", "two"]
    assert stream.closed == 1


def test_a_stream_that_fails_is_closed_before_anybody_hears_of_it() -> None:
    stream = Stream(OSError("cut"))
    parsed = {"stream": stream}
    close_streams(parsed)
    read = []
    with pytest.raises(OSError, match="cut"):
        for event in parsed["stream"]:
            read.append(event)
    assert (read, stream.closed) == (["one", "two"], 1)


def test_a_reader_may_hang_up() -> None:
    stream = Stream()
    parsed = {"stream": stream}
    close_streams(parsed)
    parsed["stream"].close()
    assert stream.closed == 1


def test_an_answer_without_a_stream_stays_as_it_is() -> None:
    parsed = {"output": {"message": {}}}
    close_streams(parsed)
    assert parsed == {"output": {"message": {}}}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """AWS's files, as they are and as the process sees them: botocore reads nothing else."""
    path = tmp_path / "aws-config"
    path.write_text(CONFIG)
    environment = {"AWS_CONFIG_FILE": str(path)}
    monkeypatch.setenv("AWS_CONFIG_FILE", str(path))
    return environment


def test_a_session_is_in_the_region_that_is_named_else_in_the_profile_s(
    files: dict[str, str],
) -> None:
    assert boto_session("base", None, 5, files)[0].region_name == "eu-north-1"
    assert boto_session("base", "us-west-2", 5, files)[0].region_name == "us-west-2"


def test_a_session_without_any_region_is_in_the_partition_s_first() -> None:
    assert boto_session(None, None, 5, {})[0].region_name == "us-east-1"


def test_clients_send_once_and_wait_as_long_as_they_are_told(files: dict[str, str]) -> None:
    behaviour = boto_session("base", None, 2.5, files)[1]
    assert behaviour.retries == {"mode": "standard", "total_max_attempts": 1}
    assert behaviour.read_timeout == 2.5


@pytest.mark.parametrize(("profile", "said"), [("mfa", "MFA"), ("nobody", "nobody")])
def test_a_profile_that_cannot_be_used_is_told(
    profile: str, said: str, files: dict[str, str]
) -> None:
    with pytest.raises(NoCredentials, match=said):
        boto_session(profile, None, 5, files)
