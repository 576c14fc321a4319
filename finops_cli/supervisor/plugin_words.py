"""Plugins among the questions: which words lead to one, and which Step they become. Pure.

A plugin names its phrases, and our router knows nothing of them. So the router reads a question
first, and a phrase changes its mind only where it was unsure or would refuse: a plugin that lists
one common word must not take over the questions that people already ask.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from finops_cli.domain.plan import Route, Step
from finops_cli.supervisor.arguments import filters, groups, period

_SURE = 0.9
"""From here on a question is ours unless two words in a row say otherwise."""
_WORD = re.compile(r"\w+")
_MOST_CHARS = 2000
_HOSTILE = ("set instructions aside", "asks for code", "asks for secrets", "change something")
"""How the router says that it refuses a question for what it would do, not for its topic."""


def claimed(
    words: Mapping[str, Sequence[str]],
    text: str,
    found: Route,
    stated: Callable[[], Mapping[str, Any]] = dict,
) -> Route | None:
    """Return the Route to a plugin's tool, None where the question stays ours.

    Args:
        words: The phrases that lead to each tool, by its name. The longest that is said wins, and
            of two the first.
        text: The question; its first 2,000 characters count, as for our router.
        found: What our router takes it for.
        stated: The slots of the text, asked for only where the router refused to read them.
    """
    said = max(_said(words, text), key=lambda one: _length(one[1]), default=None)
    if said is None or not _is_free(found, said[1]):
        return None
    tool, phrase = said
    slots = stated() if found.route == "out_of_scope" else found.slots
    return Route(
        (tool.split(".")[0],),
        "fast",
        tool,
        MappingProxyType(dict(slots)),
        _SURE if len(phrase) > 1 else 0.7,
        f"'{' '.join(phrase)}' means {tool}",
    )


Phrase = tuple[str, ...]


def _said(words: Mapping[str, Sequence[str]], text: str) -> Iterator[tuple[str, Phrase]]:
    """Yield the phrases that a text holds, each word of them whole, with their tools."""
    spoken = f" {' '.join(_cut(text[:_MOST_CHARS]))} "
    for tool, phrases in words.items():
        for phrase in map(_cut, phrases):
            if phrase and f" {' '.join(phrase)} " in spoken:
                yield tool, phrase


def _cut(text: str) -> Phrase:
    return tuple(_WORD.findall(text.casefold()))


def _length(phrase: Phrase) -> tuple[int, int]:
    return len(phrase), sum(map(len, phrase))


def _is_free(found: Route, phrase: Phrase) -> bool:
    """Tell whether a phrase may take a question from our router."""
    if found.route == "out_of_scope":
        return not found.why.endswith(_HOSTILE)
    if found.route == "multi" and len(found.domains) > 1:
        return False  # several questions in one: a plugin would answer a part, and drop the others
    return found.confidence < _SURE or len(phrase) > 1


def plugin_step(route: Route, accepted: Collection[str]) -> Step:
    """Return the Step of a plugin's tool, with what the question states and the tool takes.

    Args:
        route: A Route that leads to a plugin's tool.
        accepted: The names of the arguments that the tool takes. Each slot goes to the argument of
            its name; ``filters``, where a tool takes them, get the services, regions, accounts and
            tags that have no argument of their own.
    """
    slots = route.slots
    arguments = {name: _FORMS.get(name, _as_is)(slots, name) for name in slots if name in accepted}
    rest = {name: value for name, value in slots.items() if name not in accepted}
    return Step(route.action, arguments | (filters(rest) if "filters" in accepted else {}))


def unheard(route: Route, accepted: Collection[str]) -> str:
    """Return a sentence on what a question states and the tool does not take, or nothing.

    Args:
        route: A Route that leads to a plugin's tool.
        accepted: The names of the arguments that the tool takes.
    """
    taken = {*accepted, *(_FILTERED if "filters" in accepted else ())}
    left = [name.replace("_", " ") for name in route.slots if name not in taken]
    if not left:
        return ""
    listed = " and ".join((", ".join(left[:-1]), left[-1]) if left[1:] else left)
    return (
        f"{route.action} takes no {listed}: what the question says of that is not in this answer."
    )


_FILTERED = ("services", "regions", "accounts", "tags")
Form = Callable[[Mapping[str, Any], str], Any]


def _as_is(slots: Mapping[str, Any], name: str) -> Any:
    value = slots[name]
    return list(value) if isinstance(value, tuple) else value


def _days(slots: Mapping[str, Any], name: str) -> str:
    return period(slots[name])


def _dimensions(slots: Mapping[str, Any], _name: str) -> list[str]:
    return groups(slots)


def _text(slots: Mapping[str, Any], name: str) -> str:
    return str(slots[name])


_FORMS: Mapping[str, Form] = {
    "period": _days,
    "compare_period": _days,
    "group_by": _dimensions,
    "amount": _text,
}
