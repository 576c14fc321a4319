"""One endpoint for the tests of each file that leave it as it was."""

from collections.abc import Iterator

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import TODAY, bill


@pytest.fixture
def aws() -> Iterator[Endpoint]:
    """An endpoint over a small bill."""
    with Endpoint(bill(), TODAY) as endpoint:
        yield endpoint
        assert endpoint.mishaps == []
