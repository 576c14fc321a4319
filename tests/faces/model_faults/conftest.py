"""A bill and a model for each test, once for people and once for scripts."""

from pathlib import Path

import pytest

from tests.faces.model_faults.talk import Talk


@pytest.fixture(params=["terminal", "json"])
def talk(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    return Talk(home, request.param, monkeypatch.setenv)
