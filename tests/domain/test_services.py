"""The service table: every spelling leads to the Cost Explorer name and to the bill's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.services import SERVICES, same_service

EC2 = "Amazon Elastic Compute Cloud - Compute"


def test_covers_the_services_of_real_bills() -> None:
    assert len(SERVICES) >= 90
    assert len({service.name for service in SERVICES}) == len(SERVICES)


def test_no_spelling_is_blank_or_repeated_within_a_service() -> None:
    for service in SERVICES:
        spellings = [spelling.casefold() for spelling in service.spellings]
        assert all(spelling.strip() == spelling and spelling for spelling in spellings)
        assert len(set(spellings)) == len(spellings), service.name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("ec2", EC2),
        ("EBS", "EC2 - Other"),
        ("nat gateway", "EC2 - Other"),
        ("AmazonS3", "Amazon Simple Storage Service"),
        ("dynamo", "Amazon DynamoDB"),
        ("load balancers", "Amazon Elastic Load Balancing"),
        ("aurora", "Amazon Relational Database Service"),
        ("fargate", "Amazon Elastic Container Service"),
        ("AWS Lambda", "AWSLambda"),
        ("public ipv4", "Amazon Virtual Private Cloud"),
        ("amazonvpc", "Amazon Virtual Private Cloud"),
        ("msk", "Amazon Managed Streaming for Apache Kafka"),
    ],
)
def test_a_word_leads_to_the_name(word: str, name: str) -> None:
    assert name in same_service(word)


def test_a_name_leads_to_product_code_and_product_name() -> None:
    found = same_service("Amazon Simple Storage Service")
    assert {"s3", "AmazonS3"} <= set(found)
    assert "Amazon Simple Storage Service" not in found


def test_the_shared_product_means_compute_first_then_other() -> None:
    found = same_service("Amazon Elastic Compute Cloud")
    assert found.index(EC2) < found.index("EC2 - Other")


def test_compute_alone_does_not_mean_other() -> None:
    assert "EC2 - Other" not in same_service("ec2")


@pytest.mark.parametrize("word", ["", "  ", "not a service", "ec"])
def test_an_unknown_word_means_nothing(word: str) -> None:
    assert same_service(word) == ()


@given(st.sampled_from([s for service in SERVICES for s in (service.name, *service.spellings)]))
def test_every_spelling_finds_the_others_in_any_case(spelling: str) -> None:
    for service in SERVICES:
        if spelling in (service.name, *service.spellings):
            others = {service.name, *service.spellings} - {spelling}
            found = {name.casefold() for name in same_service(spelling.upper())}
            assert {name.casefold() for name in others} <= found | {spelling.casefold()}
