"""GetCostComparisonDrivers: what Cost Explorer holds to be behind a change from month to month.

A page has ten drivers at most and costs as much as any request, so a few pages must do.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from finops_cli.domain.opinion import Driver, Drivers, Reason
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Metric
from finops_cli.errors import MissingColumn, NoAnswer
from finops_cli.sources.aws.bill.dimensions import expression
from finops_cli.sources.aws.bill.freshness import RECENT, is_final
from finops_cli.sources.aws.bill.kept import for_good, kept, younger_than
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.bill.shape import Shape
from finops_cli.sources.aws.cache.buckets import Span
from finops_cli.sources.aws.guard.operations import COMPARISON_DRIVERS

_METRICS = {
    Metric.UNBLENDED: "UnblendedCost",
    Metric.BLENDED: "BlendedCost",
    Metric.AMORTIZED: "AmortizedCost",
    Metric.NET_UNBLENDED: "NetUnblendedCost",
    Metric.NET_AMORTIZED: "NetAmortizedCost",
}
_MOST_PAGES = 3
_PAGE = 10


def own_drivers(
    reader: Reader,
    metric: Metric,
    baseline: Period,
    comparison: Period,
    filters: tuple[Filter, ...],
) -> Drivers:
    """Return Cost Explorer's drivers of the change between two calendar months.

    Raises:
        MissingColumn: Cost Explorer has no such metric.
        FinopsError: AWS did not answer.
    """
    theirs = _METRICS.get(metric)
    if theirs is None:
        raise MissingColumn(f"Cost Explorer does not compare {metric.value} costs.")
    wanted = _parameters(reader, theirs, baseline, comparison, filters)

    def ask() -> Any:
        pages = list(islice(reader.calls.pages(COMPARISON_DRIVERS, wanted), _MOST_PAGES))
        found = [one for page in pages for one in page.get("CostComparisonDrivers", ())]
        _read(found, theirs)  # what cannot be read must not be kept
        return [found, not (pages and pages[-1].get(COMPARISON_DRIVERS.token or ""))]

    def is_fresh(fetched: datetime) -> bool:
        months = (Span(p.start, p.end, fetched, False) for p in (baseline, comparison))
        if all(is_final(month) for month in months):
            return for_good(reader)(fetched)
        return younger_than(reader, RECENT)(fetched)

    scope = [str(baseline), str(comparison), reader.billing_view, Shape((), filters).text()]
    found, is_all = kept(reader, json.dumps(["own drivers", theirs, *scope]), is_fresh, ask)
    ranked = sorted(_read(found, theirs), key=lambda driver: -abs(driver.change))
    return Drivers(tuple(ranked), is_all)


def _parameters(
    reader: Reader, metric: str, baseline: Period, comparison: Period, filters: tuple[Filter, ...]
) -> dict[str, Any]:
    types = reader.store.note("record types")
    wanted: dict[str, Any] = {
        "BaselineTimePeriod": _interval(baseline),
        "ComparisonTimePeriod": _interval(comparison),
        "MetricForComparison": metric,
        "MaxResults": _PAGE,
    }
    if found := expression(filters, tuple(types[0]) if types else ()):
        wanted["Filter"] = found
    if reader.billing_view:
        wanted["BillingViewArn"] = reader.billing_view
    return wanted


def _interval(period: Period) -> dict[str, str]:
    return {"Start": period.start.isoformat(), "End": period.end.isoformat()}


def _read(found: list[Mapping[str, Any]], metric: str) -> list[Driver]:
    try:
        return [_driver(one, metric) for one in found]
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise NoAnswer("Cost Explorer's own drivers cannot be read.", "Try again.") from error


def _driver(one: Mapping[str, Any], metric: str) -> Driver:
    named = dict(_named(one.get("CostSelector") or {}))
    whole = one["Metrics"][metric]
    reasons = [
        Reason(r.get("Type", ""), r.get("Name", ""), Decimal(r["Metrics"][metric]["Difference"]))
        for r in one.get("CostDrivers") or ()
        if metric in r.get("Metrics", ())
    ]
    return Driver(
        service=named.get("SERVICE"),
        usage_type=named.get("USAGE_TYPE"),
        before=Decimal(whole["BaselineTimePeriodAmount"]),
        after=Decimal(whole["ComparisonTimePeriodAmount"]),
        change=Decimal(whole["Difference"]),
        reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason.change))),
    )


def _named(selector: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the dimensions that a selector fixes, and their values."""
    for part in selector.get("And") or ():
        yield from _named(part)
    fixed = selector.get("Dimensions") or {}
    if len(fixed.get("Values") or ()) == 1:
        yield fixed["Key"], fixed["Values"][0]
