"""The bill of a large organisation, known by a formula: no row of it is ever kept.

What a service costs an account on a day is the product of three whole numbers, one of each. So
every sum is a product of sums, exact, and a page is made of its own rows alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby, product
from math import prod
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.costs import plain
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.time_period import buckets, read_past, written
from tests.aws_endpoint.wire import AwsError, Call, Reply
from tests.fakes import FakeSource

Weights = dict[str, int]
Line = tuple[Period, tuple[str, ...], Decimal]

ACCOUNTS: Weights = {f"{100_000_000_000 + 7919 * i}": 1 + 37 * i % 100 for i in range(200)}
SERVICES: Weights = {f"Amazon Example Service {i:02}": 1 + 53 * i % 89 for i in range(20)}
FIRST = date(2025, 10, 1)
_MILLIONTHS = -6
_TOLD = "LINKED_ACCOUNT"
_GROUPED: dict[str, Weights] = {
    _TOLD: ACCOUNTS,
    "SERVICE": SERVICES,
    "RECORD_TYPE": {"Usage": 1},
}


def members(today: date) -> FakeSource:
    """Return a source that knows the accounts, the services and the days, for all but costs."""
    services = list(SERVICES)
    rows = [
        {"date": day, "cost": 1, q.ACCOUNT: account, q.SERVICE: services[at % len(services)]}
        for day in (FIRST, today)
        for at, account in enumerate(ACCOUNTS)
    ]
    names = {account: f"member-{at:03}" for at, account in enumerate(ACCOUNTS)}
    return FakeSource(rows, today, names={q.ACCOUNT: names})


class Everything:
    """Answers GetCostAndUsage from the formula.

    Args:
        organisation: Who pays, and what day it is.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def __call__(self, call: Call) -> Reply:
        """Return one page.

        Raises:
            AwsError: The request filters, or groups by something else.
        """
        asked, organisation = call.parameters, self._organisation
        keys = [group["Key"] for group in asked.get("GroupBy") or []]
        if "Filter" in asked or not keys or not _GROUPED.keys() >= set(keys):
            raise AwsError("NotServed", f"The large account does not know {sorted(asked)}, {keys}.")
        period = read_past(asked["TimePeriod"], organisation, asked["Granularity"])
        lines = _Lines(buckets(period, asked["Granularity"]), keys, organisation.today)
        held, token = page(call, lines, organisation.page_size, organisation.faults)
        told = keys.index(_TOLD) if _TOLD in keys else None
        names = {} if told is None else dict.fromkeys(key[told] for _, key, _ in held)
        return {
            "ResultsByTime": [*self._results(held, asked["Metrics"])],
            "DimensionValueAttributes": [
                {"Value": id_, "Attributes": {"description": organisation.names[id_]}}
                for id_ in names
            ],
            "GroupDefinitions": asked["GroupBy"],
            **token,
        }

    def _results(self, lines: Sequence[Line], metrics: Sequence[str]) -> Iterator[Reply]:
        for span, held in groupby(lines, key=lambda line: line[0]):
            yield {
                "TimePeriod": written(span),
                "Total": {},
                "Groups": [
                    {"Keys": list(key), "Metrics": _amounts(plain(cost), metrics)}
                    for _, key, cost in held
                ],
                "Estimated": self._organisation.is_estimated(span.last_day),
            }


def _amounts(cost: str, metrics: Sequence[str]) -> dict[str, dict[str, str]]:
    found = {metric: {"Amount": cost, "Unit": "USD"} for metric in metrics}
    return found | {"UsageQuantity": {"Amount": "0", "Unit": "N/A"}}


@dataclass(frozen=True)
class _Lines(Sequence[Any]):
    """All lines of an answer, each made when it is looked at.

    Args:
        spans: The buckets.
        keys: What they are grouped by.
        today: The last day that is charged.
    """

    spans: Sequence[Period]
    keys: Sequence[str]
    today: date

    def __len__(self) -> int:
        return len(self.spans) * len(self._groups)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self._line(i) for i in range(*at.indices(len(self)))]
        return self._line(at)

    def _line(self, at: int) -> Line:
        span, group = divmod(at, len(self._groups))
        key, weight = self._groups[group]
        cost = Decimal(weight * self._days[span]).scaleb(_MILLIONTHS)
        return self.spans[span], key, cost

    @cached_property
    def _groups(self) -> list[tuple[tuple[str, ...], int]]:
        whole = 1
        for name in (_TOLD, "SERVICE"):
            if name not in self.keys:
                whole *= sum(_GROUPED[name].values())
        each = product(*(sorted(_GROUPED[name].items()) for name in self.keys))
        return [
            (tuple(value for value, _ in values), whole * prod(own for _, own in values))
            for values in each
        ]

    @cached_property
    def _days(self) -> list[int]:
        return [
            sum(_of_day(day) for day in span.each_day() if day <= self.today) for span in self.spans
        ]


def _of_day(day: date) -> int:
    """Return the weight of a day: growing slowly, weekends lower, all digits in use."""
    return (10_007 + day.toordinal() % 1000) * (10 if day.weekday() < 5 else 7)
