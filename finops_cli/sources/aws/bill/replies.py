"""GetCostAndUsage: its parameters from a shape, and its pages as buckets.

Periods start on their first day and end before their last, here as in Cost Explorer. A page may end
in the middle of a day's groups: a bucket is whole when the next one has begun, or the last page has
been read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from finops_cli.domain.period import Period
from finops_cli.domain.query import Granularity, Metric
from finops_cli.errors import NoAnswer
from finops_cli.sources.aws.bill.dimensions import expression, group_definition
from finops_cli.sources.aws.bill.shape import Key, Shape
from finops_cli.sources.aws.cache.buckets import Bucket, Span

USAGE, USAGE_UNIT = "usage", "usage_unit"
_METRICS = {
    Metric.UNBLENDED.value: "UnblendedCost",
    Metric.BLENDED.value: "BlendedCost",
    Metric.AMORTIZED.value: "AmortizedCost",
    Metric.NET_UNBLENDED.value: "NetUnblendedCost",
    Metric.NET_AMORTIZED.value: "NetAmortizedCost",
}
"""Our metrics and Cost Explorer's: all come with one request, at one price."""

_QUANTITY = "UsageQuantity"
_NO_UNIT = ("", "N/A")


def parameters(
    shape: Shape,
    period: Period,
    granularity: Granularity,
    record_types: Sequence[str],
    billing_view: str | None,
) -> dict[str, Any]:
    """Return the parameters of the request that asks for a shape's buckets.

    Args:
        shape: Groupings and filters.
        period: The days.
        granularity: Days, or months cut to the period.
        record_types: Those that the bill has: a filter on a charge category means some of them.
        billing_view: The ARN of a billing view.
    """
    wanted: dict[str, Any] = {
        "TimePeriod": {"Start": period.start.isoformat(), "End": period.end.isoformat()},
        "Granularity": "DAILY" if granularity is Granularity.DAILY else "MONTHLY",
        "Metrics": [*_METRICS.values(), _QUANTITY],
    }
    if shape.group_by:
        wanted["GroupBy"] = [group_definition(dimension) for dimension in shape.group_by]
    if found := expression(shape.filters, record_types):
        wanted["Filter"] = found
    if billing_view:
        wanted["BillingViewArn"] = billing_view
    return wanted


@dataclass(slots=True)
class Reading:
    """What the pages of one request held.

    ``pages`` counts them, ``currency`` is the unit of the costs, ``names`` what Cost Explorer calls
    the values of the groups (account names by account id).
    """

    pages: int = 0
    currency: str | None = None
    names: dict[str, str] = field(default_factory=dict)


def buckets(
    pages: Iterable[Mapping[str, Any]],
    shape: Shape,
    until: date,
    fetched: datetime,
    reading: Reading,
) -> Iterator[Bucket]:
    """Yield the buckets of a request's pages, each once it is whole.

    Cost Explorer tells every day that was asked for, charged or not. So pages that end early lack
    a page, and the day that they end with may lack groups: it is not yielded.

    Args:
        pages: The answers, page by page.
        shape: What was asked for.
        until: The end of the period that was asked for.
        fetched: When.
        reading: Receives what else the pages hold.

    Raises:
        NoAnswer: A page is not what Cost Explorer's documentation says, or one is missing.
    """
    open_: _Growing | None = None
    for page in pages:
        reading.pages += 1
        _note_names(page, reading)
        for result in page.get("ResultsByTime", ()):
            try:
                span = _span(result, fetched)
                rows = [*_rows(result, shape, reading)]
            except (ArithmeticError, KeyError, TypeError, ValueError) as error:
                raise NoAnswer(
                    "Cost Explorer answered something that cannot be read.",
                    "Try again; if it stays so, report it with --debug.",
                ) from error
            if open_ is None or open_.start != span.start:
                if open_:
                    yield open_.bucket()
                open_ = _Growing(span.start)
            open_.add(span, rows)
    if open_ is None or open_.end < until:
        raise NoAnswer(
            f"Cost Explorer's answer ends before {until}: a page of it was lost.",
            "Ask again: what was whole is kept.",
        )
    yield open_.bucket()


Row = tuple[Key, dict[str, str | None]]


class _Growing:
    """A bucket whose groups are still coming, page by page."""

    def __init__(self, start: date) -> None:
        self.start = self.end = start
        self._span: Span | None = None
        self._rows: dict[Key, dict[str, str | None]] = {}

    def add(self, span: Span, rows: Sequence[Row]) -> None:
        """Add groups of a page; one that came before would be counted twice.

        Raises:
            NoAnswer: Cost Explorer repeats a group.
        """
        if any(key in self._rows for key, _ in rows):
            raise NoAnswer(
                f"Cost Explorer told the same group of {self.start} twice: its pages overlap.",
                "Nothing of this answer was kept. Try again.",
            )
        self._span = span
        self.end = span.end
        self._rows.update(rows)

    def bucket(self) -> Bucket:
        """Return what has grown."""
        assert self._span is not None
        names = (*_METRICS, USAGE, USAGE_UNIT)
        columns = {n: tuple(row.get(n) for row in self._rows.values()) for n in names}
        return Bucket(self._span, tuple(self._rows), columns)


def _span(result: Mapping[str, Any], fetched: datetime) -> Span:
    period = result["TimePeriod"]
    start, end = (date.fromisoformat(period[name][:10]) for name in ("Start", "End"))
    return Span(start, end, fetched, bool(result.get("Estimated", False)))


def _rows(result: Mapping[str, Any], shape: Shape, reading: Reading) -> Iterator[Row]:
    if not shape.group_by:
        yield (), _amounts(result["Total"], reading)
        return
    for group in result.get("Groups", ()):
        if len(group["Keys"]) != len(shape.group_by):
            raise ValueError(group["Keys"])
        yield tuple(group["Keys"]), _amounts(group["Metrics"], reading)


def _amounts(metrics: Mapping[str, Any], reading: Reading) -> dict[str, str | None]:
    """Return the amounts of a group as texts: what a Decimal is made of later, exactly."""
    found: dict[str, str | None] = {}
    for name, theirs in _METRICS.items():
        amount = metrics[theirs]
        float(amount["Amount"])  # a text that is no number must not reach the cache
        found[name] = amount["Amount"]
        reading.currency = reading.currency or amount.get("Unit")
    quantity = metrics.get(_QUANTITY, {})
    unit = quantity.get("Unit", "")
    if unit not in _NO_UNIT:
        found[USAGE], found[USAGE_UNIT] = quantity["Amount"], unit
    return found


def _note_names(page: Mapping[str, Any], reading: Reading) -> None:
    for value in page.get("DimensionValueAttributes", ()):
        name = value.get("Attributes", {}).get("description")
        if name:
            reading.names[value["Value"]] = name
