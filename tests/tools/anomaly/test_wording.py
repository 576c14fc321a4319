"""What people call a line of the bill."""

import pytest

from finops_cli.tools.anomaly.wording import line_name, service_name


@pytest.mark.parametrize(
    ("service", "usage", "name"),
    [
        ("Amazon Elastic Compute Cloud - Compute", "BoxUsage:p4d.24xlarge", "EC2 p4d.24xlarge"),
        ("AmazonEC2", "EUC1-BoxUsage:m5.large", "EC2 m5.large"),
        ("AmazonEC2", "USE2-SpotUsage:c5.large", "EC2 SpotUsage:c5.large"),
        ("EC2 - Other", "EU-NatGateway-Bytes", "EC2 - Other NatGateway-Bytes"),
        ("AWSLambda", "APN1-Lambda-GB-Second", "Lambda-GB-Second"),
        ("AmazonCloudFront", "US-DataTransfer-Out-Bytes", "CloudFront US-DataTransfer-Out-Bytes"),
        ("AmazonRDS", "InstanceUsage:db.r6g.large", "RDS db.r6g.large"),
        ("Pagelark On-Call", "EU-", "Pagelark On-Call EU-"),
        (None, "Requests", " Requests"),
        ("AmazonS3", None, "S3"),
        (None, None, "the bill"),
    ],
)
def test_line_name(service: str | None, usage: str | None, name: str) -> None:
    assert line_name({"service": service, "usage_type": usage}) == name.strip()


def test_a_name_of_its_own_stays() -> None:
    assert service_name("AWS") == "AWS"
    assert service_name("awesome tool") == "awesome tool"
