"""Which language model the user chose, and what it may take for one question."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol, TypeVar

from finops_cli.errors import UsageError, did_you_mean

BEDROCK = "bedrock"
ANTHROPIC = "anthropic"
OPENAI = "openai"
OLLAMA = "ollama"
LITELLM = "litellm"
PROVIDERS = (BEDROCK, ANTHROPIC, OPENAI, OLLAMA, LITELLM)
OLLAMA_URL = "http://127.0.0.1:11434"

# Claude Haiku 5.5 of October 2026: strands/models/_defaults.py (1.62) and the provider tables of
# Vercel's AI SDK name it, and AWS's price list sells it ("Claude Haiku 5.5 (Amazon Bedrock
# Edition)"). Current Claude models are reached through inference profiles; the global one can be
# called from every commercial region and is the cheapest. Haiku 4.5 may end from 2026-10-01 on
# (its model card in the Bedrock user guide).
_DEFAULTS = {
    BEDROCK: "global.anthropic.claude-haiku-5-5",
    ANTHROPIC: "claude-haiku-5-5",
}
_EXAMPLES = {
    OPENAI: "openai:gpt-6-luna",
    OLLAMA: "ollama:qwen3",
    LITELLM: "litellm:mistral/mistral-small-latest",
}
_Number = TypeVar("_Number", int, float, Decimal)
_FORMS = "Write it as bedrock, bedrock:ID, anthropic, anthropic:ID, openai:ID, ollama:ID or none."


class Values(Protocol):
    """The settings by their names; None where nothing is set."""

    def __getitem__(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a model may take for one question; None sets no limit.

    Args:
        model_calls: Requests to it.
        tool_calls: Tools that it may call.
        tokens: Tokens that it may read and write.
        cost: Their price in US dollars.
        seconds: How long it may take.
    """

    model_calls: int | None = None
    tool_calls: int | None = None
    tokens: int | None = None
    cost: Decimal | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ModelSetting:
    """A language model as the user set it.

    Args:
        provider: One of ``PROVIDERS``.
        model_id: What the provider calls it.
        url: The base URL of its endpoint, where it is not the provider's own.
        region: The AWS region of Bedrock, where it is not the profile's.
        price: US dollars a million tokens read and written; None for the prices that are known.
        limits: What it may take for one question.
    """

    provider: str
    model_id: str
    url: str | None = None
    region: str | None = None
    price: tuple[Decimal, Decimal] | None = None
    limits: Limits = Limits()

    @classmethod
    def of(cls, values: Values) -> "ModelSetting | None":
        """Return the model that the settings name; None where none is wanted.

        Raises:
            UsageError: An unknown provider, no model of it, or a limit that is no number.
        """
        text = (values["model"] or "").strip()
        if text in ("", "none"):
            return None
        provider, model_id = _named(text)
        return cls(
            provider,
            model_id,
            _url(values["model_url"]),
            values["model_region"] or None,
            _price(values["model_price"]),
            Limits(
                _limit(values, "max_model_calls", int),
                _limit(values, "max_tool_calls", int),
                _limit(values, "max_model_tokens", int),
                _limit(values, "max_model_cost", Decimal),
                _limit(values, "model_seconds", float),
            ),
        )

    @property
    def endpoint(self) -> str | None:
        """Where it is reached over HTTP; None for the provider's own address."""
        return self.url or (OLLAMA_URL if self.provider == OLLAMA else None)

    def __str__(self) -> str:
        return f"{self.provider}:{self.model_id}"


def _named(text: str) -> tuple[str, str]:
    """Return the provider and the model that a setting names."""
    provider, _, model_id = text.partition(":")
    provider = provider.strip().lower()
    if provider not in PROVIDERS:
        hint = did_you_mean(provider, (*PROVIDERS, "none")) or _FORMS
        raise UsageError(f"{text!r} is no model: I do not know the provider {provider!r}.", hint)
    model_id = model_id.strip() or _DEFAULTS.get(provider, "")
    if not model_id:
        raise UsageError(
            f"{text!r} names no model of this provider.", f"Such as {_EXAMPLES[provider]}."
        )
    return provider, model_id


def _url(text: str | None) -> str | None:
    if not text:
        return None
    if not text.startswith(("http://", "https://")):
        raise UsageError(f"{text!r} is no model_url.", "Write it as http://127.0.0.1:8000/v1.")
    if "@" in text.split("/")[2]:  # not repeated: it holds a password
        raise UsageError(
            "The model_url holds a name or a password, which messages would show.",
            "Leave it out: keys are read from the environment, such as OPENAI_API_KEY.",
        )
    return text.rstrip("/")


def _price(text: str | None) -> tuple[Decimal, Decimal] | None:
    if not text:
        return None
    read, _, written = text.partition("/")
    try:
        return _amount(read), _amount(written)
    except ValueError:
        said = f"{text!r} is no model_price."
        hint = "Write the US dollars of a million tokens read and written, as 1.00/5.00."
        raise UsageError(said, hint) from None


def _limit(values: Values, name: str, kind: Callable[[Decimal], _Number]) -> _Number | None:
    """Return a limit; None for 0, which sets none."""
    text = values[name]
    if not text:
        return None
    try:
        number = _amount(text)
        if kind is int and number != number.to_integral_value():
            raise ValueError(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no {name}.", f"Write `finops config set {name} NUMBER`; 0 sets no limit."
        ) from None
    return kind(number) if number else None


def _amount(text: str) -> Decimal:
    """Return a number that is not negative.

    Raises:
        ValueError: It is none, or far too large to mean anything.
    """
    try:
        number = Decimal(text.strip().lstrip("$"))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or not 0 <= number < 10**12:
        raise ValueError(text)
    return number
