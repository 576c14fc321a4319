"""What models cost: US dollars a million tokens, as their makers published them in November 2026.

Anthropic and OpenAI: their own price pages. Bedrock: AWS's price list of foundation models, which
has the makers' prices for global inference profiles, and 10 % more for those of a geography or a
single region ("approximately 10% savings", Bedrock user guide, global cross-Region inference). Each
row was compared in two collections, LiteLLM's of 1.110.2 and genai-prices' of 0.2.3, and stands
here only where both agree. Of Nova, only the prices of the United States are known here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from finops_cli.agents.model.setting import BEDROCK, LITELLM, OLLAMA, OPENAI, ModelSetting

_MILLION = Decimal(1_000_000)
_ELSEWHERE = Decimal("1.1")

_ARN = re.compile(r"^arn:[\w-]+:bedrock:[\w-]*:\d*:(foundation-model|inference-profile)/")
_GEOGRAPHY = re.compile(r"^(?P<place>global|us|eu|apac|ap|jp|au|ca)\.(?=\w+\.)")
_VENDOR = re.compile(r"^(anthropic|amazon|openai)\.")
_VERSION = re.compile(r"(-\d{8}|@\d{8}|-\d{4}-\d{2}-\d{2})?(-v\d+(:\d+)?|-\d:\d)?$")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens.

    Args:
        read: Tokens read.
        written: Tokens written.
        cached: Tokens read from the provider's cache.
        kept: Tokens written into it.
        long: From how many tokens read on a request costs more.
        long_read: How many times as much reading costs then.
        long_written: How many times as much writing costs then.
    """

    read: Decimal
    written: Decimal
    cached: Decimal
    kept: Decimal
    long: int | None = None
    long_read: Decimal = Decimal(1)
    long_written: Decimal = Decimal(1)


def _of(read: str, written: str, cached: str, kept: str | None = None) -> Price:
    return Price(Decimal(read), Decimal(written), Decimal(cached), Decimal(kept or read))


def _longer(price: Price, over: int, read: str, written: str) -> Price:
    """Return a price that is some times as high where a request reads more tokens."""
    return replace(price, long=over, long_read=Decimal(read), long_written=Decimal(written))


def _claude(read: str, written: str, cached: str) -> Price:
    """Return a price of Claude: five minutes in the cache cost a quarter more than reading."""
    return _of(read, written, cached, str(Decimal(read) * Decimal("1.25")))


def _gpt(read: str, written: str, cached: str, kept: str) -> Price:
    """Return a price of a GPT with a long context: from 272,000 tokens on it costs more."""
    return _longer(_of(read, written, cached, kept), 272_000, "2", "1.5")


_PRICES = {
    "claude-haiku-5-5": _longer(_claude("0.10", "0.50", "0.01"), 100_000, "5", "5"),
    "claude-haiku-4-5": _claude("1", "5", "0.10"),
    "claude-sonnet-5-5": _claude("2", "10", "0.10"),
    "claude-sonnet-5": _claude("2", "10", "0.20"),
    "claude-sonnet-4-6": _claude("3", "15", "0.30"),
    "claude-sonnet-4-5": _longer(_claude("3", "15", "0.30"), 200_000, "2", "1.5"),
    "claude-opus-5-5": _claude("4", "20", "0.20"),
    "claude-opus-5": _claude("5", "25", "0.50"),
    "claude-opus-4-8": _claude("5", "25", "0.50"),
    "claude-opus-4-7": _claude("5", "25", "0.50"),
    "claude-opus-4-6": _claude("5", "25", "0.50"),
    "claude-opus-4-5": _claude("5", "25", "0.50"),
    "claude-fable-5-1": _claude("10", "50", "0.25"),
    "claude-fable-5": _claude("10", "50", "1"),
    "nova-micro": _of("0.035", "0.14", "0.00875"),
    "nova-lite": _of("0.06", "0.24", "0.015"),
    "nova-pro": _of("0.80", "3.20", "0.20"),
    "nova-premier": _of("2.50", "12.50", "0.625"),
    "gpt-oss-120b": _of("0.15", "0.60", "0.15"),
    "gpt-oss-20b": _of("0.07", "0.30", "0.07"),
    "gpt-6.1-sol": _gpt("2", "10", "0.10", "2.50"),
    "gpt-6.1-terra": _gpt("1", "5", "0.05", "1.25"),
    "gpt-6-astra": _gpt("10", "50", "1", "12.50"),
    "gpt-6-sol": _gpt("2", "10", "0.20", "2.50"),
    "gpt-6-luna": _gpt("0.10", "0.50", "0.01", "0.125"),
    "gpt-5.4-mini": _of("0.75", "4.50", "0.075"),
    "gpt-5.1": _of("1.25", "10", "0.125"),
    "gpt-5": _of("1.25", "10", "0.125"),
    "gpt-5-mini": _of("0.25", "2", "0.025"),
    "gpt-5-nano": _of("0.05", "0.40", "0.005"),
    "gpt-4.1": _of("2", "8", "0.50"),
    "gpt-4.1-mini": _of("0.40", "1.60", "0.10"),
    "gpt-4.1-nano": _of("0.10", "0.40", "0.025"),
    "gpt-4o": _of("2.50", "10", "1.25"),
    "gpt-4o-mini": _of("0.15", "0.60", "0.075"),
}


