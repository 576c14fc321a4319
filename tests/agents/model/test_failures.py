"""Every way in which a model gives no answer, through the real clients, told in one sentence."""

import gc
import socket

import botocore.exceptions as botocore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strands.types.exceptions import EventLoopException

from finops_cli.agents.model.failures import told, unusable
from finops_cli.agents.model.faults import fault_of
from finops_cli.agents.model.setting import ModelSetting
from finops_cli.errors import (
    FinopsError,
    ModelBusy,
    ModelDenied,
    ModelError,
    ModelLimit,
    ModelMissing,
    ModelSilent,
    NoReply,
)
from tests.agents.model.talking import PROVIDERS, ask, failure, requests
from tests.model_endpoint.replies import Breaks, Calls, Empty, Fails, Garbage, Reply, Says, Silent

ROLE = "arn:aws:sts::111122223333:assumed-role/analyst/me"
MODEL = "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-haiku-5-5"
NO_POLICY = (
    f"User: {ROLE} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource:"
    f" {MODEL} because no identity-based policy allows the action"
)
FORBIDDEN = (
    f"User: {ROLE} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource:"
    f" {MODEL} with an explicit deny in a service control policy"
)
UNSUBSCRIBED = (
    "Model access is denied due to IAM user or service role is not authorized to perform the "
    "required AWS Marketplace actions (aws-marketplace:Subscribe) to enable access to this model."
)
NO_FORM = (
    "Model use case details have not been submitted for this account. Fill out the Anthropic use "
    "case details form before using the model."
)
ON_DEMAND = (
    "Invocation of model ID anthropic.claude-haiku-5-5 with on-demand throughput isn\u2019t "
    "supported. Retry your request with the ID or ARN of an inference profile."
)
Case = tuple[Fails, type[FinopsError], str, str]

BEDROCK: dict[str, Case] = {
    "no permission": (
        Fails("AccessDeniedException", NO_POLICY, 403),
        ModelDenied,
        "Not allowed: bedrock:InvokeModelWithResponseStream is needed",
        "finops iam-policy ask",
    ),
    "forbidden by the organization": (
        Fails("AccessDeniedException", FORBIDDEN, 403),
        ModelDenied,
        "Not allowed: bedrock:InvokeModelWithResponseStream is needed",
        "service control policy",
    ),
    "no access": (
        Fails(
            "AccessDeniedException",
            "You don't have access to the model with the specified model ID.",
            403,
        ),
        ModelDenied,
        "This AWS account has no access to the model",
        "Bedrock console > Model catalog",
    ),
    "no subscription": (
        Fails("AccessDeniedException", UNSUBSCRIBED, 403),
        ModelDenied,
        "This AWS account has no access to the model",
        "aws-marketplace:Subscribe",
    ),
    "no use case form": (
        Fails("ResourceNotFoundException", NO_FORM, 404),
        ModelDenied,
        "Anthropic wants to know what its models are used for",
        "Bedrock console > Model catalog",
    ),
    "only by a profile": (
        Fails("ValidationException", ON_DEMAND),
        ModelMissing,
        "is reached through an inference profile only",
        "finops config set model bedrock:global.",
    ),
    "unknown model": (
        Fails("ValidationException", "The provided model identifier is invalid."),
        ModelMissing,
        "Bedrock has no model global.anthropic.claude-haiku-5-5 in eu-central-1",
        "aws bedrock list-inference-profiles",
    ),
    "ended model": (
        Fails(
            "ResourceNotFoundException", "This model version has reached the end of its life.", 404
        ),
        ModelMissing,
        "or no longer",
        "aws bedrock list-inference-profiles",
    ),
    "no tools": (
        Fails("ValidationException", "This model doesn't support tool use in streaming mode."),
        ModelMissing,
        "cannot call tools",
        "finops config set model",
    ),
    "expired": (
        Fails(
            "ExpiredTokenException", "The security token included in the request is expired", 403
        ),
        ModelDenied,
        "The AWS credentials for Bedrock are over.",
        "aws sso login",
    ),
    "wrong key": (
        Fails(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            403,
        ),
        ModelDenied,
        "AWS does not accept the credentials for Bedrock.",
        "finops doctor",
    ),
    "throttled": (
        Fails("ThrottlingException", "Too many requests, please wait before trying again.", 429),
        ModelBusy,
        "Bedrock is asked too often",
        "Service Quotas",
    ),
    "no tokens left": (
        Fails("ThrottlingException", "Too many tokens per day, please wait.", 429),
        ModelBusy,
        "are used up",
        "Service Quotas",
    ),
    "unavailable": (
        Fails("ServiceUnavailableException", "Bedrock is unable to process your request.", 503),
        ModelBusy,
        "cannot serve the model",
        "Try again",
    ),
    "not ready": (
        Fails("ModelNotReadyException", "The model is not ready for inference.", 429),
        ModelBusy,
        "cannot serve the model",
        "Try again",
    ),
    "timed out there": (
        Fails("ModelTimeoutException", "The request took too long to process.", 408),
        ModelSilent,
        "said nothing for 60 seconds",
        "model_seconds",
    ),
    "too much to read": (
        Fails("ValidationException", "Input is too long for requested model."),
        NoReply,
        "more to read than the model",
        "shorter period",
    ),
    "anything else": (
        Fails("ValidationException", "temperature: Extra inputs are not permitted\x1b[31m."),
        ModelError,
        "Bedrock refuses the request: temperature: Extra inputs are not permitted [31m.",
        "finops config set model",
    ),
}

