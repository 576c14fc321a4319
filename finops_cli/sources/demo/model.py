"""The words the demo organisation is told in.

The story is data: tables of these small frozen values. A `Line` says who runs what, how much of it
a day, in which rhythm and what happened to it; everything else in this package only turns lines
into charges. Prices are decimal strings, so that a stored amount is quantity times price exactly.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Frequency = Literal["Usage-Based", "Recurring", "One-Time"]


@dataclass(frozen=True, slots=True)
class Account:
    """A linked account: its 12 digits, its name, and the ``environment`` tag of what runs in it."""

    id: str
    name: str
    environment: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region and how usage types name it.

    ``classic`` is the prefix of the older services (``EU-``, empty in us-east-1), ``coded`` that of
    the newer ones (``EUW1-``). ``level`` is the region's price over that of us-east-1: one factor
    for all compute and storage, which is close to what the price lists say.
    """

    id: str
    name: str
    classic: str = ""
    coded: str = ""
    level: str = "1"


@dataclass(frozen=True, slots=True)
class Service:
    """A service: Cost Explorer's SERVICE name, its service code and its FOCUS category."""

    name: str
    code: str
    category: str


@dataclass(frozen=True, slots=True)
class Meter:
    """One priced usage type.

    ``usage_type`` may hold ``{classic}``, ``{coded}`` or ``{region}``; ``resource`` may hold
    ``{account}``, ``{region}``, ``{name}`` and ``{hex}``. ``price`` is per unit in us-east-1,
    ``committed`` the rate under a commitment. A *counted* meter grows by more resources (a fleet of
    instances), any other by more usage of the same resources. ``flat`` prices do not depend on the
    region.
    """

    service: Service
    usage_type: str
    unit: str
    price: str
    text: str
    operation: str | None = None
    resource: str | None = None
    kind: str | None = None
    committed: str | None = None
    counted: bool = False
    flat: bool = False
    pricing: Literal["Standard", "Dynamic"] = "Standard"

    @property
    def monthly(self) -> bool:
        """Whether the unit is held for a month, so that a day's quantity is a part of it."""
        return self.unit.endswith("-Mo")


@dataclass(frozen=True, slots=True)
class Shape:
    """The rhythm of a line, as factors on a plain weekday.

    ``month_end`` applies to the last two days of a month, ``noise`` is the spread of a day,
    ``growth`` the increase over a month up to now.
    """

    weekend: float = 1.0
    year_end: float = 1.0
    month_end: float = 1.0
    noise: float = 0.0
    growth: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """A level that moves: ``before`` until ``days_ago``, then ``after``, reached in ``over`` days.

    ``days_ago`` counts from today: 6 means that the sixth day before today is the first new one.
    """

    days_ago: int
    before: float
    after: float
    over: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """What one account runs in one region under one meter.

    ``amount`` is what one resource uses on a plain day now (what it holds, where the unit is
    monthly), ``count`` how many resources there are now. ``commitment`` names the family of
    commitments that covers it, ``team`` is None where nobody tagged it.
    """

    name: str
    meter: Meter
    account: Account
    region: Region
    amount: float
    count: int
    shape: Shape
    team: str | None = None
    changes: tuple[Change, ...] = ()
    commitment: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One term of a Savings Plan or of reserved instances: the days from ``start`` before ``end``.

    ``daily`` dollars are committed for each day; ``rate`` of them buy one unit (an hour of a
    reserved instance; a Savings Plan's unit is the dollar). They are billed every day, on the first
    of each month, or for the whole term on its first day. Each day they are spread over the usage
    that they cover, and what is left over is the unused part.
    """

    family: str
    id: str
    name: str
    type: Literal["Savings Plan", "Reserved Instance"]
    account: Account
    region: Region
    service: Service
    usage_type: str
    billed: Literal["daily", "monthly", "upfront"]
    daily: Decimal
    rate: Decimal
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Item:
    """The part of a charge that is the same every day: one row of the item table."""

    account: Account
    region: Region | None
    service: Service
    text: str
    frequency: Frequency
    usage_type: str | None = None
    operation: str | None = None
    unit: str | None = None
    price: Decimal | None = None
    committed: Decimal | None = None
    pricing: str | None = None
    zone: str | None = None
    resource: str | None = None
    resource_name: str | None = None
    resource_type: str | None = None
    publisher: str = "Amazon Web Services, Inc."
    issuer: str = "Amazon Web Services, Inc."
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A charge that is no metered usage: a fee, a credit or a refund, on one day.

    ``until`` is the first day after the time it pays for. ``price`` times ``quantity`` is the
    billed amount, and the list price too unless it gives money back.
    """

    item: Item
    day: date
    until: date
    category: Literal["Usage", "Purchase", "Credit"]
    quantity: int
    price: Decimal
    correction: bool = False
