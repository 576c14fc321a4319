"""Flag, then environment, then config file, then default; and ``config show`` says which."""

import json
from pathlib import Path

import pytest

from tests.faces.cli import finops


def _shown(*arguments: str) -> dict[str, tuple[str, str]]:
    document = json.loads(finops("config", "show", *arguments, "-o", "json").out)
    return {row["setting"]: (row["value"], row["from"]) for row in document["tables"][0]["rows"]}


def test_defaults() -> None:
    assert _shown()["metric"] == ("unblended", "default")
    assert _shown()["source"] == ("not set", "default")


def test_precedence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "config.toml"
    assert finops("config", "set", "metric", "list").code == 0
    assert _shown()["metric"] == ("list", str(file))
    monkeypatch.setenv("FINOPS_METRIC", "amortized")
    assert _shown()["metric"] == ("amortized", "FINOPS_METRIC")
    assert _shown("--metric", "net-unblended")["metric"] == ("net-unblended", "--metric")


def test_set_keeps_the_rest_of_the_file(home: Path) -> None:
    file = home / "config.toml"
    file.write_text('# mine\nmetric = "list"  \nsource = "demo"\n')
    finops("config", "set", "metric", "amortized")
    assert file.read_text() == '# mine\nmetric = "amortized"\nsource = "demo"\n'


def test_set_refuses_what_is_no_setting(home: Path) -> None:
    done = finops("config", "set", "metrik", "list")
    assert done.code == 2 and "Did you mean metric?" in done.err
    done = finops("config", "set", "metric", "lst")
    assert done.code == 2 and "Did you mean list?" in done.err
    assert not (home / "config.toml").exists()


def test_a_setting_can_be_taken_back(home: Path) -> None:
    file = home / "config.toml"
    file.write_text('# mine\nmetric = "list"\noutput = "csv"\n')
    assert finops("config", "unset", "metric").code == 0
    assert file.read_text() == '# mine\noutput = "csv"\n'
    assert finops("config", "unset", "metric").code == 0
    done = finops("config", "unset", "metrik")
    assert done.code == 2 and "metric" in done.err
    assert file.read_text() == '# mine\noutput = "csv"\n'


def test_a_named_config_file_must_exist(home: Path) -> None:
    done = finops("config", "show", "--config", str(home / "nowhere.toml"))
    assert done.code == 2 and "no config file" in done.err


def test_the_configured_source_is_used(home: Path) -> None:
    bill = home / "bill.csv"
    bill.write_text("date,service,cost\n2026-01-01,EC2,2\n")
    finops("config", "set", "source", str(bill))
    assert "$2.00" in finops("cost", "--by", "service").out


def test_cache_show_and_clear(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(home / "cache"))
    bill = home / "bill.csv"
    bill.write_text("date,service,cost\n2026-01-01,EC2,2\n")
    finops("cost", "--source", str(bill))
    assert "profiles" in finops("cache", "show").out
    assert "Removed 1 files" in finops("cache", "clear").out
    assert "profiles" not in finops("cache", "show").out


def test_a_configured_path_means_the_same_everywhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "bill.csv").write_text("date,service,cost\n2026-01-01,EC2,2\n")
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home)
    finops("config", "set", "source", "bill.csv")
    monkeypatch.chdir(home / "elsewhere")
    assert "$2.00" in finops("cost", "--by", "service").out
    finops("config", "set", "source", "demo")
    assert _shown()["source"][0] == "demo"


def test_cache_alone_shows_what_it_holds() -> None:
    assert finops("cache", "-o", "json").out == finops("cache", "show", "-o", "json").out
    done = finops("cache", "-o", "json", "show")
    assert done.code == 2 and "finops cache show" in done.err + done.out
