"""A model of Strands' own kind that calls the tools it was told to, one after the other."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from strands.models import Model


class Caller(Model):
    """Calls tools, then says that it is done.

    Args:
        calls: Names of tools, offered or not, and what they are given.
    """

    def __init__(self, calls: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self.offered: list[str] = []
        self.results: list[Any] = []
        self._calls = list(calls)

    def update_config(self, **model_config: Any) -> None:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return {}

    def structured_output(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    async def stream(
        self, messages: Any, tool_specs: Any = None, *args: Any, **kwargs: Any
    ) -> AsyncIterator[dict[str, Any]]:
        self.offered = [spec["name"] for spec in tool_specs or []]
        content = messages[-1]["content"]
        self.results += [block["toolResult"] for block in content if "toolResult" in block]
        yield {"messageStart": {"role": "assistant"}}
        calling = bool(self._calls)
        if calling:
            name, given = self._calls.pop(0)
            start = {"toolUse": {"toolUseId": f"t{len(self._calls)}", "name": name}}
            yield {"contentBlockStart": {"start": start}}
            yield {"contentBlockDelta": {"delta": {"toolUse": {"input": json.dumps(given)}}}}
        else:
            yield {"contentBlockStart": {"start": {}}}
            yield {"contentBlockDelta": {"delta": {"text": "Done."}}}
        yield {"contentBlockStop": {}}
        yield {"messageStop": {"stopReason": "tool_use" if calling else "end_turn"}}
