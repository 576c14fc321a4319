"""What AWS would have you buy: Savings Plans and reservations for what still runs on demand.

The arithmetic is plain: of the on-demand usage of the days looked at, a part that ran all the time
is committed at a discount that depends on term and payment alone.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.bill import USAGE_QUANTITY
from tests.aws_endpoint.commitments import (
    RESERVATIONS,
    SAVINGS_PLANS,
    Commitments,
    add,
    percent,
)
from tests.aws_endpoint.costs import plain
from tests.aws_endpoint.expressions import read_filter
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.wire import Call, Reply

_DAYS = {"SEVEN_DAYS": 7, "THIRTY_DAYS": 30, "SIXTY_DAYS": 60}
_DISCOUNTS = {"ONE_YEAR": Decimal("0.27"), "THREE_YEARS": Decimal("0.48")}
_UPFRONT = {"NO_UPFRONT": Decimal(0), "PARTIAL_UPFRONT": Decimal("0.5"), "ALL_UPFRONT": Decimal(1)}
_STEADY = Decimal("0.7")  # the part of the on-demand usage that is taken to run all the time
_HOURS_A_MONTH = Decimal(730)
_DETAILS = {
    "Amazon Elastic Compute Cloud - Compute": ("EC2InstanceDetails", "InstanceType"),
    "Amazon Relational Database Service": ("RDSInstanceDetails", "InstanceType"),
    "Amazon ElastiCache": ("ElastiCacheInstanceDetails", "NodeType"),
    "Amazon Redshift": ("RedshiftInstanceDetails", "NodeType"),
}


class Purchases:
    """Answers the two recommendations."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._commitments = Commitments(organisation)

    def savings_plans(self, call: Call) -> Reply:
        """Answer GetSavingsPlansPurchaseRecommendation."""
        asked = call.parameters
        names = (
            "AccountScope",
            "SavingsPlansType",
            "TermInYears",
            "PaymentOption",
            "LookbackPeriodInDays",
        )
        answer: Reply = {name: asked[name] for name in names if name in asked}
        if asked["SavingsPlansType"] == "COMPUTE_SP":
            answer |= self._compute_plan(call)
        about = {"Metadata": self._metadata(str(answer))}
        return {**about, "SavingsPlansPurchaseRecommendation": answer}

    def reservations(self, call: Call) -> Reply:
        """Answer GetReservationPurchaseRecommendation."""
        asked = call.parameters
        details = [detail for _, detail in sorted(self._reservation_details(call))]
        held, token = page(call, details, asked.get("PageSize") or 20, self._organisation.faults)
        if not held:
            return {"Metadata": self._metadata(str(asked)), "Recommendations": [], **token}
        total = sum((Decimal(d["EstimatedMonthlySavingsAmount"]) for d in details), Decimal(0))
        spent = sum((Decimal(d["EstimatedMonthlyOnDemandCost"]) for d in details), Decimal(0))
        recommendation = {
            "AccountScope": asked.get("AccountScope", "PAYER"),
            "LookbackPeriodInDays": asked.get("LookbackPeriodInDays", "SEVEN_DAYS"),
            "TermInYears": asked.get("TermInYears", "ONE_YEAR"),
            "PaymentOption": asked.get("PaymentOption", "NO_UPFRONT"),
            "RecommendationDetails": list(held),
            "RecommendationSummary": {
                "TotalEstimatedMonthlySavingsAmount": plain(total),
                "TotalEstimatedMonthlySavingsPercentage": plain(percent(total, spent)),
                "CurrencyCode": self._organisation.bill.currency,
            },
        }
        about = {"Metadata": self._metadata(str(asked))}
        return {**about, "Recommendations": [recommendation], **token}

    def _compute_plan(self, call: Call) -> Reply:
        asked = call.parameters
        period = self._period(asked["LookbackPeriodInDays"])
        rule = read_filter(asked.get("Filter"), self._organisation.payer)
        found = self._commitments.coverage(period, SAVINGS_PLANS, call.account, rule)
        on_demand = add(found).on_demand
        if not on_demand:
            return {}
        hourly = on_demand / (24 * period.days)
        discount = _DISCOUNTS[asked["TermInYears"]]
        commitment = round(hourly * _STEADY * (1 - discount), 3)
        covered = commitment / (1 - discount)
        saved = round((covered - commitment) * _HOURS_A_MONTH, 2)
        share = plain(percent(covered - commitment, hourly))
        spend = plain(round(hourly * _HOURS_A_MONTH, 2))
        cost = plain(round((hourly - covered + commitment) * _HOURS_A_MONTH, 2))
        currency = self._organisation.bill.currency
        detail = {
            "SavingsPlansDetails": {"OfferingId": _uuid(str(asked))},
            "AccountId": self._organisation.payer,
            "UpfrontCost": plain(_upfront(asked, commitment * _HOURS_A_MONTH * 12)),
            "EstimatedROI": share,
            "CurrencyCode": currency,
            "EstimatedSPCost": plain(round(commitment * _HOURS_A_MONTH, 2)),
            "EstimatedOnDemandCost": cost,
            "EstimatedOnDemandCostWithCurrentCommitment": spend,
            "EstimatedSavingsAmount": plain(saved),
            "EstimatedSavingsPercentage": share,
            "HourlyCommitmentToPurchase": plain(commitment),
            "EstimatedAverageUtilization": "100",
            "EstimatedMonthlySavingsAmount": plain(saved),
            "CurrentMinimumHourlyOnDemandSpend": plain(round(hourly * _STEADY, 6)),
            "CurrentMaximumHourlyOnDemandSpend": plain(round(hourly * 2, 6)),
            "CurrentAverageHourlyOnDemandSpend": plain(round(hourly, 6)),
            "RecommendationDetailId": _uuid(f"{asked}{commitment}"),
        }
        summary = {
            "EstimatedROI": share,
            "CurrencyCode": currency,
            "EstimatedTotalCost": cost,
            "CurrentOnDemandSpend": spend,
            "EstimatedSavingsAmount": plain(saved),
            "TotalRecommendationCount": "1",
            "DailyCommitmentToPurchase": plain(commitment * 24),
            "HourlyCommitmentToPurchase": plain(commitment),
            "EstimatedSavingsPercentage": share,
            "EstimatedMonthlySavingsAmount": plain(saved),
            "EstimatedOnDemandCostWithCurrentCommitment": spend,
        }
        return {
            "SavingsPlansPurchaseRecommendationDetails": [detail],
            "SavingsPlansPurchaseRecommendationSummary": summary,
        }

    def _reservation_details(self, call: Call) -> Iterator[tuple[str, Reply]]:
        asked = call.parameters
        if asked["Service"] not in _DETAILS:
            return
        period = self._period(asked.get("LookbackPeriodInDays", "SEVEN_DAYS"))
        payer = self._organisation.payer
        member = asked.get("AccountId") or (None if call.account == payer else call.account)
        for (kind, region), (cost, hours) in self._on_demand(asked["Service"], period, member):
            count = int(hours / (24 * period.days))
            if count < 1 or hours <= 0:
                continue
            rate = cost / hours
            detail = _reservation(asked, kind, region, count, rate)
            detail["AccountId"] = member or payer
            detail["CurrencyCode"] = self._organisation.bill.currency
            detail["AverageNumberOfInstancesUsedPerHour"] = plain(
                round(hours / (24 * period.days), 6)
            )
            yield f"{kind} {region}", detail

    def _on_demand(
        self, service: str, period: Period, member: str | None
    ) -> Iterator[tuple[tuple[str, str], list[Decimal]]]:
        """Yield instance type and region with cost and hours of on-demand usage."""
        names = (q.SERVICE, q.PURCHASE_OPTION, q.INSTANCE_TYPE, q.REGION, q.ACCOUNT)
        totals: dict[tuple[str, str], list[Decimal]] = {}
        for at, metric in enumerate(("UnblendedCost", USAGE_QUANTITY)):
            days = self._organisation.bill.days(names, metric)
            for day in period.each_day():
                for (found, option, kind, region, account), amount, _ in days.get(day, ()):
                    wanted = found == service and option not in (*RESERVATIONS, *SAVINGS_PLANS)
                    if wanted and option != "Spot" and kind and member in (None, account):
                        sums = totals.setdefault((kind, region or ""), [Decimal(0), Decimal(0)])
                        sums[at] += amount
        yield from totals.items()

    def _period(self, lookback: str) -> Period:
        today: date = self._organisation.today
        return Period(today - timedelta(days=_DAYS[lookback]), today)

    def _metadata(self, seed: str) -> Reply:
        return {
            "RecommendationId": _uuid(seed),
            "GenerationTimestamp": f"{self._organisation.today}T04:00:00Z",
        }


