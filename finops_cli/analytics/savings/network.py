"""Traffic that takes a dear way: through NAT gateways, and between zones."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.domain.advice import Check, Evidence

NAT_PROCESSING: Final = Check(
    name="nat-processing",
    title="Take traffic to AWS's own services off the NAT gateways",
    rule="A NAT gateway processes data for 100 or more in 30 days, and more than its hours cost.",
    formula="none: how much of it goes to S3, DynamoDB or ECR is not in the bill",
    page="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html",
    effort="low",
    risk="low: a gateway endpoint changes routes; long connections break once",
    restart=False,
    confidence="medium",
    steps=(
        "Look in the VPC flow logs where the traffic of the gateway goes.",
        "Add gateway endpoints for S3 and DynamoDB, which are free; interface ones for ECR.",
    ),
    commands=(
        "aws ec2 create-vpc-endpoint --vpc-id VPC --service-name com.amazonaws.REGION.s3 "
        "--route-table-ids TABLE",
        'resource "aws_vpc_endpoint" "s3" { vpc_endpoint_type = "Gateway" ... }',
    ),
)
BETWEEN_ZONES: Final = Check(
    name="inter-az-transfer",
    title="Keep traffic inside its availability zone",
    rule="Traffic between zones costs 100 or more in 30 days.",
    formula="none: how much of it must cross zones is not in the bill",
    page="https://docs.aws.amazon.com/AmazonECS/latest/bestpracticesguide/"
    "networking-networking-costs.html",
    effort="medium",
    risk="medium: what keeps to one zone fails with it",
    restart=False,
    confidence="medium",
    steps=(
        "Look in the VPC flow logs which services talk across zones.",
        "Route to the nearest first: topology-aware routing, replicas to read from in each zone.",
    ),
    commands=("aws ec2 describe-flow-logs --filter Name=resource-id,Values=VPC",),
)

_LEAST = Decimal(100)
_BYTES, _HOURS, _REGIONAL = "NatGateway-Bytes", "NatGateway-Hours", "DataTransfer-Regional-Bytes"


def nat_processing(bill: Bill) -> Iterator[Evidence]:
    """Yield each NAT gateway, or all that are not told apart, whose data cost more than itself."""
    hours = {
        (line.account, line.region, line.resource): line.cost
        for line in bill.lines
        if line.kind == _HOURS
    }
    for line in bill.lines:
        own = hours.get((line.account, line.region, line.resource), Decimal(0))
        if line.kind == _BYTES and bill.per_month(line.cost) >= _LEAST and line.cost > own:
            yield Evidence(line, None)


def between_zones(bill: Bill) -> Iterator[Evidence]:
    """Yield large traffic between zones."""
    for line in bill.lines:
        if line.kind == _REGIONAL and bill.per_month(line.cost) >= _LEAST:
            yield Evidence(line, None)
