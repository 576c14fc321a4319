"""What a question would cost, found out by asking it of nobody.

The tools run as they would, on what the cache holds. In place of each request stands a made-up
answer of the right form: three groups a day, dearer in the last days, so that a search for what
moved goes on to look. Nothing of it is ever kept or shown: only the requests are counted, one page
each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from finops_cli.domain.period import Period
from finops_cli.domain.services import SERVICES
from finops_cli.domain.source import Meter
from finops_cli.errors import NoData
from finops_cli.sources.aws.bill.cover import months_of
from finops_cli.sources.aws.cache.store import Store
from finops_cli.sources.aws.guard.calls import Parameters, Reply
from finops_cli.sources.aws.guard.operations import (
    COST_AND_USAGE,
    COST_CATEGORIES,
    DIMENSION_VALUES,
    TAGS,
    Operation,
)
from finops_cli.sources.aws.opening import Run
from finops_cli.sources.aws.session.session import Session


def rehearsed(run: Run, arguments: Mapping[str, Any]) -> Run:
    """Return a run that counts what it would send, and sends nothing billable.

    Args:
        run: The run as it would be.
        arguments: The arguments of the Step that is to be priced.
    """
    meter, words = Meter(), [*_words(arguments)]

    def calls(run: Run, session: Session, account: str) -> Rehearsal:
        return Rehearsal(meter, words, run.today.day)

    return replace(run, meter=meter, calls=calls, keep=RehearsalStore)


def _words(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a Step's arguments name: the target, filters' values, tags' keys."""
    for value in arguments.values():
        for text in value if isinstance(value, list | tuple) else (value,):
            if isinstance(text, str):
                yield text
                left, _, right = text.partition("=")
                yield from (word.strip() for word in right.split(",") if word.strip())
                yield left.removesuffix("!").partition(":")[2] or text


_METRICS = ("Unblended", "Blended", "Amortized", "NetUnblended", "NetAmortized")
_RECENT = timedelta(days=6)
_RECORD_TYPES = ("Usage", "Tax")


@dataclass(slots=True)
class Rehearsal:
    """Takes the place of the guard: counts what would be sent, and sends nothing.

    Args:
        meter: Counts the requests and their price.
        words: What the question names: every listing of values holds it.
        today: The day that counts as today.
    """

    meter: Meter
    words: Sequence[str]
    today: date
    asked: list[Operation] = field(default_factory=list)
    warnings: tuple[str, ...] = ()

    def call(self, operation: Operation, parameters: Parameters) -> Reply:
        """Count a request and return a made-up answer.

        Raises:
            NoData: The operation's answer matters for nothing that is asked later.
        """
        if operation.price:
            self.asked.append(operation)
            self.meter.api_calls += 1
            self.meter.api_cost += operation.price
        make = _ANSWERS.get(operation)
        if make is None:
            raise NoData(f"{operation} was not asked: this is a rehearsal.")
        return make(self, parameters)

    def pages(self, operation: Operation, parameters: Parameters) -> Iterator[Reply]:
        """Yield the one page of a made-up answer."""
        yield self.call(operation, parameters)

    def costs(self, parameters: Parameters) -> Reply:
        """Return costs of the right form."""
        period = Period(
            *(date.fromisoformat(parameters["TimePeriod"][n]) for n in ("Start", "End"))
        )
        daily = parameters["Granularity"] == "DAILY"
        pieces = _days(period) if daily else months_of(period)
        groups = [_texts(definition) for definition in parameters.get("GroupBy", ())]
        return {"ResultsByTime": [self._result(piece, groups) for piece in pieces]}

    def _result(self, piece: Period, groups: Sequence[Sequence[str]]) -> dict[str, Any]:
        recent = piece.end > self.today - _RECENT
        keys = [[texts[n % len(texts)] for texts in groups] for n in range(3)]
        distinct = [list(key) for key in dict.fromkeys(map(tuple, keys))]
        costs = [str((10 + 90 * recent) * (3 - n)) for n in range(len(distinct))]
        return {
            "TimePeriod": {"Start": str(piece.start), "End": str(piece.end)},
            "Total": {} if groups else _amounts("60"),
            "Groups": [
                {"Keys": key, "Metrics": _amounts(cost)}
                for key, cost in zip(distinct, costs, strict=True)
                if groups
            ],
            # Estimates are never taken for a restatement of what is kept.
            "Estimated": True,
        }

    def values(self, parameters: Parameters) -> Reply:
        """Return values that hold every word of the question."""
        own = _texts({"Type": "DIMENSION", "Key": parameters["Dimension"]})
        known = [s.name for s in SERVICES] if parameters["Dimension"] == "SERVICE" else []
        names = dict.fromkeys((*self.words, *own, *known))
        return {"DimensionValues": [{"Value": name, "Attributes": {}} for name in names]}

    def tags(self, parameters: Parameters) -> Reply:
        """Return tag keys or values that hold every word of the question."""
        return {"Tags": list(self.words)}

    def categories(self, parameters: Parameters) -> Reply:
        """Return cost categories that hold every word of the question."""
        named = "CostCategoryName" in parameters
        return {"CostCategoryValues" if named else "CostCategoryNames": list(self.words)}


_ANSWERS: dict[Operation, Callable[[Rehearsal, Parameters], Reply]] = {
    COST_AND_USAGE: Rehearsal.costs,
    DIMENSION_VALUES: Rehearsal.values,
    TAGS: Rehearsal.tags,
    COST_CATEGORIES: Rehearsal.categories,
}


class RehearsalStore(Store):
    """The cache, read as it is; what is written to it is gone with the process."""

    def _change(self, work: Callable[..., None], begin: bool = True) -> bool:
        return not begin  # forgetting is left undone, writing goes to memory


def _days(period: Period) -> list[Period]:
    return [Period(day, day + timedelta(days=1)) for day in period.each_day()]


def _texts(definition: dict[str, str]) -> list[str]:
    """Return three values of a dimension as Cost Explorer would write them."""
    if definition["Type"] != "DIMENSION":
        return [f"{definition['Key']}${name}" for name in ("a", "b", "")]
    match definition["Key"]:
        case "RECORD_TYPE":
            return list(_RECORD_TYPES)
        case "SERVICE":
            return [service.name for service in SERVICES[:3]]
        case "LINKED_ACCOUNT":
            return ["000000000001", "000000000002", "000000000003"]
    return [f"{definition['Key'].lower()}-{n}" for n in range(3)]


def _amounts(cost: str) -> dict[str, dict[str, str]]:
    amounts = {f"{name}Cost": {"Amount": cost, "Unit": "USD"} for name in _METRICS}
    return {**amounts, "UsageQuantity": {"Amount": cost, "Unit": "Hrs"}}
