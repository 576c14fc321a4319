"""GetCostComparisonDrivers: two whole months side by side, by service and usage type."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from finops_cli.domain.period import Period, month_of
from tests.aws_endpoint.costs import Group, Question, Sums, add_up, check_metrics, plain
from tests.aws_endpoint.dimensions import Attribute, dimension, grouping
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.time_period import read_past
from tests.aws_endpoint.wire import Call, Reply, invalid

_MOST = 10
_ALWAYS = ("SERVICE", "USAGE_TYPE")
_TYPES = {
    "Credit": "CREDIT",
    "Refund": "REFUND",
    "Tax": "TAX",
    "RIFee": "RECURRING_RESERVATION_FEE",
    "DiscountedUsage": "RESERVATION_USAGE",
    "SavingsPlanCoveredUsage": "SAVINGS_PLAN_USAGE",
    "SavingsPlanRecurringFee": "SAVINGS_PLAN_RECURRING_FEE",
    "Other out-of-cycle charges": "OUT_OF_CYCLE_CHARGE",
    "Fee": "COMMITMENT",
}
Change = tuple[Decimal, Decimal]


class Drivers:
    """Answers GetCostComparisonDrivers."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def __call__(self, call: Call) -> Reply:
        """Return one page, the largest change first."""
        asked = call.parameters
        months = [self._month(asked[f"{name}TimePeriod"]) for name in ("Baseline", "Comparison")]
        (metric,) = check_metrics([asked["MetricForComparison"]])
        definitions = self._definitions(asked.get("GroupBy") or [])
        before, after = self._sums(call, months, metric, definitions)
        changes = _changes(before, after, metric)
        wholes: dict[Group, dict[str, Change]] = {}
        for (*keys, record), change in changes.items():
            wholes.setdefault(tuple(keys), {})[record] = change
        ranked = sorted(wholes, key=lambda keys: (-abs(_difference(wholes[keys])), keys))
        size = min(self._organisation.page_size, asked.get("MaxResults") or _MOST)
        held, token = page(call, ranked, size, self._organisation.faults)
        unit = self._organisation.bill.currency
        return {
            "CostComparisonDrivers": [
                _driver(keys, wholes[keys], definitions, metric, unit) for keys in held
            ],
            **token,
        }

    def _month(self, interval: Mapping[str, str]) -> Period:
        granularity = "MONTHLY" if self._organisation.multi_year else "DAILY"
        period = read_past(interval, self._organisation, granularity)
        if period != month_of(period.start):
            raise invalid(
                "The time period must start and end on the first day of a month, with a duration "
                "of exactly one month"
            )
        return period

    def _definitions(self, more: list[dict[str, str]]) -> list[dict[str, str]]:
        named = [{"Type": "DIMENSION", "Key": key} for key in _ALWAYS]
        return named + [each for each in more if each not in named]

    def _sums(
        self, call: Call, months: list[Period], metric: str, definitions: list[dict[str, str]]
    ) -> list[Sums]:
        payer = self._organisation.payer
        groups: list[Attribute] = []
        for definition in definitions:
            groups += grouping([definition], payer)
        rule = read_filter(call.parameters.get("Filter"), payer)
        told_apart = (*groups, dimension("RECORD_TYPE", payer))
        question = Question((metric,), told_apart, rule, call.account)
        return add_up(self._organisation, question, months)


def _changes(before: Sums, after: Sums, metric: str) -> dict[Group, Change]:
    zero = Decimal(0)
    return {
        key: (
            before[key][metric].number if key in before else zero,
            after[key][metric].number if key in after else zero,
        )
        for key in sorted({*before, *after})
    }


def _difference(parts: Mapping[str, Change]) -> Decimal:
    return sum((after - before for before, after in parts.values()), Decimal(0))


def _driver(
    keys: Group,
    parts: Mapping[str, Change],
    definitions: list[dict[str, str]],
    metric: str,
    unit: str,
) -> Reply:
    whole = (
        sum((before for before, _ in parts.values()), Decimal(0)),
        sum((after for _, after in parts.values()), Decimal(0)),
    )
    selectors = [_selector(d, key) for d, key in zip(definitions, keys, strict=True)]
    return {
        "CostSelector": {"And": selectors},
        "Metrics": {metric: _compared(whole, unit)},
        "CostDrivers": [
            {
                "Type": _TYPES.get(record, "USAGE_CHANGE"),
                "Name": record,
                "Metrics": {metric: _compared(change, unit)},
            }
            for record, change in parts.items()
        ],
    }


def _selector(definition: Mapping[str, str], key: str) -> dict[str, Any]:
    if definition["Type"] == "DIMENSION":
        return {"Dimensions": {"Key": definition["Key"], "Values": [key]}}
    name = "Tags" if definition["Type"] == "TAG" else "CostCategories"
    value = key.partition("$")[2]
    if value:
        return {name: {"Key": definition["Key"], "Values": [value]}}
    return {name: {"Key": definition["Key"], "MatchOptions": ["ABSENT"]}}


def _compared(change: Change, unit: str) -> dict[str, str]:
    before, after = change
    return {
        "BaselineTimePeriodAmount": plain(before),
        "ComparisonTimePeriodAmount": plain(after),
        "Difference": plain(after - before),
        "Unit": unit,
    }
