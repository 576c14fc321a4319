"""What a doctor makes of the answers, and the refusals, of each service."""

from collections.abc import Callable
from typing import Any

import pytest

from finops_cli.domain.check import Check, State
from finops_cli.errors import Disabled
from finops_cli.sources.aws.checks import checkup
from finops_cli.sources.aws.guard.calls import CallFailed, Failure, Send
from finops_cli.sources.aws.guard.operations import FREE
from tests.sources.aws.answering import DENIED, ME, Aws

NO_PLAN = CallFailed(Failure.DISABLED, "SubscriptionRequiredException", "no support plan")
ALONE = CallFailed(Failure.DISABLED, "AWSOrganizationsNotInUseException", "not in use")
DOWN = CallFailed(Failure.NETWORK, "EndpointConnectionError", "no route")


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
