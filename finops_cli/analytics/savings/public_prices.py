"""Public prices that savings are computed from, as ratios: new price over old price.

On-demand, us-east-1, Linux on shared tenancy; databases are MySQL and MariaDB. Only the ratio is
used, on what the account itself pays, so that discounts and other regions' levels stay in the
figure. Ratios differ by a few percent between regions.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

PRICES_OF: Final = "2025-06"
"""The month that these prices are of.

They were written down by hand, and some compared with tables that others published later (m7g and
c5, June 2026, unchanged); no API was asked. Old list prices rarely move, so their ratios do not.
"""
SOURCES: Final = (
    "https://aws.amazon.com/ec2/pricing/on-demand/",
    "https://aws.amazon.com/ebs/pricing/",
    "https://aws.amazon.com/rds/mysql/pricing/",
    "https://aws.amazon.com/cloudwatch/pricing/",
)

GP3_OF_GP2: Final = Decimal("0.08") / Decimal("0.10")
"""A gigabyte-month of gp3 over one of gp2."""
IOPS_OF_GP2: Final = Decimal("0.005") / Decimal("0.10")
"""A month of one IOPS of gp3, beyond those included, over a gigabyte-month of gp2."""
INFREQUENT_LOGS: Final = Decimal("0.25") / Decimal("0.50")
"""A gigabyte into a log group of the Infrequent Access class over one of the Standard class."""

SIZES: Final = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge")
"""The sizes that the families below have alike, and that cost in proportion."""

_HOURS: Final[Mapping[str, str]] = {
    "m4": "0.10",
    "c4": "0.10",
    "r4": "0.133",
    "m5": "0.096",
    "c5": "0.085",
    "r5": "0.126",
    "m6i": "0.096",
    "c6i": "0.085",
    "r6i": "0.126",
    "m6g": "0.077",
    "c6g": "0.068",
    "r6g": "0.1008",
    "m7g": "0.0816",
    "c7g": "0.0725",
    "r7g": "0.1071",
    "t2": "0.0928",
    "t3": "0.0832",
    "t4g": "0.0672",
    "db.m4": "0.175",
    "db.m5": "0.171",
    "db.r5": "0.24",
    "db.m6g": "0.152",
    "db.r6g": "0.215",
}
"""One hour of the size ``large`` of each family, in dollars."""

SUCCESSORS: Final[Mapping[str, str]] = {"m4": "m6i", "c4": "c6i", "r4": "r6i", "t2": "t3"}
"""The generation that follows a previous one of EC2, on the same kind of processor."""
OLD_FAMILIES: Final = ("m1", "m2", "m3", "c1", "c3", "r3", "t1", "i2", "g2", "cc2", "cr1", "hs1")
"""Previous generations whose sizes have no equal in the next, so that no ratio is known."""
ON_GRAVITON: Final[Mapping[str, str]] = {
    "m5": "m6g",
    "c5": "c6g",
    "r5": "r6g",
    "m6i": "m7g",
    "c6i": "c7g",
    "r6i": "r7g",
    "t3": "t4g",
}
"""The same kind of instance on Graviton."""
OLD_DATABASES: Final[Mapping[str, str]] = {"db.m4": "db.m6g"}
"""Previous generations of RDS, and what follows them."""
DATABASES_ON_GRAVITON: Final[Mapping[str, str]] = {"db.m5": "db.m6g", "db.r5": "db.r6g"}

_SAME_SIZES: Final[Mapping[str, tuple[str, ...]]] = {
    "m4": ("large", "xlarge", "2xlarge", "4xlarge", "16xlarge"),
    "r4": ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge"),
    "c4": ("large", "xlarge", "2xlarge", "4xlarge"),
    "t2": ("large", "xlarge", "2xlarge"),
    "t3": ("large", "xlarge", "2xlarge"),
    "db.m4": ("large", "xlarge", "2xlarge", "4xlarge", "16xlarge"),
}
"""Where a family lacks a size, or has one of another make (c4.8xlarge has 36 processors)."""


def ratio(old: str, size: str, successors: Mapping[str, str]) -> Decimal | None:
    """Return the price of a family's successor over its own; None where none is known.

    Args:
        old: The family, such as ``m4`` or ``db.r5``.
        size: The size, such as ``2xlarge``.
        successors: The family that follows each.
    """
    new = successors.get(old)
    if new is None or size not in _SAME_SIZES.get(old, SIZES):
        return None
    return Decimal(_HOURS[new]) / Decimal(_HOURS[old])
