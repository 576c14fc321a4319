"""Which credentials would answer: what botocore itself would take, and never a secret of them."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError
from botocore.session import Session as Engine
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.errors import NoCredentials
from finops_cli.sources.aws.session.credentials import Found, find, profiles, resolve_without_asking

SECRET = "wJalrXUtnFEMI"
KEYS = {"aws_access_key_id": "AKIDPROFILE", "aws_secret_access_key": SECRET}
SSO = {
    "sso_session": "corp",
    "sso_account_id": "111122223333",
    "sso_role_name": "ReadOnly",
}
CORP = "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n"
ROLE = {"role_arn": "arn:aws:iam::999988887777:role/read", "source_profile": "base"}
WEB = {
    "role_arn": "arn:aws:iam::444455556666:role/web",
    "web_identity_token_file": "/nowhere/token",
}
BASE = {"aws_access_key_id": "AKIDBASE", "aws_secret_access_key": SECRET}
PROCESS = {
    "credential_process": """echo '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "S"}'"""
}
OF_ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": SECRET}


def _ini(sections: dict[str, dict[str, str]]) -> str:
    return "".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in section.items())
        for name, section in sections.items()
    )


@pytest.fixture
def files(tmp_path: Path) -> Iterator["Files"]:
    yield Files(tmp_path)


class Files:
    """The two files of one home, and the environment that leads to them."""

    def __init__(self, home: Path) -> None:
        self.config = home / "config"
        self.credentials = home / "credentials"
        self.environment = {
            "AWS_CONFIG_FILE": str(self.config),
            "AWS_SHARED_CREDENTIALS_FILE": str(self.credentials),
        }

    def write(self, config: str, credentials: str = "") -> None:
        self.config.write_text(config)
        self.credentials.write_text(credentials)

    def find(self, profile: str | None = None, **more: str) -> Found:
        return find(profile, {**self.environment, **more})


def test_nothing_at_all(files: Files) -> None:
    assert files.find() == Found(None, "none", None, None, None)
    assert not resolve_without_asking(files.environment)
    assert profiles(files.environment) == ()


def test_keys_of_the_environment(files: Files) -> None:
    found = files.find(**OF_ENVIRONMENT, AWS_REGION="eu-west-1")
    assert (found.kind, found.region, found.account) == ("keys", "eu-west-1", None)
    assert found.fingerprint and resolve_without_asking({**files.environment, **OF_ENVIRONMENT})


def test_a_named_profile_outdoes_the_environment_and_one_of_the_environment_does_not(
    files: Files,
) -> None:
    files.write(_ini({"profile dev": SSO}) + CORP)
    assert files.find("dev", **OF_ENVIRONMENT).kind == "sso"
    chosen = files.find(**OF_ENVIRONMENT, AWS_PROFILE="dev")
    assert (chosen.kind, chosen.profile) == ("keys", "dev")


def test_a_role_names_its_account(files: Files) -> None:
    files.write(_ini({"profile dev": ROLE}), _ini({"base": BASE}))
    found = files.find("dev")
    assert (found.kind, found.account, found.mfa) == ("role", "999988887777", False)


@pytest.mark.parametrize("asks", ["dev", "middle"])
def test_mfa_anywhere_on_the_way_is_seen(files: Files, asks: str) -> None:
    dev = {**ROLE, "source_profile": "middle"}
    sections = {"dev": dev, "middle": dict(ROLE), "base": BASE}
    sections[asks] = {**sections[asks], "mfa_serial": "arn:aws:iam::1:mfa/ann"}
    files.write(_ini({f"profile {name}": section for name, section in sections.items()}))
    assert files.find("dev").mfa
    assert not files.find("base").mfa


def test_roles_that_go_round_are_an_error(files: Files) -> None:
    there = {**ROLE, "source_profile": "back"}
    back = {**ROLE, "source_profile": "there"}
    files.write(_ini({"profile there": there, "profile back": back}))
    with pytest.raises(NoCredentials, match="there > back > there"):
        files.find("there")


def test_a_role_may_be_taken_with_the_keys_of_its_own_profile(files: Files) -> None:
    files.write(_ini({"profile dev": {**ROLE, **KEYS, "source_profile": "dev"}}))
    assert files.find("dev").kind == "role"


def test_an_sso_profile_names_its_account_and_no_secret(files: Files) -> None:
    files.write(_ini({"profile dev": SSO}) + CORP)
    found = files.find("dev")
    assert (found.kind, found.account, found.partition) == ("sso", "111122223333", "aws")


@pytest.mark.parametrize(
    ("section", "kind", "account"),
    [
        (PROCESS, "process", None),
        (WEB, "web", "444455556666"),
        ({"login_session": "arn:aws:iam::111122223333:user/ann"}, "login", "111122223333"),
        ({"sso_role_name": "half"}, "sso", None),
        ({"region": "eu-west-1"}, "none", None),
    ],
)
def test_the_other_kinds(
    files: Files, section: dict[str, str], kind: str, account: str | None
) -> None:
    files.write(_ini({"profile dev": section}))
    found = files.find("dev")
    assert (found.kind, found.account) == (kind, account)
    assert (found.fingerprint is None) == (account is None)


def test_a_container_is_known_and_its_account_is_not(files: Files) -> None:
    found = files.find(AWS_CONTAINER_CREDENTIALS_RELATIVE_URI="/v2/x")
    assert (found.kind, found.fingerprint) == ("container", None)


def test_a_web_identity_of_the_environment(files: Files) -> None:
    found = files.find(
        AWS_WEB_IDENTITY_TOKEN_FILE="/token", AWS_ROLE_ARN="arn:aws-cn:iam::444455556666:role/w"
    )
    assert (found.kind, found.account, found.partition) == ("web", "444455556666", "aws-cn")
    assert files.find(AWS_WEB_IDENTITY_TOKEN_FILE="/token").fingerprint is None


@pytest.mark.parametrize(
    ("section", "more", "region", "partition", "working"),
    [
        ({"region": "cn-north-1"}, {"AWS_REGION": "eu-west-1"}, "cn-north-1", "aws-cn", None),
        ({}, {"AWS_DEFAULT_REGION": "eu-west-1"}, "eu-west-1", "aws", None),
        ({}, {}, None, "aws", "us-east-1"),
        ({"role_arn": "arn:aws-us-gov:iam::1:role/r"}, {}, None, "aws", "us-east-1"),
        (
            {"role_arn": "arn:aws-us-gov:iam::111122223333:role/r"},
            {},
            None,
            "aws-us-gov",
            "us-gov-west-1",
        ),
    ],
)
def test_the_partition_is_told_by_the_region_then_the_role(
    files: Files,
    section: dict[str, str],
    more: dict[str, str],
    region: str | None,
    partition: str,
    working: str | None,
) -> None:
    files.write(_ini({"profile dev": section}))
    found = files.find("dev", **more)
    assert (found.region, found.partition) == (region, partition)
    assert found.working_region == (working or region)


def test_an_unknown_profile_names_the_closest(files: Files) -> None:
    files.write(_ini({"profile production": KEYS}))
    with pytest.raises(NoCredentials, match="no AWS profile 'prodction'") as error:
        files.find("prodction")
    assert error.value.hint == "Did you mean production?"
    with pytest.raises(NoCredentials):
        resolve_without_asking({**files.environment, "AWS_PROFILE": "prodction"})


@pytest.mark.parametrize(
    "content",
    ["no section at all", "[a]\n[a]\n", f"[a]\naws_secret_access_key {SECRET}\n", "[a\nb = 1\n"],
)
def test_a_broken_file_is_told_without_quoting_it(files: Files, content: str) -> None:
    files.write("", content)
    with pytest.raises(NoCredentials) as error:
        files.find()
    assert str(files.credentials) in error.value.message
    assert SECRET not in f"{error.value.message}{error.value.hint}"
    assert error.value.__suppress_context__


def test_a_file_of_other_bytes_is_told(files: Files) -> None:
    files.config.write_bytes(b"[a]\nb = \xff\n")
    with pytest.raises(NoCredentials, match="cannot be read"):
        files.find()


def test_profiles_are_those_of_both_files(files: Files) -> None:
    config = {"default": {}, 'profile "two words"': {}, "preview": {}, "sso-session corp": {}}
    files.write(_ini(config), _ini({"keys": KEYS}))
    assert profiles(files.environment) == ("default", "two words", "keys")


def test_the_home_folder_is_the_environments(tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(_ini({"default": KEYS}))
    assert find(None, {"HOME": str(tmp_path)}).kind == "keys"


def test_a_fingerprint_tells_accounts_and_endpoints_apart(files: Files) -> None:
    files.write(
        _ini(
            {
                "profile one": KEYS,
                "profile same": {**KEYS, "aws_session_token": "other", "region": "eu-west-1"},
                "profile two": {**KEYS, "aws_access_key_id": "AKIDTWO"},
                "profile there": {**KEYS, "endpoint_url": "http://127.0.0.1:1"},
                "profile sso": SSO,
                "profile sso2": {**SSO, "sso_account_id": "222233334444"},
            }
        )
        + CORP
    )
    told = {name: files.find(name).fingerprint for name in profiles(files.environment)}
    assert told["one"] == told["same"]
    assert len(set(told.values())) == len(told) - 1
    elsewhere = files.find("one", AWS_ENDPOINT_URL_STS="http://127.0.0.1:2").fingerprint
    assert elsewhere not in told.values()


SECTIONS = st.lists(
    st.sampled_from([KEYS, SSO, ROLE, PROCESS, WEB, {"region": "eu-west-1"}]), max_size=4
).map(lambda parts: {key: value for part in parts for key, value in part.items()})
METHODS = {
    "env": "keys",
    "shared-credentials-file": "keys",
    "config-file": "keys",
    "sso": "sso",
    "assume-role": "role",
    "assume-role-with-web-identity": "web",
    "custom-process": "process",
    None: "none",
}


def _kind_of_botocore(profile: str | None) -> str:
    credentials = Engine(profile=profile).get_credentials()
    return METHODS[credentials.method if credentials else None]


@settings(max_examples=60, deadline=None)
@given(config=SECTIONS, credentials=SECTIONS, named=st.booleans(), keys=st.booleans())
def test_the_kind_is_what_botocore_takes(
    config: dict[str, str], credentials: dict[str, str], named: bool, keys: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        files = Files(Path(folder))
        section = "profile dev" if named else "default"
        files.write(
            _ini({section: config}) + CORP, _ini({section.split()[-1]: credentials, "base": BASE})
        )
        more = {"AWS_EC2_METADATA_DISABLED": "true", **(OF_ENVIRONMENT if keys else {})}
        for name, value in {**files.environment, **more}.items():
            patch.setenv(name, value)
        profile = "dev" if named else None
        found = find(profile, dict(os.environ))
        try:
            assert found.kind == _kind_of_botocore(profile)
        except BotoCoreError:
            assert found.kind in ("role", "sso", "web"), "one that lacks a part of itself"
        assert SECRET not in str(asdict(found))
