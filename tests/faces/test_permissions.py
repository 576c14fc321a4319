"""What each command asks of AWS is permitted by the policy that ``iam-policy`` prints for it.

Commands run here as a user would run them, against an account served on this machine.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from finops_cli.sources.aws.checks.policy import COMMANDS, permissions
from finops_cli.sources.aws.guard.operations import OPERATIONS
from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, bill
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
    "chat": [("chat",)],
    "cost": [
        ("cost",),
        ("cost", "--by", "service,region", "--period", "last-month", "--filter", "service!=tax"),
        ("cost", "--by", "account", "--compare", "previous"),
        ("cost", "--by", "tag:team"),
    ],
    "explain": [("explain", "--period", "last-month"), ("explain", "ec2")],
    "forecast": [("forecast",)],
    "anomalies": [("anomalies",)],
    "advisor": [("advisor",), ("advisor", "list")],
    "budget": [("budget",), ("budget", "history"), ("budget", "check", "--fail-on", "any:900%")],
    "doctor": [("doctor", "--spend"), ("doctor",)],
}

TYPED = "what did we spend last month by service\nwhy?\nforecast it\nany anomalies?\n"


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
        lines = TYPED if command == "chat" else None
        done = finops(*arguments, "-s", "aws", "--as-of", TODAY.isoformat(), stdin=lines)
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


@pytest.fixture
def capped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cap a month, so that the doctor has nothing to say about caps."""
    monkeypatch.setenv("FINOPS_MAX_API_COST_PER_MONTH", "5")


def states(*arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Return the exit code of a doctor, and its checks by their names."""
    done = finops("doctor", "-s", "aws", *arguments, "-o", "json")
    rows = json.loads(done.out)["tables"][0]["rows"]
    return done.code, {row["check"]: row for row in rows}


@pytest.mark.usefixtures("capped")
def test_doctor_of_an_account_that_has_everything(account: Endpoint) -> None:
    code, rows = states("--spend")
    assert code == 0
    poor = {name for name, row in rows.items() if row["state"] != "ok"}
    assert poor == {"endpoint"}, "the endpoint of a test is not AWS's"


@pytest.mark.parametrize(
    ("operation", "check", "action"),
    [
        ("DescribeBudgets", "Budgets", "budgets:ViewBudget"),
        ("ListAccounts", "Organizations", "organizations:ListAccounts"),
        ("ListChecks", "Trusted Advisor", "trustedadvisor:ListChecks"),
    ],
)
@pytest.mark.usefixtures("capped")
def test_a_missing_permission_is_told_with_its_action_and_stops_nothing(
    account: Endpoint, operation: str, check: str, action: str
) -> None:
    account.faults.deny(operation)
    code, rows = states()
    assert code == 0 and rows[check]["state"] == "warning"
    assert action in rows[check]["what"] and "finops iam-policy" in rows[check]["fix"]
    poor = {name for name, row in rows.items() if row["state"] == "warning"}
    assert poor == {"endpoint", check}


def test_without_cost_explorer_a_doctor_that_may_look_says_so(account: Endpoint) -> None:
    account.faults.disabled()
    code, rows = states("--spend")
    assert code == 4 and rows["Cost Explorer"]["state"] == "failed"
    assert "not enabled" in rows["Cost Explorer"]["what"]
    assert rows["Budgets"]["state"] == "ok"


@pytest.mark.parametrize("fault", ["expire", "unknown_key"])
def test_without_an_identity_nothing_else_is_asked(account: Endpoint, fault: str) -> None:
    getattr(account.faults, fault)()
    code, rows = states("--spend")
    assert code == 4 and rows["identity"]["state"] == "failed" and rows["identity"]["fix"]
    assert "Cost Explorer" not in rows
    assert asked(account) == {"sts:GetCallerIdentity"}


def test_a_role_is_tried_in_each_account(account: Endpoint, home: Path) -> None:
    settings = f'accounts = "{PROD},{LAB}"\nrole = "finops-reader"\n'
    (home / "config.toml").write_text(settings)
    code, rows = states()
    assert code == 0 and rows["role"]["state"] == "ok"
    assert "in 2 accounts" in rows["role"]["what"]
    account.faults.deny("AssumeRole")
    code, rows = states()
    assert code == 4 and rows["role"]["state"] == "failed"
    (home / "config.toml").write_text('role = "finops-reader"\n')
    assert states()[1]["role"]["fix"] == "finops config set accounts organization"


def test_doctor_where_nobody_listens(account: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    code, rows = states()
    assert code == 1 and "cannot be reached" in rows["identity"]["what"]
    assert rows["clock"]["state"] == "skipped" and "Budgets" not in rows
