"""GetDimensionValues, GetTags and GetCostCategories: what there is to filter and group by."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.aws_endpoint.costs import SPENT, Question, add_up, check_metrics
from tests.aws_endpoint.dimensions import CATEGORIES, Attribute, category, dimension, tag
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.time_period import read_past
from tests.aws_endpoint.wire import Call, Reply, invalid

_MOST = 1000


class Names:
    """Answers the three operations."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def dimension_values(self, call: Call) -> Reply:
        """Answer GetDimensionValues: values by their cost, the largest first."""
        name = call.parameters["Dimension"]
        values = self._ranked(call, dimension(name, self._organisation.payer))
        held, sizes = self._page(call, values)
        return {"DimensionValues": [self._described(name, value) for value in held], **sizes}

    def tags(self, call: Call) -> Reply:
        """Answer GetTags: the keys that charges have, or the values of one key."""
        key = call.parameters.get("TagKey")
        if key:
            values = self._ranked(call, tag(key))
        else:
            keys = self._organisation.bill.tag_keys()
            values = [key for key in keys if any(self._ranked(call, tag(key), search=""))]
            values = _searched(values, call.parameters)
        held, sizes = self._page(call, values)
        return {"Tags": list(held), **sizes}

    def cost_categories(self, call: Call) -> Reply:
        """Answer GetCostCategories: their names, or the values of one."""
        name = call.parameters.get("CostCategoryName")
        if name:
            values = [value for value in self._ranked(call, category(name)) if value]
            held, sizes = self._page(call, values)
            return {"CostCategoryValues": list(held), **sizes}
        held, sizes = self._page(call, _searched(sorted(CATEGORIES), call.parameters))
        return {"CostCategoryNames": list(held), **sizes}

    def _ranked(self, call: Call, attribute: Attribute, search: str | None = None) -> list[str]:
        asked = call.parameters
        metric, descending = _order(asked)
        bare = Attribute(attribute.needs, attribute.read)
        rule = read_filter(asked.get("Filter"), self._organisation.payer)
        period = read_past(asked["TimePeriod"], self._organisation)
        question = Question((metric,), (bare,), rule, call.account)
        (sums,) = add_up(self._organisation, question, [period])
        sign = -1 if descending else 1
        ranked = sorted(sums, key=lambda keys: (sign * sums[keys][metric].number, keys))
        values = [keys[0] for keys in ranked]
        return _searched(values, asked) if search is None else values

    def _page(self, call: Call, values: Sequence[str]) -> tuple[Sequence[str], Reply]:
        size = self._organisation.page_size
        if call.parameters.get("SortBy"):
            size = min(size, call.parameters.get("MaxResults", _MOST))
            held = values[:size]
            return held, {"ReturnSize": len(held), "TotalSize": len(values)}
        held, token = page(call, values, size, self._organisation.faults)
        return held, {"ReturnSize": len(held), "TotalSize": len(values), **token}

    def _described(self, name: str, value: str) -> Reply:
        known = self._organisation.names
        about = {"description": known.get(value, value)} if name == "LINKED_ACCOUNT" else {}
        return {"Value": value, "Attributes": about}


def _order(asked: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the metric to sort by, and whether the largest comes first."""
    order = asked.get("SortBy")
    if not order:
        return SPENT, True
    if asked.get("NextPageToken") or asked.get("SearchString"):
        raise invalid("NextPageToken and SearchString aren't supported when using SortBy")
    (metric,) = check_metrics([order[0]["Key"]])
    return metric, order[0].get("SortOrder", "DESCENDING") == "DESCENDING"


def _searched(values: list[str], asked: Mapping[str, Any]) -> list[str]:
    wanted = (asked.get("SearchString") or "").casefold()
    return [value for value in values if wanted in value.casefold()]
