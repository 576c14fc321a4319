"""Small bills with a story planted in them, for the tests of what explains them."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

END = date(2026, 11, 15)
"""Today in the stories: the day after the last complete one."""

Row = dict[str, Any]
EC2, RDS, SUPPORT = "Amazon Elastic Compute Cloud - Compute", "Amazon RDS", "AWS Support"
ACCOUNTS = (("prod", 0.5), ("staging", 0.2), ("ml-research", 0.3))
REGIONS = (("us-east-1", 0.7), ("eu-west-1", 0.3))
MACHINES = (
    ("m6i.xlarge", 0.5, "0.192"),
    ("c6i.2xlarge", 0.3, "0.34"),
    ("g5.12xlarge", 0.2, "5.672"),
)
DATABASES = (("db.r6g.large", 1.0, "0.26"),)


def days(count: int = 200, end: date = END) -> list[date]:
    return [end - timedelta(days=back) for back in range(count, 0, -1)]


def between(first: str, last: str) -> Callable[[date], bool]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return lambda day: start <= day <= end


def machine(
    day: date, account: str, region: str, kind: str, hours: Decimal, price: str, service: str = EC2
) -> Row:
    """One day of one instance type: hours at a price."""
    return {
        "date": day,
        "cost": hours * Decimal(price),
        "usage": hours,
        "usage_unit": "Hours",
        "service": service,
        "account": account,
        "region": region,
        "instance_type": kind,
        "usage_type": f"BoxUsage:{kind}",
        "charge_category": "Usage",
        "resource": f"{account}-{kind}",
        "tags": {"team": f"team-{account}"},
    }


def charge(day: date, cost: str, service: str, category: str = "Usage", **more: Any) -> Row:
    """One charge without a quantity."""
    return {
        "date": day,
        "cost": Decimal(cost),
        "service": service,
        "account": "prod",
        "region": "us-east-1",
        "instance_type": None,
        "usage_type": f"{service}-{category}",
        "charge_category": category,
    } | more


def fleet(
    service: str = EC2,
    level: float = 1600.0,
    kinds: tuple[tuple[str, float, str], ...] = MACHINES,
    noise: float = 0.03,
    seed: int = 1,
    over: list[date] | None = None,
    factor: Callable[[Row], float] = lambda row: 1.0,
    price: Callable[[Row], str | None] = lambda row: None,
) -> Iterator[Row]:
    """A service in three accounts and two regions, with weekends at 72 % and noise.

    ``factor`` scales the hours of a row, ``price`` may replace its price.
    """
    luck = random.Random(seed)
    for day in over or days():
        rhythm = 0.72 if day.weekday() >= 5 else 1.0
        for account, a in ACCOUNTS:
            for region, r in REGIONS:
                for kind, k, cost in kinds:
                    hours = level * a * r * k * rhythm * luck.gauss(1, noise) / float(cost)
                    row = machine(day, account, region, kind, Decimal(0), cost, service)
                    exact = Decimal(str(round(hours * factor(row), 3)))
                    paid = price(row) or cost
                    yield row | {"usage": exact, "cost": exact * Decimal(paid)}


def gpu_story() -> list[Row]:
    """Two p4d.24xlarge since six days, some more g5.12xlarge, in one account and region."""
    rows = [*fleet(), *fleet(RDS, 700.0, DATABASES, seed=2)]
    for day in days(6):
        where = (day, "ml-research", "us-east-1")
        rows.append(machine(*where, "p4d.24xlarge", Decimal(48), "32.7726"))
        rows.append(machine(*where, "g5.12xlarge", Decimal("9.2"), "5.672"))
    rows += [charge(day, "3000", SUPPORT, "Purchase") for day in days() if day.day == 1]
    return rows
