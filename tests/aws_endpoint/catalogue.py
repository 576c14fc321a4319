"""All operations that are computed here, by service and name; the rest is moto's or refused."""

from collections.abc import Iterable

from tests.aws_endpoint.anomalies import Anomalies, Anomaly
from tests.aws_endpoint.bedrock import foundation_models, inference_profile
from tests.aws_endpoint.budgets import Budgets
from tests.aws_endpoint.compute_optimizer import ComputeOptimizer
from tests.aws_endpoint.cost_and_usage import CostAndUsage
from tests.aws_endpoint.drivers import Drivers
from tests.aws_endpoint.forecasts import Forecasts
from tests.aws_endpoint.identity import Identity
from tests.aws_endpoint.names import Names
from tests.aws_endpoint.optimization_hub import OptimizationHub
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.purchases import Purchases
from tests.aws_endpoint.reservations import Reservations
from tests.aws_endpoint.savings_plans import SavingsPlans
from tests.aws_endpoint.support import Support
from tests.aws_endpoint.trusted_advisor import TrustedAdvisor
from tests.aws_endpoint.wire import Answering, Reply

Answers = dict[tuple[str, str], Answering]


def answers(
    organisation: Organisation,
    external_id: str | None,
    anomalies: Iterable[Anomaly] | None,
    budgets: Iterable[Reply] | None,
) -> Answers:
    """Return what answers each operation."""
    return {
        **_cost_explorer(organisation, anomalies),
        **_commitments(organisation),
        **_identity(organisation, external_id),
        **_advice(organisation),
        **_budgets(organisation, budgets),
        ("bedrock", "GetInferenceProfile"): inference_profile,
        ("bedrock", "ListFoundationModels"): foundation_models,
    }


def _cost_explorer(organisation: Organisation, anomalies: Iterable[Anomaly] | None) -> Answers:
    names = Names(organisation)
    return {
        ("ce", "GetCostAndUsage"): CostAndUsage(organisation),
        ("ce", "GetDimensionValues"): names.dimension_values,
        ("ce", "GetTags"): names.tags,
        ("ce", "GetCostCategories"): names.cost_categories,
        ("ce", "GetCostForecast"): Forecasts(organisation),
        ("ce", "GetAnomalies"): Anomalies(organisation, anomalies),
        ("ce", "GetCostComparisonDrivers"): Drivers(organisation),
    }


def _commitments(organisation: Organisation) -> Answers:
    plans, reservations = SavingsPlans(organisation), Reservations(organisation)
    purchases = Purchases(organisation)
    return {
        ("ce", "GetSavingsPlansUtilization"): plans.utilization,
        ("ce", "GetSavingsPlansCoverage"): plans.coverage,
        ("ce", "GetReservationUtilization"): reservations.utilization,
        ("ce", "GetReservationCoverage"): reservations.coverage,
        ("ce", "GetSavingsPlansPurchaseRecommendation"): purchases.savings_plans,
        ("ce", "GetReservationPurchaseRecommendation"): purchases.reservations,
    }


def _identity(organisation: Organisation, external_id: str | None) -> Answers:
    identity = Identity(organisation, external_id)
    return {
        ("sts", "GetCallerIdentity"): identity.caller,
        ("sts", "AssumeRole"): identity.assume,
    }


def _advice(organisation: Organisation) -> Answers:
    advisor, support = TrustedAdvisor(organisation), Support(organisation)
    hub, optimizer = OptimizationHub(organisation), ComputeOptimizer(organisation)
    return {
        ("trustedadvisor", "ListChecks"): advisor.checks,
        ("trustedadvisor", "ListRecommendations"): advisor.recommendations,
        ("trustedadvisor", "GetRecommendation"): advisor.recommendation,
        ("trustedadvisor", "ListRecommendationResources"): advisor.resources,
        ("support", "DescribeTrustedAdvisorChecks"): support.checks,
        ("support", "DescribeTrustedAdvisorCheckResult"): support.result,
        ("support", "DescribeTrustedAdvisorCheckSummaries"): support.summaries,
        ("cost-optimization-hub", "ListEnrollmentStatuses"): hub.enrolment,
        ("cost-optimization-hub", "ListRecommendations"): hub.recommendations,
        ("cost-optimization-hub", "ListRecommendationSummaries"): hub.summaries,
        ("cost-optimization-hub", "GetRecommendation"): hub.recommendation,
        ("compute-optimizer", "GetEnrollmentStatus"): optimizer.enrolment,
        ("compute-optimizer", "GetEC2InstanceRecommendations"): optimizer.instances,
        ("compute-optimizer", "GetEBSVolumeRecommendations"): optimizer.volumes,
        ("compute-optimizer", "GetLambdaFunctionRecommendations"): optimizer.functions,
        ("compute-optimizer", "GetIdleRecommendations"): optimizer.idle,
    }


def _budgets(organisation: Organisation, given: Iterable[Reply] | None) -> Answers:
    budgets = Budgets(organisation, given)
    return {
        ("budgets", "DescribeBudgets"): budgets.describe_all,
        ("budgets", "DescribeBudget"): budgets.describe,
        ("budgets", "DescribeBudgetPerformanceHistory"): budgets.history,
        ("budgets", "DescribeNotificationsForBudget"): budgets.notifications,
        ("budgets", "DescribeSubscribersForNotification"): budgets.subscribers,
        ("budgets", "CreateBudget"): budgets.create,
        ("budgets", "UpdateBudget"): budgets.update,
        ("budgets", "DeleteBudget"): budgets.delete,
    }
