"""What a doctor says of a model, from packages, keys and what is free to ask."""

import socket
from collections.abc import Mapping
from typing import NoReturn

import pytest

from finops_cli.agents.model.checkup import checks
from finops_cli.domain.check import Check, State, ok
from finops_cli.sources.aws.session.session import boto_session
from tests.agents.model.talking import Settings
from tests.model_endpoint.endpoint import ModelEndpoint


def unasked(model_id: str, region: str | None) -> NoReturn:
    raise AssertionError("Bedrock has nothing to do with it")


def known(model_id: str, region: str | None) -> Check:
    return ok("model", f"{model_id} in {region}")


def found(
    values: Mapping[str, str], environment: Mapping[str, str] | None = None, offline: bool = False
) -> list[Check]:
    def session(region: str | None, seconds: float) -> tuple[object, object]:
        return boto_session(None, region, seconds, {})

    bedrock = known if values.get("model", "").startswith("bedrock") else unasked
    return list(checks(Settings(values), environment or {}, session, bedrock, offline))


def test_without_a_model_there_is_nothing_to_say() -> None:
    assert found({}) == []
    assert found({"model": "none"}) == []


def test_a_setting_that_makes_no_sense_is_a_failure() -> None:
    (check,) = found({"model": "bedrok"})
    assert (check.state, check.fix, check.exit_code) == (State.FAILED, "Did you mean bedrock?", 2)


def test_a_key_that_is_not_set_is_a_failure_of_the_setup() -> None:
    (check,) = found({"model": "anthropic"})
    assert (check.state, check.exit_code) == (State.FAILED, 4)
    assert "ANTHROPIC_API_KEY" in check.what


def test_with_its_key_a_model_is_well_and_was_asked_nothing() -> None:
    (check,) = found({"model": "anthropic"}, {"ANTHROPIC_API_KEY": "for-tests-only"})
    assert check.state is State.OK
    assert "asked nothing" in check.what
    assert "for-tests-only" not in check.what


def test_a_price_that_is_not_known_is_a_warning() -> None:
    values = {"model": "openai:mine", "model_url": "http://127.0.0.1:8000/v1"}
    (check,) = found(values)
    assert (check.state, check.fix) == (
        State.WARNING,
        "finops config set model_price READ/WRITTEN",
    )
    assert found({**values, "model_price": "0/0"})[0].state is State.OK


def test_bedrock_is_looked_at_where_it_is_set() -> None:
    (check,) = found({"model": "bedrock", "model_region": "eu-west-1"})
    assert check.what == "global.anthropic.claude-haiku-5-5 in eu-west-1"


def test_offline_nobody_is_asked() -> None:
    (check,) = found({"model": "ollama:qwen3"}, offline=True)
    assert check.state is State.SKIPPED


@pytest.mark.parametrize("name", ["qwen3:latest", "qwen3"])
def test_a_model_that_ollama_has(name: str) -> None:
    with ModelEndpoint(models=["llama3:8b", name]) as endpoint:
        (check,) = found({"model": "ollama:qwen3", "model_url": endpoint.url})
        assert endpoint.requests == []
    assert check.state is State.OK


def test_a_model_that_ollama_lacks() -> None:
    with ModelEndpoint(models=["qwen3:8b"]) as endpoint:
        (check,) = found({"model": "ollama:qwen3", "model_url": endpoint.url})
    assert (check.state, check.fix) == (State.FAILED, "ollama pull qwen3")


def test_ollama_that_does_not_run() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        (check,) = found({"model": "ollama:qwen3", "model_url": url})
    assert (check.state, check.fix) == (State.FAILED, "Start it: `ollama serve`.")
    assert url in check.what
