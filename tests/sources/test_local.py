"""What a doctor finds on this machine."""

import os
from datetime import date
from pathlib import Path

import pytest

from finops_cli import config
from finops_cli.domain.check import State
from finops_cli.errors import FinopsError, SetupError, SourceNotFound
from finops_cli.sources import local
from tests.fakes import FakeSource

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")


def test_no_config_file_is_fine(tmp_path: Path) -> None:
    assert local.config_file(tmp_path / "config.toml").state is State.OK


def test_a_config_file_of_ones_own_is_fine(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    config.write_all({"source": "demo", "metric": "list"}, file)
    found = local.config_file(file)
    assert found.state is State.OK and "2 settings" in found.what


@POSIX
def test_a_config_file_that_others_read_is_not(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("metric = 'list'\n")
    file.chmod(0o644)
    found = local.config_file(file)
    assert (found.state, found.fix) == (State.WARNING, f"chmod 600 {file}")


@pytest.mark.parametrize(
    ("text", "said", "fix"),
    [
        ("metrik = 'list'", "no setting 'metrik'", "Did you mean metric?"),
        ("metric = 'lst'", "'lst' is no metric", "Did you mean list?"),
        ("metric = ", "cannot be read", "Invalid value"),
    ],
)
def test_what_is_wrong_in_a_config_file_is_told(
    tmp_path: Path, text: str, said: str, fix: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    found = local.config_file(file)
    assert found.state is State.FAILED
    assert said in found.what and fix in found.fix


def test_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    found = local.folder("cache folder", tmp_path / "a" / "b")
    assert found.state is State.OK and "when it is first needed" in found.what
    assert not (tmp_path / "a").exists()


def test_a_folder_is_measured(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    (folder / "kind").mkdir(parents=True)
    folder.chmod(0o700)
    (folder / "kind" / "entry").write_bytes(b"x" * 2_500_000)
    found = local.folder("cache folder", folder)
    assert found.state is State.OK and "2.5 MB in 1 file" in found.what


@POSIX
def test_a_folder_that_others_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    found = local.folder("state folder", tmp_path)
    assert (found.state, found.fix) == (State.WARNING, f"chmod 700 {tmp_path}")


def test_what_was_set_aside_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    for number in (1, 2):
        (tmp_path / f"costs.sqlite.damaged-{number}").touch()
    found = local.folder("cache folder", tmp_path)
    assert found.state is State.WARNING
    assert "damaged-1" in found.what + found.fix or "damaged-2" in found.what + found.fix
    assert "and 1 more" in found.what


def test_a_folder_behind_a_file(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    found = local.folder("cache folder", tmp_path / "cache" / "finops")
    assert found.state is State.FAILED and "is no folder" in found.what


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        found = local.folder("cache folder", tmp_path)
    finally:
        tmp_path.chmod(0o700)
    assert found.state is State.FAILED and found.fix == f"chmod u+rwx {tmp_path}"


def _raising(error: FinopsError) -> FakeSource:
    raise error


def test_a_source_that_opens() -> None:
    rows = [{"date": date(2026, 9, day), "cost": 1, "service": "EC2"} for day in (1, 30)]
    found = local.source(lambda: "bill.csv", lambda: FakeSource(rows))
    assert found.state is State.OK and "2026-09-01 to 2026-09-30" in found.what


def test_a_source_that_does_not() -> None:
    missing = SourceNotFound("No files at x.", "Give a file.")
    found = local.source(lambda: "x", lambda: _raising(missing))
    assert (found.state, found.fix, found.exit_code) == (State.FAILED, "Give a file.", 2)


def test_no_source_at_all() -> None:
    nothing = SetupError("No source is set.", "Many words.")
    found = local.source(lambda: str(_raising(nothing)), lambda: _raising(nothing))
    assert (found.state, found.fix, found.exit_code) == (State.FAILED, "finops init", 4)
