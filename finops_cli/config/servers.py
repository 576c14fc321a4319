"""The ``[mcp.NAME]`` tables of the config file: which MCP servers an agent may use, and how.

A table names its tools one by one, so that a server which learns new ones offers nothing new here.
What a table says is never repeated in a message, but for names: it may hold keys of an API.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from finops_cli.domain.agent import McpServer
from finops_cli.errors import FinopsError, UnknownName, UsageError, did_you_mean

_KEYS = ("command", "url", "agent", "tools", "environment")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_EXAMPLE = "Write a server as [mcp.NAME], such as [mcp.pricing]."


def servers_in(tables: Any, file: Path, settings: Collection[str]) -> tuple[McpServer, ...]:
    """Return the servers of the ``mcp`` table of a config file.

    Args:
        tables: What stands under ``mcp``.
        file: The config file, for messages.
        settings: The names of settings: one of them in a table has strayed there.

    Raises:
        UsageError: A table that is no server.
        UnknownName: A key that no server has.
    """
    if not isinstance(tables, Mapping):
        raise UsageError(f"mcp in {file} is no table.", _EXAMPLE)
    return tuple(_server(name, table, file, settings) for name, table in tables.items())


def _server(name: str, table: Any, file: Path, settings: Collection[str]) -> McpServer:
    if not isinstance(table, Mapping):
        raise UsageError(f"{name!r} stands under [mcp] in {file}, outside any server.", _EXAMPLE)
    where = f"[mcp.{name}] in {file}"
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name for an MCP server ({file}).",
            "Name it with lower-case letters, digits, - and _, 32 at the most, a letter first.",
        )
    for key in table:
        _check_key(key, where, settings)
    _check_road(table, where)
    return McpServer(
        name,
        _agent(table, where),
        _words(table, "tools", where),
        _words(table, "command", where) if "command" in table else (),
        _environment(table, where),
        _url(table["url"], where) if "url" in table else "",
    )


def _check_key(key: str, where: str, settings: Collection[str]) -> None:
    if key in _KEYS:
        return
    hint = did_you_mean(key, _KEYS) or f"Keys: {', '.join(_KEYS)}."
    if key in settings:
        hint = "It is a setting: move its line above the first [table] of the file."
    raise UnknownName(f"There is no key {key!r} in {where}.", hint)


def _check_road(table: Mapping[str, Any], where: str) -> None:
    if "command" in table and "url" in table:
        raise UsageError(f"{where} has both a command and a url.", "Leave one of them.")
    if "command" not in table and "url" not in table:
        raise UsageError(
            f"{where} has neither a command nor a url.",
            'Say how it is started, command = ["uvx", "PACKAGE"], or where it is, url = "https://...".',
        )
    if "url" in table and "environment" in table:
        raise UsageError(
            f"{where} has an environment, but nothing is started at a url.", "Leave it out."
        )


def _agent(table: Mapping[str, Any], where: str) -> str:
    agent = table.get("agent")
    if not isinstance(agent, str) or not agent:
        raise UsageError(
            f"{where} does not say which agent may use it.", 'Add a line: agent = "advisor".'
        )
    return agent


def _words(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return a list of texts, each once, that must have something in it."""
    words = table.get(key)
    if not isinstance(words, list) or not words:
        raise _no_list(key, where)
    if not all(isinstance(word, str) and word and "\0" not in word for word in words):
        raise _no_list(key, where)
    return tuple(words) if key == "command" else tuple(dict.fromkeys(words))


def _no_list(key: str, where: str) -> FinopsError:
    if key == "command":
        return UsageError(
            f"The command of {where} is no list of words.",
            'Write each word apart: command = ["uvx", "PACKAGE"].',
        )
    return UsageError(
        f"{where} does not list the tools that may be used.",
        'Name them one by one: tools = ["get_pricing"]. No other tool is offered.',
    )


def _environment(table: Mapping[str, Any], where: str) -> dict[str, str]:
    given = table.get("environment", {})
    if not isinstance(given, Mapping) or not all(
        _VARIABLE.fullmatch(name) and isinstance(value, str) and "\0" not in value
        for name, value in given.items()
    ):
        raise UsageError(
            f"The environment of {where} is no table of texts.",
            'Write it as environment = { AWS_REGION = "us-east-1" }.',
        )
    return dict(given)


def _url(url: Any, where: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("https", "http"):
        raise UsageError(f"The url of {where} is no address.", 'Write it as "https://HOST/PATH".')
    if parts.scheme == "http" and not _is_loopback(host):
        raise UsageError(
            f"The url of {where} is plain http to another machine.",
            "Use https: what is asked there tells about your bill.",
        )
    return str(url)


def _is_loopback(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