OTHERS: dict[str, tuple[str, Case]] = {
    "anthropic: wrong key": (
        "anthropic",
        (
            Fails("authentication_error", "invalid x-api-key", 401),
            ModelDenied,
            "does not accept the key in ANTHROPIC_API_KEY",
            "export ANTHROPIC_API_KEY",
        ),
    ),
    "anthropic: not allowed": (
        "anthropic",
        (Fails("permission_error", "no", 403), ModelDenied, "does not let this key", "another"),
    ),
    "anthropic: unknown model": (
        "anthropic",
        (Fails("not_found_error", "model: x", 404), ModelMissing, "knows no model", "model_url"),
    ),
    "anthropic: no credit": (
        "anthropic",
        (
            Fails("invalid_request_error", "Your credit balance is too low to access the API."),
            ModelDenied,
            "There is no credit left",
            "billing page of Anthropic",
        ),
    ),
    "anthropic: throttled": (
        "anthropic",
        (Fails("rate_limit_error", "slow down", 429), ModelBusy, "asked too often", "Try again"),
    ),
    "anthropic: overloaded": (
        "anthropic",
        (Fails("overloaded_error", "Overloaded", 529), ModelBusy, "cannot serve", "Try again"),
    ),
    "anthropic: too much to read": (
        "anthropic",
        (
            Fails("invalid_request_error", "prompt is too long: 1200000 tokens > 1000000 maximum"),
            NoReply,
            "more to read than",
            "shorter period",
        ),
    ),
    "openai: wrong key": (
        "openai",
        (
            Fails("invalid_api_key", "Incorrect API key provided: sk-abcdefghijk", 401),
            ModelDenied,
            "does not accept the key in OPENAI_API_KEY",
            "export OPENAI_API_KEY",
        ),
    ),
    "openai: unknown model": (
        "openai",
        (Fails("model_not_found", "no such model", 404), ModelMissing, "knows no model", "/v1"),
    ),
    "openai: no credit": (
        "openai",
        (
            Fails("insufficient_quota", "You exceeded your current quota", 429),
            ModelDenied,
            "There is no credit left",
            "billing page of OpenAI",
        ),
    ),
    "openai: throttled": (
        "openai",
        (Fails("rate_limit_exceeded", "slow down", 429), ModelBusy, "asked too often", "Try again"),
    ),
    "openai: broken": (
        "openai",
        (Fails("server_error", "oops", 500), ModelBusy, "cannot serve the model", "Try again"),
    ),
    "openai: too much to read": (
        "openai",
        (
            Fails("context_length_exceeded", "This model's maximum context length is 8192 tokens."),
            NoReply,
            "more to read than",
            "shorter period",
        ),
    ),
    "ollama: not pulled": (
        "ollama",
        (
            Fails("", "model 'qwen3' not found", 404),
            ModelMissing,
            "Ollama has no model qwen3.",
            "ollama pull qwen3",
        ),
    ),
    "ollama: no tools": (
        "ollama",
        (
            Fails("", "registry.ollama.ai/library/phi3 does not support tools", 400),
            ModelMissing,
            "cannot call tools",
            "finops config set model",
        ),
    ),
    "ollama: broken": (
        "ollama",
        (Fails("", "llama runner process has terminated", 500), ModelBusy, "cannot serve", "Try"),
    ),
}


