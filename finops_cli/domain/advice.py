"""What could be saved: a check of the bill, and what it recommends.

A recommendation tells one change to charges of one kind, in one place, of one owner. Its evidence
are the lines of the bill that it rests on, each with what it would save; the recommendation's
saving is their sum, and never anything else. A saving is None where the bill cannot tell it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Level = Literal["low", "medium", "high"]

COMPUTED = "computed"
"""The origin of what our own checks have found in billing data."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one resource, or all that the source cannot tell apart, was charged in the window.

    ``owner`` is the value of the tag that tells owners apart; None where the bill has none.
    ``usage`` is None where the line adds up several units.
    """

    service: str | None
    account: str | None
    region: str | None
    usage_type: str
    operation: str | None
    resource: str | None
    owner: str | None
    cost: Decimal
    usage: Decimal | None
    unit: str | None

    @property
    def kind(self) -> str:
        """The usage type without its region: ``EBS:VolumeUsage.gp2`` of ``EU-EBS:...``."""
        head, dash, tail = self.usage_type.partition("-")
        coded = head.isalnum() and head.isupper() and 1 < len(head) <= _LONGEST_CODE
        return tail if dash and coded else self.usage_type


_LONGEST_CODE = 5
"""Regions in usage types are EU, USE1, APN1 and the like."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of the bill that a recommendation rests on, and what it would save in a month."""

    line: Line
    saving: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over the bill, as people read it.

    Args:
        name: One word with hyphens, which filters and the table of checks name it by.
        title: What to do, such as "Move gp2 volumes to gp3".
        rule: When it fires.
        formula: How the saving is computed; where it is not, why.
        page: The page of AWS's documentation that backs the rule.
        effort: How much work it is.
        risk: What may go wrong.
        restart: Whether something stops for it.
        confidence: How sure the bill makes it.
        steps: What to do, in order.
        commands: Text to start from, never run: commands of the AWS CLI or lines of Terraform.
    """

    name: str
    title: str
    rule: str
    formula: str
    page: str
    effort: Level
    risk: str
    restart: bool
    confidence: Level
    steps: tuple[str, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One change worth making.

    ``id`` is the same in every run that finds the same thing in the same place.
    """

    id: str
    check: Check
    service: str | None
    account: str | None
    region: str | None
    usage_type: str
    owner: str | None
    evidence: tuple[Evidence, ...]
    monthly_saving: Decimal | None
    cost: Decimal
    origins: tuple[str, ...] = (COMPUTED,)

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources that it names, where the bill tells them."""
        return tuple(e.line.resource for e in self.evidence if e.line.resource)
