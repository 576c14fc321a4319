"""What each command asks of AWS is permitted by the policy that ``iam-policy`` prints for it.

Commands run here as a user would run them, against an account served on this machine.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from finops_cli.sources.aws.operations import OPERATIONS
from finops_cli.sources.aws.policy import COMMANDS, permissions
from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import TODAY, bill
from tests.faces.cli import finops

ACTIONS = {str(operation): operation.action for operation in OPERATIONS}
FREE = {str(operation) for operation in OPERATIONS if not operation.price}

RUNS = {
    "ask": [
        ("ask", "what did we spend last month by service and account"),
        ("ask", "why did EC2 spike"),
        ("ask", "what will next month cost"),
        ("ask", "any anomalies"),
    ],
    "cost": [
        ("cost",),
        ("cost", "--by", "service,region", "--period", "last-month", "--filter", "service!=tax"),
        ("cost", "--by", "account", "--compare", "previous"),
        ("cost", "--by", "tag:team"),
    ],
    "explain": [("explain", "--period", "last-month"), ("explain", "ec2")],
    "forecast": [("forecast",)],
    "anomalies": [("anomalies",)],
    "doctor": [("doctor", "--spend"), ("doctor",)],
}


@pytest.fixture
def account(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """An account that this process's environment leads to, with a cache of its own."""
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(home / "cache"))
    source = bill()
    source.max_group_by = 12  # a query's filters count too
    with Endpoint(source, TODAY) as endpoint:
        for name, value in endpoint.environment().items():
            monkeypatch.setenv(name, value)
        yield endpoint
        assert endpoint.mishaps == []


def asked(endpoint: Endpoint) -> set[str]:
    return {f"{record.service}:{record.operation}" for record in endpoint.requests}


def test_every_command_of_a_policy_is_run_here() -> None:
    assert set(RUNS) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_asked_that_the_policy_does_not_permit(command: str, account: Endpoint) -> None:
    permitted = {action for one in permissions([command])["Statement"] for action in one["Action"]}
    for arguments in RUNS[command]:
        done = finops(*arguments, "-s", "aws", "--as-of", TODAY.isoformat())
        assert done.code == 0, f"{arguments}: {done.err}"
    assert asked(account), "nothing was asked at all"
    assert {ACTIONS[one] for one in asked(account)} - {""} <= permitted


def test_doctor_asks_nothing_that_costs_money_unless_told(account: Endpoint) -> None:
    done = finops("doctor", "-s", "aws", "-o", "json")
    document = json.loads(done.out)
    assert done.code == 0 and document["provenance"]["api_calls"] == 0
    assert account.billed() == 0 and asked(account) <= FREE
    rows = {row["check"]: row for row in document["tables"][0]["rows"]}
    assert rows["Cost Explorer"]["fix"] == "finops doctor --spend"
    assert rows["Organizations"]["state"] == rows["identity"]["state"] == "ok"


def test_doctor_that_may_spend_sends_one_paid_request(account: Endpoint) -> None:
    done = finops("doctor", "--spend", "-s", "aws", "-o", "json", "--as-of", TODAY.isoformat())
    document = json.loads(done.out)
    assert account.billed() == document["provenance"]["api_calls"] == 1
    rows = {row["check"]: row for row in document["tables"][0]["rows"]}
    assert rows["Cost Explorer"]["state"] == "ok"
    assert "since 2025-10" in rows["Cost Explorer"]["what"]


def test_doctor_keeps_to_a_cap_even_when_told_to_spend(account: Endpoint) -> None:
    done = finops("doctor", "--spend", "-s", "aws", "--max-api-cost", "0")
    assert done.code == 1 and account.billed() == 0
    assert "max_api_cost" in done.out or "--max-api-cost" in done.out


def test_doctor_remembers_what_was_asked_before(account: Endpoint) -> None:
    finops("cost", "-s", "aws", "--as-of", TODAY.isoformat())
    billed = account.billed()
    done = finops("doctor", "-s", "aws", "--as-of", TODAY.isoformat())
    assert "as the cache knows" in done.out
    assert account.billed() == billed > 0


def test_doctor_with_credentials_that_aws_does_not_know(
    account: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    done = finops("doctor", "-s", "aws")
    assert "identity" in done.out and "| failed" in done.out
    assert done.code == 1
    assert "Cost Explorer " not in done.out, "without an identity nothing else is asked"
