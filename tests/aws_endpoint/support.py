"""The old Support API, as far as Trusted Advisor is told by it."""

from tests.aws_endpoint.checks import CHECKS, METADATA, Check, flagged, savings
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import AwsError, Call, Reply


class Support:
    """Answers what describes checks."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def checks(self, call: Call) -> Reply:
        """Answer DescribeTrustedAdvisorChecks."""
        return {
            "checks": [
                {
                    "id": check.id,
                    "name": check.name,
                    "description": f"{check.name}.",
                    "category": check.pillar,
                    "metadata": METADATA,
                }
                for check in CHECKS
            ]
        }

    def result(self, call: Call) -> Reply:
        """Answer DescribeTrustedAdvisorCheckResult."""
        check = _named(call.parameters["checkId"])
        result = self._summary(call.account, check)
        del result["hasFlaggedResources"]
        result["flaggedResources"] = [
            {
                "status": "warning",
                "region": finding.region,
                "resourceId": finding.id,
                "isSuppressed": False,
                "metadata": [
                    finding.region,
                    finding.resource,
                    finding.current,
                    f"${finding.savings}",
                ],
            }
            for finding in flagged(self._organisation, call.account, check)
        ]
        return {"result": result}

    def summaries(self, call: Call) -> Reply:
        """Answer DescribeTrustedAdvisorCheckSummaries."""
        wanted = [_named(check) for check in call.parameters["checkIds"] if check]
        return {"summaries": [self._summary(call.account, check) for check in wanted]}

    def _summary(self, account: str, check: Check) -> Reply:
        findings = flagged(self._organisation, account, check)
        saved, percent = savings(findings)
        costs = {"estimatedMonthlySavings": saved, "estimatedPercentMonthlySavings": percent}
        return {
            "checkId": check.id,
            "timestamp": f"{self._organisation.today}T03:00:00Z",
            "status": "warning" if findings else "ok",
            "hasFlaggedResources": bool(findings),
            "resourcesSummary": {
                "resourcesProcessed": max(len(findings), 1),
                "resourcesFlagged": len(findings),
                "resourcesIgnored": 0,
                "resourcesSuppressed": 0,
            },
            "categorySpecificSummary": {"costOptimizing": costs} if check.kind else {},
        }


def _named(check_id: str) -> Check:
    for check in CHECKS:
        if check.id == check_id:
            return check
    raise AwsError("InvalidParameterValueException", f"Invalid parameter value: {check_id}")
