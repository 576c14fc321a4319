"""GetSavingsPlansUtilization and GetSavingsPlansCoverage."""

from collections.abc import Sequence
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.commitments import SAVINGS_PLANS, Commitments, Coverage, Use, percent
from tests.aws_endpoint.costs import plain
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.time_period import buckets, read_past, written
from tests.aws_endpoint.wire import AwsError, Call, Reply, invalid

_GROUPS = {"SERVICE": q.SERVICE, "REGION": q.REGION, "INSTANCE_FAMILY": q.INSTANCE_TYPE}
_DEFAULT_PAGE = 20


class SavingsPlans:
    """Answers the two operations."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._commitments = Commitments(organisation)

    def utilization(self, call: Call) -> Reply:
        """Answer GetSavingsPlansUtilization.

        Raises:
            AwsError: There were no Savings Plans.
        """
        rule = read_filter(call.parameters.get("Filter"), self._organisation.payer)

        def use(span: Period) -> Use:
            return self._commitments.use(span, SAVINGS_PLANS, call.account, rule)

        spans = _spans(call, self._organisation)
        total = use(Period(spans[0].start, spans[-1].end))
        if not total.committed:
            raise _nothing()
        return {
            "SavingsPlansUtilizationsByTime": [
                {"TimePeriod": written(span), **_used(use(span))} for span in spans
            ],
            "Total": _used(total),
        }

    def coverage(self, call: Call) -> Reply:
        """Answer GetSavingsPlansCoverage."""
        asked = call.parameters
        groups = asked.get("GroupBy") or []
        if groups and asked.get("Granularity"):
            raise invalid("Granularity can't be set if GroupBy is set")
        if asked.get("Metrics") not in (None, ["SpendCoveredBySavingsPlans"]):
            raise invalid("The only valid metric is SpendCoveredBySavingsPlans")
        by = _group(groups)
        rule = read_filter(asked.get("Filter"), self._organisation.payer)
        lines = [
            _covered(span, groups, value, coverage)
            for span in _spans(call, self._organisation, whole=bool(groups))
            for value, coverage in self._commitments.coverage(
                span, SAVINGS_PLANS, call.account, rule, by
            ).items()
        ]
        size = min(self._organisation.page_size, asked.get("MaxResults") or _DEFAULT_PAGE)
        held, token = page(call, lines, size, self._organisation.faults, "NextToken")
        return {"SavingsPlansCoverages": list(held), **token}


def _spans(call: Call, organisation: Organisation, whole: bool = False) -> Sequence[Period]:
    granularity = call.parameters.get("Granularity") or "MONTHLY"
    if granularity == "HOURLY":
        raise invalid("Only DAILY and MONTHLY granularities are supported")
    period = read_past(call.parameters["TimePeriod"], organisation)
    if period.end > organisation.today:
        raise invalid("End date must not be in the future")
    return [period] if whole else buckets(period, granularity)


def _group(groups: Sequence[dict[str, Any]]) -> str | None:
    if not groups:
        return None
    key = groups[0].get("Key", "")
    if len(groups) > 1 or key not in _GROUPS:
        raise invalid(f"Group by one of {', '.join(_GROUPS)}")
    return _GROUPS[key]


def _used(use: Use) -> Reply:
    return {
        "Utilization": {
            "TotalCommitment": plain(use.committed),
            "UsedCommitment": plain(use.used),
            "UnusedCommitment": plain(use.unused),
            "UtilizationPercentage": plain(use.percentage),
        },
        "Savings": {
            "NetSavings": plain(use.on_demand - use.committed),
            "OnDemandCostEquivalent": plain(use.on_demand),
        },
        "AmortizedCommitment": {
            "AmortizedRecurringCommitment": plain(use.committed),
            "AmortizedUpfrontCommitment": "0",
            "TotalAmortizedCommitment": plain(use.committed),
        },
    }


def _covered(
    span: Period, groups: Sequence[dict[str, Any]], value: str, coverage: Coverage
) -> Reply:
    whole = coverage.covered + coverage.on_demand
    return {
        "Attributes": {groups[0]["Key"]: value} if groups else {},
        "Coverage": {
            "SpendCoveredBySavingsPlans": plain(coverage.covered),
            "OnDemandCost": plain(coverage.on_demand),
            "TotalCost": plain(whole),
            "CoveragePercentage": plain(percent(coverage.covered, whole)),
        },
        "TimePeriod": written(span),
    }


def _nothing() -> AwsError:
    return AwsError("DataUnavailableException", "No Savings Plans utilization data is available")
