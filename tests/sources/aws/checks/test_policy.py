"""The policies hold exactly what the table says, and the table is what the code can call."""

import ast
import json
import re
from itertools import combinations
from pathlib import Path

import pytest

import finops_cli
from finops_cli.errors import UnknownName, UsageError
from finops_cli.sources.aws.checks.policy import (
    ASKING,
    COMMANDS,
    STATEMENTS,
    permissions,
    trust,
)
from finops_cli.sources.aws.guard import operations
from finops_cli.sources.aws.guard.operations import ASSUME_ROLE, OPERATIONS, Operation

PACKAGE = Path(finops_cli.__file__).parent

WAITING: dict[str, str] = {}
"""Operations that are in the table before the code that calls them, and what they wait for."""

NOT_YET_COMMANDS = {"commitments"}


def actions(document: dict[str, object]) -> set[str]:
    statements = document["Statement"]
    assert isinstance(statements, list)
    return {
        action
        for one in statements
        for action in ([one["Action"]] if isinstance(one["Action"], str) else one["Action"])
    }


def constants() -> dict[str, Operation]:
    return {k: v for k, v in vars(operations).items() if isinstance(v, Operation)}


def sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def test_a_command_gets_its_own_operations_and_those_of_all() -> None:
    granted = actions(permissions(["forecast"]))
    assert {"ce:GetCostAndUsage", "organizations:ListAccounts", "ce:GetCostForecast"} <= granted
    assert not granted & {"ce:GetAnomalies", "budgets:ViewBudget", "bedrock:ListFoundationModels"}


def test_asking_may_do_what_the_answering_commands_do_and_no_more() -> None:
    answering = [name for name in COMMANDS if name not in (*ASKING, "doctor")]
    for asking in ASKING:
        assert actions(permissions([asking])) == actions(permissions(answering))
        assert "support:DescribeTrustedAdvisorChecks" not in actions(permissions([asking]))


def test_without_a_command_all_are_meant() -> None:
    assert permissions([]) == permissions(COMMANDS)
    assert "budgets:ViewBudget" in actions(permissions([]))


def test_a_policy_of_several_commands_is_what_each_needs_together() -> None:
    for one, other in combinations(COMMANDS, 2):
        together = actions(permissions([one, other]))
        assert together == actions(permissions([one])) | actions(permissions([other]))


def test_nothing_but_reading_is_granted() -> None:
    for action in actions(permissions([])):
        assert re.fullmatch(r"[a-z-]+:(Get|List|Describe|View)[A-Za-z]+", action), action


def test_a_document_is_one_that_iam_takes() -> None:
    document = permissions([], role="FinopsRead")
    sids = [one["Sid"] for one in document["Statement"]]
    assert document["Version"] == "2012-10-17"
    assert len(set(sids)) == len(sids) and all(sid.isalnum() for sid in sids)
    assert all(one["Effect"] == "Allow" and one["Action"] for one in document["Statement"])
    # A managed policy may have 6144 characters, white space apart.
    assert len(json.dumps(document, separators=(",", ":"))) < 6144


def test_only_a_named_role_may_be_taken() -> None:
    assert ASSUME_ROLE.action not in actions(permissions([]))
    taken = permissions(["cost"], role="finops/Read")["Statement"][-1]
    assert taken["Resource"] == "arn:aws:iam::*:role/finops/Read"
    chinese = permissions(["cost"], role="Read", partition="aws-cn")["Statement"][-1]
    assert chinese["Resource"] == "arn:aws-cn:iam::*:role/Read"


@pytest.mark.parametrize("role", ["*", "arn:aws:iam::1:role/*", "a*/b", "a b", "x" * 65])
def test_no_role_by_pattern(role: str) -> None:
    with pytest.raises(UsageError, match="no name for a role"):
        permissions([], role=role)


def test_an_unknown_command_gets_a_suggestion() -> None:
    with pytest.raises(UnknownName) as caught:
        permissions(["forcast"])
    assert caught.value.hint == "Did you mean forecast?"
    with pytest.raises(UnknownName) as caught:
        permissions([], role="Read", partition="gov")
    assert "aws-us-gov" in caught.value.hint


