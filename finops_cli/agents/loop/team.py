"""The Strands agents: a supervisor whose tools are the others, each with its own prompt and tools.

An agent that is asked starts afresh each time and knows only the question that it is given; what it
says goes back to the supervisor as data. All share one model and one question's turn.
"""

import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from finops_cli.agents.loop.arguments import arguments
from finops_cli.agents.loop.hooks import Watch, is_foreign
from finops_cli.agents.loop.memory import faded, mended, session_in, unreadable
from finops_cli.agents.loop.script import Script
from finops_cli.agents.loop.telling import asking
from finops_cli.agents.loop.toolbox import Offer, Run, as_tool, model_name, offer, refusal, reply
from finops_cli.agents.loop.turn import Turn
from finops_cli.agents.roster import prompt
from finops_cli.domain.agent import AgentSpec, Tool
from finops_cli.errors import FinopsError

if TYPE_CHECKING:
    from strands import Agent
    from strands.types.tools import AgentTool, ToolResult, ToolSpec, ToolUse

_log = logging.getLogger(__name__)
_WINDOW = 20
"""Messages of a conversation that are sent again; the older ones are forgotten."""
_ATTEMPTS = 2
_QUESTION = {
    "type": "object",
    "properties": {
        "question": {
            "type": "string",
            "description": "One whole question, with its period and filters.",
        }
    },
    "required": ["question"],
}


@dataclass(frozen=True, slots=True)
class Team:
    """What the agents of one question are made of.

    Args:
        model: The Strands model.
        specs: The agents, the house's and plugins'.
        tools: The catalogue.
        run: Runs a Step as every command does.
        told: Says an error of the model's in a sentence.
        today: The day that counts as today.
        more: Further Strands tools, by the agent's name.
        pause: Seconds before a request that was throttled is sent again.
    """

    model: Any
    specs: Sequence[AgentSpec]
    tools: Mapping[str, Tool]
    run: Run
    told: Callable[[BaseException], FinopsError]
    today: date
    more: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    pause: int = 1

    def supervisor(self, turn: Turn, session: Path | None) -> "Agent":
        """Return the supervisor agent.

        Args:
            turn: The question's turn.
            session: The folder that keeps its conversation, if any.

        Raises:
            Unreadable: The conversation cannot be read.
        """
        from strands.agent.conversation_manager import SlidingWindowConversationManager

        words = prompt("supervisor")
        tools = [self._asked(spec, turn) for spec in self.specs if self._has_work(spec)]
        if session is None:
            return self._agent("supervisor", words, tools, Watch(turn))
        manager = session_in(session)
        try:
            agent = self._agent(
                "supervisor",
                words,
                tools,
                Watch(turn),
                session_manager=manager,
                conversation_manager=SlidingWindowConversationManager(_WINDOW),
            )
        except Exception as error:
            raise unreadable() from error
        agent.messages[:] = faded(mended(agent.messages))
        return agent

    def _has_work(self, spec: AgentSpec) -> bool:
        return bool(self.more.get(spec.name)) or any(name in self.tools for name in spec.tools)

    def _asked(self, spec: AgentSpec, turn: Turn) -> "AgentTool":
        """Return the tool by which the supervisor asks an agent."""
        from strands.tools.tools import PythonAgentTool

        name = f"{model_name(spec.name)[:50]}_agent"

        async def ask(tool_use: "ToolUse", **_state: Any) -> "ToolResult":
            try:
                question = arguments(tool_use["input"], _QUESTION)["question"]
                turn.tell(asking(spec.name))
                return reply(
                    tool_use, turn.fence.around(name, await self._ask(spec, turn, question))
                )
            except FinopsError as error:
                return refusal(tool_use, f"{error.message} {error.hint}".strip())

        about: ToolSpec = {
            "name": name,
            "description": spec.description,
            "inputSchema": {"json": _QUESTION},
        }
        return PythonAgentTool(name, about, ask)

    async def _ask(self, spec: AgentSpec, turn: Turn, question: str) -> str:
        """Return what an agent says.

        Raises:
            FinopsError: It says nothing.
        """
        agent, script = self._helper(spec, turn), Script(turn, aloud=False)
        try:
            await listen(agent, question, turn, script)
        except Exception as error:
            raise self.told(original(error)) from error
        trouble = script.unfinished()
        if trouble and not script.text:
            raise turn.trouble or trouble
        return script.text

    def _helper(self, spec: AgentSpec, turn: Turn) -> "Agent":
        offers = [one for name in spec.tools if (one := self._offer(name))]
        tools = [as_tool(one, self.run, turn) for one in offers if turn.may_write or not one.writes]
        words = f"{spec.prompt}\n\nToday is {self.today}."
        more = self.more.get(spec.name, ())
        agent = self._agent(spec.name, words, [*tools, *more], Watch(turn, reserve=1))
        if not turn.may_write:
            _without_foreign(agent)
        return agent

    def _offer(self, name: str) -> Offer | None:
        """Return a tool as it is offered; None where it is not there or cannot be made."""
        if name not in self.tools:
            return None
        try:
            return offer(name, self.tools[name])
        except Exception:
            _log.debug("%s cannot be offered", name, exc_info=True)
            return None

    def _agent(self, name: str, words: str, tools: list[Any], watch: Watch, **more: Any) -> "Agent":
        from strands import Agent, ModelRetryStrategy

        return Agent(
            model=self.model,
            name=name,
            agent_id=model_name(name),
            system_prompt=words,
            tools=tools,
            hooks=[watch],
            callback_handler=None,
            retry_strategy=ModelRetryStrategy(
                max_attempts=_ATTEMPTS, initial_delay=self.pause, max_delay=self.pause
            ),
            **more,
        )


async def listen(agent: "Agent", words: str, turn: Turn, script: Script) -> None:
    """Have an agent work until it has ended, and take down what it writes."""
    stream = cast("AsyncGenerator[Any, None]", agent.stream_async(words, cancel_signal=turn.stop))
    async with aclosing(stream) as events:
        async for event in events:
            script.take(event)


def original(error: BaseException) -> BaseException:
    """Return the error that Strands wrapped in one of its own."""
    inner = getattr(error, "original_exception", None)
    return original(inner) if isinstance(inner, BaseException) else error


def _without_foreign(agent: "Agent") -> None:
    """Take away the tools that may change something elsewhere, where nobody can be asked."""
    registry = agent.tool_registry
    for name, tool in list(registry.registry.items()):
        if is_foreign(tool):
            registry.registry.pop(name, None)
            registry.dynamic_tools.pop(name, None)
