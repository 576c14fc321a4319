"""What a bill cannot be read without, as a doctor finds it."""

from collections.abc import Iterator
from datetime import date

import pytest

from finops_cli.domain.check import State
from finops_cli.domain.period import Period
from finops_cli.errors import Denied, Disabled, NotCached
from finops_cli.sources.aws.checks import essentials
from finops_cli.sources.aws.guard import operations as aws
from finops_cli.sources.aws.guard.calls import Parameters, Reply
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.session.identity import Identity
from tests.sources.aws.answering import DENIED, ME, Aws


class Guarded:
    """Calls that are answered, or refused, as told."""

    def __init__(self, answer: Reply | Exception) -> None:
        self.asked: list[tuple[Operation, Parameters]] = []
        self._answer = answer

    def call(self, operation: Operation, parameters: Parameters) -> Reply:
        self.asked.append((operation, parameters))
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def pages(self, operation: Operation, parameters: Parameters) -> Iterator[Reply]:
        raise AssertionError("one request is enough")


def months(*amounts: str) -> Reply:
    return {
        "ResultsByTime": [
            {
                "TimePeriod": {"Start": f"2026-{month:02}-01"},
                "Total": {"UnblendedCost": {"Amount": amount, "Unit": "USD"}},
            }
            for month, amount in enumerate(amounts, 1)
        ]
    }


def test_cost_explorer_says_since_when_by_one_request() -> None:
    calls = Guarded(months("0", "0.0", "-3.5", "8"))
    found = essentials.cost_explorer(calls, date(2026, 4, 30))
    assert found.state is State.OK and "since 2026-03" in found.what
    ((operation, parameters),) = calls.asked
    assert operation is aws.COST_AND_USAGE
    assert parameters["TimePeriod"] == {"Start": "2025-03-01", "End": "2026-05-01"}


def test_cost_explorer_without_costs() -> None:
    found = essentials.cost_explorer(Guarded(months("0", "0")), date(2026, 4, 30))
    assert found.state is State.WARNING and "no costs" in found.what


@pytest.mark.parametrize("error", [Disabled("Not enabled.", "Open it."), Denied("No.", "Ask.")])
def test_without_cost_explorer_there_is_no_bill(error: Denied | Disabled) -> None:
    found = essentials.cost_explorer(Guarded(error), date(2026, 4, 30))
    assert (found.state, found.exit_code, found.fix) == (State.FAILED, 4, error.hint)


def test_cost_explorer_unasked_and_unknown() -> None:
    def remembered() -> Period:
        raise NotCached("Not known.", "Ask.")

    found = essentials.unasked_cost_explorer(remembered)
    assert (found.state, found.fix) == (State.SKIPPED, "finops doctor --spend")


def test_cost_explorer_unasked_but_remembered() -> None:
    days = Period(date(2025, 10, 1), date(2026, 11, 24))
    found = essentials.unasked_cost_explorer(lambda: days)
    assert found.state is State.OK and "since 2025-10-01" in found.what


def take(account: str) -> Identity:
    """Take a role that one account does not give."""
    if account == "999988887777":
        raise DENIED
    return Identity(account, f"arn:aws:sts::{account}:assumed-role/R/finops", "aws")


@pytest.mark.parametrize(
    ("accounts", "state", "said"),
    [
        ([ME], State.OK, "in 1 account."),
        ([ME, "222233334444"], State.OK, "in 2 accounts."),
        ([ME, "999988887777"], State.WARNING, "in 1 of 2 accounts. 999988887777: Not allowed"),
        (["999988887777"], State.FAILED, "in 1 of 1 account. 999988887777"),
        (["organization"], State.WARNING, "in 1 of 3 accounts."),
    ],
)
def test_roles_are_tried_in_every_account(accounts: list[str], state: State, said: str) -> None:
    listed = {"Accounts": [{"Id": ME}, {"Id": "222233334444"}, {"Id": "999988887777"}]}
    found = essentials.roles(Aws(ListAccounts=listed), "R", accounts, take)
    assert found.state is state and said in found.what
    assert found.exit_code == (1 if state is State.OK else 4)


def test_roles_of_an_organization_that_cannot_be_listed() -> None:
    found = essentials.roles(Aws(), "R", ["organization"], take)
    assert (found.state, found.exit_code) == (State.FAILED, 4)
    assert "organizations:ListAccounts" in found.what
