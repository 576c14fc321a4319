"""What a command loads: nothing of the cloud or of agents, and for help nothing heavy at all.

Run in processes of their own, because what another test imported would hide a fault.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.fakes import FakeSource

NEVER = {"boto3", "botocore", "mcp", "opentelemetry", "pandas", "statsforecast", "strands"}
HEAVY = {"duckdb", "_duckdb", "numpy", "rich.console"}

USUAL = {"charge_category": "Usage", "region": "us-east-1", "usage_type": "BoxUsage"}

_HELPS = tuple((name, "--help") for name in ("cost", "forecast", "anomalies"))

PROGRAM = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\nLOADED " + " ".join(sys.modules)))
from finops_cli.faces.cli import run
sys.exit(run(sys.argv[1:]) if len(sys.argv) > 1 else 0)
"""


def loaded(*arguments: str, code: int = 0, stdin: str = "") -> set[str]:
    """Return the modules that a command line had loaded when it ended with the code."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, input=stdin)
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


def test_a_chat_without_a_model_needs_no_cloud_library(bill: Path) -> None:
    names = loaded("chat", "--source", str(bill), stdin="ec2 in september\nwhy?\nforecast it\n")
    assert not names & NEVER
    assert not loaded("chat", "--list") & (NEVER | HEAVY)
    assert not loaded("chat", stdin="hello\ntell me a joke\n", code=2) & (NEVER | HEAVY)


def test_a_question_about_something_else_opens_no_engine() -> None:
    names = loaded("ask", "tell me a joke about kubernetes", "-o", "json", code=2)
    assert not names & (NEVER | HEAVY | {"finops_cli.tools", "finops_cli.sources"})


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Endpoint]:
    """An AWS account of two services, and an empty cache."""
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(107)]
    bill = [
        {"date": day, "cost": Decimal(cost), "service": name, "account": "111122223333", **USUAL}
        for day in days
        for name, cost in (("Amazon Elastic Compute Cloud - Compute", 7), ("Amazon S3", 3))
    ]
    with Endpoint(FakeSource(bill), days[-1]) as endpoint:
        for name, value in endpoint.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path / "cache"))
        yield endpoint


@pytest.mark.parametrize(
    "arguments",
    [
        ("cost",),
        ("cost", "--by", "service", "--filter", "service=ec2", "-o", "json"),
        ("ask", "why did EC2 spike"),
        ("forecast", "--months", "3"),
        ("anomalies",),
    ],
)
def test_what_the_cache_can_answer_loads_nothing_of_aws(
    live: Endpoint, arguments: tuple[str, ...]
) -> None:
    command = (*arguments, "--source", "aws", "--as-of", "2026-11-15")
    assert "botocore" in loaded(*command)
    asked = live.billed()
    names = loaded(*command)
    assert live.billed() == asked
    assert not names & {*NEVER, "duckdb", "_duckdb", "http.client", "urllib3"}


def test_a_clear_question_loads_no_model_even_where_one_is_set(
    bill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_MODEL", "bedrock")
    assert not loaded("ask", "top services", "--source", str(bill)) & NEVER
    assert not loaded("cost", "--source", str(bill)) & NEVER


def test_the_question_of_the_readme_loads_no_model_and_no_cloud_library() -> None:
    names = loaded("ask", "why did EC2 spike", "--source", "demo", "--as-of", "2026-11-15")
    assert not names & NEVER
