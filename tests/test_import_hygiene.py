"""What a command loads: nothing of the cloud or of agents, and for help nothing heavy at all.

Run in processes of their own, because what another test imported would hide a fault.
"""

import subprocess
import sys
from pathlib import Path

import pytest

NEVER = {"boto3", "botocore", "mcp", "opentelemetry", "pandas", "statsforecast", "strands"}
HEAVY = {"duckdb", "_duckdb", "numpy", "rich.console"}

_HELPS = tuple((name, "--help") for name in ("cost", "forecast", "anomalies"))

PROGRAM = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\nLOADED " + " ".join(sys.modules)))
from finops_cli.faces.cli import run
sys.exit(run(sys.argv[1:]) if len(sys.argv) > 1 else 0)
"""


def loaded(*arguments: str, code: int = 0) -> set[str]:
    """Return the modules that a command line had loaded when it ended with the code."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    complaint, _, names = run.stderr.rpartition("LOADED ")
    assert run.returncode == code, complaint
    assert "finops_cli.faces.cli" in names.split()
    return set(names.split())


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    file = tmp_path / "costs.csv"
    days = "".join(f"2026-09-{day:02},AmazonEC2,{day}.50\n" for day in range(1, 29))
    file.write_text(f"date,service,cost\n{days}")
    return file


@pytest.mark.parametrize("arguments", [(), ("--help",), ("--version",), *_HELPS])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded(*arguments) & (NEVER | HEAVY)


@pytest.mark.parametrize("arguments", [("iam-policy", "-o", "json"), ("completion", "bash")])
def test_setting_up_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded(*arguments) & (NEVER | HEAVY)


def test_a_doctor_loads_the_cloud_library_for_live_aws_alone(bill: Path) -> None:
    assert not loaded("doctor", "--source", str(bill)) & NEVER
    assert not loaded("doctor", "--source", "aws", "--offline") & NEVER


@pytest.mark.parametrize("form", ["terminal", "markdown", "json", "csv"])
def test_an_answer_from_an_export_needs_no_cloud_library(bill: Path, form: str) -> None:
    names = loaded("cost", "--source", str(bill), "-o", form)
    assert not names & NEVER
    assert "_duckdb" in names and "duckdb" not in names
    assert "numpy" not in names


@pytest.mark.parametrize("command", ["forecast", "anomalies"])
def test_looking_ahead_and_watching_need_numpy_and_no_library_of_models(
    bill: Path, command: str
) -> None:
    names = loaded(command, "--source", str(bill), "-o", "json")
    assert not names & NEVER
    assert "numpy" in names and "scipy" not in names


def test_a_question_needs_no_cloud_library(bill: Path) -> None:
    assert not loaded("ask", "top services", "--source", str(bill)) & NEVER


def test_a_question_about_something_else_opens_no_engine() -> None:
    names = loaded("ask", "tell me a joke about kubernetes", "-o", "json", code=2)
    assert not names & (NEVER | HEAVY | {"finops_cli.tools", "finops_cli.sources"})
