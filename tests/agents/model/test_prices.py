"""What a request costs: by id, by part of the world, from the cache, and as the user says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.agents.model.prices import price, prices, tokens_read
from finops_cli.agents.model.setting import ModelSetting

MILLION = {"inputTokens": 1_000_000, "outputTokens": 1_000_000, "totalTokens": 2_000_000}
ACCOUNT = "arn:aws:bedrock:us-east-1:111122223333"


def model(text: str) -> ModelSetting:
    provider, _, model_id = text.partition(":")
    return ModelSetting(provider, model_id)


@pytest.mark.parametrize(
    ("named", "read", "written"),
    [
        ("bedrock:global.anthropic.claude-haiku-5-5", "0.10", "0.50"),
        ("bedrock:us.anthropic.claude-haiku-5-5", "0.11", "0.55"),
        ("bedrock:anthropic.claude-haiku-5-5", "0.11", "0.55"),
        ("bedrock:eu.anthropic.claude-haiku-4-5-20251001-v1:0", "1.10", "5.50"),
        ("bedrock:global.anthropic.claude-opus-4-6-v1", "5", "25"),
        (f"bedrock:{ACCOUNT}:inference-profile/jp.anthropic.claude-sonnet-5-5", "2.20", "11"),
        (
            "bedrock:arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
            "0.80",
            "3.20",
        ),
        ("bedrock:us.amazon.nova-lite-v1:0", "0.06", "0.24"),
        ("bedrock:openai.gpt-oss-20b-1:0", "0.07", "0.30"),
        ("bedrock:us.openai.gpt-6-luna", "0.11", "0.55"),
        ("anthropic:claude-haiku-4-5-20251001", "1", "5"),
        ("openai:gpt-4o-2024-08-06", "2.50", "10"),
        ("openai:gpt-6.1-sol", "2", "10"),
        ("litellm:anthropic/claude-sonnet-5", "2", "10"),
        ("litellm:bedrock/us.anthropic.claude-opus-5", "5.50", "27.50"),
        ("ollama:qwen3", "0", "0"),
    ],
)
def test_a_model_s_price(named: str, read: str, written: str) -> None:
    found = prices(model(named))
    assert found is not None
    assert (found.read, found.written) == (Decimal(read), Decimal(written))


@pytest.mark.parametrize(
    "named",
    [
        "bedrock:eu.amazon.nova-lite-v1:0",
        f"bedrock:{ACCOUNT}:application-inference-profile/abc",
        "bedrock:us-gov.anthropic.claude-haiku-5-5",
        "bedrock:claude-haiku-5-5",
        "bedrock:meta.llama3-3-70b-instruct-v1:0",
        "anthropic:claude-next",
        "litellm:mistral/mistral-small-latest",
        "openai:anthropic.claude-haiku-5-5",
    ],
)
def test_what_is_not_known_is_none(named: str) -> None:
    assert price(model(named), MILLION) is None


def test_an_endpoint_of_the_user_s_own_has_the_user_s_price_or_none() -> None:
    own = ModelSetting("openai", "gpt-4o", "http://127.0.0.1:8000/v1")
    assert price(own, MILLION) is None
    priced = ModelSetting("openai", "gpt-4o", own.url, price=(Decimal(1), Decimal(5)))
    assert price(priced, MILLION) == Decimal(6)


def test_the_user_s_price_goes_before_ours() -> None:
    own = ModelSetting("bedrock", "global.anthropic.claude-opus-5", price=(Decimal(1), Decimal(2)))
    assert price(own, MILLION) == Decimal(3)


def test_what_comes_from_the_cache_costs_less() -> None:
    usage = {"inputTokens": 1000, "outputTokens": 10, "cacheReadInputTokens": 4000}
    usage |= {"cacheWriteInputTokens": 2000}
    claude = model("bedrock:global.anthropic.claude-haiku-4-5-20251001-v1:0")
    expected = (1000 * 1 + 4000 * Decimal("0.1") + 2000 * Decimal("1.25") + 10 * 5) / 1_000_000
    assert price(claude, usage) == expected
    assert tokens_read(claude, usage) == 7000


def test_openai_counts_the_cache_among_the_tokens_of_the_prompt() -> None:
    usage = {"inputTokens": 5000, "outputTokens": 10, "cacheReadInputTokens": 4000}
    gpt = model("openai:gpt-4o-mini")
    expected = (1000 * Decimal("0.15") + 4000 * Decimal("0.075") + 10 * Decimal("0.60")) / 1_000_000
    assert price(gpt, usage) == expected
    assert tokens_read(gpt, usage) == 5000


def test_a_long_request_costs_more_a_token() -> None:
    haiku = model("bedrock:global.anthropic.claude-haiku-5-5")
    short = price(haiku, {"inputTokens": 100_000, "outputTokens": 100})
    long = price(haiku, {"inputTokens": 100_001, "outputTokens": 100})
    assert short == (100_000 * Decimal("0.10") + 100 * Decimal("0.50")) / 1_000_000
    assert long == 5 * (100_001 * Decimal("0.10") + 100 * Decimal("0.50")) / 1_000_000


@given(st.text(max_size=60), st.sampled_from(["bedrock", "openai", "anthropic", "litellm"]))
def test_no_name_is_too_odd_to_be_looked_up(name: str, provider: str) -> None:
    found = price(ModelSetting(provider, name), MILLION)
    assert found is None or found > 0


@given(st.integers(0, 10**7), st.integers(0, 10**6))
def test_more_tokens_never_cost_less(read: int, written: int) -> None:
    for named in ("bedrock", "anthropic"):
        setting = ModelSetting(named, "claude-haiku-5-5")
        less = price(setting, {"inputTokens": read, "outputTokens": written}) or Decimal(0)
        more = price(setting, {"inputTokens": read + 1, "outputTokens": written}) or Decimal(0)
        assert more >= less >= 0
