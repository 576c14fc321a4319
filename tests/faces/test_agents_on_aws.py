"""A model that calls tools again and again on live AWS: the cap of the run holds, and is told."""

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.faces.aws_faults.live import TODAY, bill
from tests.faces.cli import finops
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Calls, Reply, Request, Says, Together

QUESTION = "is our s3 spend reasonable"
A_REQUEST = Decimal("0.01")


@pytest.fixture
def aws() -> Iterator[Endpoint]:
    with Endpoint(bill(), TODAY) as endpoint:
        yield endpoint


class Restless:
    """A model whose agent looks at another period each time, until nobody lets it any more."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._month = 0

    def __call__(self, request: Request) -> Reply:
        """Ask the agent, have it look, and write when it may not."""
        if "forecast_agent" in request.tools:
            if "toolResult" in str(request.body["messages"][-1]):
                return Says("S3 is as it was.")
            return Calls("forecast_agent", {"question": "What did each month cost?"})
        if self._left <= 0:
            return Says("I looked as far as I could.")
        self._left -= 1
        return Together(*(self._look() for _ in range(3)))

    def _look(self) -> Calls:
        self._month += 1
        month = f"2026-{self._month:02}" if self._month < 11 else f"2025-{self._month:02}"
        by = [["region"], ["account"], ["usage_type"]][self._month % 3]
        return Calls("cost_breakdown", {"period": month, "by": by})


@pytest.mark.parametrize("cap", ["0.03", "0.05", "0.08"])
def test_agents_send_nothing_beyond_the_cap_and_the_answer_tells_of_it(
    cap: str, aws: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelEndpoint(Restless(4)) as model:
        for name, value in (model.environment() | aws.environment()).items():
            monkeypatch.setenv(name, value)
        done = finops("ask", QUESTION, "-s", "aws", "--max-api-cost", cap, "-o", "json")
    told = json.loads(done.out)
    assert told["prose"]["text"] == "S3 is as it was."
    assert aws.billed() * A_REQUEST == Decimal(cap)
    assert Decimal(told["provenance"]["api_cost"]) == Decimal(cap)
    assert any(f"The cap of ${cap} for this run is reached" in one for one in told["warnings"])
    assert (done.code, told["exit"]["code"]) == (6, 6)
