"""What is paid for and used by nobody: load balancers without traffic, addresses without hosts."""

from collections.abc import Iterator
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.domain.advice import Check, Evidence

IDLE_BALANCER: Final = Check(
    name="idle-load-balancer",
    title="Delete load balancers that serve nobody",
    rule="A load balancer has hours, and nothing else is charged beside them: no capacity units.",
    formula="the whole cost of its hours",
    page="https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html"
    "#idle-load-balancers",
    effort="low",
    risk="low: see first that no name points to it",
    restart=False,
    confidence="high",
    steps=(
        "See that it has no healthy targets, and that no DNS name points to it.",
        "Delete it, and its target groups.",
    ),
    commands=(
        "aws elbv2 describe-target-health --target-group-arn GROUP",
        "aws elbv2 delete-load-balancer --load-balancer-arn BALANCER",
    ),
)
IDLE_ADDRESS: Final = Check(
    name="idle-ipv4",
    title="Release public IPv4 addresses that nothing uses",
    rule="An address is charged as PublicIPv4:IdleAddress.",
    formula="the whole cost of its hours",
    page="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html#eip-pricing",
    effort="low",
    risk="low: an address that partners have on a list cannot be had back",
    restart=False,
    confidence="high",
    steps=("See that nobody outside has it on a list.", "Release it."),
    commands=("aws ec2 release-address --allocation-id ALLOCATION",),
)

_HOURS = "LoadBalancerUsage"


def idle_balancers(bill: Bill) -> Iterator[Evidence]:
    """Yield each load balancer beside whose hours nothing is charged; none where not told apart."""
    serving = {
        line.resource for line in bill.lines if line.kind != _HOURS and (line.usage or 0) > 0
    }
    for line in bill.lines:
        named = line.resource and bill.has_resources
        if line.kind == _HOURS and named and line.cost > 0 and line.resource not in serving:
            yield Evidence(line, bill.per_month(line.cost))


def idle_addresses(bill: Bill) -> Iterator[Evidence]:
    """Yield each public address that is charged as idle."""
    for line in bill.lines:
        if line.kind == "PublicIPv4:IdleAddress" and line.cost > 0:
            yield Evidence(line, bill.per_month(line.cost))
