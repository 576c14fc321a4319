"""What a person is shown while agents work."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from finops_cli.agents.loop.fencing import cropped
from finops_cli.domain.events import Event
from finops_cli.domain.plan import Step

_PERIODS = ("period", "since", "against")
_MOST = 60


def asking(agent: str) -> Event:
    """Tell which agent is asked."""
    return Event("progress", f"Asking the {agent} agent")


def looking(step: Step) -> Event:
    """Tell which tool is called, and the little that tells one call from another."""
    details = ", ".join(_details(step.arguments))
    return Event("progress", f"Looking at {step.tool}{' ' if details else ''}{details}")


def _details(arguments: Mapping[str, Any]) -> Iterator[str]:
    if arguments.get("by"):
        yield f"by {_joined(arguments['by'])}"
    for name in _PERIODS:
        if arguments.get(name):
            yield _joined(arguments[name])
    if arguments.get("filters"):
        yield f"for {_joined(arguments['filters'])}"
    if arguments.get("event"):
        yield _joined(arguments["event"])


def _joined(value: Any) -> str:
    words = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return cropped(" and ".join(str(word) for word in words), _MOST)
