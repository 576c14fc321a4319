"""What ``iam-policy`` and ``doctor`` say where a language model is set."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.faces.cli import finops
from tests.fakes import FakeSource
from tests.model_endpoint.endpoint import ModelEndpoint

TODAY = date(2026, 11, 15)
BILL = [{"date": date(2026, 11, 1), "service": "EC2", "cost": Decimal(1)}]
KNOWN = "us.amazon.nova-lite-v1:0"


def sids(*commands: str) -> list[str]:
    return [one["Sid"] for one in json.loads(finops("iam-policy", *commands).out)["Statement"]]


def checked() -> list[dict[str, str]]:
    """Return what the doctor says of the model."""
    answer = json.loads(finops("doctor", "--source", "demo", "-o", "json").out)
    return [row for row in answer["tables"][0]["rows"] if row["check"] == "model"]


def test_a_policy_grants_asking_the_model_of_bedrock_that_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "AskModel" not in sids()
    monkeypatch.setenv("FINOPS_MODEL", f"bedrock:{KNOWN}")
    assert "AskModel" in sids()
    assert "AskModel" in sids("ask")
    assert "AskModel" not in sids("cost")
    statement = json.loads(finops("iam-policy", "ask").out)["Statement"][-1]
    assert f"arn:aws:bedrock:*:*:inference-profile/{KNOWN}" in statement["Resource"]


def test_a_policy_has_nothing_to_do_with_other_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINOPS_MODEL", "ollama:qwen3")
    assert "AskModel" not in sids()


def test_without_a_model_a_doctor_says_nothing_of_it() -> None:
    assert checked() == []


@pytest.mark.parametrize(("models", "state"), [(["qwen3:latest"], "ok"), ([], "failed")])
def test_a_doctor_looks_whether_ollama_has_the_model(
    models: list[str], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelEndpoint(models=models) as ollama:
        monkeypatch.setenv("FINOPS_MODEL", "ollama:qwen3")
        monkeypatch.setenv("FINOPS_MODEL_URL", ollama.url)
        (check,) = checked()
    assert check["state"] == state
    assert check["fix"] == ("ollama pull qwen3" if state == "failed" else "")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    with Endpoint(FakeSource(BILL, today=TODAY), TODAY) as endpoint:
        for name, value in endpoint.environment().items():
            monkeypatch.setenv(name, value)
        yield endpoint


@pytest.mark.parametrize(
    ("model", "state", "said"),
    [
        (KNOWN, "ok", f"Bedrock knows {KNOWN} here."),
        ("us.amazon.nova-next-v1:0", "failed", "Bedrock knows no us.amazon.nova-next-v1:0"),
        ("anthropic.claude-v2:1", "warning", "ends soon"),
    ],
)
def test_a_doctor_looks_whether_bedrock_knows_the_model(
    model: str, state: str, said: str, aws: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_MODEL", f"bedrock:{model}")
    (check,) = checked()
    assert (check["state"], aws.billed()) == (state, 0)
    assert said in check["what"]
