"""What an agent is: data, whether it is ours, a plugin's, or has the tools of an MCP server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from finops_cli.domain.answer import Answer
from finops_cli.domain.source import CostSource

Tool = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class AgentSpec:
    """One agent: what it is for, how it is told to work, and what it may use.

    Args:
        name: A short word, such as ``forecast``.
        description: One sentence: what to ask it. A model chooses agents by it.
        prompt: How it is to work, in Markdown.
        tools: The names of its tools in the catalogue.
    """

    name: str
    description: str
    prompt: str
    tools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a package adds under the entry-point group ``finops.agents``.

    Args:
        agent: Its agent.
        tools: What makes each tool from the source, by the names that ``agent`` lists, such as
            ``licences.summary``. A tool is a function or method with typed keyword arguments and a
            Google docstring.
        words: The words that lead to a tool without a model, by the tool's name.
    """

    agent: AgentSpec
    tools: Mapping[str, Callable[[CostSource], Tool]]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class McpServer:
    """An MCP server that the user lets an agent use.

    Args:
        name: Its name in the config file.
        agent: The agent that may use it.
        tools: The tools that may be used; none but these.
        command: How it is started and spoken to over its standard streams; empty for ``url``.
        environment: Variables it is given besides a few harmless ones of ours.
        url: Where it is spoken to over HTTP; empty for ``command``.
    """

    name: str
    agent: str
    tools: tuple[str, ...]
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
