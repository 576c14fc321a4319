"""Charges that no meter counts: monthly fees, subscriptions, credits and refunds.

Fees fall on the first of the month, credits on the fifth, and a refund when it was granted. None
of them is dated today or later.
"""

from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain.period import Period, add_months, first_of_month
from finops_cli.sources.demo import services as s
from finops_cli.sources.demo.days import demo_months
from finops_cli.sources.demo.model import Account, Entry, Item, Region, Service
from finops_cli.sources.demo.organisation import DATA, GLOBAL, PROD, SECURITY, SHARED, USE1
from finops_cli.sources.demo.story import PAGELARK_MONTHS

MARKETPLACE = "AWS Marketplace"
_CREDIT_MONTHS = 9
_HOSTED_ZONES, _HOSTED_ZONE_PRICE = 46, Decimal("0.5")


def entries(today: date) -> list[Entry]:
    """Return every fee, credit and refund before today."""
    months = demo_months(today)
    this_month = first_of_month(today)
    found = [entry for month in months for entry in _fees(month, this_month)]
    found += _credits(months[-_CREDIT_MONTHS:])
    found += _refunds(this_month)
    return [entry for entry in found if months[0].start <= entry.day < today]


def _fees(month: Period, this_month: date) -> list[Entry]:
    zones = _item(SHARED, GLOBAL, s.ROUTE53, "HostedZone", "per Hosted Zone", "Zones")
    fees = [
        Entry(zones, month.start, month.end, "Usage", _HOSTED_ZONES, _HOSTED_ZONE_PRICE),
        _subscription(s.TRACEHOUND, "Tracehound Inc.", "1450", month),
    ]
    if month.start >= add_months(this_month, -PAGELARK_MONTHS):
        fees.append(_subscription(s.PAGELARK, "Pagelark GmbH", "740", month))
    return fees


def _subscription(service: Service, vendor: str, price: str, month: Period) -> Entry:
    item = Item(
        account=SHARED,
        region=USE1,
        service=service,
        text="monthly subscription",
        frequency="Recurring",
        usage_type="SaaS:Subscription",
        unit="Months",
        price=Decimal(price),
        pricing="Standard",
        publisher=vendor,
        issuer=MARKETPLACE,
        team="platform",
    )
    return Entry(item, month.start, month.end, "Purchase", 1, Decimal(price))


def _credits(months: list[Period]) -> list[Entry]:
    item = _item(DATA, USE1, s.REDSHIFT, "Credit", "migration programme credit")
    return [_one_day(item, month.start.replace(day=5), "-950") for month in months]


def _refunds(this_month: date) -> list[Entry]:
    """Return three refunds, one of them of the month before last's CloudFront bill."""
    granted = (
        (2, 11, PROD, GLOBAL, s.CLOUDFRONT, "US-DataTransfer-Out-Bytes", "-412.37"),
        (9, 17, DATA, USE1, s.GLUE, "USE1-ETL-DPU-Hour", "-186.5"),
        (19, 8, SECURITY, USE1, s.CONFIG, "USE1-ConfigurationItemRecorded", "-73.92"),
    )
    return [
        _one_day(
            _item(account, region, service, usage_type, "refund of a charge billed twice"),
            add_months(this_month, -months).replace(day=day),
            amount,
            correction=True,
        )
        for months, day, account, region, service, usage_type, amount in granted
    ]


def _one_day(item: Item, day: date, amount: str, correction: bool = False) -> Entry:
    until = day + timedelta(days=1)
    return Entry(item, day, until, "Credit", 1, Decimal(amount), correction)


def _item(
    account: Account,
    region: Region,
    service: Service,
    usage_type: str,
    text: str,
    unit: str | None = None,
) -> Item:
    return Item(
        account=account,
        region=region,
        service=service,
        text=text,
        frequency="Recurring" if unit else "One-Time",
        usage_type=usage_type,
        unit=unit,
        price=_HOSTED_ZONE_PRICE if unit else None,
        pricing="Standard" if unit else None,
    )
