"""Whether Bedrock knows the model that is set: free of charge, where asking the model is not."""

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace

from finops_cli.domain.check import Check, failed, ok, warning
from finops_cli.errors import Denied, FinopsError, SetupError
from finops_cli.sources.aws.guard import operations as aws
from finops_cli.sources.aws.guard.calls import CallFailed, Send
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.session.failures import told

NAME = "model"
_PROFILE = re.compile(r"^(?:arn:.*inference-profile/|[a-z-]{2,6}\.[a-z0-9]+\.)")
_UNKNOWN = ("ResourceNotFoundException", "ValidationException")
_SHOW = "Choose one of `aws bedrock list-inference-profiles`: `finops config set model bedrock:ID`."


def model(
    model_id: str, region: str | None, profile: str | None, environment: Mapping[str, str]
) -> Check:
    """Tell whether Bedrock knows a model.

    Args:
        model_id: The model or the inference profile, by its id or ARN.
        region: The region to look in; None for the user's own.
        profile: The AWS profile that the user names.
        environment: The process's environment.
    """
    from finops_cli.sources.aws.session.session import Session

    with closing(Session(profile, None, environment)) as session:
        try:
            if region:
                session.found = replace(session.found, region=region)
        except FinopsError as error:
            return failed(NAME, error.message, error.hint, error.exit_code)
        return look(session, model_id)


def look(send: Send, model_id: str) -> Check:
    """Tell whether Bedrock knows a model where requests are sent to.

    Args:
        send: Sends a request.
        model_id: The model or the inference profile, by its id or ARN.
    """
    asked = aws.INFERENCE_PROFILE if _PROFILE.match(model_id) else aws.FOUNDATION_MODELS
    try:
        return _profile(send, model_id) if asked is aws.INFERENCE_PROFILE else _bare(send, model_id)
    except CallFailed as error:
        return _failed(error, asked, model_id)
    except FinopsError as error:
        return failed(NAME, error.message, error.hint, error.exit_code)


def _profile(send: Send, model_id: str) -> Check:
    status = send(aws.INFERENCE_PROFILE, {"inferenceProfileIdentifier": model_id}).get("status")
    if status != "ACTIVE":
        return warning(NAME, f"The inference profile {model_id} is {status}.", _SHOW)
    return _found(model_id)


def _bare(send: Send, model_id: str) -> Check:
    """Look for a model that is asked by its own name."""
    named = model_id.rpartition("/")[2]
    listed = send(aws.FOUNDATION_MODELS, {}).get("modelSummaries", [])
    found = next((each for each in listed if each.get("modelId") == named), None)
    if found is None:
        return _missing(named)
    if "ON_DEMAND" not in found.get("inferenceTypesSupported", []):
        said = f"The model {named} is reached through an inference profile only."
        return failed(NAME, said, f"finops config set model bedrock:global.{named}", 4)
    if found.get("modelLifecycle", {}).get("status") == "LEGACY":
        return warning(NAME, f"The model {named} ends soon: AWS calls it legacy.", _SHOW)
    return _found(named)


def _found(model_id: str) -> Check:
    return ok(NAME, f"Bedrock knows {model_id} here. Whether you may ask it is seen when you do.")


def _missing(model_id: str) -> Check:
    return failed(NAME, f"Bedrock knows no {model_id} in this region.", _SHOW, 4)


def _failed(error: CallFailed, asked: Operation, model_id: str) -> Check:
    if error.code in _UNKNOWN:
        return _missing(model_id)
    said = told(error, asked)
    if isinstance(said, SetupError) and not isinstance(said, Denied):
        return failed(NAME, said.message, said.hint, said.exit_code)
    return warning(NAME, said.message, said.hint)
