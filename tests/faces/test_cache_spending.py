"""``cache show`` tells what API calls have cost, by day and command, against the caps."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.sources.aws.guard.calls import SystemClock
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.ledger import NAME, Ledger
from finops_cli.sources.aws.guard.operations import COST_AND_USAGE
from tests.faces.cli import finops


@pytest.fixture
def state(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FINOPS_STATE_DIR", str(home / "spent"))
    for command in ("cost", "ask", "cost"):
        Ledger(home / "spent", command, SystemClock()).reserve(COST_AND_USAGE, "1", Caps())
    return home / "spent"


def test_spend_by_command_and_its_caps(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_MAX_API_COST_PER_MONTH", "5")
    shown = finops("cache", "show").out
    assert "$0.03 of $5.00" in shown and "$0.03, without a cap" in shown
    table = json.loads(finops("cache", "show", "-o", "json").out)["tables"][1]
    rows = [(row["command"], row["requests"], Decimal(row["cost"])) for row in table["rows"]]
    assert rows == [("cost", 2, Decimal("0.02")), ("ask", 1, Decimal("0.01"))]


def test_a_damaged_book_is_said_and_the_cache_shown(state: Path) -> None:
    (state / NAME).write_bytes(b"no book" * 999)
    done = finops("cache", "show")
    assert done.code == 0 and "Cache:" in done.out and "cannot be used" in done.out + done.err
