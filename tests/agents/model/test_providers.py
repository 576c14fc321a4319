"""What keeps a model from being connected, told before anything is sent."""

import sys
from typing import Any, NoReturn

import pytest

from finops_cli.agents.model.providers import connect, seconds_of
from finops_cli.agents.model.setting import Limits, ModelSetting
from finops_cli.errors import SetupError
from tests.agents.model.talking import ask
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Says


def no_session(region: str | None, seconds: float) -> NoReturn:
    raise AssertionError("AWS has nothing to do with it")


@pytest.mark.parametrize(
    ("provider", "variable"), [("anthropic", "ANTHROPIC_API_KEY"), ("openai", "OPENAI_API_KEY")]
)
def test_a_key_that_is_not_set_is_named(provider: str, variable: str) -> None:
    with pytest.raises(SetupError) as caught:
        connect(ModelSetting(provider, "some-model"), {variable: ""}, no_session)
    assert variable in caught.value.message
    assert f"export {variable}" in caught.value.hint


def test_a_server_of_the_user_s_own_needs_no_key() -> None:
    with ModelEndpoint([Says("Yes.")]) as endpoint:
        setting = ModelSetting("openai", "local", endpoint.model_url("openai"))
        assert str(ask(setting, {})).strip() == "Yes."
        (request,) = endpoint.requests
    assert request.headers["authorization"] == "Bearer none"


def test_only_the_environment_that_is_handed_in_holds_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-s")
    with pytest.raises(SetupError):
        connect(ModelSetting("openai", "gpt-6-luna"), {}, no_session)


@pytest.mark.parametrize("provider", ["anthropic", "openai", "ollama", "litellm"])
def test_a_package_that_is_not_installed_is_named(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    monkeypatch.setitem(sys.modules, provider, None)  # as Python marks what is not there
    monkeypatch.delitem(sys.modules, f"strands.models.{provider}", raising=False)
    environment = {"ANTHROPIC_API_KEY": "a", "OPENAI_API_KEY": "b"}
    with pytest.raises(SetupError) as caught:
        connect(ModelSetting(provider, "some-model"), environment, no_session)
    assert "needs a package that is not installed" in caught.value.message
    assert f"`pip install 'finops[{provider}]'`" in caught.value.hint


def test_bedrock_is_told_the_region_and_how_long_to_wait() -> None:
    asked: list[Any] = []

    def session(region: str | None, seconds: float) -> NoReturn:
        asked.append((region, seconds))
        raise SetupError("No further.", "")

    limits = Limits(seconds=12.5)
    with pytest.raises(SetupError, match="No further"):
        connect(ModelSetting("bedrock", "x", region="eu-west-1", limits=limits), {}, session)
    assert asked == [("eu-west-1", 12.5)]


@pytest.mark.parametrize(("limit", "waited"), [(None, 60), (90.0, 60), (5.0, 5)])
def test_no_answer_is_waited_for_longer_than_a_minute(limit: float | None, waited: float) -> None:
    assert seconds_of(ModelSetting("ollama", "qwen3", limits=Limits(seconds=limit))) == waited
