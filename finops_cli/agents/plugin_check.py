"""What a plugin must be, checked before any of it is used.

A plugin that names its tools like ours, or lists words that lead nowhere, would go wrong only when
a person asks; here it goes wrong at once, with the one thing to mend.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from finops_cli.domain.agent import AgentSpec, Plugin

OURS = frozenset({"cost", "forecast", "anomaly", "advisor", "budget", "help", "none"})
"""The names that are taken: those of our domains and agents, and of actions of no domain."""

_NAME = re.compile(r"[a-z][a-z0-9_]{1,31}")
_MOST_WORDS = 8


def fault(plugin: Any, taken: Collection[str]) -> str:
    """Return what is wrong with a plugin, as a phrase; nothing where it can be used.

    Args:
        plugin: What a package offers as one.
        taken: Names that no agent of it may have.
    """
    if not isinstance(plugin, Plugin):
        return f"it offers {_kind(plugin)}, not a finops_cli.plugin.Plugin"
    if not isinstance(plugin.agent, AgentSpec):
        return f"its agent is {_kind(plugin.agent)}, not a finops_cli.plugin.AgentSpec"
    return _of_agent(plugin.agent, taken) or _of_tools(plugin) or _of_words(plugin)


def _of_agent(agent: AgentSpec, taken: Collection[str]) -> str:
    if not isinstance(agent.name, str) or not _NAME.fullmatch(agent.name):
        return f"{agent.name!r} is no name for an agent: write one word in lower-case letters"
    if agent.name in taken:
        return f"the name {agent.name!r} is taken"
    for part in ("description", "prompt"):
        text = getattr(agent, part)
        if not isinstance(text, str) or not text.strip():
            return f"its agent has no {part}"
    return ""


def _of_tools(plugin: Plugin) -> str:
    name, listed, made = plugin.agent.name, plugin.agent.tools, plugin.tools
    if not isinstance(listed, tuple) or not listed:
        return "its agent lists no tools"
    if not isinstance(made, Mapping):
        return f"its tools are {_kind(made)}, not a mapping from names"
    for tool in (*listed, *made):
        if not isinstance(tool, str) or not re.fullmatch(rf"{name}\.[a-z][a-z0-9_]*", tool):
            return f"its tool {tool!r} is not named {name}.SOMETHING"
    for tool in sorted(set(listed) ^ set(made)):
        missing = (
            "makes, but its agent does not list" if tool in made else "lists, but nobody makes"
        )
        return f"{tool} is a tool that it {missing}"
    unfit = [tool for tool in made if not callable(made[tool])]
    return f"what makes {unfit[0]} cannot be called" if unfit else ""


def _of_words(plugin: Plugin) -> str:
    if not isinstance(plugin.words, Mapping):
        return f"its words are {_kind(plugin.words)}, not a mapping from its tools"
    for tool, phrases in plugin.words.items():
        if tool not in plugin.tools:
            return f"its words lead to {tool!r}, which is none of its tools"
        if isinstance(phrases, str) or not isinstance(phrases, Collection):
            return f"the words of {tool} are {_kind(phrases)}, not a tuple of phrases"
        for phrase in phrases:
            if not _is_phrase(phrase):
                return f"{phrase!r} is no phrase that leads to {tool}"
    return ""


def _is_phrase(phrase: Any) -> bool:
    """Tell a phrase that somebody may say from one that every question or none would hold."""
    words = re.findall(r"\w+", phrase) if isinstance(phrase, str) else []
    return 0 < len(words) <= _MOST_WORDS and any(len(word) > 1 for word in words)


def _kind(thing: Any) -> str:
    return f"a {type(thing).__name__}"
