"""What an MCP server's tool returned, as text of a bounded length: anybody wrote it.

A hook on Strands' ``AfterToolCallEvent`` puts it behind the fence in place of the result.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from finops_cli.agents.loop.fencing import cropped

_MOST_CHARACTERS = 20_000


def text_of(content: Sequence[Mapping[str, Any]]) -> str:
    """Return the content of a tool's result as text; pictures and files are named, not passed on.

    Args:
        content: The ``content`` of a Strands ``ToolResult``.
    """
    return cropped("\n".join(map(_text, content)) or "(nothing)", _MOST_CHARACTERS)


def _text(block: Mapping[str, Any]) -> str:
    if "text" in block:
        return str(block["text"])
    if "json" in block:
        return json.dumps(block["json"], ensure_ascii=False, default=str)
    return f"({', '.join(block) or 'nothing'}: left out)"
