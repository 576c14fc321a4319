"""From a setting to a model that Strands can talk to.

Each client is told to send a request once: repeating is for the loop, which counts what is sent.
None keeps a connection for later, because what is kept outlives the event loop it belongs to.
Temperature is left alone: current models of Anthropic and OpenAI refuse it.
"""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from finops_cli.agents.model.setting import (
    ANTHROPIC,
    BEDROCK,
    LITELLM,
    OLLAMA,
    OPENAI,
    ModelSetting,
)
from finops_cli.errors import SetupError

if TYPE_CHECKING:
    from strands.models import Model

OpenSession = Callable[[str | None, float], tuple[Any, Any]]
"""Opens a session of boto3 in a region (None for the profile's), and tells how its clients behave
that wait so many seconds for an answer: ``sources.aws.session.session.boto_session``."""

MAX_TOKENS = 4096
"""What one reply may have: some models think before they write, and that counts as well."""
_MOST_SECONDS = 60.0
_CONNECT_SECONDS = 5.0
KEYS = {ANTHROPIC: "ANTHROPIC_API_KEY", OPENAI: "OPENAI_API_KEY"}
_NO_KEY = "none"
"""What is sent as a key to an endpoint of the user's own where none is set."""

# These think before they answer unless they are told not to (LiteLLM's model table: thinking is on
# by default and not always on). It would double the wait and help little with what is asked here.
_NEED_NOT_THINK = ("claude-haiku-5-5", "claude-sonnet-5", "claude-opus-5")


def connect(setting: ModelSetting, environment: Mapping[str, str], session: OpenSession) -> "Model":
    """Return the model that a setting names; nothing is sent yet.

    Args:
        setting: The model.
        environment: The process's environment: keys come from nowhere else.
        session: Opens a session of boto3; called for Bedrock only.

    Raises:
        SetupError: A package or a key is missing.
        FinopsError: There is no such AWS profile, or its files are broken.
    """
    try:
        return _CONNECTING[setting.provider](setting, environment, session)
    except ImportError as error:
        extra = "" if setting.provider == BEDROCK else f"[{setting.provider}]"
        raise SetupError(
            f"The model {setting} needs a package that is not installed.",
            f"`pip install 'finops{extra}'` installs it.",
        ) from error


def seconds_of(setting: ModelSetting) -> float:
    """Return how long one answer is waited for."""
    return min(setting.limits.seconds or _MOST_SECONDS, _MOST_SECONDS)


def _bedrock(
    setting: ModelSetting, environment: Mapping[str, str], session: OpenSession
) -> "Model":
    from strands.models.bedrock import BedrockModel

    opened, behaviour = session(setting.region, seconds_of(setting))
    return BedrockModel(
        boto_session=opened,
        boto_client_config=behaviour,
        endpoint_url=setting.url,
        model_id=setting.model_id,
        max_tokens=MAX_TOKENS,
        additional_request_fields=_thinking(setting),
    )


def _anthropic(
    setting: ModelSetting, environment: Mapping[str, str], session: OpenSession
) -> "Model":
    import httpx
    from strands.models.anthropic import AnthropicModel

    timeout = httpx.Timeout(seconds_of(setting), connect=_CONNECT_SECONDS)
    arguments: dict[str, Any] = {
        "api_key": _key(setting, environment),
        "max_retries": 0,
        "timeout": timeout,
        "http_client": httpx.AsyncClient(timeout=timeout, limits=_unkept()),
    }
    if setting.url:
        arguments["base_url"] = setting.url.removesuffix("/v1")
    return AnthropicModel(
        client_args=arguments,
        model_id=setting.model_id,
        max_tokens=MAX_TOKENS,
        params=_thinking(setting),
    )


def _openai(setting: ModelSetting, environment: Mapping[str, str], session: OpenSession) -> "Model":
    import httpx
    from strands.models.openai import OpenAIModel

    arguments: dict[str, Any] = {
        "api_key": _key(setting, environment),
        "max_retries": 0,
        "timeout": httpx.Timeout(seconds_of(setting), connect=_CONNECT_SECONDS),
    }
    if setting.url:
        arguments["base_url"] = setting.url
    # OpenAI's own models refuse the old name, and servers of open models may not know the new one.
    most = "max_tokens" if setting.url else "max_completion_tokens"
    return OpenAIModel(client_args=arguments, model_id=setting.model_id, params={most: MAX_TOKENS})


def _ollama(setting: ModelSetting, environment: Mapping[str, str], session: OpenSession) -> "Model":
    import httpx
    from strands.models.ollama import OllamaModel

    timeout = httpx.Timeout(seconds_of(setting), connect=_CONNECT_SECONDS)
    return OllamaModel(
        setting.endpoint,
        ollama_client_args={"timeout": timeout, "limits": _unkept()},
        model_id=setting.model_id,
        max_tokens=MAX_TOKENS,
    )


def _litellm(
    setting: ModelSetting, environment: Mapping[str, str], session: OpenSession
) -> "Model":
    # Otherwise it fetches its price list from the internet as soon as it is imported.
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    from strands.models.litellm import LiteLLMModel

    arguments: dict[str, Any] = {"num_retries": 0, "timeout": seconds_of(setting)}
    if setting.url:
        arguments["api_base"] = setting.url
    return LiteLLMModel(
        client_args=arguments, model_id=setting.model_id, params={"max_tokens": MAX_TOKENS}
    )


def _key(setting: ModelSetting, environment: Mapping[str, str]) -> str:
    """Return the key of a provider.

    Raises:
        SetupError: None is set, and the endpoint is the provider's own.
    """
    variable = KEYS[setting.provider]
    key = environment.get(variable)
    if key:
        return key
    if setting.url:
        return _NO_KEY
    raise SetupError(
        f"The model {setting} needs a key, and {variable} is not set.",
        f"`export {variable}=...` with a key of your account, or choose another model: "
        "`finops config set model bedrock`.",
    )


def _thinking(setting: ModelSetting) -> dict[str, Any]:
    named = setting.model_id.removesuffix("-v1:0")
    return {"thinking": {"type": "disabled"}} if named.endswith(_NEED_NOT_THINK) else {}


def _unkept() -> Any:
    import httpx

    return httpx.Limits(max_keepalive_connections=0)


_CONNECTING: dict[str, Callable[[ModelSetting, Mapping[str, str], OpenSession], "Model"]] = {
    BEDROCK: _bedrock,
    ANTHROPIC: _anthropic,
    OPENAI: _openai,
    OLLAMA: _ollama,
    LITELLM: _litellm,
}
