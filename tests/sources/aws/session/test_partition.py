"""Where billing answers, held against what botocore knows of every service and partition."""

import pytest
from botocore.session import Session as Engine

from finops_cli.errors import Disabled
from finops_cli.sources.aws.guard.operations import OPERATIONS
from finops_cli.sources.aws.session.partition import home_region, partition_of

SERVICES = sorted({operation.service for operation in OPERATIONS})
WITH_COST_EXPLORER = ("aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b")
USED = ("aws", "aws-cn", "aws-us-gov")


def test_every_region_of_botocore_has_its_partition() -> None:
    engine = Engine()
    for partition in engine.get_available_partitions():
        for region in engine.get_available_regions("ec2", partition):
            assert partition_of(region) == partition
            assert partition_of(f"arn:{partition}:iam::111122223333:user/ann") == partition


@pytest.mark.parametrize("unknown", [None, "", "moon-1", "eu-new-9", "arn::x"])
def test_what_is_unknown_is_the_standard_partition(unknown: str | None) -> None:
    assert partition_of(unknown) == "aws"


@pytest.mark.parametrize(
    ("service", "partition", "region", "home"),
    [
        ("ce", "aws", "eu-west-1", "us-east-1"),
        ("ce", "aws", None, "us-east-1"),
        ("ce", "aws-cn", "cn-north-1", "cn-northwest-1"),
        ("ce", "aws-eusc", None, "eusc-de-east-1"),
        ("budgets", "aws", "ap-south-1", "us-east-1"),
        ("support", "aws-cn", None, "cn-north-1"),
        ("organizations", "aws-us-gov", "us-gov-east-1", "us-gov-west-1"),
        ("compute-optimizer", "aws", "eu-west-1", "eu-west-1"),
        ("compute-optimizer", "aws", None, "us-east-1"),
        ("compute-optimizer", "aws-cn", "eu-west-1", "cn-northwest-1"),
        ("sts", "aws", "eu-west-1", "eu-west-1"),
    ],
)
def test_homes(service: str, partition: str, region: str | None, home: str) -> None:
    assert home_region(service, partition, region) == home


def test_govcloud_says_where_its_bill_is() -> None:
    with pytest.raises(Disabled) as error:
        home_region("ce", "aws-us-gov")
    assert error.value.message == "Cost Explorer does not exist in GovCloud."
    assert "standard AWS account that pays" in error.value.hint


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("partition", USED)
def test_what_is_not_there_is_what_botocore_has_no_endpoint_for(
    service: str, partition: str
) -> None:
    known = Engine().get_available_regions(service, partition, allow_non_regional=True)
    try:
        home_region(service, partition)
    except Disabled:
        assert not known
    else:
        assert known


@pytest.mark.parametrize("partition", WITH_COST_EXPLORER)
def test_cost_explorer_is_signed_for_the_region_that_botocore_would_sign_for(
    partition: str,
) -> None:
    client = Engine().create_client(
        "ce",
        region_name=home_region("ce", partition),
        aws_access_key_id="A",
        aws_secret_access_key="S",
    )
    host = client.meta.endpoint_url.removeprefix("https://")
    assert host.startswith(f"ce.{home_region('ce', partition)}.")
    client.close()
