"""GetReservationUtilization and GetReservationCoverage."""

from collections.abc import Sequence
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.commitments import (
    RESERVATIONS,
    Commitments,
    Coverage,
    Use,
    add,
    percent,
)
from tests.aws_endpoint.costs import plain
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.time_period import buckets, read_past, written
from tests.aws_endpoint.wire import AwsError, Call, Reply, invalid

_GROUPS = {"SERVICE": q.SERVICE, "REGION": q.REGION, "INSTANCE_TYPE": q.INSTANCE_TYPE}


class Reservations:
    """Answers the two operations."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._commitments = Commitments(organisation)

    def utilization(self, call: Call) -> Reply:
        """Answer GetReservationUtilization.

        Raises:
            AwsError: There were no reservations.
        """
        rule = read_filter(call.parameters.get("Filter"), self._organisation.payer)

        def use(span: Period) -> Use:
            return self._commitments.use(span, RESERVATIONS, call.account, rule)

        spans = self._spans(call)
        total = use(Period(spans[0].start, spans[-1].end))
        if not total.committed:
            raise _nothing()
        held, token = self._page(call, spans)
        return {
            "UtilizationsByTime": [
                {"TimePeriod": written(span), "Groups": [], "Total": _used(use(span))}
                for span in held
            ],
            "Total": _used(total),
            **token,
        }

    def coverage(self, call: Call) -> Reply:
        """Answer GetReservationCoverage."""
        asked = call.parameters
        groups = asked.get("GroupBy") or []
        if groups and (len(groups) > 1 or groups[0].get("Key") not in _GROUPS):
            raise invalid(f"Group by one of {', '.join(_GROUPS)}")
        by = _GROUPS[groups[0]["Key"]] if groups else None
        rule = read_filter(asked.get("Filter"), self._organisation.payer)

        def covered(span: Period) -> dict[str, Coverage]:
            return self._commitments.coverage(span, RESERVATIONS, call.account, rule, by)

        spans = self._spans(call)
        held, token = self._page(call, spans)
        results = []
        for span in held:
            found = covered(span)
            grouped = [
                {"Attributes": {_attribute(groups[0]["Key"]): value}, "Coverage": _covered(each)}
                for value, each in found.items()
                if groups
            ]
            results.append(
                {
                    "TimePeriod": written(span),
                    "Groups": grouped,
                    "Total": _covered(add(found)),
                }
            )
        total = _covered(add(covered(Period(spans[0].start, spans[-1].end))))
        return {"CoveragesByTime": results, "Total": total, **token}

    def _spans(self, call: Call) -> Sequence[Period]:
        period = read_past(call.parameters["TimePeriod"], self._organisation)
        if period.end > self._organisation.today:
            raise invalid("End date must not be in the future")
        return buckets(period, call.parameters.get("Granularity") or "MONTHLY")

    def _page(self, call: Call, spans: Sequence[Period]) -> tuple[Sequence[Period], Reply]:
        size = min(self._organisation.page_size, call.parameters.get("MaxResults") or 1000)
        return page(call, spans, size, self._organisation.faults)


def _attribute(key: str) -> str:
    """Return a dimension as attributes spell it: ``INSTANCE_TYPE`` is ``instanceType``."""
    first, *rest = key.lower().split("_")
    return first + "".join(word.title() for word in rest)


def _used(use: Use) -> Reply:
    purchased = use.hours * use.committed / use.used if use.used else Decimal(0)
    hours = [round(number, 6) for number in (purchased, use.hours, purchased - use.hours)]
    bought, actual, unused = (plain(number) for number in hours)
    return {
        "UtilizationPercentage": plain(use.percentage),
        "UtilizationPercentageInUnits": plain(use.percentage),
        "PurchasedHours": bought,
        "PurchasedUnits": bought,
        "TotalActualHours": actual,
        "TotalActualUnits": actual,
        "UnusedHours": unused,
        "UnusedUnits": unused,
        "OnDemandCostOfRIHoursUsed": plain(use.on_demand),
        "NetRISavings": plain(use.on_demand - use.committed),
        "TotalPotentialRISavings": plain(use.on_demand - use.used),
        "AmortizedUpfrontFee": "0",
        "AmortizedRecurringFee": plain(use.committed),
        "TotalAmortizedFee": plain(use.committed),
        "RICostForUnusedHours": plain(use.unused),
        "RealizedSavings": plain(use.on_demand - use.used),
        "UnrealizedSavings": plain(use.unused),
    }


def _covered(coverage: Coverage) -> Reply:
    running = coverage.covered_hours + coverage.on_demand_hours
    share = plain(percent(coverage.covered_hours, running))
    on_demand, reserved = plain(coverage.on_demand_hours), plain(coverage.covered_hours)
    return {
        "CoverageHours": {
            "OnDemandHours": on_demand,
            "ReservedHours": reserved,
            "TotalRunningHours": plain(running),
            "CoverageHoursPercentage": share,
        },
        "CoverageNormalizedUnits": {
            "OnDemandNormalizedUnits": on_demand,
            "ReservedNormalizedUnits": reserved,
            "TotalRunningNormalizedUnits": plain(running),
            "CoverageNormalizedUnitsPercentage": share,
        },
        "CoverageCost": {"OnDemandCost": plain(coverage.on_demand)},
    }


def _nothing() -> AwsError:
    return AwsError("DataUnavailableException", "No reservation utilization data is available")
