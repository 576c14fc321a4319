"""GetCostAndUsage, computed.

A page holds so many groups; a day's groups may be spread over two pages, as on AWS.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from finops_cli.domain.period import Period
from tests.aws_endpoint.bill import METRICS
from tests.aws_endpoint.costs import Amount, Question, Sums, add_up, check_metrics
from tests.aws_endpoint.dimensions import grouping
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page, request_digest
from tests.aws_endpoint.time_period import buckets, read_past, written
from tests.aws_endpoint.wire import Call, Reply

_KEPT = 6  # answers that may still be paged through
Line = tuple[Period, tuple[str, ...] | None, dict[str, Amount]]
"""A bucket, the keys of one of its groups (None in an empty one), and the group's amounts."""


class CostAndUsage:
    """Answers GetCostAndUsage."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._lock = threading.Lock()
        self._kept: OrderedDict[Any, Sequence[Line]] = OrderedDict()

    def __call__(self, call: Call) -> Reply:
        """Return one page."""
        groups = call.parameters.get("GroupBy") or []
        lines = self._lines(call)
        held, token = page(call, lines, self._organisation.page_size, self._organisation.faults)
        reply: Reply = {"ResultsByTime": self._results(held, bool(groups))}
        reply["DimensionValueAttributes"] = self._attributes(held, groups)
        if groups:
            reply["GroupDefinitions"] = groups
        return {**reply, **token}

    def _lines(self, call: Call) -> Sequence[Line]:
        """Return all lines; who pages through them does not make them anew."""
        faults = self._organisation.faults
        key = (request_digest(call), self._organisation.today, faults.restatements())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        lines = self._compute(call)
        with self._lock:
            self._kept[key] = lines
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return lines

    def _compute(self, call: Call) -> Sequence[Line]:
        asked, payer = call.parameters, self._organisation.payer
        granularity = asked["Granularity"]
        period = read_past(asked["TimePeriod"], self._organisation, granularity)
        metrics = check_metrics(asked["Metrics"])
        groups = grouping(asked.get("GroupBy") or [], payer)
        rule = read_filter(asked.get("Filter"), payer)
        spans = buckets(period, granularity)
        question = Question(metrics, groups, rule, call.account)
        sums = add_up(self._organisation, question, spans)
        if not groups:
            nothing = {metric: self._nothing(metric) for metric in metrics}
            return [
                (span, (), nothing | found.get((), {}))
                for span, found in zip(spans, sums, strict=True)
            ]
        return [
            line for span, found in zip(spans, sums, strict=True) for line in _grouped(span, found)
        ]

    def _nothing(self, metric: str) -> Amount:
        return Amount(unit=self._organisation.bill.currency if metric in METRICS else None)

    def _results(self, lines: Sequence[Line], grouped: bool) -> list[Reply]:
        results = []
        for span, held in groupby(lines, key=lambda line: line[0]):
            found = [(keys, amounts) for _, keys, amounts in held if keys is not None]
            result: Reply = {
                "TimePeriod": written(span),
                "Total": {} if grouped else _written(found[0][1]),
                "Groups": [],
                "Estimated": self._organisation.is_estimated(span.last_day),
            }
            if grouped:
                result["Groups"] = [
                    {"Keys": list(keys), "Metrics": _written(amounts)} for keys, amounts in found
                ]
            results.append(result)
        return results

    def _attributes(self, lines: Sequence[Line], groups: Sequence[Reply]) -> list[Reply]:
        at = [i for i, group in enumerate(groups) if group.get("Key") == "LINKED_ACCOUNT"]
        if not at:
            return []
        names = self._organisation.names
        accounts = dict.fromkeys(keys[at[0]] for _, keys, _ in lines if keys)
        return [
            {"Value": account, "Attributes": {"description": names.get(account, account)}}
            for account in accounts
        ]


def _grouped(span: Period, found: Sums) -> list[Line]:
    if not found:
        return [(span, None, {})]
    return [(span, keys, amounts) for keys, amounts in found.items()]


def _written(amounts: dict[str, Amount]) -> dict[str, dict[str, str]]:
    return {metric: amount.written() for metric, amount in amounts.items()}
