"""The constant part of each charge: one `Item` for each resource, fee, term and tax."""

from decimal import Decimal

from finops_cli.sources.demo.model import Account, Commitment, Frequency, Item, Line
from finops_cli.sources.demo.noise import digits, seed
from finops_cli.sources.demo.services import SUPPORT, TAX

_IN_A_ZONE = {"instance", "volume", "db", "natgateway"}


def item_of_resource(line: Line, index: int) -> Item:
    """Return the item of one of the line's resources, counted from 0."""
    meter, region = line.meter, line.region
    level = Decimal(1) if meter.flat else Decimal(region.level)
    name = f"{line.name}-{index + 1}" if line.count > 1 else line.name
    identity = (line.name, line.account.id, region.id, meter.kind or "", str(index))
    return Item(
        account=line.account,
        region=region,
        service=meter.service,
        text=meter.text,
        frequency="Usage-Based",
        usage_type=meter.usage_type.format(
            classic=region.classic, coded=region.coded, region=region.id
        ),
        operation=meter.operation,
        unit=meter.unit,
        price=Decimal(meter.price) * level,
        committed=Decimal(meter.committed) * level if meter.committed else None,
        pricing=meter.pricing,
        zone=region.id + "abc"[seed(*identity) % 3] if meter.kind in _IN_A_ZONE else None,
        resource=meter.resource
        and meter.resource.format(
            account=line.account.id, region=region.id, name=name, hex=digits(*identity)
        ),
        resource_name=name if meter.resource else None,
        resource_type=meter.kind,
        team=line.team,
    )


def item_of_purchase(term: Commitment) -> Item:
    """Return the item under which the term's fees are billed."""
    frequency: Frequency = "One-Time" if term.billed == "upfront" else "Recurring"
    return _item_of_term(term, f"{term.type} fee of {term.name}", frequency)


def item_of_unused(term: Commitment) -> Item:
    """Return the item of what was committed and not used."""
    return _item_of_term(term, f"Unused part of {term.name}", "Usage-Based")


def _item_of_term(term: Commitment, text: str, frequency: Frequency) -> Item:
    return Item(
        account=term.account,
        region=term.region,
        service=term.service,
        text=text,
        frequency=frequency,
        usage_type=term.usage_type,
        unit="USD" if term.type == "Savings Plan" else "Hrs",
        price=Decimal(0),
        pricing="Committed",
        resource=term.id,
        resource_name=term.name,
        resource_type="savingsplan" if term.type == "Savings Plan" else "reserved-instances",
    )


def item_of_support(account: Account) -> Item:
    """Return the item of an account's Business support."""
    return Item(
        account=account,
        region=None,
        service=SUPPORT,
        text="AWS Support (Business), monthly fee",
        frequency="Recurring",
        usage_type="Dollar",
        unit="Months",
        pricing="Standard",
    )


def item_of_tax(account: Account) -> Item:
    """Return the item of an account's sales tax."""
    return Item(
        account=account,
        region=None,
        service=TAX,
        text="US sales tax",
        frequency="Recurring",
        usage_type="Tax",
    )
