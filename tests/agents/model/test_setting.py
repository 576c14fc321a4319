"""What the settings say about a model, and what they may not say."""

from decimal import Decimal

import pytest

from finops_cli.agents.model.setting import Limits, ModelSetting
from finops_cli.config import SETTINGS
from finops_cli.errors import UsageError
from tests.agents.model.talking import Settings


def setting(**values: str) -> ModelSetting | None:
    return ModelSetting.of(Settings(values))


@pytest.mark.parametrize("text", ["", "none", " none "])
def test_none_is_none(text: str) -> None:
    assert setting(model=text) is None
    assert ModelSetting.of(Settings()) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("bedrock", "bedrock:global.anthropic.claude-haiku-5-5"),
        ("Bedrock:", "bedrock:global.anthropic.claude-haiku-5-5"),
        ("bedrock:amazon.nova-lite-v1:0", "bedrock:amazon.nova-lite-v1:0"),
        (
            "bedrock:arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc",
            "bedrock:arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc",
        ),
        ("anthropic", "anthropic:claude-haiku-5-5"),
        ("anthropic:claude-sonnet-5-5", "anthropic:claude-sonnet-5-5"),
        ("openai:gpt-6-luna", "openai:gpt-6-luna"),
        ("ollama:qwen3:8b", "ollama:qwen3:8b"),
        ("litellm:mistral/mistral-small-latest", "litellm:mistral/mistral-small-latest"),
    ],
)
def test_a_model_is_named_by_its_provider_and_id(text: str, named: str) -> None:
    assert str(setting(model=text)) == named


@pytest.mark.parametrize(
    ("values", "said", "mend"),
    [
        ({"model": "bedrok"}, "I do not know the provider 'bedrok'", "Did you mean bedrock?"),
        ({"model": "gemini-3"}, "I do not know the provider", "bedrock:ID"),
        ({"model": "openai"}, "names no model of this provider", "openai:gpt-6-luna"),
        ({"model": "ollama: "}, "names no model of this provider", "ollama:qwen3"),
        ({"model": "bedrock", "model_url": "localhost:8000"}, "no model_url", "http://"),
        ({"model": "bedrock", "model_price": "cheap"}, "no model_price", "1.00/5.00"),
        ({"model": "bedrock", "model_price": "1.00"}, "no model_price", "1.00/5.00"),
        ({"model": "bedrock", "max_model_calls": "many"}, "no max_model_calls", "config set"),
        ({"model": "bedrock", "max_model_calls": "1.5"}, "no max_model_calls", "config set"),
        ({"model": "bedrock", "max_tool_calls": "-1"}, "no max_tool_calls", "config set"),
        ({"model": "bedrock", "max_model_cost": "NaN"}, "no max_model_cost", "config set"),
        ({"model": "bedrock", "model_seconds": "inf"}, "no model_seconds", "config set"),
    ],
)
def test_what_makes_no_sense_is_told(values: dict[str, str], said: str, mend: str) -> None:
    with pytest.raises(UsageError) as caught:
        setting(**values)
    assert said in caught.value.message
    assert mend in caught.value.hint


def test_all_that_can_be_set() -> None:
    found = setting(
        model="openai:local",
        model_url="http://127.0.0.1:8000/v1/",
        model_region="eu-west-1",
        model_price="1.00/5.00",
        max_model_calls="3",
        max_tool_calls="4",
        max_model_tokens="5000",
        max_model_cost="0.25",
        model_seconds="1.5",
    )
    assert found == ModelSetting(
        "openai",
        "local",
        "http://127.0.0.1:8000/v1",
        "eu-west-1",
        (Decimal("1.00"), Decimal("5.00")),
        Limits(3, 4, 5000, Decimal("0.25"), 1.5),
    )


def test_nought_sets_no_limit() -> None:
    found = setting(model="ollama:qwen3", max_model_calls="0", max_model_cost="0.00")
    assert found is not None and found.limits == Limits()


def test_ollama_is_on_this_machine_unless_told_otherwise() -> None:
    assert ModelSetting("ollama", "qwen3").endpoint == "http://127.0.0.1:11434"
    assert ModelSetting("ollama", "qwen3", "http://gpu:11434").endpoint == "http://gpu:11434"
    assert ModelSetting("openai", "gpt-6-luna").endpoint is None


def test_the_defaults_of_the_config_set_every_limit() -> None:
    defaults = {one.name: one.default for one in SETTINGS if one.default is not None}
    found = ModelSetting.of(Settings({**defaults, "model": "bedrock"}))
    assert found is not None
    limits = found.limits
    assert None not in (limits.model_calls, limits.tool_calls, limits.tokens, limits.cost)
    assert limits.seconds


@pytest.mark.parametrize("url", ["https://me:hunter2@models.example/v1", "http://hunter2@[::1]:8"])
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="a name or a password") as caught:
        setting(model="openai:x", model_url=url)
    assert "hunter2" not in caught.value.message + caught.value.hint
    assert setting(model="openai:x", model_url="https://models.example/v1/@cf") is not None
