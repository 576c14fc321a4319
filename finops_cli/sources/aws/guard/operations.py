"""Every AWS operation that this program may call: the one table.

The guard prices requests by it, ``iam-policy`` writes policies from it, errors name permissions by
it. Calling something that is not in it is impossible: a session takes an ``Operation``, not a name.

Prices: Cost Explorer's API costs 0.01 USD a request, and each page is a request (AWS Cost Explorer
FAQ, "How am I charged for the Cost Explorer API"). Whether GetAnomalies is billed is told
differently by different pages of AWS; it counts as billed.
"""

from dataclasses import dataclass
from decimal import Decimal

PER_REQUEST = Decimal("0.01")
FREE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an AWS API.

    Args:
        service: The name of the API in botocore, such as ``ce``.
        name: The operation as AWS writes it, such as ``GetCostAndUsage``.
        price: US dollars for one request that AWS answers; a page is a request.
        token: The parameter, and field of the answer, that leads to the next page.
        action: The IAM action that permits it; empty where none is needed.
        commands: The commands that call it; empty for what every command on live AWS may call.
        why: What it is called for, as the end of "is needed to ...".
    """

    service: str
    name: str
    price: Decimal
    token: str | None
    action: str
    commands: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        return f"{self.service}:{self.name}"


def _ce(name: str, why: str, *commands: str, token: str | None = "NextPageToken") -> Operation:
    return Operation("ce", name, PER_REQUEST, token, f"ce:{name}", commands, why)


def _free(
    service: str,
    name: str,
    why: str,
    *commands: str,
    action: str | None = None,
    token: str | None = None,
) -> Operation:
    allowed = f"{service}:{name}" if action is None else action
    return Operation(service, name, FREE, token, allowed, commands, why)


COST_AND_USAGE = _ce("GetCostAndUsage", "read costs")
DIMENSION_VALUES = _ce("GetDimensionValues", "know the services, regions and accounts of a bill")
TAGS = _ce("GetTags", "know the tags of a bill")
COST_CATEGORIES = _ce("GetCostCategories", "know the cost categories of a bill")
COST_FORECAST = _ce("GetCostForecast", "show Cost Explorer's own forecast", "forecast", token=None)
ANOMALIES = _ce("GetAnomalies", "show what Cost Anomaly Detection found", "anomalies")
COMPARISON_DRIVERS = _ce(
    "GetCostComparisonDrivers", "show Cost Explorer's own reasons for a change", "explain"
)
SP_COVERAGE = _ce(
    "GetSavingsPlansCoverage", "know what Savings Plans cover", "commitments", token="NextToken"
)
SP_UTILIZATION = _ce(
    "GetSavingsPlansUtilization", "know how Savings Plans are used", "commitments", token=None
)
SP_RECOMMENDATION = _ce(
    "GetSavingsPlansPurchaseRecommendation", "know what AWS would have you buy", "commitments"
)
RI_COVERAGE = _ce("GetReservationCoverage", "know what reservations cover", "commitments")
RI_UTILIZATION = _ce("GetReservationUtilization", "know how reservations are used", "commitments")
RI_RECOMMENDATION = _ce(
    "GetReservationPurchaseRecommendation", "know what AWS would have you reserve", "commitments"
)

# AWS answers GetCallerIdentity whatever the policies say, and AssumeRole is permitted by role.
CALLER_IDENTITY = _free("sts", "GetCallerIdentity", "know whose bill this is", action="")
ASSUME_ROLE = _free("sts", "AssumeRole", "read other accounts by a role of theirs")
LIST_ACCOUNTS = _free(
    "organizations", "ListAccounts", "call accounts by their names", token="NextToken"
)
DESCRIBE_ORGANIZATION = _free(
    "organizations", "DescribeOrganization", "know who pays for an account"
)

DESCRIBE_BUDGETS = _free(
    "budgets",
    "DescribeBudgets",
    "read budgets",
    "budget",
    "doctor",
    action="budgets:ViewBudget",
    token="NextToken",
)
BUDGET_HISTORY = _free(
    "budgets",
    "DescribeBudgetPerformanceHistory",
    "know how budgets went",
    "budget",
    action="budgets:ViewBudget",
    token="NextToken",
)
DESCRIBE_CHECKS = _free(
    "support", "DescribeTrustedAdvisorChecks", "know the support plan", "doctor"
)
LIST_CHECKS = _free("trustedadvisor", "ListChecks", "read Trusted Advisor", "doctor")
HUB_ENROLLMENT = _free(
    "cost-optimization-hub",
    "ListEnrollmentStatuses",
    "know whether Cost Optimization Hub is on",
    "doctor",
)
OPTIMIZER_ENROLLMENT = _free(
    "compute-optimizer", "GetEnrollmentStatus", "know whether Compute Optimizer is on", "doctor"
)
FOUNDATION_MODELS = _free(
    "bedrock", "ListFoundationModels", "know which models can be used", "doctor"
)
INFERENCE_PROFILE = _free(
    "bedrock", "GetInferenceProfile", "know whether a model can be reached", "doctor"
)

OPERATIONS = tuple(value for value in tuple(globals().values()) if isinstance(value, Operation))
"""All of them, in the order above."""
