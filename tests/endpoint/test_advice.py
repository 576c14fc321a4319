"""Trusted Advisor (new and old API), Cost Optimization Hub and Compute Optimizer agree."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, USAGE, bill, charge, client, pages
from tests.fakes import FakeSource


@pytest.fixture
def wasteful() -> FakeSource:
    """A bill with an old volume, an old instance and an idle database, a dollar or more each."""
    day = TODAY.replace(day=20)
    volume = {"resource": "vol-1", "usage_type": "EBS:VolumeUsage.gp2"}
    instance = {"resource": "i-1", "usage_type": "BoxUsage:m4.large", "instance_type": "m4.large"}
    database = {"resource": "old", "usage_type": "InstanceUsage:db.r5.large"}
    rows = [
        charge(day, "100", "EC2", PROD, region="us-east-1", **volume, **USAGE),
        charge(day, "50", "EC2", PROD, region="us-east-1", **instance, **USAGE),
        charge(day, "40", "RDS", LAB, region="eu-west-1", **database, **USAGE),
    ]
    return FakeSource([*bill().rows, *rows], TODAY, names={})


def refusal(call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    code: str = caught.value.response["Error"]["Code"]
    return code


def test_trusted_advisor_puts_dollars_on_findings(wasteful: FakeSource) -> None:
    with Endpoint(wasteful, TODAY) as aws:
        advisor = client(aws, "trustedadvisor")
        listed = advisor.list_recommendations(pillar="cost_optimizing")["recommendationSummaries"]
        savings = {
            r["name"]: r["pillarSpecificAggregates"]["costOptimizing"]["estimatedMonthlySavings"]
            for r in listed
            if r["status"] == "warning"
        }
        assert savings == {
            "Low Utilization Amazon EC2 Instances": 10.0,
            "Underutilized Amazon EBS Volumes": 20.0,
            "Amazon RDS Idle DB Instances": 36.0,
        }
        volumes = next(r for r in listed if "EBS" in r["name"])
        named = {"recommendationIdentifier": volumes["arn"]}
        assert advisor.get_recommendation(**named)["recommendation"]["id"] == volumes["id"]
        (found,) = advisor.list_recommendation_resources(**named)["recommendationResourceSummaries"]
        assert (found["awsResourceId"], found["regionCode"]) == ("vol-1", "us-east-1")
        stranger = volumes["arn"].replace(volumes["id"], "none")
        unknown = refusal(advisor.get_recommendation, recommendationIdentifier=stranger)
        assert unknown == "ResourceNotFoundException"
        assert aws.mishaps == []


def test_checks_come_in_pages(aws: Endpoint) -> None:
    advisor = client(aws, "trustedadvisor")
    found = list(pages(advisor.list_checks, "nextToken", maxResults=3))
    assert [len(page["checkSummaries"]) for page in found] == [3, 3, 2]


def test_the_old_api_tells_the_same(wasteful: FakeSource) -> None:
    with Endpoint(wasteful, TODAY) as aws:
        support = client(aws, "support")
        checks = support.describe_trusted_advisor_checks(language="en")["checks"]
        ids = [check["id"] for check in checks if check["category"] == "cost_optimizing"]
        summaries = support.describe_trusted_advisor_check_summaries(checkIds=ids)["summaries"]
        saved = [
            s["categorySpecificSummary"]["costOptimizing"]["estimatedMonthlySavings"]
            for s in summaries
        ]
        assert sum(saved) == 66.0
        result = support.describe_trusted_advisor_check_result(checkId="DAvU99Dc4C")["result"]
        (flagged,) = result["flaggedResources"]
        assert flagged["metadata"] == ["us-east-1", "vol-1", "gp2", "$20.00"]
        assert (
            refusal(support.describe_trusted_advisor_check_result, checkId="none")
            == "InvalidParameterValueException"
        )
        assert aws.mishaps == []


def test_the_hub_and_the_optimizer_tell_the_same(wasteful: FakeSource) -> None:
    with Endpoint(wasteful, TODAY) as aws:
        hub = client(aws, "cost-optimization-hub")
        items = hub.list_recommendations()["items"]
        assert [(i["resourceId"], i["estimatedMonthlySavings"]) for i in items] == [
            ("old", 36.0),
            ("vol-1", 20.0),
            ("i-1", 10.0),
        ]
        by_type = hub.list_recommendation_summaries(groupBy="ResourceType")
        assert by_type["estimatedTotalDedupedSavings"] == 66.0
        one = hub.get_recommendation(recommendationId=items[0]["recommendationId"])
        assert one["resourceId"] == "old"
        in_europe = hub.list_recommendations(filter={"regions": ["eu-west-1"]})["items"]
        assert [i["resourceId"] for i in in_europe] == ["old"]

        optimizer = client(aws, "compute-optimizer")
        (volume,) = optimizer.get_ebs_volume_recommendations()["volumeRecommendations"]
        (option,) = volume["volumeRecommendationOptions"]
        assert option["savingsOpportunity"]["estimatedMonthlySavings"]["value"] == 20.0
        (instance,) = optimizer.get_ec2_instance_recommendations()["instanceRecommendations"]
        assert instance["recommendationOptions"][0]["instanceType"] == "m7g.large"
        (idle,) = optimizer.get_idle_recommendations()["idleRecommendations"]
        assert idle["resourceArn"] == f"arn:aws:rds:eu-west-1:{LAB}:db:old"
        assert (
            optimizer.get_lambda_function_recommendations()["lambdaFunctionRecommendations"] == []
        )
        assert aws.mishaps == []


def test_a_member_sees_its_own_findings(wasteful: FakeSource) -> None:
    with Endpoint(wasteful, TODAY) as aws:
        items = client(aws, "cost-optimization-hub", LAB).list_recommendations()["items"]
        assert [i["accountId"] for i in items] == [LAB]


def test_a_bill_without_waste_has_one_finding(aws: Endpoint) -> None:
    items = client(aws, "cost-optimization-hub").list_recommendations()["items"]
    assert [i["currentResourceType"] for i in items] == ["EbsVolume"]


def test_without_a_support_plan(aws: Endpoint) -> None:
    aws.faults.no_support_plan()
    assert refusal(client(aws, "trustedadvisor").list_checks) == "AccessDeniedException"
    describe = client(aws, "support").describe_trusted_advisor_checks
    assert refusal(describe, language="en") == "SubscriptionRequiredException"


def test_outside_the_hub_and_the_optimizer(aws: Endpoint) -> None:
    hub, optimizer = client(aws, "cost-optimization-hub"), client(aws, "compute-optimizer")
    assert hub.list_enrollment_statuses()["items"][0]["status"] == "Active"
    assert optimizer.get_enrollment_status()["status"] == "Active"
    aws.faults.not_enrolled()
    assert hub.list_enrollment_statuses()["items"][0]["status"] == "Inactive"
    assert optimizer.get_enrollment_status()["status"] == "Inactive"
    assert refusal(hub.list_recommendations) == "AccessDeniedException"
    assert refusal(optimizer.get_idle_recommendations) == "OptInRequiredException"


def test_models_by_provider(aws: Endpoint) -> None:
    found = client(aws, "bedrock").list_foundation_models(byProvider="Amazon")["modelSummaries"]
    assert [m["modelId"] for m in found] == ["amazon.nova-lite-v1:0"]
