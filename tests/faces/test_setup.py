"""First contact, as a person or a job meets it: ``init``, ``doctor``, ``iam-policy`` and so on."""

import io
import json
import re
import stat
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from shutil import which

import pytest

from finops_cli.faces.cli import run
from finops_cli.sources.aws.checks.policy import COMMANDS
from tests.faces.cli import Run, Terminal, finops


class Keyboard(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


def at_a_terminal(*arguments: str, typed: str = "") -> Run:
    """Run a command where stdin, stdout and stderr are a terminal."""
    out, err, before = Terminal(), Terminal(), sys.stdin
    sys.stdin = Keyboard(typed)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(arguments))
    finally:
        sys.stdin = before
    return Run(code, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def bill(home: Path) -> Path:
    file = home / "bill.csv"
    file.write_text("date,service,cost\n2026-01-01,EC2,2\n")
    return file


@pytest.fixture
def no_aws(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(home / "aws-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(home / "aws-credentials"))


# init


def test_init_writes_what_the_flags_say_for_ones_eyes_alone(home: Path) -> None:
    done = finops("init", "--source", "demo", "--metric", "amortized")
    assert done.code == 0
    file = home / "config.toml"
    assert file.read_text() == 'source = "demo"\nmetric = "amortized"\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(file) in done.out and "finops doctor" in done.out


def test_init_tells_whether_a_language_model_is_set(home: Path) -> None:
    assert "Language models are off" in finops("init", "--source", "demo", "--yes").out
    finops("config", "set", "model", "ollama:qwen3")
    told = finops("init", "--source", "demo", "--yes").out
    assert "Language model: ollama:qwen3." in told and "are off" not in told


def test_init_for_live_aws(home: Path, no_aws: None) -> None:
    (home / "aws-config").write_text("[profile billing]\nregion = eu-west-1\n")
    done = finops("init", "-s", "aws", "-p", "billing", "--max-api-cost", "0.20", "--yes")
    assert done.code == 0, done.err
    kept = (home / "config.toml").read_text()
    assert 'profile = "billing"' in kept and 'max_api_cost = "0.20"' in kept
    assert 'max_api_cost_per_month = "5"' in kept


def test_init_without_a_terminal_asks_nobody(home: Path) -> None:
    done = finops("init", stdin="demo\n")
    assert done.code == 2 and "--source" in done.err
    assert not (home / "config.toml").exists()


def test_init_replaces_nothing_unless_told(home: Path) -> None:
    file = home / "config.toml"
    file.write_text('# mine\nmetric = "list"\n')
    done = finops("init", "--source", "demo", "--metric", "unblended")
    assert done.code == 2 and "--yes" in done.err
    assert file.read_text() == '# mine\nmetric = "list"\n'
    assert finops("init", "--source", "demo", "--metric", "unblended", "--yes").code == 0
    assert file.read_text() == '# mine\nmetric = "unblended"\nsource = "demo"\n'


def test_init_writes_no_source_that_cannot_be_opened(home: Path) -> None:
    done = finops("init", "--source", str(home / "nowhere"), "--yes")
    assert done.code == 2 and "No files at" in done.err
    assert not (home / "config.toml").exists()


def test_init_keeps_a_path_that_means_the_same_everywhere(
    home: Path, bill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    assert finops("init", "--source", "bill.csv", "--yes").code == 0
    assert f'source = "{bill}"' in (home / "config.toml").read_text()
    again = finops("init", "--source", "bill.csv", "--metric", "unblended")
    assert again.code == 0, again.err
    assert "says all that already" in again.out


def test_init_into_a_file_of_ones_own(home: Path) -> None:
    other = home / "deep" / "other.toml"
    assert finops("init", "--source", "demo", "--yes", "--config", str(other)).code == 0
    assert other.exists() and not (home / "config.toml").exists()


def test_init_asks_a_person(home: Path, no_aws: None) -> None:
    done = at_a_terminal("init", typed="aws\n\n1\n\nlst\nlist\ny\n")
    assert done.code == 0, done.err
    assert (home / "config.toml").read_text() == (
        'source = "aws"\nmax_api_cost = "1"\nmax_api_cost_per_month = "5"\nmetric = "list"\n'
    )
    assert "Did you mean list?" in done.err and "Write it?" in done.err
    assert re.sub(r"\x1b\[\d*m", "", done.out).startswith("Wrote 4 settings")


@pytest.mark.parametrize("typed", ["", "demo\n", "demo\n\n", "demo\n\nn\n"])
def test_init_that_is_broken_off_writes_nothing(home: Path, typed: str) -> None:
    done = at_a_terminal("init", typed=typed)
    assert done.code == 130
    assert not (home / "config.toml").exists()


# doctor


def test_doctor_of_the_demo_looks_at_what_matters_there() -> None:
    done = finops("doctor", "-s", "demo", "-o", "json")
    document = json.loads(done.out)
    rows = {row["check"]: row["state"] for row in document["tables"][0]["rows"]}
    assert list(rows) == ["config file", "cache folder", "state folder", "source", "AWS"]
    assert rows["source"] == "ok" and rows["AWS"] == "skipped"
    assert done.code == document["exit"]["code"] == 0


def test_doctor_tells_of_a_config_file_that_nothing_else_could_start_with(home: Path) -> None:
    (home / "config.toml").write_text("sorce = 'demo'\n")
    done = finops("doctor", "-s", "demo")
    assert done.code == 1
    assert "'sorce'" in done.out and "Did you mean source?" in done.out
    assert "| source" in done.out, "a check that fails stops no other"


def test_doctor_without_anything_set_up(no_aws: None) -> None:
    done = finops("doctor")
    assert done.code == 4
    assert "No source is set" in done.out and "Next: `finops init`" in done.out


def test_doctor_of_an_export_that_is_gone(home: Path) -> None:
    done = finops("doctor", "-s", str(home / "gone"))
    assert done.code == 1 and "No files at" in done.out


def test_doctor_offline_asks_nobody() -> None:
    done = finops("doctor", "-s", "aws", "--offline")
    assert done.code == 0 and "--offline" in done.out


def test_doctor_tells_of_each_profile(home: Path, no_aws: None) -> None:
    (home / "aws-config").write_text("[profile prod]\nregion = eu-west-1\n")
    done = finops("doctor", "-s", "aws", "-p", "prdo,nope")
    assert done.code == 4
    assert "credentials (prdo)" in done.out and "Did you mean prod?" in done.out
    assert "credentials (nope)" in done.out and "Profiles: prod." in done.out


@pytest.mark.parametrize("cells", [40, 60, 80, 160])
def test_doctor_crops_nothing(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(cells))
    done = finops("doctor", "-s", "demo", "-o", "terminal")
    assert "…" not in done.out
    assert all(len(line) <= cells for line in done.out.splitlines())


# iam-policy


@pytest.mark.parametrize("more", [(), ("-o", "json"), ("-o", "csv"), ("cost", "forecast")])
def test_iam_policy_prints_the_document_and_nothing_else(more: tuple[str, ...]) -> None:
    done = finops("iam-policy", *more)
    assert done.code == 0 and done.err == ""
    assert json.loads(done.out)["Version"] == "2012-10-17"


def test_iam_policy_at_a_terminal_says_what_to_do_with_it() -> None:
    done = at_a_terminal("iam-policy", "cost")
    assert json.loads(done.out)["Statement"]
    assert "aws iam create-policy" in done.err and "finops iam-policy cost >" in done.err
    assert at_a_terminal("iam-policy", "cost", "-q").err == ""


def test_iam_policy_of_an_unknown_command() -> None:
    done = finops("iam-policy", "forcast")
    assert done.code == 2 and "Did you mean forecast?" in done.err


def test_iam_policy_takes_the_role_of_the_settings(home: Path) -> None:
    (home / "config.toml").write_text("role = 'FinopsRead'\nexternal_id = 'fin-42'\n")
    taken = json.loads(finops("iam-policy", "cost").out)["Statement"][-1]
    assert taken["Resource"] == "arn:aws:iam::*:role/FinopsRead"
    trusted = json.loads(finops("iam-policy", "--trust", "111122223333").out)["Statement"][0]
    assert trusted["Condition"]["StringEquals"]["sts:ExternalId"] == "fin-42"


def test_iam_policy_trust_warns_of_a_role_that_anybody_may_take() -> None:
    assert "No external id" in at_a_terminal("iam-policy", "--trust", "111122223333").err
    named = at_a_terminal("iam-policy", "--trust", "111122223333", "--external-id", "fin-42")
    assert "No external id" not in named.err
    assert finops("iam-policy", "cost", "--trust", "111122223333").code == 2


def test_every_command_of_a_policy_is_one() -> None:
    for command in COMMANDS:
        assert finops(command, "--help").code == 0


# completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    done = finops("completion", shell)
    assert done.code == 0 and "_FINOPS_COMPLETE" in done.out
    if which(shell):
        checked = subprocess.run([shell, "-n"], input=done.out, text=True, capture_output=True)
        assert checked.returncode == 0, checked.stderr


def test_completion_of_a_shell_that_is_none() -> None:
    done = finops("completion", "tcsh")
    assert done.code == 2 and "bash" in done.err


def test_the_script_completes_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_FINOPS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "finops do")
    monkeypatch.setenv("COMP_CWORD", "1")
    program = "from finops_cli.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["doctor"]
