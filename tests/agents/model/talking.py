"""A Strands agent with one small tool, on a model that says what a test wrote for it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from finops_cli.agents.model.failures import told
from finops_cli.agents.model.providers import connect
from finops_cli.agents.model.setting import ModelSetting
from finops_cli.errors import FinopsError
from finops_cli.sources.aws.session.session import boto_session
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Reply, Request, Script

PROVIDERS = ("bedrock", "openai", "anthropic", "ollama")
IDS = {
    "bedrock": "global.anthropic.claude-haiku-5-5",
    "openai": "gpt-6-luna",
    "anthropic": "claude-haiku-5-5",
    "ollama": "qwen3",
}
QUESTION = "What did it cost?"
PROMPT = "You explain bills."


class Settings(dict[str, str]):
    """Settings of which most are not set."""

    def __missing__(self, name: str) -> None:
        return None


def setting_of(endpoint: ModelEndpoint, provider: str, **others: str) -> ModelSetting:
    """Return the setting that leads to an endpoint."""
    given = {"model": f"{provider}:{IDS[provider]}", "model_region": "eu-central-1", **others}
    if provider != "bedrock":
        given["model_url"] = endpoint.model_url(provider)
    setting = ModelSetting.of(Settings(given))
    assert setting is not None
    return setting


def ask(setting: ModelSetting, environment: Mapping[str, str]) -> Any:
    """Return what an agent on a model answers."""
    import strands

    def cost(month: str) -> str:
        """Tell what a month cost.

        Args:
            month: The month.
        """
        return f"{month} cost 12.50 USD."

    session = partial(boto_session, None, environment=environment)
    agent = strands.Agent(
        model=connect(setting, environment, session),
        tools=[strands.tool(cost)],
        system_prompt=PROMPT,
        callback_handler=None,
        retry_strategy=None,
    )
    return agent(QUESTION)


@contextmanager
def speaking(provider: str, script: Sequence[Reply] | Script) -> Iterator[ModelEndpoint]:
    """Serve a script; botocore reads where it is from the process's own environment."""
    with ModelEndpoint(script) as endpoint, pytest.MonkeyPatch.context() as patch:
        for name, value in endpoint.environment(provider).items():
            patch.setenv(name, value)
        yield endpoint


def requests(provider: str, *script: Reply, **others: str) -> tuple[Any, list[Request]]:
    """Return what an agent answers, and what it sent."""
    with speaking(provider, script) as endpoint:
        answer = ask(setting_of(endpoint, provider, **others), endpoint.environment(provider))
        return answer, endpoint.requests


def failure(provider: str, *script: Reply, **others: str) -> FinopsError:
    """Return what a user is told where an agent gets no answer."""
    with speaking(provider, script) as endpoint:
        setting = setting_of(endpoint, provider, **others)
        try:
            answer = ask(setting, endpoint.environment(provider))
        except Exception as error:
            return told(error, setting)
    raise AssertionError(f"It answered: {answer}")
