"""Cost Optimization Hub: enrolment, recommendations and their sums."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from tests.aws_endpoint.findings import Finding, find
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.wire import AwsError, Call, Reply, invalid

_DEFAULT_PAGE = 100
_EFFORTS = {"Rightsize": "Medium", "Upgrade": "Low", "Stop": "Low", "Delete": "VeryLow"}
_FIELDS: dict[str, Callable[[Finding], str]] = {
    "AccountId": lambda finding: finding.account,
    "Region": lambda finding: finding.region,
    "ActionType": lambda finding: finding.kind.action,
    "ResourceType": lambda finding: finding.kind.resource_type,
    "RestartNeeded": lambda finding: str(_needs_restart(finding)).lower(),
    "RollbackPossible": lambda finding: "true",
    "ImplementationEffort": lambda finding: _EFFORTS[finding.kind.action],
}


class OptimizationHub:
    """Answers Cost Optimization Hub."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def enrolment(self, call: Call) -> Reply:
        """Answer ListEnrollmentStatuses."""
        active = self._organisation.faults.is_enrolled(call)
        status = {"accountId": call.account, "status": "Active" if active else "Inactive"}
        return {"items": [status], "includeMemberAccounts": active}

    def recommendations(self, call: Call) -> Reply:
        """Answer ListRecommendations."""
        items = [self._written(finding) for finding in self._found(call)]
        order = call.parameters.get("orderBy")
        if order:
            dimension = order.get("dimension", "EstimatedMonthlySavings")
            name = dimension[:1].lower() + dimension[1:]
            if items and name not in items[0]:
                raise invalid(f"Recommendations cannot be ordered by {dimension}")
            items.sort(key=lambda item: item[name], reverse=order.get("order") == "Desc")
        size = call.parameters.get("maxResults") or _DEFAULT_PAGE
        held, token = page(call, items, size, self._organisation.faults, "nextToken")
        return {"items": list(held), **token}

    def summaries(self, call: Call) -> Reply:
        """Answer ListRecommendationSummaries."""
        by = call.parameters["groupBy"]
        if by not in _FIELDS:
            raise invalid(f"groupBy must be one of {', '.join(_FIELDS)}")
        groups: dict[str, list[Finding]] = {}
        found = self._found(call)
        for finding in found:
            groups.setdefault(_FIELDS[by](finding), []).append(finding)
        items = [
            {
                "group": group,
                "estimatedMonthlySavings": _sum(findings),
                "recommendationCount": len(findings),
            }
            for group, findings in groups.items()
        ]
        size = call.parameters.get("maxResults") or _DEFAULT_PAGE
        held, token = page(call, items, size, self._organisation.faults, "nextToken")
        return {
            "estimatedTotalDedupedSavings": _sum(found),
            "items": list(held),
            "groupBy": by,
            "currencyCode": self._organisation.bill.currency,
            **token,
        }

    def recommendation(self, call: Call) -> Reply:
        """Answer GetRecommendation."""
        wanted = call.parameters["recommendationId"]
        for finding in self._found(call):
            if finding.id == wanted:
                written = self._written(finding)
                for name in ("currentResourceSummary", "recommendedResourceSummary"):
                    del written[name]
                return {**written, "costCalculationLookbackPeriodInDays": 30}
        raise AwsError("ResourceNotFoundException", f"Recommendation {wanted} was not found")

    def _found(self, call: Call) -> list[Finding]:
        if not self._organisation.faults.is_enrolled(call):
            said = f"AWS account {call.account} is not enrolled for recommendations"
            raise AwsError("AccessDeniedException", said)
        asked = call.parameters.get("filter") or {}
        found = [f for f in find(self._organisation, call.account) if f.kind.resource_type]
        for name, field in (
            ("accountIds", "AccountId"),
            ("regions", "Region"),
            ("actionTypes", "ActionType"),
            ("resourceTypes", "ResourceType"),
            ("implementationEfforts", "ImplementationEffort"),
        ):
            if asked.get(name):
                found = [finding for finding in found if _FIELDS[field](finding) in asked[name]]
        for name, read in (("recommendationIds", "id"), ("resourceIds", "resource")):
            if asked.get(name):
                found = [finding for finding in found if getattr(finding, read) in asked[name]]
        return found

    def _written(self, finding: Finding) -> Reply:
        day = self._organisation.today
        return {
            "recommendationId": finding.id,
            "accountId": finding.account,
            "region": finding.region,
            "resourceId": finding.resource,
            "resourceArn": finding.arn,
            "currentResourceType": finding.kind.resource_type,
            "recommendedResourceType": finding.kind.resource_type,
            "estimatedMonthlySavings": float(finding.savings),
            "estimatedSavingsPercentage": finding.percentage,
            "estimatedMonthlyCost": float(finding.cost),
            "currencyCode": self._organisation.bill.currency,
            "implementationEffort": _EFFORTS[finding.kind.action],
            "restartNeeded": _needs_restart(finding),
            "actionType": finding.kind.action,
            "rollbackPossible": True,
            "currentResourceSummary": finding.current,
            "recommendedResourceSummary": finding.kind.becomes,
            "lastRefreshTimestamp": datetime(
                day.year, day.month, day.day, 3, tzinfo=UTC
            ).timestamp(),
            "recommendationLookbackPeriodInDays": 14,
            "source": "ComputeOptimizer",
        }


def _needs_restart(finding: Finding) -> bool:
    return finding.kind.resource_type == "Ec2Instance"


def _sum(findings: list[Finding]) -> float:
    return float(sum((finding.savings for finding in findings), Decimal(0)))
