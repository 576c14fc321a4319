"""What a doctor makes of the answers, and the refusals, of each service."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from finops_cli.domain.check import Check, State
from finops_cli.domain.period import Period
from finops_cli.errors import Denied, Disabled, NotCached
from finops_cli.sources.aws import checkup
from finops_cli.sources.aws import operations as aws
from finops_cli.sources.aws.calls import CallFailed, Failure, Parameters, Reply, Send
from finops_cli.sources.aws.identity import Identity
from finops_cli.sources.aws.operations import FREE, Operation

ME = "111122223333"
DENIED = CallFailed(Failure.DENIED, "AccessDeniedException", "not authorized")
NO_PLAN = CallFailed(Failure.DISABLED, "SubscriptionRequiredException", "no support plan")
ALONE = CallFailed(Failure.DISABLED, "AWSOrganizationsNotInUseException", "not in use")
DOWN = CallFailed(Failure.NETWORK, "EndpointConnectionError", "no route")


class Aws:
    """Answers operations by their names; what is not named is denied."""

    def __init__(self, **answers: Reply | list[Reply] | Exception) -> None:
        self.asked: list[tuple[Operation, Parameters]] = []
        self._answers = answers

    def __call__(self, operation: Operation, parameters: Parameters, /) -> Reply:
        self.asked.append((operation, parameters))
        answer = self._answers.get(operation.name, DENIED)
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


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


def organization(payer: str) -> dict[str, Any]:
    return {"Organization": {"Id": "o-1", "MasterAccountId": payer}}


LOOKS: dict[str, tuple[Callable[[Send], Check], dict[str, Any], str, State]] = {
    "payer": (
        lambda send: checkup.organization(send, ME),
        {
            "DescribeOrganization": organization(ME),
            "ListAccounts": [
                {"Accounts": [{}, {}], "NextToken": "2"},
                {"Accounts": [{}]},
            ],
        },
        "pays for 3 accounts",
        State.OK,
    ),
    "payer without names": (
        lambda send: checkup.organization(send, ME),
        {"DescribeOrganization": organization(ME)},
        "organizations:ListAccounts",
        State.WARNING,
    ),
    "member": (
        lambda send: checkup.organization(send, ME),
        {"DescribeOrganization": organization("999988887777")},
        "Member of o-1, paid for by 999988887777",
        State.OK,
    ),
    "alone": (
        lambda send: checkup.organization(send, ME),
        {"DescribeOrganization": ALONE},
        "belongs to no organization",
        State.OK,
    ),
    "budgets": (
        lambda send: checkup.budgets(send, ME),
        {"DescribeBudgets": {"Budgets": [{}]}},
        "1 budget.",
        State.OK,
    ),
    "many budgets": (
        lambda send: checkup.budgets(send, ME),
        {"DescribeBudgets": {"Budgets": [{}] * 100, "NextToken": "2"}},
        "100 budgets or more.",
        State.OK,
    ),
    "support plan": (
        checkup.support_plan,
        {"DescribeTrustedAdvisorChecks": {"checks": [{}, {}]}},
        "2 checks",
        State.OK,
    ),
    "no support plan": (
        checkup.support_plan,
        {"DescribeTrustedAdvisorChecks": NO_PLAN},
        "support plan of this account does not include",
        State.WARNING,
    ),
    "trusted advisor": (
        checkup.trusted_advisor,
        {"ListChecks": {"checkSummaries": []}},
        "0 checks.",
        State.OK,
    ),
    "hub": (
        checkup.optimization_hub,
        {"ListEnrollmentStatuses": {"items": [{"status": "Active"}]}},
        "enrolled",
        State.OK,
    ),
    "no hub": (
        checkup.optimization_hub,
        {"ListEnrollmentStatuses": {"items": [{"status": "Inactive"}]}},
        "not enrolled",
        State.WARNING,
    ),
    "optimizer": (
        checkup.compute_optimizer,
        {"GetEnrollmentStatus": {"status": "Active"}},
        "opted in",
        State.OK,
    ),
    "optimizer soon": (
        checkup.compute_optimizer,
        {"GetEnrollmentStatus": {"status": "Pending"}},
        "still setting it up",
        State.WARNING,
    ),
    "no optimizer": (
        checkup.compute_optimizer,
        {"GetEnrollmentStatus": {"status": "Inactive"}},
        "not opted in (Inactive)",
        State.WARNING,
    ),
    "models": (
        checkup.models,
        {
            "ListFoundationModels": {
                "modelSummaries": [
                    {"modelLifecycle": {"status": "ACTIVE"}},
                    {"modelLifecycle": {"status": "LEGACY"}},
                ]
            }
        },
        "1 text model;",
        State.OK,
    ),
    "no models": (
        checkup.models,
        {"ListFoundationModels": {"modelSummaries": []}},
        "None in this region",
        State.WARNING,
    ),
}


@pytest.mark.parametrize("name", LOOKS)
def test_what_an_answer_means(name: str) -> None:
    look, answers, said, state = LOOKS[name]
    found = look(Aws(**answers))
    assert said in found.what and found.state is state


@pytest.mark.parametrize(
    ("look", "command"),
    [
        (checkup.optimization_hub, "aws cost-optimization-hub update-enrollment-status"),
        (checkup.compute_optimizer, "aws compute-optimizer update-enrollment-status"),
    ],
)
def test_not_being_enrolled_is_mended_by_a_command(
    look: Callable[[Send], Check], command: str
) -> None:
    aws_without = Aws(ListEnrollmentStatuses={"items": []}, GetEnrollmentStatus={"status": "No"})
    assert look(aws_without).fix.startswith(command)


def test_services_are_told_in_a_fixed_order_and_cost_nothing() -> None:
    asked = Aws(DescribeOrganization=organization(ME))
    found = checkup.services(asked, ME)
    assert [check.name for check in found] == [
        "Organizations",
        "Budgets",
        "support plan",
        "Trusted Advisor",
        "Cost Optimization Hub",
        "Compute Optimizer",
        "Bedrock models",
    ]
    assert len(asked.asked) == 8
    assert all(operation.price == FREE for operation, _ in asked.asked)


@pytest.mark.parametrize("error", [DENIED, DOWN, Disabled("Not here.", "Nothing to do.")])
def test_one_service_that_fails_stops_no_other_and_is_no_failure(error: Exception) -> None:
    names = ("DescribeOrganization", "DescribeBudgets", "ListChecks", "ListFoundationModels")
    found = checkup.services(Aws(**dict.fromkeys(names, error)), ME)
    assert len(found) == 7
    assert {check.state for check in found} == {State.WARNING}


def test_a_denied_service_names_its_action() -> None:
    found = checkup.budgets(Aws(), ME)
    assert "budgets:ViewBudget" in found.what and "finops iam-policy" in found.fix


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
    found = checkup.cost_explorer(calls, date(2026, 4, 30))
    assert found.state is State.OK and "since 2026-03" in found.what
    ((operation, parameters),) = calls.asked
    assert operation is aws.COST_AND_USAGE
    assert parameters["TimePeriod"] == {"Start": "2025-03-01", "End": "2026-05-01"}


def test_cost_explorer_without_costs() -> None:
    found = checkup.cost_explorer(Guarded(months("0", "0")), date(2026, 4, 30))
    assert found.state is State.WARNING and "no costs" in found.what


@pytest.mark.parametrize("error", [Disabled("Not enabled.", "Open it."), Denied("No.", "Ask.")])
def test_without_cost_explorer_there_is_no_bill(error: Denied | Disabled) -> None:
    found = checkup.cost_explorer(Guarded(error), date(2026, 4, 30))
    assert (found.state, found.exit_code, found.fix) == (State.FAILED, 4, error.hint)


def test_cost_explorer_unasked_and_unknown() -> None:
    def remembered() -> Period:
        raise NotCached("Not known.", "Ask.")

    found = checkup.unasked_cost_explorer(remembered)
    assert (found.state, found.fix) == (State.SKIPPED, "finops doctor --spend")


def test_cost_explorer_unasked_but_remembered() -> None:
    days = Period(date(2025, 10, 1), date(2026, 11, 24))
    found = checkup.unasked_cost_explorer(lambda: days)
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
    found = checkup.roles(Aws(ListAccounts=listed), "R", accounts, take)
    assert found.state is state and said in found.what
    assert found.exit_code == (1 if state is State.OK else 4)


def test_roles_of_an_organization_that_cannot_be_listed() -> None:
    found = checkup.roles(Aws(), "R", ["organization"], take)
    assert (found.state, found.exit_code) == (State.FAILED, 4)
    assert "organizations:ListAccounts" in found.what
