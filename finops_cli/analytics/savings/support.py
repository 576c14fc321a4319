"""Versions so old that AWS charges for supporting them."""

from collections.abc import Iterator
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.domain.advice import Check, Evidence

EXTENDED_SUPPORT: Final = Check(
    name="extended-support",
    title="Upgrade what is in extended support",
    rule="A charge for extended support of a database engine or of a Kubernetes version is billed.",
    formula="of databases the whole charge; of EKS none, as its line may hold the cluster's hours",
    page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html",
    effort="high",
    risk="medium: a major upgrade; try it on a copy",
    restart=True,
    confidence="high",
    steps=(
        "Restore a copy, upgrade it to a supported major version and try the software on it.",
        "Upgrade in a maintenance window, or by a blue/green deployment.",
    ),
    commands=(
        "aws rds create-blue-green-deployment --source DATABASE "
        "--target-engine-version VERSION ...",
    ),
)

_CLUSTERS = "EKS"


def extended_support(bill: Bill) -> Iterator[Evidence]:
    """Yield each charge for extended support."""
    for line in bill.lines:
        if "extendedsupport" in line.usage_type.lower() and line.cost > 0:
            known = _CLUSTERS not in line.usage_type
            note = "" if known else "its line may hold the cluster's hours"
            yield Evidence(line, bill.per_month(line.cost) if known else None, note)
