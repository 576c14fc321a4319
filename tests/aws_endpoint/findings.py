"""What could be saved, as the services that recommend savings would find it in the bill.

Rough rules over the last thirty days: outdated instances and volumes, addresses that nobody uses,
functions with too much memory. A bill without any of these gets one finding, so that there is
always something to read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.organisation import Organisation

_DAYS = 30
_NAMES = (
    q.RESOURCE,
    q.ACCOUNT,
    q.REGION,
    q.USAGE_TYPE,
    q.INSTANCE_TYPE,
    q.CHARGE_CATEGORY,
)
_LEAST = Decimal(1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to save.

    Args:
        resource_type: As Cost Optimization Hub names it; empty where it knows none.
        action: What to do, in its words.
        share: The part of the cost that is saved.
        marks: What a usage type or instance type holds that this is about.
        becomes: What each mark is replaced with.
    """

    resource_type: str
    action: str
    share: Decimal
    marks: tuple[str, ...]
    becomes: str


INSTANCE = Kind("Ec2Instance", "Rightsize", Decimal("0.2"), ("BoxUsage:m4.", "BoxUsage:c4."), "m7g")
VOLUME = Kind("EbsVolume", "Upgrade", Decimal("0.2"), ("VolumeUsage.gp2",), "gp3")
DATABASE = Kind("RdsDbInstance", "Stop", Decimal("0.9"), ("InstanceUsage:db.r5.",), "")
FUNCTION = Kind("LambdaFunction", "Rightsize", Decimal("0.15"), ("Lambda-GB-Second",), "512")
ADDRESS = Kind("", "Delete", Decimal(1), ("IdleAddress",), "")
KINDS = (INSTANCE, VOLUME, DATABASE, FUNCTION, ADDRESS)


@dataclass(frozen=True, slots=True)
class Finding:
    """One resource, and what it costs and could save in a month, in dollars."""

    kind: Kind
    resource: str
    account: str
    region: str
    current: str
    cost: Decimal
    savings: Decimal

    @property
    def id(self) -> str:
        """A UUID, the same each time."""
        return str(uuid5(NAMESPACE_URL, f"{self.account} {self.resource} {self.current}"))

    @property
    def arn(self) -> str:
        """The resource's ARN."""
        if self.resource.startswith("arn:"):
            return self.resource
        kind, separator, service = _ARNS.get(self.kind.resource_type, ("elastic-ip", "/", "ec2"))
        where = f"{service}:{self.region}:{self.account}"
        return f"arn:aws:{where}:{kind}{separator}{self.resource}"

    @property
    def percentage(self) -> float:
        """The savings in percent of the cost."""
        return float(100 * self.savings / self.cost) if self.cost else 0.0


_ARNS = {
    "Ec2Instance": ("instance", "/", "ec2"),
    "EbsVolume": ("volume", "/", "ec2"),
    "RdsDbInstance": ("db", ":", "rds"),
    "LambdaFunction": ("function", ":", "lambda"),
}


def find(organisation: Organisation, account: str) -> list[Finding]:
    """Return what an account may see, the largest savings first."""
    covered = organisation.bill.coverage
    end = min(max(organisation.today, covered.start + timedelta(days=1)), covered.end)
    period = Period(max(covered.start, end - timedelta(days=_DAYS)), end)
    found = list(_read(organisation, period)) or [_example(organisation)]
    own = [f for f in found if account in (organisation.payer, f.account)]
    return sorted(own, key=lambda finding: (-finding.savings, finding.id))


def _read(organisation: Organisation, period: Period) -> Iterable[Finding]:
    for raw, cost in organisation.bill.spent(_NAMES, period):
        resource, account, region, usage_type, instance_type, category = raw
        text = usage_type or ""
        kind = next((k for k in KINDS if any(mark in text for mark in k.marks)), None)
        if kind is None or category not in (None, "Usage") or cost < _LEAST:
            continue
        yield Finding(
            kind,
            resource or f"all-{text}",
            account or organisation.payer,
            region or "us-east-1",
            instance_type or text.rpartition(".")[2],
            round(cost, 2),
            round(cost * kind.share, 2),
        )


def _example(organisation: Organisation) -> Finding:
    where = (organisation.payer, "us-east-1")
    return Finding(VOLUME, "vol-0123456789abcdef0", *where, "gp2", Decimal("80"), Decimal("16"))