def _is_told(error: FinopsError, kind: type[FinopsError], said: str, mend: str) -> None:
    assert type(error) is kind
    assert said in error.message
    assert mend in error.hint
    assert error.message.count("\n") == 0
    assert "for-tests-only" not in error.message + error.hint
    assert "sk-" not in error.message + error.hint


@pytest.mark.parametrize("name", BEDROCK)
def test_what_bedrock_refuses(name: str) -> None:
    fails, kind, said, mend = BEDROCK[name]
    _is_told(failure("bedrock", fails), kind, said, mend)


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_refuse(name: str) -> None:
    provider, (fails, kind, said, mend) = OTHERS[name]
    _is_told(failure(provider, fails), kind, said, mend)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_stream_that_breaks_off(provider: str) -> None:
    _is_told(failure(provider, Breaks()), ModelSilent, "broke off half-way", "Try again")


@pytest.mark.parametrize(
    ("provider", "code", "kind", "said"),
    [
        ("bedrock", "throttlingException", ModelBusy, "asked too often"),
        ("bedrock", "modelStreamErrorException", ModelSilent, "broke off half-way"),
        ("bedrock", "internalServerException", ModelBusy, "cannot serve the model"),
        ("bedrock", "serviceUnavailableException", ModelBusy, "cannot serve the model"),
        ("anthropic", "overloaded_error", ModelBusy, "cannot serve the model"),
        ("openai", "server_error", ModelBusy, "cannot serve the model"),
    ],
)
def test_an_error_within_a_stream(
    provider: str, code: str, kind: type[FinopsError], said: str
) -> None:
    broken = Breaks(fails=Fails(code, "It went wrong."))
    _is_told(failure(provider, broken), kind, said, "Try again")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_stream_that_fails_leaves_no_connection_open(provider: str) -> None:
    failure(provider, Breaks(fails=Fails("internalServerException", "It went wrong.")))
    gc.collect()  # which warns of sockets that nobody closed, and a warning is an error here


def test_a_key_that_the_other_side_repeats_goes_no_further() -> None:
    said = "unknown field in the request of Bearer sk-abcdefghijk"
    error = failure("openai", Fails("bad_request", said))
    _is_told(error, ModelError, "refuses the request: unknown field in the request of (hidden)", "")


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("after", [0, 1])
def test_a_model_that_falls_silent(provider: str, after: int) -> None:
    error = failure(provider, Silent(after=after), model_seconds="0.2")
    _is_told(error, ModelSilent, "said nothing for 0.2 seconds", "model_seconds")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_reply_that_is_cut_short(provider: str) -> None:
    error = failure(provider, Says("It cost", stop="max_tokens"))
    _is_told(error, NoReply, "more than the 4,096 tokens", "less")


@pytest.mark.parametrize("provider", ["bedrock", "ollama"])
def test_a_reply_that_is_none(provider: str) -> None:
    _is_told(failure(provider, Garbage()), NoReply, "cannot be read", "")


def test_a_call_that_ollama_cannot_parse() -> None:
    error = failure("ollama", Calls("cost", '{"month": "20'))
    _is_told(error, NoReply, "cannot be read", "model_url")


def _closed_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("provider", "said", "mend"),
    [
        ("bedrock", "Bedrock cannot be reached in the region of your profile.", "model_region"),
        ("openai", "cannot be reached", "Check model_url"),
        ("anthropic", "cannot be reached", "Check model_url"),
        ("ollama", "no Ollama answers.", "ollama serve"),
    ],
)
def test_nobody_there(provider: str, said: str, mend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"http://127.0.0.1:{_closed_port()}"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "for-tests-only")
    _is_told(_asked(ModelSetting(provider, "some-model", url)), ModelSilent, said, mend)


def test_no_credentials() -> None:
    error = _asked(ModelSetting("bedrock", "some-model", "http://127.0.0.1:1"))
    _is_told(error, ModelDenied, "There are no AWS credentials", "finops config set profile")


