"""Compute Optimizer: enrolment, and recommendations by kind of resource."""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.aws_endpoint.findings import DATABASE, FUNCTION, INSTANCE, VOLUME, Finding, Kind, find
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.wire import AwsError, Call, Reply

_DEFAULT_PAGE = 100
Write = Callable[[Finding], Reply]


class ComputeOptimizer:
    """Answers Compute Optimizer; the organisation's accounts all take part, or none does."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def enrolment(self, call: Call) -> Reply:
        """Answer GetEnrollmentStatus."""
        active = self._organisation.faults.is_enrolled(call)
        return {"status": "Active" if active else "Inactive", "memberAccountsEnrolled": active}

    def instances(self, call: Call) -> Reply:
        """Answer GetEC2InstanceRecommendations."""
        return self._page(
            call,
            "instanceRecommendations",
            INSTANCE,
            lambda finding: {
                "instanceArn": finding.arn,
                "accountId": finding.account,
                "currentInstanceType": finding.current,
                "finding": "Overprovisioned",
                "findingReasonCodes": ["CPUOverprovisioned"],
                "utilizationMetrics": [{"name": "Cpu", "statistic": "Maximum", "value": 12.5}],
                "lookBackPeriodInDays": 14.0,
                "recommendationOptions": [
                    {
                        "instanceType": _successor(finding),
                        "performanceRisk": 1.0,
                        "rank": 1,
                        "savingsOpportunity": self._saved(finding),
                        "migrationEffort": "Medium",
                    }
                ],
                "lastRefreshTimestamp": self._moment(),
                "instanceState": "running",
            },
        )

    def volumes(self, call: Call) -> Reply:
        """Answer GetEBSVolumeRecommendations."""
        return self._page(
            call,
            "volumeRecommendations",
            VOLUME,
            lambda finding: {
                "volumeArn": finding.arn,
                "accountId": finding.account,
                "currentConfiguration": {"volumeType": finding.current, "volumeSize": 100},
                "finding": "NotOptimized",
                "lookBackPeriodInDays": 14.0,
                "volumeRecommendationOptions": [
                    {
                        "configuration": {"volumeType": finding.kind.becomes, "volumeSize": 100},
                        "performanceRisk": 0.0,
                        "rank": 1,
                        "savingsOpportunity": self._saved(finding),
                    }
                ],
                "lastRefreshTimestamp": self._moment(),
            },
        )

    def functions(self, call: Call) -> Reply:
        """Answer GetLambdaFunctionRecommendations."""
        return self._page(
            call,
            "lambdaFunctionRecommendations",
            FUNCTION,
            lambda finding: {
                "functionArn": finding.arn,
                "accountId": finding.account,
                "currentMemorySize": 1024,
                "finding": "NotOptimized",
                "findingReasonCodes": ["MemoryOverprovisioned"],
                "lookbackPeriodInDays": 14.0,
                "memorySizeRecommendationOptions": [
                    {
                        "rank": 1,
                        "memorySize": int(finding.kind.becomes),
                        "savingsOpportunity": self._saved(finding),
                    }
                ],
                "lastRefreshTimestamp": self._moment(),
            },
        )

    def idle(self, call: Call) -> Reply:
        """Answer GetIdleRecommendations."""
        return self._page(
            call,
            "idleRecommendations",
            DATABASE,
            lambda finding: {
                "resourceArn": finding.arn,
                "resourceId": finding.resource,
                "resourceType": "RDSDBInstance",
                "accountId": finding.account,
                "finding": "Idle",
                "findingDescription": "No connections in 14 days",
                "savingsOpportunity": self._saved(finding),
                "lookBackPeriodInDays": 14.0,
                "lastRefreshTimestamp": self._moment(),
            },
        )

    def _page(self, call: Call, member: str, kind: Kind, write: Write) -> Reply:
        if not self._organisation.faults.is_enrolled(call):
            said = "Aws account is not registered for recommendation."
            raise AwsError("OptInRequiredException", said)
        asked = call.parameters.get("accountIds")
        found = [
            finding
            for finding in find(self._organisation, call.account)
            if finding.kind == kind and (not asked or finding.account in asked)
        ]
        size = call.parameters.get("maxResults") or _DEFAULT_PAGE
        held, token = page(call, found, size, self._organisation.faults, "nextToken")
        return {member: [write(finding) for finding in held], **token}

    def _saved(self, finding: Finding) -> Reply:
        return {
            "savingsOpportunityPercentage": finding.percentage,
            "estimatedMonthlySavings": {"currency": "USD", "value": float(finding.savings)},
        }

    def _moment(self) -> float:
        day = self._organisation.today
        return datetime(day.year, day.month, day.day, 3, tzinfo=UTC).timestamp()


def _successor(finding: Finding) -> str:
    """Return the instance type of today that is as large."""
    return f"{finding.kind.becomes}.{finding.current.rpartition('.')[2]}"