def price(setting: ModelSetting, usage: Mapping[str, int]) -> Decimal | None:
    """Return what one request cost in US dollars; None where the model's prices are not known.

    Args:
        setting: The model; its own price goes before what is known.
        usage: The tokens of one request as Strands counts them. Not of several: a long one may
            cost more a token.
    """
    found = prices(setting)
    if found is None:
        return None
    cached = usage.get("cacheReadInputTokens", 0)
    kept = usage.get("cacheWriteInputTokens", 0)
    plain = tokens_read(setting, usage) - cached - kept
    reading = plain * found.read + cached * found.cached + kept * found.kept
    writing = usage.get("outputTokens", 0) * found.written
    if found.long is not None and plain + cached + kept > found.long:
        reading, writing = reading * found.long_read, writing * found.long_written
    return (reading + writing) / _MILLION


def tokens_read(setting: ModelSetting, usage: Mapping[str, int]) -> int:
    """Return how many tokens were read, those of the provider's cache included.

    OpenAI counts these among the tokens of the prompt; Bedrock and Anthropic count them apart.
    """
    read = usage.get("inputTokens", 0)
    if setting.provider in (OPENAI, LITELLM):
        return read
    return read + usage.get("cacheReadInputTokens", 0) + usage.get("cacheWriteInputTokens", 0)


def prices(setting: ModelSetting) -> Price | None:
    """Return the prices of a model; None where they are not known.

    Where the user named an endpoint, nobody but the user knows what it costs.
    """
    if setting.price:
        read, written = setting.price
        return Price(read, written, read, read)
    if setting.provider == OLLAMA:
        return _of("0", "0", "0")
    if setting.url and setting.provider != BEDROCK:
        return None
    return _of_bedrock(setting.model_id) if setting.provider == BEDROCK else _listed(setting)


def _listed(setting: ModelSetting) -> Price | None:
    maker, _, model_id = setting.model_id.rpartition("/")
    if maker == BEDROCK:
        return _of_bedrock(model_id)
    known = maker in ("", "anthropic", "openai")
    return _PRICES.get(_VERSION.sub("", model_id)) if known else None


def _of_bedrock(model_id: str) -> Price | None:
    """Return the price of a model, or of an inference profile that AWS made."""
    bare = _ARN.sub("", model_id)
    place = _GEOGRAPHY.match(bare)
    named = _GEOGRAPHY.sub("", bare)
    found = _PRICES.get(_VERSION.sub("", _VENDOR.sub("", named)))
    if found is None or not _VENDOR.match(named):
        return None
    return _placed(found, place["place"] if place else "", named)


def _placed(found: Price, place: str, named: str) -> Price | None:
    """Return what a price is in a part of the world; None where that is not known."""
    if named.startswith("amazon.") or "gpt-oss" in named:
        return found if place in ("", "us") else None
    if place == "global":
        return found
    return replace(
        found,
        read=found.read * _ELSEWHERE,
        written=found.written * _ELSEWHERE,
        cached=found.cached * _ELSEWHERE,
        kept=found.kept * _ELSEWHERE,
    )