def _asked(setting: ModelSetting) -> FinopsError:
    try:
        ask(setting, {})
    except Exception as error:
        return told(error, setting)
    raise AssertionError("It answered.")


@pytest.mark.parametrize(
    ("provider", "stop"),
    [
        ("bedrock", "guardrail_intervened"),
        ("bedrock", "content_filtered"),
        ("openai", "content_filtered"),
        ("anthropic", "content_filtered"),
    ],
)
def test_an_answer_held_back(provider: str, stop: str) -> None:
    _told_unusable(provider, Says("I cannot say.", stop=stop), "was held back by a filter")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_empty_answer(provider: str) -> None:
    _told_unusable(provider, Empty(), "said nothing")


def test_what_is_no_stream_is_an_empty_answer_to_some_clients() -> None:
    _told_unusable("openai", Garbage(), "said nothing")


def _told_unusable(provider: str, reply: Reply, said: str) -> None:
    answer, _sent = requests(provider, reply)
    setting = ModelSetting(provider, "some-model")
    found = unusable(answer.stop_reason, str(answer), setting)
    assert isinstance(found, NoReply)
    assert said in found.message


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        ("model_context_window_exceeded", "more to read than"),
        ("malformed_model_output", "cannot be read"),
        ("malformed_tool_use", "cannot be read"),
    ],
)
def test_other_ends_of_bedrock(stop: str, said: str) -> None:
    found = unusable(stop, "It cost", ModelSetting("bedrock", "some-model"))
    assert isinstance(found, NoReply)
    assert said in found.message


def test_a_good_answer_is_none_of_these() -> None:
    assert unusable("end_turn", "It cost 12.50 USD.", ModelSetting("ollama", "qwen3")) is None


# What botocore raises before anything is sent, or in place of an answer.
RAISED: dict[str, tuple[Exception, type[FinopsError], str]] = {
    "SSO": (botocore.UnauthorizedSSOTokenError(), ModelDenied, "credentials for Bedrock are over"),
    "half a key": (
        botocore.PartialCredentialsError(provider="env", cred_var="aws_secret_access_key"),
        ModelDenied,
        "no AWS credentials",
    ),
    "no way out": (
        botocore.ConnectTimeoutError(endpoint_url="https://example.invalid"),
        ModelSilent,
        "cannot be reached in nowhere-1",
    ),
    "proxy": (
        botocore.ProxyConnectionError(proxy_url="http://example.invalid"),
        ModelSilent,
        "cannot be reached in nowhere-1",
    ),
    "region": (
        botocore.InvalidRegionError(region_name="no where"),
        ModelSilent,
        "cannot be reached in nowhere-1",
    ),
    "wrapped": (EventLoopException(TimeoutError()), ModelSilent, "said nothing for"),
}


@pytest.mark.parametrize("name", RAISED)
def test_what_is_raised_before_anybody_answers(name: str) -> None:
    error, kind, said = RAISED[name]
    _is_told(told(error, ModelSetting("bedrock", "x", region="nowhere-1")), kind, said, "")


@given(st.text(), st.text(), st.integers(0, 999), st.sampled_from(PROVIDERS))
def test_whatever_comes_is_told_in_one_line(
    code: str, words: str, status: int, provider: str
) -> None:
    answer = {
        "Error": {"Code": code, "Message": words},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    error = told(botocore.ClientError(answer, "Converse"), ModelSetting(provider, "some-model"))
    assert error.message and error.hint
    assert all(character.isprintable() for character in error.message)
    assert len(error.message) < 400


def test_our_own_errors_stay_what_they_are() -> None:
    ours = ModelLimit("Enough.", "")
    assert told(ours, ModelSetting("ollama", "qwen3")) is ours


def test_a_bug_is_named_and_not_quoted() -> None:
    error = told(RuntimeError("sk-secret-of-somebody"), ModelSetting("ollama", "qwen3"))
    _is_told(error, ModelError, "failed: RuntimeError", "finops config set model")


@pytest.mark.parametrize("key", ["sk-ant-api03-a1b2", "gsk_a1b2c3d4", "xai-a1b2c3", "AIzaSyA1b2c3"])
def test_no_providers_key_is_repeated(key: str) -> None:
    fault = fault_of(RuntimeError(f"The key {key} may not do this."))
    assert fault.words == "The key (hidden) may not do this"
