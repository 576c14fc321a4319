"""A csv has no room for words, so no model is asked for them."""

from pathlib import Path

import pytest

from tests.faces.cli import finops
from tests.faces.model_faults.talk import OPEN_ENDED, bill
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Says


@pytest.mark.parametrize(("form", "asked"), [("csv", 0), ("json", 1)])
def test_a_model_is_asked_only_where_its_words_are_shown(
    form: str, asked: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelEndpoint([Says("Most of it is S3.")]) as model:
        for name, value in model.environment().items():
            monkeypatch.setenv(name, value)
        done = finops("ask", OPEN_ENDED, "-o", form, "--source", str(bill(home)))
        assert (done.code, len(model.requests)) == (0, asked)
