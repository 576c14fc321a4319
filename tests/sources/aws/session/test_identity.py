"""Identities are remembered by what decides them, and never given to other credentials."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from finops_cli.sources.aws.session.credentials import Found, find
from finops_cli.sources.aws.session.identity import Identities, Identity

ONE = Identity("111122223333", "arn:aws:iam::111122223333:user/ann", "aws")
TWO = Identity("444455556666", "arn:aws-cn:iam::444455556666:user/bo", "aws-cn")
ROOT = Path(__file__).parents[4]


class Sts:
    """Answers who is calling, and counts how often it is asked."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.asked = 0

    def __call__(self) -> Identity:
        self.asked += 1
        return self.identity


def _found(key: str) -> Found:
    home = {"AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere"}
    return find(None, {"AWS_ACCESS_KEY_ID": key, **home})


def test_sts_is_asked_once(tmp_path: Path) -> None:
    sts = Sts(ONE)
    assert Identities(tmp_path).of(_found("A"), sts) == ONE
    assert Identities(tmp_path).of(_found("A"), sts) == ONE
    assert sts.asked == 1


def test_another_key_never_gets_the_first_ones_account(tmp_path: Path) -> None:
    assert Identities(tmp_path).of(_found("A"), Sts(ONE)) == ONE
    assert Identities(tmp_path).of(_found("B"), Sts(TWO)) == TWO
    assert Identities(tmp_path).of(_found("A"), Sts(TWO)) == ONE
    assert Identities(tmp_path).of(_found("B"), Sts(ONE)) == TWO


def test_what_has_no_fingerprint_is_asked_each_time_and_not_kept(tmp_path: Path) -> None:
    container = Found(None, "container", None, None, None)
    sts = Sts(ONE)
    for _ in range(2):
        Identities(tmp_path).of(container, sts)
    assert sts.asked == 2 and list(tmp_path.iterdir()) == []


def test_the_file_is_private_and_holds_no_key(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    Identities(cache).of(_found("AKIDEXAMPLE"), Sts(ONE))
    file = cache / "aws" / "identities.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "AKIDEXAMPLE" not in file.read_text()


def _damage(file: Path, value: object) -> None:
    content = json.loads(file.read_text())
    (key,) = content["identities"]
    content["identities"][key] = value
    file.write_text(json.dumps(content))


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"account": "1"}, {"account": 1, "arn": "a", "partition": "aws"}, "text"],
)
def test_a_damaged_entry_is_asked_anew(tmp_path: Path, value: object) -> None:
    Identities(tmp_path).of(_found("A"), Sts(TWO))
    _damage(tmp_path / "aws" / "identities.json", value)
    assert Identities(tmp_path).of(_found("A"), Sts(ONE)) == ONE
    assert Identities(tmp_path).of(_found("A"), Sts(TWO)) == ONE


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": "x"}', "\udcff"])
def test_a_damaged_file_is_no_memory(tmp_path: Path, content: str) -> None:
    file = tmp_path / "aws" / "identities.json"
    file.parent.mkdir()
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert Identities(tmp_path).of(_found("A"), Sts(ONE)) == ONE
    assert Identities(tmp_path).of(_found("A"), Sts(TWO)) == ONE


def test_a_warm_run_loads_no_boto(tmp_path: Path) -> None:
    Identities(tmp_path).of(_found("A"), Sts(ONE))
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from finops_cli.sources.aws.session.credentials import find\n"
        "from finops_cli.sources.aws.session.identity import Identities\n"
        "from finops_cli.sources.aws.session.session import Session\n"
        "home = {'AWS_CONFIG_FILE': '/nowhere', 'AWS_SHARED_CREDENTIALS_FILE': '/nowhere'}\n"
        "environment = {'AWS_ACCESS_KEY_ID': 'A', **home}\n"
        "session = Session(None, None, environment)\n"
        "found = find(None, environment)\n"
        "print(Identities(Path(sys.argv[1])).of(found, session.identity).account)\n"
        "print(any(name.startswith('boto') for name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.split() == ["111122223333", "False"]
