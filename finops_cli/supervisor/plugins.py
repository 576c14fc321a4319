"""What plugins add to the supervisor: words that lead to their tools, and the Steps of these."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from finops_cli.domain.period import Calendar
from finops_cli.domain.plan import Plan, Route
from finops_cli.errors import SetupError
from finops_cli.supervisor.plugin_words import claimed, plugin_step, unheard

Words = Mapping[str, Sequence[str]]


class Plugins:
    """The plugins of one run.

    Args:
        words: Looks for the phrases that lead to a plugin's tool, by its name.
        accepted: Tells which arguments a tool takes; it opens the source.
        warnings: Tells which plugins are left out, a sentence each.
    """

    def __init__(
        self,
        words: Callable[[], Words] = dict,
        accepted: Callable[[str], Collection[str]] = lambda _: (),
        warnings: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._find = words
        self._accepted = accepted
        self.warnings = warnings

    @cached_property
    def _words(self) -> Words:
        return self._find()

    def own(self, route: Route) -> bool:
        """Tell whether a Route leads to a plugin's tool."""
        return "." in route.action and route.action in self._words

    def claim(self, text: str, found: Route, day: Calendar) -> Route:
        """Return the Route to a plugin's tool where a question is for one, else what was found.

        Args:
            text: The question.
            found: What our router takes it for.
            day: What today means.
        """

        def stated() -> Mapping[str, Any]:
            from finops_cli.supervisor.router import as_action

            read = as_action(text, "cost.summary", day.today, complete_until=day.complete_until)
            return read.slots

        return (claimed(self._words, text, found, stated) if self._words else None) or found

    def plan(self, route: Route, question: str) -> Plan:
        """Return the Plan of a Route to a plugin's tool.

        Where no source is set, nobody can tell what the tool takes: then the Step has all that the
        question states, and running it fails for want of a source.

        Raises:
            FinopsError: The tool cannot be made.
        """
        try:
            accepted = self._accepted(route.action)
        except SetupError:
            accepted = route.slots
        return Plan((plugin_step(route, accepted),), question, route)

    def unheard(self, route: Route) -> tuple[str, ...]:
        """Return what a question states and the plugin's tool does not take, a sentence each."""
        said = unheard(route, self._accepted(route.action)) if self.own(route) else ""
        return (said,) if said else ()
