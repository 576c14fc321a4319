"""The catalogue: every tool by the name of the action that it answers.

A tool's module is loaded when the tool is first asked for: a total needs nothing of what explains.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, ignore
from finops_cli.errors import FinopsError
from finops_cli.tools.shortfalls import telling_shortfalls

if TYPE_CHECKING:
    from finops_cli.domain.memory import Memory
    from finops_cli.domain.source import CostSource

Tool = Callable[..., Answer]

_HOMES = {
    "cost.summary": ("costs", "Costs", "summary"),
    "cost.breakdown": ("costs", "Costs", "breakdown"),
    "cost.trend": ("costs", "Costs", "trend"),
    "cost.compare": ("costs", "Costs", "compare"),
    "cost.untagged": ("costs", "Costs", "untagged"),
    "cost.explain": ("explain", "Explain", "explain"),
    "forecast.spend": ("forecasts", "Forecasts", "spend"),
    "forecast.backtest": ("forecasts", "Forecasts", "backtest"),
    "anomaly.list": ("anomalies", "Anomalies", "events"),
    "anomaly.show": ("anomalies", "Anomalies", "show"),
    "anomaly.ack": ("anomalies", "Anomalies", "acknowledge"),
    "anomaly.unack": ("anomalies", "Anomalies", "withdraw"),
    "anomaly.acks": ("anomalies", "Anomalies", "acknowledged"),
}
"""Each tool's module, class and method."""

_REMEMBERING = ("anomalies",)
"""The modules whose tools are handed the memory too."""

_SEARCHING = ("cost.explain",)
"""The tools whose questions depend on what the first ones find."""


class Catalogue(Mapping[str, Tool]):
    """The tools over one source.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
        memory: Where it is kept what people have said; None where nothing is kept.
    """

    def __init__(
        self, source: "CostSource", emit: Emit = ignore, memory: "Memory | None" = None
    ) -> None:
        self._source = source
        self._emit = emit
        self._memory = memory

    def __getitem__(self, name: str) -> Tool:
        module, owner, method = _HOMES[name]
        tools = getattr(import_module(f"{__name__}.{module}"), owner)
        more = (self._memory,) if module in _REMEMBERING else ()
        tool: Tool = getattr(tools(self._source, self._emit, *more), method)
        return telling_shortfalls(tool, self._source.meter)

    def rehearse(self, name: str, arguments: Mapping[str, Any]) -> bool:
        """Run a tool for what it asks of its source, and tell whether that is sure.

        It is not where the tool ends early, or looks further into what it finds.
        """
        try:
            self[name](**arguments)
        except FinopsError:
            return False
        return name not in _SEARCHING

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)
