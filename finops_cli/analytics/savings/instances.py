"""Instances of a generation, or on a processor, that another undercuts."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.analytics.savings.public_prices import (
    OLD_FAMILIES,
    ON_GRAVITON,
    SUCCESSORS,
    ratio,
)
from finops_cli.domain.advice import Check, Evidence, Line

PREVIOUS_GENERATION: Final = Check(
    name="previous-generation",
    title="Replace instances of a previous generation",
    rule="An instance of AWS's list of previous generations (m4, c4, r4, t2 and older) is on.",
    formula="cost × (1 - price of the next generation / price of this one), same size, on demand",
    page="https://aws.amazon.com/ec2/previous-generation/",
    effort="medium",
    risk="low: needs an image with the ENA and NVMe drivers",
    restart=True,
    confidence="high",
    steps=(
        "See that the image has the ENA and NVMe drivers.",
        "Stop the instance, change its type, start it; a fleet by its launch template.",
    ),
    commands=(
        "aws ec2 stop-instances --instance-ids INSTANCE",
        "aws ec2 modify-instance-attribute --instance-id INSTANCE --instance-type m6i.2xlarge",
        "aws ec2 start-instances --instance-ids INSTANCE",
    ),
)
GRAVITON: Final = Check(
    name="graviton",
    title="Move instances to Graviton",
    rule="An instance runs Linux on demand on m5, c5, r5, m6i, c6i, r6i or t3.",
    formula="cost × (1 - price of the Graviton family / price of this one), same size, on demand",
    page="https://docs.aws.amazon.com/whitepapers/latest/aws-graviton-performance-testing/"
    "what-is-aws-graviton.html",
    effort="high",
    risk="medium: everything that runs there must be built for arm64, and measured",
    restart=True,
    confidence="medium",
    steps=(
        "Build the software for arm64, and measure it on one instance.",
        "Add the Graviton type to the launch template; replace the others little by little.",
    ),
    commands=(
        "aws ec2 describe-instance-types --filters Name=processor-info.supported-architecture,"
        "Values=arm64",
    ),
)

_BOX: Final = re.compile(r"BoxUsage:(?P<family>[a-z0-9-]+)\.(?P<size>[a-z0-9-]+)")
LINUX: Final = "RunInstances"
"""The operation of Linux without a licence: any other contains one, whose price does not move."""


def previous_generation(bill: Bill) -> Iterator[Evidence]:
    """Yield each instance of a previous generation, and what the next would save."""
    for line, family, size in _instances(bill):
        if family in SUCCESSORS or family in OLD_FAMILIES:
            known = ratio(family, size, SUCCESSORS) if line.operation == LINUX else None
            if known is None:
                yield Evidence(line, None, "no price ratio is known for it")
            else:
                note = f"{SUCCESSORS[family]}.{size}"
                yield Evidence(line, bill.per_month(line.cost * (1 - known)), note)


def graviton(bill: Bill) -> Iterator[Evidence]:
    """Yield each instance that its Graviton kind would undercut."""
    for line, family, size in _instances(bill):
        known = ratio(family, size, ON_GRAVITON) if line.operation == LINUX else None
        if known is not None:
            saving: Decimal = bill.per_month(line.cost * (1 - known))
            yield Evidence(line, saving, f"{ON_GRAVITON[family]}.{size}")


def _instances(bill: Bill) -> Iterator[tuple[Line, str, str]]:
    for line in bill.lines:
        found = _BOX.fullmatch(line.kind)
        if found and line.cost > 0:
            yield line, found["family"], found["size"]
