"""A stage for the agents: a small catalogue, and an assistant over a scripted model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from finops_cli.agents.loop.assistant import StrandsAssistant
from finops_cli.agents.model.setting import Limits
from finops_cli.domain.agent import AgentSpec
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)
from finops_cli.domain.assistant import Request
from finops_cli.domain.events import Event
from finops_cli.domain.period import Period
from finops_cli.domain.plan import Route, Step
from finops_cli.domain.prose import Prose
from finops_cli.errors import FinopsError, UnknownName
from tests.agents.loop.scripted import Scripted

TODAY = date(2026, 11, 24)
ORIGIN = Provenance(
    "demo", Period(date(2026, 10, 1), date(2026, 11, 1)), TODAY, TODAY, "unblended", "USD"
)


def answer(amount: str = "1234.50", name: str = "Amazon S3") -> Answer:
    cost = Decimal(amount)
    title = Sentence(
        "{name} cost {cost}",
        (Figure("name", name), Figure("cost", cost, Kind.MONEY)),
    )
    columns = (Column("service", Kind.TEXT), Column("cost", Kind.MONEY))
    table = Table("services", columns, ((name, cost),), (None, cost))
    return Answer(title, ORIGIN, tables=(table,))


class Catalogue:
    """Tools with the shapes of the real ones; what they are asked is in ``calls``."""

    def __init__(self, name: str = "Amazon S3") -> None:
        self.name = name
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.acknowledged: list[str] = []

    def breakdown(
        self,
        by: Sequence[str] = (),
        period: str = "last-30d",
        filters: Sequence[str] = (),
        top: int = 10,
        granularity: Literal["daily", "monthly"] = "monthly",
        metric: str | None = None,
    ) -> Answer:
        """Break the cost of a period down.

        Args:
            by: Dimensions.
            period: Such as last-30d.
            filters: Conditions.
            top: How many.
            granularity: A day or a month.
            metric: Which cost.
        """
        self.calls.append(("breakdown", {"by": by, "period": period, "top": top}))
        if "nothing" in by:
            raise UnknownName("No dimension 'nothing' here.", "Did you mean region?")
        return answer("77.25", self.name)

    def listed(self, since: str = "30d", new: bool = False) -> Answer:
        """List events.

        Args:
            since: How far back.
            new: Remember them.
        """
        self.calls.append(("listed", {"since": since, "new": new}))
        return answer("5", self.name)

    def acknowledge(self, event: str, reason: str) -> Answer:
        """Dismiss an event.

        Args:
            event: Its id.
            reason: Why.
        """
        self.acknowledged.append(event)
        return answer("6", self.name)

    def broken(self) -> Answer:
        """Fail as no tool should."""
        raise RuntimeError("secret detail")

    def tools(self) -> Mapping[str, Any]:
        return {
            "cost.breakdown": self.breakdown,
            "anomaly.list": self.listed,
            "anomaly.ack": self.acknowledge,
            "cost.trend": self.broken,
        }

    def run(self, step: Step) -> Answer:
        """The road of every command: the defaults first, then the Step's own."""
        arguments = {"metric": "amortized", **step.arguments}
        tool = self.tools()[step.tool]
        if step.tool != "cost.breakdown":
            del arguments["metric"]
        result: Answer = tool(**arguments)
        return result


SPECS = (
    AgentSpec(
        "forecast",
        "Costs.",
        "You answer with your tools.",
        ("cost.breakdown", "cost.trend", "anomaly.list", "anomaly.ack"),
    ),
    AgentSpec("advisor", "Savings.", "You answer with your tools.", ("advisor.savings",)),
)


def told(error: BaseException) -> FinopsError:
    """Say an error as the model's home does: in a sentence of ours."""
    return FinopsError(f"The model failed: {type(error).__name__}.", "Try again.")


def checked(text: str, answers: Sequence[Answer], question: str) -> Prose:
    """Count the Answers that hold a table, where the real check counts figures."""
    return Prose(text, matched=sum(bool(one.tables) for one in answers))


REQUEST = Request(
    "How do we stand?", Route(("cost",), "multi", "cost.summary"), (answer(),), (), TODAY
)


@dataclass
class Stage:
    """An assistant, its model, its catalogue and what it emitted."""

    model: Scripted
    catalogue: Catalogue = field(default_factory=Catalogue)
    limits: Limits = Limits(seconds=60.0)
    session: Path | None = None
    more: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    @property
    def assistant(self) -> StrandsAssistant:
        return StrandsAssistant(
            name="scripted:one",
            model=lambda: self.model,
            told=told,
            limits=self.limits,
            specs=SPECS,
            tools=self.catalogue.tools,
            run=self.catalogue.run,
            check=checked,
            emit=self.events.append,
            session=self.session,
            pause=0,
            **self.more,
        )

    def write(self, **changes: Any) -> Any:
        return self.assistant.write(replace(REQUEST, **changes))

    def tokens(self) -> str:
        return "".join(event.text for event in self.events if event.kind == "token")
