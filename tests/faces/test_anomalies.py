"""``finops anomalies`` as a person and a cron job run it, over a small bill in a file."""

import csv
import io
import json
import shlex
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faces.cli import DEMO, finops

START = date(2026, 1, 1)
DAYS = 150


def _lines() -> Iterator[str]:
    yield "date,service,usage_type,region,account,cost"
    for at in range(DAYS):
        day = START + timedelta(days=at)
        ripple = 1 + 0.01 * ((at * 7919) % 13 - 6) / 6
        yield f"{day},AmazonEC2,BoxUsage:m5.large,us-east-1,111111111111,{100 * ripple:.4f}"
        yield f"{day},AmazonS3,TimedStorage,us-east-1,222222222222,{40 / ripple:.4f}"
        if at in (140, 141):
            yield f"{day},AmazonEC2,BoxUsage:p4d.24xlarge,us-east-1,111111111111,1500"


@pytest.fixture
def bill(tmp_path: Path) -> str:
    file = tmp_path / "bill.csv"
    file.write_text("".join(f"{line}\n" for line in _lines()))
    return str(file)


def _events(*arguments: str, code: int = 0) -> list[dict[str, Any]]:
    done = finops("anomalies", *arguments, "-o", "json")
    assert done.code == code, done.out
    rows: list[dict[str, Any]] = json.loads(done.out)["tables"][0]["rows"]
    return rows


def test_json_rows_hold_what_scripts_need(bill: str) -> None:
    (row,) = _events("-s", bill)
    assert row["start"] == "2026-05-21" and row["end"] == "2026-05-23"
    assert row["first_alert"] == "2026-05-21"
    assert row["account"] == "111111111111" and row["service"] == "AmazonEC2"
    assert row["region"] == "us-east-1" and row["usage_type"] == "BoxUsage:p4d.24xlarge"
    assert 2900 < float(row["impact"]) < 3100
    assert float(row["impact"]) == pytest.approx(float(row["actual"]) - float(row["expected"]))
    assert 0 < row["confidence"] <= 1 and row["kind"] and row["running"] == "over"


def test_csv_has_a_row_for_each_event(bill: str) -> None:
    done = finops("anomalies", "-s", bill, "-o", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert row["start"] == "2026-05-21" and row["severity"] == "critical"


def test_cron_sees_each_event_once(bill: str) -> None:
    watched = ("-s", bill, "--new", "--fail-on", "any")
    assert len(_events(*watched, code=3)) == 1
    assert _events(*watched) == []
    assert len(_events("-s", bill, "--fail-on", "impact>1000", code=3)) == 1


def test_ack_and_back_again(bill: str) -> None:
    (row,) = _events("-s", bill)
    done = finops("anomalies", "ack", row["id"], "--reason", "planned", "-s", bill)
    assert done.code == 0 and "Remembered" in done.out and done.err == ""
    assert _events("-s", bill, "--fail-on", "any") == []
    assert _events("-s", bill, "--all")[0]["acknowledged"] == "planned"
    assert row["id"] in finops("anomalies", "acks", "-s", bill).out
    assert finops("anomalies", "unack", row["id"], "-s", bill).code == 0
    assert len(_events("-s", bill)) == 1


def test_what_was_acknowledged_survives_new_files_in_a_folder(bill: str, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "one.csv").write_text(Path(bill).read_text())
    (row,) = _events("-s", str(folder))
    finops("anomalies", "ack", row["id"], "--reason", "fixed", "-s", str(folder))
    (folder / "two.csv").write_text("date,service,cost\n2026-05-30,AmazonS3,1\n")
    assert _events("-s", str(folder)) == []
    assert len(_events("-s", bill)) == 1


def test_the_demo_has_a_launch_and_a_leak_to_find() -> None:
    rows = _events(*DEMO)
    launch = next(row for row in rows if row["usage_type"] == "BoxUsage:p4d.24xlarge")
    assert launch["account_name"] == "ml-research" and launch["running"] == "still on"
    leak = next(row for row in rows if "NatGateway" in row["usage_type"])
    assert leak["region"] == "eu-west-1" and leak["kind"] in ("ramp", "runaway")
    done = finops("ask", "any anomalies?", *DEMO, "-o", "json")
    assert json.loads(done.out)["tables"][0]["rows"] == rows


def test_show_tells_one_event(bill: str) -> None:
    (row,) = _events("-s", bill)
    done = finops("anomalies", "show", row["id"][:4], "-s", bill, "-o", "terminal")
    assert done.code == 0
    for words in ("Its parts", "Its days", "EC2 p4d.24xlarge", "May 21"):
        assert words in done.out


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("ack", "abcdef", "--reason", "becuase"), "Reasons: planned"),
        (("ack", "abcdef", "--reason", "planed"), "Did you mean planned?"),
        (("ack", "abcdef", "--reason", "planned"), "--since all"),
        (("show", "abcdef"), "--since all"),
        (("unack", "abcdef"), "--since all"),
        (("--fail-on", "nay"), "Write any"),
        (("--min-impact", "many"), "Write it as 50"),
        (("--since", "soon"), "Periods:"),
    ],
)
def test_mistakes_come_with_a_way_out(bill: str, arguments: tuple[str, ...], hint: str) -> None:
    done = finops("anomalies", *arguments, "-s", bill)
    assert done.code == 2 and hint in done.err


def test_options_before_a_subcommand_are_not_lost_in_silence(bill: str) -> None:
    done = finops("anomalies", "-s", bill, "acks")
    assert done.code == 2 and "after" in done.err


def test_a_damaged_memory_is_told(bill: str, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "anomalies.json").write_text("{")
    done = finops("anomalies", "-s", bill)
    assert done.code == 1 and "damaged" in done.err and "nothing was changed" in done.err


def test_next_commands_run_as_they_are(bill: str) -> None:
    answered: list[str] = []
    (row,) = _events("-s", bill)
    for arguments in ((), ("show", row["id"]), ("--since", "2026-02")):
        done = finops("anomalies", *arguments, "-s", bill, "-o", "json")
        for command in json.loads(done.out)["next"]:
            program, *words = shlex.split(command)
            assert program == "finops"
            assert finops(*words, "-o", "json").code == 0, command
            answered.append(words[0])
    assert {"explain", "anomalies"} == set(answered)


def test_without_a_source_nothing_is_watched() -> None:
    assert finops("anomalies").code == 4
