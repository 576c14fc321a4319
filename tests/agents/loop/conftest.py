"""No test of the agents sees the keys of the person who runs it."""

import os

import pytest


@pytest.fixture(autouse=True)
def _without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("ANTHROPIC_", "OPENAI_", "OLLAMA_")):
            monkeypatch.delenv(name)
