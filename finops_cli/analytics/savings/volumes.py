"""Volumes on gp2, a generation behind gp3: the same disks, a fifth dearer than they need be."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.analytics.savings.public_prices import GP3_OF_GP2, IOPS_OF_GP2
from finops_cli.domain.advice import Check, Evidence, Line

GP2_TO_GP3: Final = Check(
    name="gp2-to-gp3",
    title="Move gp2 volumes to gp3",
    rule="A volume is billed as EBS:VolumeUsage.gp2.",
    formula=(
        "cost × (1 - 0.08/0.10), less the IOPS above 3,000 that gp3 sells apart: "
        "max(0, min(3 × GB, 16,000) - 3,000) × cost per GB × 0.005/0.10"
    ),
    page="https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",
    effort="low",
    risk="low: the volume stays attached; above 334 GB, gp2 may give more than gp3's 125 MiB/s",
    restart=False,
    confidence="high",
    steps=(
        "Look whether a volume needs more than 3,000 IOPS or 125 MiB/s; set them where it does.",
        "Modify the volume; it stays in use, and cannot be modified again for six hours.",
        "Change the launch templates and modules that still ask for gp2.",
    ),
    commands=(
        "aws ec2 modify-volume --volume-type gp3 --volume-id VOLUME",
        'resource "aws_ebs_volume" "NAME" { type = "gp3" }',
    ),
)

_AVERAGE_MONTH = Decimal("30.4375")
_IOPS_PER_GB, _MOST_IOPS, _INCLUDED_IOPS = 3, 16_000, 3_000


def gp2_volumes(bill: Bill) -> Iterator[Evidence]:
    """Yield each line of gp2 volumes that gp3 would undercut."""
    for line in bill.lines:
        if line.kind == "EBS:VolumeUsage.gp2" and line.cost > 0:
            saving = line.cost * (1 - GP3_OF_GP2) - _iops(line, bill)
            if saving > 0:
                yield Evidence(line, bill.per_month(saving))


def _iops(line: Line, bill: Bill) -> Decimal:
    """Return what the IOPS beyond gp3's own would have cost in the window.

    Nothing where volumes are not told apart: their sizes are not known.
    """
    if not line.resource or not line.usage:
        return Decimal(0)
    months = bill.days / _AVERAGE_MONTH
    had = min(_IOPS_PER_GB * line.usage, _MOST_IOPS * months)
    more = max(Decimal(0), had - _INCLUDED_IOPS * months)
    return more * line.cost / line.usage * IOPS_OF_GP2
