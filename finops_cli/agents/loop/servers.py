"""The MCP servers that the user lets agents use, while a question is answered.

They start side by side when a model is asked and end with its answer. A server offers what the user
listed and nothing else; one that does not start costs a sentence, never the answer. Whether a tool
of theirs only reads is for the tool to say (``hooks.is_foreign``), and what it returns is anybody's
text (``server_results``).
"""

import logging
import re
import threading
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from finops_cli.agents.loop.connection import Connection, Unavailable, called
from finops_cli.agents.loop.quiet import quieten
from finops_cli.domain.agent import McpServer
from finops_cli.errors import did_you_mean

if TYPE_CHECKING:
    from strands.tools.mcp import MCPAgentTool

Tools = Mapping[str, Sequence["MCPAgentTool"]]
"""Tools by the name of the agent that may use them."""

_START = 10.0
_LONGEST_NAME = 64


@contextmanager
def connected(
    servers: Sequence[McpServer],
    agents: Collection[str],
    warn: Callable[[str], None],
    seconds: float = _START,
) -> "Iterator[Tools]":
    """Start servers, and end them with the block.

    Args:
        servers: The servers that the user has configured.
        agents: The names of the agents that there are.
        warn: Is told what is left out, and why.
        seconds: How long a server may take to start and to name its tools.
    """
    _quieten()
    used = [server for server in servers if _has_agent(server, agents, warn)]
    connections = [Connection(server, seconds) for server in used]
    found: list[list[MCPAgentTool] | None] = [None] * len(used)

    def open_(at: int) -> None:
        try:
            found[at] = connections[at].open()
        except Unavailable as error:
            warn(_left_out(used[at], str(error)))

    try:
        _each(open_, len(used))
        yield _offered(used, found, warn)
    finally:
        _each(lambda at: connections[at].close(), len(used))


def _quieten() -> None:
    """Keep the libraries from writing what the answer tells in a sentence.

    A session of MCP logs under a name of its own. Strands, told to end a connection that has ended
    by itself, leaves a coroutine unused, which Python would warn of.
    """
    quieten()
    logger = logging.getLogger("client")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    unused = r"coroutine 'MCPClient\.stop"
    warnings.filterwarnings("ignore", message=unused, category=RuntimeWarning)


def _each(work: Callable[[int], None], count: int) -> None:
    """Do the same for each of several, side by side."""
    threads = [threading.Thread(target=work, args=(at,), daemon=True) for at in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _has_agent(server: McpServer, agents: Collection[str], warn: Callable[[str], None]) -> bool:
    if server.agent in agents:
        return True
    hint = did_you_mean(server.agent, agents) or f"Agents: {', '.join(sorted(agents))}."
    warn(f"{_left_out(server, f'there is no agent {server.agent!r}')} {hint}")
    return False


def _left_out(server: McpServer, why: str) -> str:
    return f"The MCP server {server.name} is left out: {why}."


def _offered(
    servers: Sequence[McpServer],
    found: "Sequence[list[MCPAgentTool] | None]",
    warn: Callable[[str], None],
) -> "Tools":
    """Return the tools that the user listed, under names that no other tool has."""
    offered: dict[str, dict[str, MCPAgentTool]] = {}
    for server, tools in zip(servers, found, strict=True):
        if tools is None:
            continue
        by_name = {tool.mcp_tool.name: tool for tool in tools}
        for name in server.tools:
            if name in by_name:
                ours = tool_name(server.name, name)
                agent = offered.setdefault(server.agent, {})
                agent.setdefault(ours, called(by_name[name], ours))
            else:
                hint = did_you_mean(name, by_name)
                warn(f"The MCP server {server.name} has no tool {name!r}. {hint}".strip())
    return {agent: list(tools.values()) for agent, tools in offered.items()}


def tool_name(server: str, tool: str) -> str:
    """Return a name for a model: in characters that every provider takes, and like none of ours."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", f"{server}__{tool}")[:_LONGEST_NAME]
