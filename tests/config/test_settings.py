"""Writing the config file: several settings at once, whole or not at all, for one's own eyes."""

import stat
from pathlib import Path

import pytest

from finops_cli import config
from finops_cli.errors import FinopsError, SourceError, UsageError


def test_several_settings_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\nmetric = "list" # once\nprofile = "prod"\n')
    config.write_all({"metric": "amortized", "source": "demo"}, file)
    assert file.read_text() == '# mine\nmetric = "amortized"\nprofile = "prod"\nsource = "demo"\n'


def test_what_is_written_is_returned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written = config.write_all({"source": "bill.csv"}, tmp_path / "config.toml")
    assert written == {"source": str(tmp_path / "bill.csv")}


def test_only_the_owner_may_read_it_ever_after(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "config.toml"
    config.write("external_id", 'a"b\\c', file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert config.read_file(file) == {"external_id": 'a"b\\c'}
    file.chmod(0o644)
    config.write("metric", "list", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "values", [{"metric": "list", "colour": "red"}, {"source": "demo", "metric": "lst"}]
)
def test_one_wrong_setting_and_none_is_written(tmp_path: Path, values: dict[str, str]) -> None:
    file = tmp_path / "config.toml"
    with pytest.raises(UsageError):
        config.write_all(values, file)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_understood_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("metric = ")
    with pytest.raises(FinopsError):
        config.write("metric", "list", file)
    assert file.read_text() == "metric = "


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match="cannot be written"):
        config.write("metric", "list", tmp_path / "file" / "config.toml")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
