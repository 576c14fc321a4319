"""What a question means (Route), what will be done about it (Plan), and one tool call (Step)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, get_args

Domain = str
"""``cost``, ``forecast``, ``anomaly``, ``advisor``, ``budget``, or the name of a plugin's agent."""
RouteName = Literal["fast", "multi", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Route:
    """What the words mean.

    ``slots`` holds only what the text states, under the names of the labelling guide (services,
    regions, accounts, tags, period, compare_period, horizon_months, group_by, granularity, limit,
    amount, budget_name); periods are ``{"kind", "text", "start", "end"}`` with ISO dates and an
    exclusive end. ``confidence`` runs from 0 to 1 and ``why`` names the words that decided, for
    ``--plan``. ``words`` are those that a plan reads for what they leave unsaid, where the
    question's own are not enough: a follow-up's together with those of the question before.
    """

    domains: tuple[Domain, ...]
    route: RouteName
    action: str
    slots: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    confidence: float = 1.0
    why: str = ""
    words: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON form; ``words`` are in it only where there are some."""
        return {
            "domains": list(self.domains),
            "route": self.route,
            "action": self.action,
            "slots": dict(self.slots),
            "confidence": self.confidence,
            "why": self.why,
            **({"words": self.words} if self.words else {}),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Route":
        """Return the Route that ``to_dict`` wrote.

        Raises:
            ValueError: It is none.
        """
        try:
            route = cls(
                tuple(content["domains"]),
                content["route"],
                str(content["action"]),
                MappingProxyType(dict(content["slots"])),
                float(content["confidence"]),
                str(content["why"]),
                str(content.get("words", "")),
            )
            _check(route)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("no Route") from error
        return route


def _check(route: Route) -> None:
    """Look at what comes from outside before anybody relies on its form.

    Raises:
        ValueError: A path, a period or a list is none.
    """
    if not all(isinstance(one, str) for one in route.domains):
        raise ValueError("a domain is no word")
    if route.route not in get_args(RouteName):
        raise ValueError("no such path")
    for name in ("period", "compare_period"):
        if name in route.slots:
            start, end = (date.fromisoformat(route.slots[name][edge]) for edge in ("start", "end"))
            if start >= end:
                raise ValueError(f"an empty {name}")
    for name in ("services", "regions", "accounts", "tags", "group_by"):
        listed = route.slots.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise ValueError(f"{name} is no list of words")


@dataclass(frozen=True, slots=True)
class Step:
    """One tool call: the tool's name in the catalogue and its JSON-safe arguments."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Plan:
    """The Steps that answer a question.

    ``route`` is None for a command with flags, which builds its Steps itself.
    """

    steps: tuple[Step, ...]
    question: str | None = None
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What running a Step would cost.

    Args:
        requests: Billable requests, one page each.
        cost: Their price in US dollars.
        is_sure: Whether the requests do not depend on what the first ones will find.
    """

    requests: int
    cost: Decimal
    is_sure: bool
