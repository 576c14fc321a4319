"""What stands between an agent and each request or tool call: counting, limits, a person's yes.

Strands calls these hooks; a call that may not happen is cancelled with a sentence that the model
can act on. Our own tools that write ask for themselves (``toolbox``); a tool from elsewhere that
does not say that it only reads is asked about here.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from finops_cli.agents.loop.fencing import cropped, inert
from finops_cli.agents.loop.server_results import text_of
from finops_cli.agents.loop.telling import looking
from finops_cli.agents.loop.turn import Turn, call_key
from finops_cli.domain.plan import Step
from finops_cli.errors import FinopsError, ModelLoop

if TYPE_CHECKING:
    from strands.hooks import (
        AfterModelCallEvent,
        AfterToolCallEvent,
        BeforeModelCallEvent,
        BeforeToolCallEvent,
        HookRegistry,
    )

_STOPPED = "Stop: the question is being ended."
_MOST_REFUSED = 8
_OFTEN_ENOUGH = 2
_REFUSED = "The user did not allow this, so it was not called. Do not try again: say so."


class Watch:
    """Watches one agent.

    Args:
        turn: The question's turn.
        reserve: How many requests to the model are to be left for others.
    """

    def __init__(self, turn: Turn, reserve: int = 0) -> None:
        self._turn = turn
        self._reserve = reserve
        self._calls: Counter[str] = Counter()

    def register_hooks(self, registry: "HookRegistry", **_kwargs: Any) -> None:
        """Take the events that Strands offers."""
        from strands.hooks import (
            AfterModelCallEvent,
            AfterToolCallEvent,
            BeforeModelCallEvent,
            BeforeToolCallEvent,
        )

        registry.add_callback(BeforeModelCallEvent, self._before_model)
        registry.add_callback(AfterModelCallEvent, self._after_model)
        registry.add_callback(BeforeToolCallEvent, self._before_tool)
        registry.add_callback(AfterToolCallEvent, self._after_tool)

    def _before_model(self, event: "BeforeModelCallEvent") -> None:
        if self._turn.stop.is_set():
            event.cancel = _STOPPED
            return
        reached = self._turn.allowance.model_call(self._reserve)
        if reached:
            self._turn.note(reached)
            event.cancel = reached.message

    def _after_model(self, event: "AfterModelCallEvent") -> None:
        answered = event.stop_response
        usage = answered.message.get("metadata", {}).get("usage") if answered else None
        if usage:
            self._turn.allowance.took(dict(usage))  # type: ignore[arg-type]

    async def _before_tool(self, event: "BeforeToolCallEvent") -> None:
        refused = self._refused(event)
        if refused is None and is_foreign(event.selected_tool):
            refused = await self._disallowed(event)
        if refused is not None:
            event.cancel_tool = inert(refused)
        elif is_a_servers(event.selected_tool):
            self._turn.tell(looking(Step(event.tool_use["name"])))

    def _after_tool(self, event: "AfterToolCallEvent") -> None:
        """Put what an MCP server's tool returned behind the fence: anybody wrote it."""
        if is_a_servers(event.selected_tool):
            text = self._turn.fence.around("server", text_of(event.result["content"]))
            event.result = {**event.result, "content": [{"text": text}]}

    def _refused(self, event: "BeforeToolCallEvent") -> str | None:
        """Return why a call may not happen, None where it may."""
        turn, use = self._turn, event.tool_use
        if turn.stop.is_set():
            return _STOPPED
        reached = turn.allowance.tool_call()
        if reached:
            return self._spent(reached)
        if event.selected_tool is None:
            known = ", ".join(sorted(event.agent.tool_registry.registry))
            self._repeated(use["name"], "")
            return f"There is no tool {cropped(use['name'], 80)}. There are: {known}."
        raw = turn.inputs.get(use["toolUseId"], "")
        again = self._repeated(use["name"], raw if _is_broken(raw) else use["input"])
        if again or not _is_broken(raw):
            return again
        return f"The arguments of {use['name']} are no JSON object. Write them as JSON."

    def _repeated(self, tool: str, given: Any) -> str | None:
        """Count a call; return what an agent is told that makes the same one over and over.

        It is told once; if it does not listen, all agents are stopped.
        """
        key = call_key(tool, given)
        self._calls[key] += 1
        times = self._calls[key]
        if times <= _OFTEN_ENOUGH:
            return None
        if times > _OFTEN_ENOUGH + 1:
            said = (
                f"The model called {cropped(inert(tool), 80)} over and over with the same arguments"
            )
            self._turn.end(ModelLoop(f"{said}.", "Ask more narrowly, or set another model."))
        return f"You have called {tool} with these arguments before: use what it answered."

    def _spent(self, reached: FinopsError) -> str:
        """Return what is told when no further tool may be called; who calls on is stopped."""
        turn = self._turn
        turn.note(reached)
        turn.refused += 1
        if turn.refused > _MOST_REFUSED:
            turn.end(reached)
        return f"{reached.message} Call no more tools: answer from what you have."

    async def _disallowed(self, event: "BeforeToolCallEvent") -> str | None:
        given: Any = event.tool_use["input"]
        arguments = given if isinstance(given, Mapping) else {"input": given}
        allowed = await self._turn.allows(Step(event.tool_use["name"], arguments))
        return None if allowed else _REFUSED


def is_a_servers(tool: Any) -> bool:
    """Tell whether a tool is an MCP server's."""
    return getattr(tool, "mcp_tool", None) is not None


def is_foreign(tool: Any) -> bool:
    """Tell whether a tool is an MCP server's and does not say that it only reads."""
    if not is_a_servers(tool):
        return False
    annotations = getattr(tool.mcp_tool, "annotations", None)
    says = getattr(annotations, "read_only_hint", getattr(annotations, "readOnlyHint", None))
    return says is not True


def _is_broken(raw: str) -> bool:
    """Tell whether what a model wrote as arguments is no JSON object.

    Strands reads such as no arguments at all, which would answer another question.
    """
    if not raw.strip():
        return False
    try:
        return not isinstance(json.loads(raw), dict)
    except ValueError:
        return True
