"""What a person is shown while agents work."""

from typing import Any

import pytest

from finops_cli.agents.loop.telling import asking, looking
from finops_cli.domain.plan import Step


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("cost.summary", {}, "Looking at cost.summary"),
        (
            "cost.breakdown",
            {"by": ["service", "region"], "period": "last-month", "top": 5},
            "Looking at cost.breakdown by service and region, last-month",
        ),
        (
            "cost.compare",
            {"period": "2026-10", "against": "2026-09", "filters": ["service=EC2"]},
            "Looking at cost.compare 2026-10, 2026-09, for service=EC2",
        ),
        ("anomaly.show", {"event": "1c9d3a"}, "Looking at anomaly.show 1c9d3a"),
        ("anomaly.list", {"since": "x" * 100}, f"Looking at anomaly.list {'x' * 59}…"),
    ],
)
def test_which_tool_is_called(tool: str, arguments: dict[str, Any], said: str) -> None:
    event = looking(Step(tool, arguments))
    assert (event.kind, event.text) == ("progress", said)


def test_which_agent_is_asked() -> None:
    assert asking("budget").text == "Asking the budget agent"
