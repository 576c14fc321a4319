"""The Trusted Advisor API: checks, recommendations and their resources."""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.aws_endpoint.checks import CHECKS, Check, flagged, savings
from tests.aws_endpoint.findings import Finding
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.paging import page
from tests.aws_endpoint.wire import AwsError, Call, Reply

_DEFAULT_PAGE = 100


class TrustedAdvisor:
    """Answers the operations of recommendations; none of them is AWS's Priority."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def checks(self, call: Call) -> Reply:
        """Answer ListChecks."""
        wanted = [check for check in CHECKS if _is_asked_for(check, call)]
        return self._page(call, "checkSummaries", [_described(check) for check in wanted])

    def recommendations(self, call: Call) -> Reply:
        """Answer ListRecommendations."""
        found = [summary for _, summary in self._summaries(call)]
        status = call.parameters.get("status")
        found = [summary for summary in found if status in (None, summary["status"])]
        return self._page(call, "recommendationSummaries", found)

    def recommendation(self, call: Call) -> Reply:
        """Answer GetRecommendation."""
        check, summary = self._named(call)
        return {"recommendation": {**summary, "description": f"{check.name}."}}

    def resources(self, call: Call) -> Reply:
        """Answer ListRecommendationResources."""
        check, summary = self._named(call)
        region = call.parameters.get("regionCode")
        found = [
            self._resource(finding, summary)
            for finding in flagged(self._organisation, call.account, check)
            if region in (None, finding.region)
        ]
        return self._page(call, "recommendationResourceSummaries", found)

    def _summaries(self, call: Call) -> Iterator[tuple[Check, Reply]]:
        for check in CHECKS:
            if _is_asked_for(check, call):
                yield check, self._summary(call.account, check)

    def _summary(self, account: str, check: Check) -> Reply:
        findings = flagged(self._organisation, account, check)
        name = str(uuid5(NAMESPACE_URL, f"{account} {check.id}"))
        summary: Reply = {
            "id": name,
            "arn": f"arn:aws:trustedadvisor::{account}:recommendation/{name}",
            "type": "standard",
            "checkArn": check.arn,
            "status": "warning" if findings else "ok",
            "pillars": [check.pillar],
            "source": "ta_check",
            "awsServices": [check.service],
            "name": check.name,
            "resourcesAggregates": {
                "okCount": 0 if findings else 1,
                "warningCount": len(findings),
                "errorCount": 0,
            },
            "lastUpdatedAt": self._moment(),
        }
        if check.pillar == "cost_optimizing":
            saved, percent = savings(findings)
            summary["pillarSpecificAggregates"] = {
                "costOptimizing": {
                    "estimatedMonthlySavings": saved,
                    "estimatedPercentMonthlySavings": percent,
                }
            }
        return summary

    def _named(self, call: Call) -> tuple[Check, Reply]:
        wanted = call.parameters["recommendationIdentifier"]
        for check in CHECKS:
            summary = self._summary(call.account, check)
            if wanted in (summary["id"], summary["arn"]):
                return check, summary
        raise AwsError("ResourceNotFoundException", f"{wanted} was not found", 404)

    def _resource(self, finding: Finding, summary: Reply) -> Reply:
        return {
            "id": finding.id,
            "arn": f"{summary['arn'].replace(':recommendation/', ':recommendation-resource/')}"
            f"/{finding.id}",
            "awsResourceId": finding.resource,
            "regionCode": finding.region,
            "status": "warning",
            "metadata": {
                "1": finding.resource,
                "2": finding.current,
                "3": f"${finding.savings}",
            },
            "lastUpdatedAt": self._moment(),
            "exclusionStatus": "included",
            "recommendationArn": summary["arn"],
        }

    def _page(self, call: Call, member: str, items: list[Reply]) -> Reply:
        size = call.parameters.get("maxResults") or _DEFAULT_PAGE
        held, token = page(call, items, size, self._organisation.faults, "nextToken")
        return {member: list(held), **token}

    def _moment(self) -> str:
        return f"{self._organisation.today}T03:00:00Z"


def _is_asked_for(check: Check, call: Call) -> bool:
    asked: dict[str, Any] = dict(call.parameters)
    return (
        asked.get("pillar") in (None, check.pillar)
        and asked.get("awsService") in (None, check.service)
        and asked.get("checkIdentifier") in (None, check.id, check.arn)
        and asked.get("source") in (None, "ta_check")
        and asked.get("type") in (None, "standard")
    )


def _described(check: Check) -> Reply:
    return {
        "id": check.id,
        "arn": check.arn,
        "name": check.name,
        "description": f"{check.name}.",
        "pillars": [check.pillar],
        "awsServices": [check.service],
        "source": "ta_check",
        "metadata": {"1": "Resource ID", "2": "Type", "3": "Estimated Monthly Savings"},
    }
