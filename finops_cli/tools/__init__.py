"""The catalogue: every tool by the name of the action that it answers, plugins' tools among them.

A tool's module is loaded when the tool is first asked for: a total needs nothing of what explains.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, ignore
from finops_cli.errors import FinopsError
from finops_cli.tools.shortfalls import telling_shortfalls

if TYPE_CHECKING:
    from finops_cli.domain.budget import BudgetStore
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
    "advisor.list": ("advice", "Advisor", "recommendations"),
    "advisor.savings": ("advice", "Advisor", "savings"),
    "advisor.show": ("advice", "Advisor", "show"),
    "budget.status": ("budgets", "Budgets", "status"),
    "budget.history": ("budgets", "Budgets", "history"),
    "budget.check": ("budgets", "Budgets", "check"),
}
"""Each tool's module, class and method."""

_REMEMBERING = ("anomalies",)
"""The modules whose tools are handed the memory too."""

_BUDGETING = ("budgets",)
"""The modules whose tools are handed the store of budgets."""

_SEARCHING = ("cost.explain",)
"""The tools whose questions depend on what the first ones find."""


class Catalogue(Mapping[str, Tool]):
    """The tools over one source.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
        memory: Where it is kept what people have said; None where nothing is kept.
        more: What makes each tool of a plugin. It is handed the source and nothing else: the memory
            and the rest of the program are not a plugin's.
        budgets: Opens the store of the budgets; None where there is none.
    """

    def __init__(
        self,
        source: "CostSource",
        emit: Emit = ignore,
        memory: "Memory | None" = None,
        more: "Mapping[str, Callable[[CostSource], Tool]]" = MappingProxyType({}),
        budgets: "Callable[[], BudgetStore] | None" = None,
    ) -> None:
        self._source = source
        self._emit = emit
        self._memory = memory
        self._more = more
        self._budgets = budgets

    def __getitem__(self, name: str) -> Tool:
        if name not in _HOMES:
            return telling_shortfalls(self._of_plugin(name), self._source.meter)
        module, owner, method = _HOMES[name]
        tools = getattr(import_module(f"{__name__}.{module}"), owner)
        more: tuple[object, ...] = (self._memory,) if module in _REMEMBERING else ()
        if module in _BUDGETING:
            more = (self._budgets,)
        tool: Tool = getattr(tools(self._source, self._emit, *more), method)
        return telling_shortfalls(tool, self._source.meter)

    def accepted(self, name: str) -> frozenset[str]:
        """Return the arguments that a tool takes.

        Raises:
            FinopsError: It is a plugin's, and cannot be made.
        """
        from finops_cli.tools.plugged import parameters

        return parameters(self[name])

    def _of_plugin(self, name: str) -> Tool:
        from finops_cli.tools.plugged import plugged

        return plugged(name, self._more[name], self._source)

    def rehearse(self, name: str, arguments: Mapping[str, Any]) -> bool:
        """Run a tool for what it asks of its source, and tell whether that is sure.

        It is not where the tool ends early, or looks further into what it finds, as a plugin's may.
        """
        try:
            self[name](**arguments)
        except FinopsError:
            return False
        return name not in _SEARCHING and name not in self._more

    def __iter__(self) -> Iterator[str]:
        return iter((*_HOMES, *self._more))

    def __len__(self) -> int:
        return len(_HOMES) + len(self._more)
