"""Bad input gets one clear sentence, a hint, the right exit code, and never a traceback."""

import gzip
import json
from pathlib import Path

import pytest

from tests.faces.cli import DEMO, finops

_TIDY = "date,service,cost\n2026-01-01,EC2,1.5\n2026-01-02,EC2,2.5\n2026-01-02,S3,1\n"


@pytest.fixture
def tidy(tmp_path: Path) -> str:
    file = tmp_path / "bill.csv"
    file.write_text(_TIDY)
    return str(file)


def _file(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_no_source_names_the_three_ways_on() -> None:
    done = finops("cost")
    assert done.code == 4
    assert "--source demo" in done.err and "--source PATH" in done.err
    assert "finops init" in done.err
    assert done.out == ""


def test_wrong_path_suggests_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    done = finops("cost", "--source", str(tmp_path / "exprts"))
    assert done.code == 2
    assert "No files at" in done.err and "Did you mean exports?" in done.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("empty.csv.gz", b"", "empty"),
        ("nothing.csv.gz", gzip.compress(b"", mtime=0), "no rows"),
        ("header.csv", b"date,service,cost\n", "no row has a charge date"),
        ("notes.txt", b"shopping\nmilk\n", "no billing export"),
        ("cut.parquet", b"PAR1" + b"x" * 50, "truncated parquet"),
        (
            "cut.csv.gz",
            gzip.compress(_TIDY.encode() * 99, mtime=0)[:40],
            "truncated or damaged gzip",
        ),
        ("archive.zip", b"PK\x03\x04rest", "zip archive"),
        ("nocost.csv", b"date,service\n2026-01-01,EC2\n", "has no cost column"),
    ],
)
def test_unusable_files(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    done = finops("cost", "--source", _file(tmp_path, name, content))
    assert done.code == 1
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_unknown_service_gets_a_suggestion() -> None:
    done = finops("cost", *DEMO, "--filter", "service=Amazon Simple Storag Service")
    assert done.code == 2
    assert "Did you mean Amazon Simple Storage Service?" in done.err


def test_unknown_dimension_lists_what_there_is(tidy: str) -> None:
    done = finops("cost", "--source", tidy, "--by", "galaxy")
    assert done.code == 2
    assert "cannot be grouped by 'galaxy'" in done.err and "service" in done.err


def test_period_outside_the_data(tidy: str) -> None:
    done = finops("cost", "--source", tidy, "--period", "2020-01")
    assert done.code == 2
    assert "No charges in 2020-01-01..2020-01-31" in done.err
    assert "2026-01-01..2026-01-02" in done.err


def test_unreadable_period(tidy: str) -> None:
    done = finops("cost", "--source", tidy, "--period", "whenever")
    assert done.code == 2
    assert "'whenever' is not a period" in done.err and "last-month" in done.err


@pytest.mark.parametrize("filter_text", ["service", "=EC2", "service=", "!=x"])
def test_malformed_filter(tidy: str, filter_text: str) -> None:
    done = finops("cost", "--source", tidy, "--filter", filter_text)
    assert done.code == 2
    assert "service=EC2" in done.err


@pytest.mark.parametrize("top", ["0", "-3", "100000"])
def test_top_out_of_range(tidy: str, top: str) -> None:
    done = finops("cost", "--source", tidy, "--by", "service", "--top", top)
    assert done.code == 2
    assert "--top" in done.err


def test_unknown_option_is_wrong_usage() -> None:
    done = finops("cost", "--colour")
    assert done.code == 2
    assert "--colour" in done.err and "finops cost --help" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("cost", "-o", "json"),
        ("cost", "--source", "nowhere", "--output", "json"),
        ("cost", "--source", "nowhere", "--output=json"),
        ("cost", "--bogus", "-o", "json"),
        ("cost", "--top", "many", "-ojson"),
        ("ask", "", "-o", "json"),
    ],
)
def test_json_is_one_document_on_error_too(arguments: tuple[str, ...]) -> None:
    done = finops(*arguments)
    document = json.loads(done.out)
    assert document["error"]["message"] and document["exit"]["code"] == done.code
    assert done.code in (2, 4)
    assert done.err == ""


def test_a_bad_config_file_is_named(home: Path) -> None:
    (home / "config.toml").write_text("sorce = 'demo'\n")
    done = finops("cost")
    assert done.code == 2
    assert "'sorce'" in done.err and "Did you mean source?" in done.err


def test_debug_shows_the_traceback(tidy: str) -> None:
    assert "Traceback" in finops("cost", "--source", tidy, "--period", "x", "--debug").err


def test_aws_without_credentials_says_how_to_get_some() -> None:
    done = finops("cost", "--source", "aws")
    assert done.code == 4
    assert "credentials" in done.err and "aws configure" in done.err
