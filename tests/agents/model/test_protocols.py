"""An agent of Strands on each provider, through the provider's own client."""

import json
from typing import Any

import pytest

from tests.agents.model.talking import IDS, PROMPT, PROVIDERS, QUESTION, requests
from tests.model_endpoint.replies import Calls, Says, Together, Usage

each_provider = pytest.mark.parametrize("provider", PROVIDERS)


@each_provider
def test_what_a_model_says_is_the_answer(provider: str) -> None:
    answer, (request,) = requests(provider, Says("It cost 12.50 USD. Grüße, 日本", pieces=5))
    assert str(answer).strip() == "It cost 12.50 USD. Grüße, 日本"
    assert answer.stop_reason == "end_turn"
    assert (request.protocol, request.model) == (provider, IDS[provider])
    assert request.streams
    assert (request.system, request.last, request.tools) == (PROMPT, QUESTION, ("cost",))


@each_provider
def test_a_tool_that_it_calls_answers_it(provider: str) -> None:
    script = (Calls("cost", {"month": "2026-10"}, says="I look."), Says("It cost 12.50 USD."))
    answer, sent = requests(provider, *script)
    assert str(answer).strip() == "It cost 12.50 USD."
    assert [request.last for request in sent] == [QUESTION, "2026-10 cost 12.50 USD."]


@each_provider
def test_several_calls_of_one_reply_are_all_answered(provider: str) -> None:
    calls = Together(Calls("cost", {"month": "2026-09"}), Calls("cost", {"month": "2026-10"}))
    _answer, sent = requests(provider, calls, Says("Both cost the same."))
    answered = sorted(sent[1].last.splitlines())
    assert answered == ["2026-09 cost 12.50 USD.", "2026-10 cost 12.50 USD."]


@pytest.mark.parametrize("provider", ["bedrock", "openai", "anthropic"])
def test_arguments_that_are_no_json_reach_the_model_as_an_error(provider: str) -> None:
    answer, sent = requests(provider, Calls("cost", '{"month": "20'), Says("I give up."))
    assert str(answer).strip() == "I give up."
    assert "Field required" in sent[1].last


@pytest.mark.parametrize(
    ("provider", "read"), [("bedrock", 30), ("anthropic", 30), ("openai", 37), ("ollama", 30)]
)
def test_tokens_are_counted(provider: str, read: int) -> None:
    usage = Usage(30, 5, cache_read=7)
    answer, _sent = requests(provider, Says("Yes.", usage=usage))
    counted = answer.metrics.accumulated_usage
    assert (counted["inputTokens"], counted["outputTokens"]) == (read, 5)
    assert counted.get("cacheReadInputTokens", 0) == (0 if provider == "ollama" else 7)


def _options(body: Any) -> dict[str, Any]:
    """Return a request without what is said in it."""
    said = ("messages", "system", "tools", "toolConfig", "model", "stream", "stream_options")
    return {name: value for name, value in body.items() if name not in said}


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        (
            "bedrock",
            {
                "inferenceConfig": {"maxTokens": 4096},
                "additionalModelRequestFields": {"thinking": {"type": "disabled"}},
            },
        ),
        ("anthropic", {"max_tokens": 4096, "thinking": {"type": "disabled"}}),
        ("openai", {"max_tokens": 4096}),
        ("ollama", {"options": {"num_predict": 4096}}),
    ],
)
def test_replies_are_bounded_and_nothing_is_sent_that_a_model_might_refuse(
    provider: str, expected: dict[str, Any]
) -> None:
    _answer, (request,) = requests(provider, Says("Yes."))
    assert _options(request.body) == expected


def test_a_model_that_always_thinks_is_not_told_otherwise() -> None:
    model = "bedrock:us.anthropic.claude-sonnet-5-5"
    _answer, (request,) = requests("bedrock", Says("Yes."), model=model)
    assert _options(request.body) == {"inferenceConfig": {"maxTokens": 4096}}


def test_a_profile_s_arn_is_a_model() -> None:
    arn = "arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc"
    _answer, (request,) = requests("bedrock", Says("Yes."), model=f"bedrock:{arn}")
    assert request.model == arn


def test_bedrock_is_asked_in_the_region_that_is_set() -> None:
    _answer, (request,) = requests("bedrock", Says("Yes."))
    assert "/eu-central-1/bedrock/" in request.headers["authorization"]


@pytest.mark.parametrize(
    ("provider", "header", "value"),
    [
        ("openai", "authorization", "Bearer for-tests-only"),
        ("anthropic", "x-api-key", "for-tests-only"),
    ],
)
def test_the_key_of_the_environment_is_sent(provider: str, header: str, value: str) -> None:
    _answer, (request,) = requests(provider, Says("Yes."))
    assert request.headers[header] == value


@each_provider
def test_a_request_says_nothing_of_this_machine(provider: str) -> None:
    _answer, (request,) = requests(provider, Says("Yes."))
    sent = json.dumps([request.body, dict(request.headers)])
    assert "for-tests-only" not in json.dumps(request.body)
    assert "traceparent" not in request.headers
    assert "/home/" not in sent
