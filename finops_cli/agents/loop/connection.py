"""One MCP server that is spoken to: started, asked for its tools, and ended again.

Strands' client waits for a server's first words as long as they take, and for the end of one that
never said any. So the time is kept here, inside the transport, where running out of it unwinds the
connection as any other fault does and a process that was started is ended by its own transport.
"""

import atexit
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from finops_cli.agents.loop.fencing import cropped, inert
from finops_cli.domain.agent import McpServer

if TYPE_CHECKING:
    import asyncio

    from strands.tools.mcp import MCPAgentTool, MCPClient

_CALL = timedelta(seconds=30)
"""How long one call of a tool may take."""
_GOODBYE = 3.0
"""Seconds in which a server at a url may hear that it is no longer needed."""
_UNWINDING = 15
"""Seconds after its time is over in which a server that was started is ended."""
_PAGES = 20
_MOST_DESCRIBED = 1000
_INHERITED = ("LANG", "LC_ALL", "TMPDIR")
"""What a server is given of our environment, besides what every program needs to find its files."""


class Unavailable(Exception):
    """A server that cannot be used, and why: a phrase about it."""


class Connection:
    """A connection to one server.

    Args:
        server: The server.
        seconds: How long it may take to start and to name its tools.
    """

    def __init__(self, server: McpServer, seconds: float) -> None:
        self._server = server
        self._seconds = seconds
        self._is_open = False
        self._client: MCPClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._limit: asyncio.Timeout | None = None

    @property
    def ends_at(self) -> float | None:
        """When it ends by itself, on its loop's clock; None where nothing is set."""
        return self._limit.when() if self._limit else None

    def open(self) -> "list[MCPAgentTool]":
        """Start the server and return all its tools.

        Raises:
            Unavailable: It does not start, or does not answer in time.
        """
        from strands.tools.mcp import MCPClient

        command = self._server.command
        if command and not shutil.which(command[0]):
            raise Unavailable(f"there is no program {command[0]!r} here")
        patience = int(self._seconds) + _UNWINDING
        self._client = MCPClient(self._transport, startup_timeout=patience)
        atexit.register(self.close)  # whoever was interrupted does not wait for a slow start
        try:
            self._client.start()
            tools = self._listed(self._client)
        except (
            BaseException
        ) as error:  # a call that the end of its connection cuts off is cancelled
            self.close()
            raise Unavailable(self._reason()) from error
        self._allow(None)
        self._is_open = True
        return tools

    def close(self) -> None:
        """End the connection, and the process if one was started."""
        client, self._client = self._client, None
        atexit.unregister(self.close)
        if client is None:
            return
        if not self._is_open:
            self._allow(0)
        elif self._server.url:
            self._allow(_GOODBYE)
        with suppress(Exception):  # how it broke, where it had: everything is released before
            client.stop(None, None, None)

    def _listed(self, client: "MCPClient") -> "list[MCPAgentTool]":
        tools: list[MCPAgentTool] = []
        token: str | None = None
        for _ in range(_PAGES):
            page = client.list_tools_sync(token)
            tools += page
            token = page.pagination_token
            if token is None:
                break
        return tools

    def _allow(self, seconds: float | None) -> None:
        """Set how much longer the connection may last; None sets no limit."""
        loop, limit = self._loop, self._limit
        if loop is None or limit is None:
            return

        def allow() -> None:
            if not limit.expired():
                limit.reschedule(None if seconds is None else loop.time() + seconds)

        try:
            loop.call_soon_threadsafe(allow)
        except RuntimeError:  # the connection has ended by itself
            return

    @asynccontextmanager
    async def _transport(self) -> AsyncIterator[Any]:
        import asyncio

        async with asyncio.timeout(self._seconds) as self._limit:
            self._loop = asyncio.get_running_loop()
            with open(os.devnull, "w", encoding="utf-8") as unread:
                async with _streams(self._server, unread) as streams:
                    yield streams

    def _reason(self) -> str:
        if self._limit is not None and self._limit.expired():
            return f"it did not answer within {self._seconds:g} s"
        if self._server.url:
            return "nobody answers as an MCP server at its url"
        return "it ended before it had said what it can do"


def called(tool: "MCPAgentTool", name: str) -> "MCPAgentTool":
    """Return a server's tool under a name of ours, its calls and its description bounded."""
    from strands.tools.mcp import MCPAgentTool

    words = " ".join((tool.mcp_tool.description or "").split())
    about = {"description": cropped(inert(words), _MOST_DESCRIBED)}
    described = tool.mcp_tool.model_copy(update=about)
    return MCPAgentTool(described, tool.mcp_client, name_override=name, timeout=_CALL)


def _streams(server: McpServer, unread: Any) -> AbstractAsyncContextManager[Any]:
    """Return the transport to a server; what a process says beside its answers is not shown."""
    if server.url:
        from mcp.client.streamable_http import streamable_http_client

        return streamable_http_client(server.url)
    from mcp.client.stdio import StdioServerParameters, stdio_client

    program, *arguments = server.command
    environment = _environment(server.environment)
    parameters = StdioServerParameters(command=program, args=arguments, env=environment)
    return stdio_client(parameters, unread)


def _environment(configured: Mapping[str, str]) -> dict[str, str]:
    """Return what a server is given besides PATH, HOME and the like, which the transport adds."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**inherited, **configured}
