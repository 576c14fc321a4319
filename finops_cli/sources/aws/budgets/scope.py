"""What an AWS budget watches, as filters of ours.

A budget says it in one of two ways: ``CostFilters`` and ``CostTypes``, or the newer
``FilterExpression`` and ``Metrics`` (API reference of AWS Budgets, *Budget*). What cannot be said
with our filters is named, and then AWS's own figures stand for the budget: a budget that is read a
little wrong would be reported a little wrong for ever.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.query import Filter, Metric
from finops_cli.sources.aws.bill.dimensions import API_NAMES, value_of

_FILTERS = {
    "Service": q.SERVICE,
    "LinkedAccount": q.ACCOUNT,
    "Region": q.REGION,
    "AZ": q.AVAILABILITY_ZONE,
    "InstanceType": q.INSTANCE_TYPE,
    "UsageType": q.USAGE_TYPE,
    "Operation": q.OPERATION,
    "PurchaseType": q.PURCHASE_OPTION,
}
_DIMENSIONS = {name: dimension for dimension, name in API_NAMES.items()}
_CATEGORIES = {
    "IncludeTax": q.ChargeCategory.TAX,
    "IncludeCredit": q.ChargeCategory.CREDIT,
    "IncludeRefund": q.ChargeCategory.REFUND,
}
_OTHER_TYPES = (
    "IncludeSubscription",
    "IncludeUpfront",
    "IncludeRecurring",
    "IncludeOtherSubscription",
    "IncludeSupport",
    "IncludeDiscount",
)
_METRICS = {
    "UnblendedCost": Metric.UNBLENDED,
    "AmortizedCost": Metric.AMORTIZED,
    "BlendedCost": Metric.BLENDED,
    "NetUnblendedCost": Metric.NET_UNBLENDED,
    "NetAmortizedCost": Metric.NET_AMORTIZED,
}


class Unmapped(Exception):
    """A budget watches something that our filters cannot say; the text names it."""


def metric_of(budget: Mapping[str, Any]) -> Metric:
    """Return which cost a budget counts.

    Raises:
        Unmapped: One that Cost Explorer is not asked for.
    """
    for name in budget.get("Metrics") or ():
        if name not in _METRICS:
            raise Unmapped(str(name))
        return _METRICS[name]
    types = budget.get("CostTypes") or {}
    if types.get("UseBlended"):
        return Metric.BLENDED
    return Metric.AMORTIZED if types.get("UseAmortized") else Metric.UNBLENDED


def filters_of(budget: Mapping[str, Any]) -> tuple[Filter, ...]:
    """Return what a budget watches.

    Raises:
        Unmapped: Our filters cannot say it.
    """
    if budget.get("FilterExpression"):
        return tuple(_expression(budget["FilterExpression"], exclude=False))
    named = (budget.get("CostFilters") or {}).items()
    found = [one for name, values in named for one in _cost_filter(name, values)]
    return (*found, *_cost_types(budget.get("CostTypes") or {}))


def _cost_filter(name: str, values: list[str]) -> Iterator[Filter]:
    """Yield the filter of one entry of CostFilters; tags and categories are ``key$value``."""
    if name in _FILTERS:
        yield _filter(_FILTERS[name], values, exclude=False)
    elif name in ("TagKeyValue", "CostCategory"):
        prefix = q.TAG_PREFIX if name == "TagKeyValue" else q.CATEGORY_PREFIX
        by_key: dict[str, list[str]] = {}
        for text in values:
            key, _, value = text.removeprefix("user:").partition("$")
            by_key.setdefault(key, []).append(value)
        if len(by_key) > 1:  # any of them counts, and filters are joined by and
            raise Unmapped(f"{name} of several keys")
        for key, kept in by_key.items():
            yield Filter(f"{prefix}{key}", tuple(value or None for value in kept))
    else:
        raise Unmapped(name)


def _cost_types(types: Mapping[str, Any]) -> Iterator[Filter]:
    for name in _OTHER_TYPES:
        if types.get(name) is False:
            raise Unmapped(name)
    left_out = tuple(one.value for name, one in _CATEGORIES.items() if types.get(name) is False)
    if left_out:
        yield Filter(q.CHARGE_CATEGORY, left_out, exclude=True)


def _expression(part: Mapping[str, Any], exclude: bool) -> Iterator[Filter]:
    """Yield the filters that an expression is made of, joined by and."""
    ((kind, content),) = part.items()
    if kind == "And" and not exclude:
        for each in content:
            yield from _expression(each, exclude=False)
    elif kind == "Not":
        yield from _expression(content, exclude=not exclude)
    elif kind in ("Dimensions", "Tags", "CostCategories"):
        yield _leaf(kind, content, exclude)
    else:
        raise Unmapped(str(kind))


def _leaf(kind: str, content: Mapping[str, Any], exclude: bool) -> Filter:
    options, key = content.get("MatchOptions") or ["EQUALS"], str(content["Key"])
    prefix = {"Tags": q.TAG_PREFIX, "CostCategories": q.CATEGORY_PREFIX}.get(kind)
    if prefix and options == ["ABSENT"]:
        return Filter(f"{prefix}{key}", (None,), exclude)
    if options != ["EQUALS"]:
        raise Unmapped(" ".join(map(str, options)))
    if prefix:
        return Filter(f"{prefix}{key}", tuple(content["Values"]), exclude)
    if key not in _DIMENSIONS:
        raise Unmapped(key)
    return _filter(_DIMENSIONS[key], content["Values"], exclude)


def _filter(dimension: str, values: list[str], exclude: bool) -> Filter:
    named = dict.fromkeys(value_of(dimension, value) for value in values)
    return Filter(dimension, tuple(named), exclude)
