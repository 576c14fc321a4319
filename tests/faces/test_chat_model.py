"""A chat with a language model: it knows what was said before, until it is told to forget."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces.cli import Run, finops
from tests.faces.model_faults.talk import bill
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Says

OPEN_ENDED = "is our s3 spend reasonable"
FIRST, SECOND = "It looks like the usual level.", "As I said before, it is usual."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelEndpoint]:
    with ModelEndpoint([Says(FIRST), Says(SECOND)]) as endpoint:
        for name, value in endpoint.environment("ollama").items():
            monkeypatch.setenv(name, value)
        yield endpoint


def said(folder: Path, *lines: str, more: tuple[str, ...] = ()) -> Run:
    words = ("chat", "--source", str(bill(folder)), "-q", *more)
    run = finops(*words, stdin="".join(f"{line}\n" for line in lines))
    assert "inside finops" not in run.err
    return run


def told(model: ModelEndpoint, number: int) -> str:
    """Return all that a request told the model."""
    return json.dumps(model.requests[number].body)


def test_a_model_knows_what_it_said_before(tmp_path: Path, model: ModelEndpoint) -> None:
    run = said(tmp_path, OPEN_ENDED, OPEN_ENDED)
    assert FIRST in run.out and SECOND in run.out
    assert FIRST in told(model, 1)


def test_a_model_goes_on_where_another_process_ended(tmp_path: Path, model: ModelEndpoint) -> None:
    said(tmp_path, OPEN_ENDED)
    assert SECOND in said(tmp_path, OPEN_ENDED, more=("--continue",)).out
    assert FIRST in told(model, 1)


def test_a_cleared_chat_is_forgotten_by_the_model_too(tmp_path: Path, model: ModelEndpoint) -> None:
    said(tmp_path, OPEN_ENDED, "/clear", OPEN_ENDED)
    assert FIRST not in told(model, 1)


def test_a_new_chat_knows_nothing_of_another(tmp_path: Path, model: ModelEndpoint) -> None:
    said(tmp_path, OPEN_ENDED)
    said(tmp_path, OPEN_ENDED)
    assert FIRST not in told(model, 1)


def test_without_llm_no_model_is_asked(tmp_path: Path, model: ModelEndpoint) -> None:
    run = said(tmp_path, OPEN_ENDED, "/model", more=("--no-llm",))
    assert model.requests == []
    assert "No language model is in use." in run.out


def test_what_the_model_took_is_told(tmp_path: Path, model: ModelEndpoint) -> None:
    out = said(tmp_path, OPEN_ENDED, OPEN_ENDED, "/model").out
    assert "The language model is ollama:" in out.replace("**", "")
    assert "asked 2 times" in out


def test_what_a_model_remembers_is_the_users_alone(tmp_path: Path, model: ModelEndpoint) -> None:
    said(tmp_path, OPEN_ENDED)
    state = Path(os.environ["FINOPS_STATE_DIR"])
    paths = [state, *(state / "chats").rglob("*")]
    assert any(FIRST in path.read_text() for path in paths if path.suffix == ".json")
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o700, 0o600}


def test_a_follow_up_by_code_asks_no_model(tmp_path: Path, model: ModelEndpoint) -> None:
    run = said(tmp_path, "s3 cost in september", "and in august?")
    assert model.requests == []
    assert run.code == 0
