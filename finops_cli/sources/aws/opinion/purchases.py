"""The answers of Cost Explorer's two purchase recommendations, as purchases."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from finops_cli.domain.commitments import Purchase, Scheme

_PERCENT = Decimal(100)
_WHAT = ("InstanceType", "NodeType", "InstanceSize", "InstanceClass", "Family")
Pages = Sequence[Mapping[str, Any]]


def saved(pages: Pages) -> Iterator[Purchase]:
    """Yield the Savings Plans that an answer recommends."""
    for page in pages:
        found = page.get("SavingsPlansPurchaseRecommendation") or {}
        for detail in found.get("SavingsPlansPurchaseRecommendationDetails") or ():
            plan = detail.get("SavingsPlansDetails") or {}
            yield Purchase(
                scheme=Scheme.SAVINGS_PLANS,
                kind=found["SavingsPlansType"],
                what=plan.get("InstanceFamily") or None,
                region=plan.get("Region") or None,
                account=detail.get("AccountId") or None,
                term=found["TermInYears"],
                payment=found["PaymentOption"],
                hourly=Decimal(detail["HourlyCommitmentToPurchase"]),
                count=None,
                upfront=Decimal(detail.get("UpfrontCost") or 0),
                monthly_savings=Decimal(detail["EstimatedMonthlySavingsAmount"]),
                savings_share=Decimal(detail["EstimatedSavingsPercentage"]) / _PERCENT,
                utilization=Decimal(detail["EstimatedAverageUtilization"]) / _PERCENT,
            )


def reserved(service: str) -> Callable[[Pages], Iterator[Purchase]]:
    """Return what yields the reservations that an answer recommends for a service."""

    def read(pages: Pages) -> Iterator[Purchase]:
        for page in pages:
            for found in page.get("Recommendations") or ():
                for detail in found.get("RecommendationDetails") or ():
                    yield _reservation(service, found, detail)

    return read


def _reservation(service: str, found: Mapping[str, Any], detail: Mapping[str, Any]) -> Purchase:
    # The one member that is there is named after the service.
    members = (detail.get("InstanceDetails") or {}).values()
    instance: Mapping[str, Any] = next((one for one in members if one), {})
    return Purchase(
        scheme=Scheme.RESERVATIONS,
        kind=service,
        what=next((instance[name] for name in _WHAT if instance.get(name)), None),
        region=instance.get("Region") or None,
        account=detail.get("AccountId") or None,
        term=found["TermInYears"],
        payment=found["PaymentOption"],
        hourly=None,
        count=Decimal(detail["RecommendedNumberOfInstancesToPurchase"]),
        upfront=Decimal(detail.get("UpfrontCost") or 0),
        monthly_savings=Decimal(detail["EstimatedMonthlySavingsAmount"]),
        savings_share=Decimal(detail["EstimatedMonthlySavingsPercentage"]) / _PERCENT,
        utilization=Decimal(detail["AverageUtilization"]) / _PERCENT,
    )
