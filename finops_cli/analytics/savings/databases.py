"""Databases on instances that others undercut, and databases that nothing seems to write to."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.analytics.savings.public_prices import (
    DATABASES_ON_GRAVITON,
    OLD_DATABASES,
    ratio,
)
from finops_cli.domain.advice import Check, Evidence, Line

_MODIFY: Final = (
    "aws rds modify-db-instance --db-instance-identifier DATABASE --db-instance-class db.r6g.large",
)
_STEPS: Final = (
    "See that the engine's version runs on the new class.",
    "Modify the instance in its maintenance window; a Multi-AZ one fails over.",
)
OLD_DATABASE: Final = Check(
    name="previous-generation-db",
    title="Replace database instances of a previous generation",
    rule="A database instance is a db.m4.",
    formula="cost × (1 - price of db.m6g / price of db.m4), same size; MySQL and MariaDB",
    page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html",
    effort="medium",
    risk="low: AWS runs the same engine on both",
    restart=True,
    confidence="high",
    steps=_STEPS,
    commands=_MODIFY,
)
DATABASE_GRAVITON: Final = Check(
    name="graviton-db",
    title="Move database instances to Graviton",
    rule="A database instance is a db.m5 or db.r5 on demand.",
    formula="cost × (1 - price of the Graviton class / price of this one); MySQL and MariaDB",
    page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html",
    effort="medium",
    risk="low: AWS runs the same engine on both; old versions of it must be upgraded first",
    restart=True,
    confidence="high",
    steps=_STEPS,
    commands=_MODIFY,
)
UNUSED_DATABASE: Final = Check(
    name="unused-db",
    title="See whether anybody still uses these databases",
    rule=(
        "The instance is charged around the clock, no I/O is charged beside it, and its storage "
        "has kept the same size for three full months."
    ),
    formula="the whole cost of the instance; only the number of connections can prove it",
    page="https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html",
    effort="medium",
    risk="high: the bill shows no queries, so look at DatabaseConnections before anything else",
    restart=True,
    confidence="low",
    steps=(
        "Look at DatabaseConnections of the last two weeks.",
        "Nobody there: take a last snapshot, then delete the instance.",
    ),
    commands=(
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS "
        "--metric-name DatabaseConnections --statistics Maximum --period 86400 ...",
        "aws rds delete-db-instance --db-instance-identifier DATABASE "
        "--final-db-snapshot-identifier DATABASE-last",
    ),
)

_CLASS: Final = re.compile(r"(?:Multi-AZ|Instance)Usage:(?P<family>db\.[a-z0-9]+)\.(?P<size>\w+)")
_ENGINES: Final = ("CreateDBInstance:0002", "CreateDBInstance:0018")
_MONTHS, _MOVES = 3, Decimal("0.001")
_AROUND_THE_CLOCK = 23


def old_databases(bill: Bill) -> Iterator[Evidence]:
    """Yield each database instance of a previous generation."""
    for line, family, size in _databases(bill):
        if family in OLD_DATABASES:
            known = ratio(family, size, OLD_DATABASES) if line.operation in _ENGINES else None
            saving = None if known is None else bill.per_month(line.cost * (1 - known))
            note = "no price ratio is known" if known is None else f"{OLD_DATABASES[family]}.{size}"
            yield Evidence(line, saving, note)


def databases_on_graviton(bill: Bill) -> Iterator[Evidence]:
    """Yield each database instance that its Graviton class would undercut."""
    for line, family, size in _databases(bill):
        known = ratio(family, size, DATABASES_ON_GRAVITON) if line.operation in _ENGINES else None
        if known is not None:
            note = f"{DATABASES_ON_GRAVITON[family]}.{size}"
            yield Evidence(line, bill.per_month(line.cost * (1 - known)), note)


def unused_databases(bill: Bill) -> Iterator[Evidence]:
    """Yield each database instance whose storage has not moved and beside which is no I/O."""
    still = {
        line.resource for line in bill.lines if "Storage" in line.kind and _is_still(line, bill)
    }
    busy = {line.resource for line in bill.lines if "IOUsage" in line.kind and line.cost > 0}
    for line, _, _ in _databases(bill):
        always = (line.usage or 0) >= _AROUND_THE_CLOCK * bill.days
        if line.resource and always and line.resource in still - busy:
            yield Evidence(line, bill.per_month(line.cost))


def _is_still(line: Line, bill: Bill) -> bool:
    months = bill.months_of(line)[-_MONTHS:]
    return len(months) == _MONTHS and max(months) - min(months) <= _MOVES * max(months)


def _databases(bill: Bill) -> Iterator[tuple[Line, str, str]]:
    for line in bill.lines:
        found = _CLASS.fullmatch(line.kind)
        if found and line.cost > 0:
            yield line, found["family"], found["size"]
