"""What a doctor says of a model of Bedrock, from what is free to ask."""

from typing import Any

import pytest

from finops_cli.domain.check import State
from finops_cli.errors import Disabled
from finops_cli.sources.aws.checks.bedrock import look, model
from finops_cli.sources.aws.guard.calls import CallFailed, Failure
from finops_cli.sources.aws.guard.operations import FREE
from tests.sources.aws.answering import DENIED, Aws

PROFILE = "global.anthropic.claude-haiku-5-5"
BARE = "amazon.nova-lite-v1:0"
UNKNOWN = CallFailed(Failure.REFUSED, "ValidationException", "The identifier is invalid.")


def listed(status: str = "ACTIVE", types: tuple[str, ...] = ("ON_DEMAND",)) -> dict[str, Any]:
    found = {"modelId": BARE, "modelLifecycle": {"status": status}}
    return {"modelSummaries": [found | {"inferenceTypesSupported": list(types)}]}


CASES: dict[str, tuple[str, dict[str, Any], State, str, str]] = {
    "a profile": (PROFILE, {"GetInferenceProfile": {"status": "ACTIVE"}}, State.OK, PROFILE, ""),
    "an ARN": (
        "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc",
        {"GetInferenceProfile": {"status": "ACTIVE"}},
        State.OK,
        "application-inference-profile/abc",
        "",
    ),
    "no such profile": (
        PROFILE,
        {"GetInferenceProfile": UNKNOWN},
        State.FAILED,
        "knows no global.anthropic.claude-haiku-5-5 in this region",
        "list-inference-profiles",
    ),
    "may not look": (
        PROFILE,
        {"GetInferenceProfile": DENIED},
        State.WARNING,
        "bedrock:GetInferenceProfile",
        "finops iam-policy",
    ),
    "no credentials": (
        PROFILE,
        {"GetInferenceProfile": CallFailed(Failure.CREDENTIALS, "NoCredentialsError", "none")},
        State.FAILED,
        "There are no AWS credentials",
        "aws configure sso",
    ),
    "not to be reached": (
        PROFILE,
        {"GetInferenceProfile": CallFailed(Failure.NETWORK, "EndpointConnectionError", "none")},
        State.WARNING,
        "cannot be reached",
        "connection",
    ),
    "a model": (BARE, {"ListFoundationModels": listed()}, State.OK, BARE, ""),
    "no such model": (
        "amazon.nova-next-v1:0",
        {"ListFoundationModels": listed()},
        State.FAILED,
        "knows no amazon.nova-next-v1:0",
        "list-inference-profiles",
    ),
    "only by a profile": (
        BARE,
        {"ListFoundationModels": listed(types=("INFERENCE_PROFILE",))},
        State.FAILED,
        "through an inference profile only",
        f"finops config set model bedrock:global.{BARE}",
    ),
    "a model that ends": (
        BARE,
        {"ListFoundationModels": listed("LEGACY")},
        State.WARNING,
        "ends soon",
        "list-inference-profiles",
    ),
    "no Bedrock here": (
        PROFILE,
        {"GetInferenceProfile": Disabled("Amazon Bedrock is not in China.", "Elsewhere.")},
        State.FAILED,
        "not in China",
        "Elsewhere.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_an_answer_means(name: str) -> None:
    model_id, answers, state, said, mend = CASES[name]
    aws = Aws(**answers)
    found = look(aws, model_id)
    assert (found.name, found.state) == ("model", state)
    assert said in found.what
    assert mend in found.fix
    assert all(operation.price == FREE for operation, _ in aws.asked)


def test_a_profile_of_aws_that_is_not_there_is_told() -> None:
    found = model(PROFILE, "eu-west-1", "nobody", {})
    assert found.state is State.FAILED
    assert "nobody" in found.what
