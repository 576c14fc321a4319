"""An account for each test, once for people and once for scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.faces.aws_faults.live import TODAY, Live, bill


@pytest.fixture(params=["terminal", "json"])
def live(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Live]:
    with Endpoint(bill(), TODAY, page_size=40) as endpoint:
        yield Live(endpoint, home, request.param, monkeypatch.setenv)
