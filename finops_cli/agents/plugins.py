"""The agents that installed packages add, under the entry-point group ``finops.agents``.

They are looked for when a question is asked and at no other time. Python's own reader of package
metadata takes ten times as long to load as a look for the group's name in the files that it reads,
so it is loaded only where that name is found. A package on a path that is no folder (a zip) is
therefore not found.

A plugin is code of the user's own choice and runs with the user's rights. What is kept from it is
nothing but mistakes: one that is broken is left out, with a sentence that names its package.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finops_cli.agents.plugin_check import OURS, fault
from finops_cli.domain.agent import AgentSpec, Plugin, Tool
from finops_cli.domain.source import CostSource

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "finops.agents"
_METADATA = (".dist-info", ".egg-info")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Installed:
    """The plugins that can be used, and a sentence for each that cannot.

    Args:
        plugins: In the order of their packages' names.
        warnings: What is left out, and why.
    """

    plugins: tuple[Plugin, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def agents(self) -> tuple[AgentSpec, ...]:
        """Their agents."""
        return tuple(plugin.agent for plugin in self.plugins)

    @property
    def tools(self) -> Mapping[str, Callable[[CostSource], Tool]]:
        """What makes each of their tools, by its name."""
        return {name: make for plugin in self.plugins for name, make in plugin.tools.items()}

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The phrases that lead to a tool, by its name."""
        return {name: said for plugin in self.plugins for name, said in plugin.words.items()}


def installed() -> Installed:
    """Return the plugins of the packages that are installed beside this one."""
    if not any(map(_offers_agents, sys.path)):
        return Installed()
    from importlib.metadata import entry_points

    return loaded(entry_points(group=GROUP))


def loaded(entries: "Iterable[EntryPoint]") -> Installed:
    """Return the plugins that entry points name, those that can be used and why others cannot.

    Args:
        entries: Entry points; what each names is a ``Plugin``, or returns one.
    """
    plugins: list[Plugin] = []
    warnings: list[str] = []
    for entry in sorted(entries, key=lambda entry: (_package(entry), entry.name)):
        made, why = _made(entry)
        why = why or fault(made, OURS | {plugin.agent.name for plugin in plugins})
        if why:
            warnings.append(f"The plugin of the package {_package(entry)} is left out: {why}.")
        else:
            plugins.append(made)
    return Installed(tuple(plugins), tuple(warnings))


def _made(entry: "EntryPoint") -> tuple[Any, str]:
    """Return what an entry point offers, and why that cannot be had."""
    from contextlib import redirect_stdout

    try:
        with redirect_stdout(sys.stderr):  # a script reads our standard output
            found = entry.load()
            return (found if isinstance(found, Plugin) or not callable(found) else found()), ""
    except (Exception, SystemExit) as error:
        return None, f"it cannot be loaded ({_said(error)})"


def _package(entry: "EntryPoint") -> str:
    return entry.dist.name if entry.dist else entry.value.partition(":")[0]


def _said(error: BaseException) -> str:
    """Return an error as a phrase of one line."""
    text = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _offers_agents(place: str) -> bool:
    """Tell whether a folder that packages are imported from may hold one with an agent."""
    try:
        with os.scandir(place or ".") as found:
            return any(_names_group(e.path) for e in found if e.name.endswith(_METADATA))
    except OSError:
        return False


def _names_group(metadata: str) -> bool:
    try:
        with open(os.path.join(metadata, "entry_points.txt"), "rb") as file:
            return GROUP.encode() in file.read()
    except OSError:
        return False
