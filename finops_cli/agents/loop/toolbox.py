"""The catalogue's tools as a model calls them: its own words in, fenced data out.

A tool is described to the model by its own signature and docstring, and runs on the road that every
command takes, so that a figure is the same whoever asked for it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finops_cli.agents.loop.arguments import arguments
from finops_cli.agents.loop.digest import digest
from finops_cli.agents.loop.fencing import inert
from finops_cli.agents.loop.telling import looking
from finops_cli.agents.loop.turn import Turn
from finops_cli.agents.roster import WITHHELD, WRITES
from finops_cli.domain.agent import Tool
from finops_cli.domain.answer import Answer
from finops_cli.domain.plan import Step
from finops_cli.errors import FinopsError, SpendCap

if TYPE_CHECKING:
    from strands.types.tools import AgentTool, ToolResult, ToolSpec, ToolUse

Run = Callable[[Step], Answer]
"""Runs a Step as every command does."""

_log = logging.getLogger(__name__)
_REFUSED = "The user did not allow this, so nothing was changed. Do not try again: say so."


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool of the catalogue as it is offered to a model.

    Args:
        action: Its name in the catalogue.
        description: What it does, in a sentence.
        schema: What it takes, as a JSON schema.
    """

    action: str
    description: str
    schema: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name for a model, in the characters that every provider takes."""
        return model_name(self.action)

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.action in WRITES

    def step(self, given: Any) -> Step:
        """Return the Step that a model's arguments mean.

        Raises:
            UsageError: They mean none.
        """
        return Step(self.action, arguments(given, self.schema))


def model_name(action: str) -> str:
    """Return a name in the characters that every provider takes for a tool."""
    allowed = (char if char.isascii() and char.isalnum() else "_" for char in action)
    return "".join(allowed)[:64]


def offer(action: str, tool: Tool) -> Offer:
    """Return how a tool is offered, as its own signature and docstring say.

    Args:
        action: Its name in the catalogue.
        tool: The tool, or a wrapper that keeps its signature and docstring.
    """
    from strands import tool as described

    spec = described(tool).tool_spec
    schema = dict(spec["inputSchema"]["json"])
    withheld = WITHHELD.get(action, frozenset())
    schema["properties"] = {
        name: _plain(about)
        for name, about in schema.get("properties", {}).items()
        if name not in withheld
    }
    return Offer(action, " ".join(spec["description"].split()), schema)


def as_tool(offered: Offer, run: Run, turn: Turn) -> "AgentTool":
    """Return a tool that a Strands agent can call.

    Args:
        offered: The tool as it is offered.
        run: Runs its Step.
        turn: The question's turn.
    """
    from strands.tools.tools import PythonAgentTool

    async def call(tool_use: "ToolUse", **_state: Any) -> "ToolResult":
        try:
            text = await _answered(offered, tool_use["input"], run, turn)
        except FinopsError as error:
            if isinstance(error, SpendCap):  # a person has to hear of it, whatever the model says
                turn.capped = error
            return refusal(tool_use, f"{error.message} {error.hint}".strip())
        except Exception as error:
            _log.debug("%s failed", offered.action, exc_info=True)
            return refusal(tool_use, f"The tool failed: {type(error).__name__}. Go on without it.")
        return reply(tool_use, text)

    spec: ToolSpec = {
        "name": offered.name,
        "description": offered.description,
        "inputSchema": {"json": dict(offered.schema)},
    }
    return PythonAgentTool(offered.name, spec, call)


def reply(tool_use: "ToolUse", text: str) -> "ToolResult":
    """Return what a tool answered."""
    identity = tool_use["toolUseId"]
    return {"toolUseId": identity, "status": "success", "content": [{"text": text}]}


def refusal(tool_use: "ToolUse", sentence: str) -> "ToolResult":
    """Return why a tool did not answer."""
    identity = tool_use["toolUseId"]
    return {"toolUseId": identity, "status": "error", "content": [{"text": inert(sentence)}]}


async def _answered(offered: Offer, given: Any, run: Run, turn: Turn) -> str:
    """Run a tool and return its Answer as data.

    Raises:
        FinopsError: The tool's, or the arguments cannot be read.
    """
    import asyncio

    step = offered.step(given)
    if offered.writes and not await turn.allows(step):
        raise FinopsError(_REFUSED)
    turn.tell(looking(step))
    answer = await asyncio.to_thread(run, step)
    turn.answers.append(answer)
    return turn.fence.around(offered.action, digest(answer))


def _plain(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of an argument, without line breaks and empty defaults."""
    plain = {key: value for key, value in about.items() if key != "default" or value}
    if "description" in plain:
        plain["description"] = " ".join(str(plain["description"]).split())
    return plain
