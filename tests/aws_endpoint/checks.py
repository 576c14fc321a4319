"""Trusted Advisor's checks: a few real ones, and what they find in the bill."""

from dataclasses import dataclass
from decimal import Decimal

from tests.aws_endpoint.findings import (
    ADDRESS,
    DATABASE,
    FUNCTION,
    INSTANCE,
    VOLUME,
    Finding,
    Kind,
    find,
)
from tests.aws_endpoint.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Check:
    """One check; ``kind`` is what it finds, None where all is well."""

    id: str
    name: str
    pillar: str
    service: str
    kind: Kind | None = None

    @property
    def arn(self) -> str:
        """Its ARN."""
        return f"arn:aws:trustedadvisor:::check/{self.id}"


CHECKS = (
    Check("Qch7DwouX1", "Low Utilization Amazon EC2 Instances", "cost_optimizing", "ec2", INSTANCE),
    Check("DAvU99Dc4C", "Underutilized Amazon EBS Volumes", "cost_optimizing", "ebs", VOLUME),
    Check("Ti39halfu8", "Amazon RDS Idle DB Instances", "cost_optimizing", "rds", DATABASE),
    Check(
        "COr6dfpM05",
        "AWS Lambda over-provisioned functions for memory size",
        "cost_optimizing",
        "lambda",
        FUNCTION,
    ),
    Check("Z4AUBRNSmz", "Unassociated Elastic IP Addresses", "cost_optimizing", "ec2", ADDRESS),
    Check("HCP4007jGY", "Security Groups - Specific Ports Unrestricted", "security", "ec2"),
    Check("wuy7G1zxql", "Amazon EC2 Availability Zone Balance", "fault_tolerance", "ec2"),
    Check("0Xc6LMYG8P", "EC2 On-Demand Instances", "service_limits", "ec2"),
)

METADATA = ["Region/AZ", "Resource ID", "Type", "Estimated Monthly Savings"]


def flagged(organisation: Organisation, account: str, check: Check) -> list[Finding]:
    """Return what a check finds."""
    if check.kind is None:
        return []
    return [finding for finding in find(organisation, account) if finding.kind == check.kind]


def savings(findings: list[Finding]) -> tuple[float, float]:
    """Return the monthly savings of findings in dollars, and in percent of their cost."""
    saved = sum((finding.savings for finding in findings), Decimal(0))
    cost = sum((finding.cost for finding in findings), Decimal(0))
    return float(saved), float(round(100 * saved / cost, 2)) if cost else 0.0
