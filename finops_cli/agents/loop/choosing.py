"""One small request: which of these actions does a question ask for?

No agent and no tool runs. The model is made to call a function whose only argument is one of the
actions; whatever else it says is not believed.
"""

import warnings
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from finops_cli.agents.loop.arguments import arguments
from finops_cli.agents.loop.digest import compact
from finops_cli.agents.loop.turn import Turn
from finops_cli.agents.roster import prompt
from finops_cli.errors import NoReply, UsageError

if TYPE_CHECKING:
    from strands.types.content import Message, Messages
    from strands.types.tools import ToolSpec

_TOOL = "choose_action"
_NONE = "none"


async def chosen(
    model: Any, question: str, actions: Mapping[str, str], today: date, turn: Turn
) -> str | None:
    """Return the action that a model takes a question for, None for none of them.

    Args:
        model: The Strands model.
        question: Anything a person typed.
        actions: The actions, and what each of them answers.
        today: The day that counts as today.
        turn: The question's turn.

    Raises:
        NoReply: The model named no action.
        ModelLimit: It may not be asked.
        Exception: The model's own failures.
    """
    schema = _schema(actions)
    words = f"{prompt('choose')}\n\nToday is {today}. The actions:\n{compact(actions)}"
    asked = turn.fence.around("question", question)
    try:
        message = await _reply(model, words, asked, schema, turn, forced=True)
    except Exception as error:
        if "toolchoice" not in str(error).replace("_", "").casefold():
            raise
        # Some models have tools but cannot be made to call one.
        message = await _reply(model, words, asked, schema, turn, forced=False)
    action = _action(message, schema)
    return None if action == _NONE else action


async def _reply(
    model: Any, words: str, asked: str, schema: dict[str, Any], turn: Turn, *, forced: bool
) -> "Message":
    from strands.event_loop.streaming import stream_messages

    reached = turn.allowance.model_call()
    if reached:
        raise reached
    spec: ToolSpec = {
        "name": _TOOL,
        "description": "Tell which action the question asks for.",
        "inputSchema": {"json": schema},
    }
    messages: Messages = [{"role": "user", "content": [{"text": asked}]}]
    choice = {"tool": {"name": _TOOL}} if forced else None
    message: Message = {"role": "assistant", "content": []}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a provider does not know how to force a tool
        async for event in stream_messages(
            model, words, messages, [spec], tool_choice=choice, cancel_signal=turn.stop
        ):
            if "stop" in event:
                _, message, usage, _ = event["stop"]
                turn.allowance.took(usage)
    return message


def _schema(actions: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"action": {"type": "string", "enum": [*actions, _NONE]}},
        "required": ["action"],
    }


def _action(message: "Message", schema: dict[str, Any]) -> str:
    """Return the action that a reply names.

    Raises:
        NoReply: It names none.
    """
    for block in message["content"]:
        given = block["toolUse"]["input"] if "toolUse" in block else None
        given = {"action": block["text"].strip(" \n`'\".")} if "text" in block else given
        try:
            return str(arguments(given, schema)["action"])
        except UsageError:
            continue
    raise NoReply("The model did not say which action is meant.", "Ask in other words.")