def _reservation(
    asked: Mapping[str, Any], kind: str, region: str, count: int, rate: Decimal
) -> Reply:
    discount = _DISCOUNTS[asked.get("TermInYears", "ONE_YEAR")]
    on_demand = round(rate * count * _HOURS_A_MONTH, 2)
    saved = round(on_demand * discount, 2)
    upfront = _upfront(asked, (on_demand - saved) * 12)
    member, name = _DETAILS[asked["Service"]]
    number = str(count)
    details = {
        name: kind,
        "Region": region,
        "Family": kind.rpartition(".")[0],
        "CurrentGeneration": True,
        "SizeFlexEligible": True,
    }
    return {
        "InstanceDetails": {member: details},
        "RecommendedNumberOfInstancesToPurchase": number,
        "MinimumNumberOfInstancesUsedPerHour": number,
        "MaximumNumberOfInstancesUsedPerHour": number,
        "AverageUtilization": "100",
        "EstimatedBreakEvenInMonths": plain(round(upfront / saved, 1) if saved else Decimal(0)),
        "EstimatedMonthlySavingsAmount": plain(saved),
        "EstimatedMonthlySavingsPercentage": plain(100 * discount),
        "EstimatedMonthlyOnDemandCost": plain(on_demand),
        "UpfrontCost": plain(upfront),
        "RecurringStandardMonthlyCost": plain(round(on_demand - saved - upfront / 12, 2)),
    }


def _upfront(asked: Mapping[str, Any], whole: Decimal) -> Decimal:
    part = _UPFRONT.get(asked.get("PaymentOption", "NO_UPFRONT"), Decimal(0))
    return round(whole * part, 2)


def _uuid(text: str) -> str:
    return str(uuid5(NAMESPACE_URL, text))