def test_trust_names_the_account_and_the_external_id() -> None:
    (statement,) = trust("123456789012", "fin-42")["Statement"]
    assert statement["Principal"] == {"AWS": "123456789012"}
    assert statement["Action"] == "sts:AssumeRole"
    assert statement["Condition"] == {"StringEquals": {"sts:ExternalId": "fin-42"}}
    assert "Condition" not in trust("123456789012")["Statement"][0]


@pytest.mark.parametrize(("account", "external_id"), [("1234", None), ("123456789012", "a b")])
def test_no_trust_in_what_is_malformed(account: str, external_id: str | None) -> None:
    with pytest.raises(UsageError):
        trust(account, external_id)


def test_every_api_of_the_table_has_its_statement_and_reason() -> None:
    needed = {one.service for one in OPERATIONS if one.action and one is not ASSUME_ROLE}
    assert set(STATEMENTS) == needed
    assert all(reason for _, reason in STATEMENTS.values())


def test_the_commands_of_the_table_exist() -> None:
    from finops_cli.faces.cli import app

    offered = {one.name for one in app.registered_commands} | {
        one.name for one in app.registered_groups
    }
    assert set(COMMANDS) <= offered
    named = {command for one in OPERATIONS for command in one.commands}
    assert named - NOT_YET_COMMANDS <= set(COMMANDS)
    assert not NOT_YET_COMMANDS & offered, "it is there now: add it to COMMANDS"


def test_every_operation_is_called_somewhere_or_waits_for_a_reason() -> None:
    read = "\n".join(text for path, text in sources().items() if path.name != "operations.py")
    used = {name for name in constants() if re.search(rf"\b{name}\b", read)}
    unused = set(constants()) - used
    assert unused <= set(WAITING), "call it, or say what it waits for"
    assert unused >= set(WAITING), "it is called now: it waits no longer"


def test_no_code_calls_an_api_by_its_method() -> None:
    from botocore.session import get_session

    loader = get_session()
    methods = {
        _method(name)
        for service in {one.service for one in OPERATIONS}
        for name in loader.get_service_model(service).operation_names
    }
    assert "get_cost_and_usage" in methods
    for path, text in sources().items():
        called = {n.attr for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Attribute)}
        assert not called & methods, path


def test_only_the_session_makes_clients() -> None:
    for path, text in sources().items():
        made = {
            node.attr
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Attribute) and node.attr in ("client", "create_client")
        }
        assert (
            not made or path.relative_to(PACKAGE).as_posix() == "sources/aws/session/session.py"
        ), path


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_the_table_agrees_with_the_api(operation: Operation) -> None:
    from botocore.session import get_session

    model = get_session().get_service_model(operation.service)
    assert operation.name in model.operation_names
    assert operation.name.startswith(("Get", "List", "Describe", "AssumeRole"))
    if operation.token:
        shape = model.operation_model(operation.name)
        assert operation.token in shape.input_shape.members
        assert operation.token in shape.output_shape.members


def _method(name: str) -> str:
    from botocore import xform_name

    return str(xform_name(name))


@pytest.mark.parametrize(
    ("model", "resources"),
    [
        (
            "global.anthropic.claude-haiku-5-5",
            [
                "arn:aws:bedrock:*:*:inference-profile/global.anthropic.claude-haiku-5-5",
                "arn:aws:bedrock:*::foundation-model/anthropic.claude-haiku-5-5",
            ],
        ),
        ("amazon.nova-lite-v1:0", ["arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0"]),
        (
            "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc",
            [
                "arn:aws:bedrock:*::foundation-model/*",
                "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc",
            ],
        ),
        (
            "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0",
            [
                "arn:aws:bedrock:*::foundation-model/amazon.nova-pro-v1:0",
                "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0",
            ],
        ),
    ],
)
def test_a_model_that_is_set_may_be_asked_and_no_other(model: str, resources: list[str]) -> None:
    statement = permissions(["ask"], model=model)["Statement"][-1]
    assert statement["Action"] == [
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream",
    ]
    assert statement["Resource"] == resources


def test_commands_that_ask_no_model_get_no_leave_to() -> None:
    commands = [name for name in COMMANDS if name not in ASKING]
    assert permissions(commands, model="amazon.nova-lite-v1:0") == permissions(commands)
    assert permissions(["ask"]) == permissions(["ask"], model=None)
