"""Turns the story into a folder of FOCUS parquet, one file a month.

The road: lines -> ticks of each resource (NumPy) -> covered and uncovered shares -> charges with
exact dollars (SQL) -> files.
"""

from datetime import date
from pathlib import Path

from finops_cli.sources.demo import everyday, story
from finops_cli.sources.demo.commitments import commitments
from finops_cli.sources.demo.coverage import Metered, flatten, shares
from finops_cli.sources.demo.days import Days, days_until, demo_months
from finops_cli.sources.demo.export import write_months
from finops_cli.sources.demo.fees import entries
from finops_cli.sources.demo.items import item_of_resource
from finops_cli.sources.demo.ledger import Ledger
from finops_cli.sources.demo.model import Item, Line
from finops_cli.sources.demo.organisation import ACCOUNTS, PAYER, PROD
from finops_cli.sources.demo.usage import ticks_of
from finops_cli.sources.warehouse import connect

LINES = story.LINES + everyday.LINES


def build(folder: Path, today: date) -> None:
    """Write the bill of the demo organisation, as it stands on the morning of today.

    Args:
        folder: An existing folder; its files of the same names are replaced.
        today: The first day that is not on the bill.
    """
    days = days_until(today)
    terms = commitments(today)
    items, metered = _meter(LINES, days)
    with connect() as connection:
        ledger = Ledger(connection, days.period)
        ledger.add_usage(items, flatten(shares(metered, terms, days)))
        ledger.add_commitments(terms)
        ledger.add_entries(entries(today))
        ledger.add_support(PROD)
        ledger.add_tax(ACCOUNTS)
        write_months(connection, demo_months(today), PAYER, folder)


def _meter(lines: tuple[Line, ...], days: Days) -> tuple[list[Item], list[Metered]]:
    """Return each resource's item and what it used, in the same order."""
    items: list[Item] = []
    metered: list[Metered] = []
    for line in lines:
        for index, ticks in enumerate(ticks_of(line, days)):
            item = item_of_resource(line, index)
            metered.append(Metered(len(items), item.committed, line.commitment, ticks))
            items.append(item)
    return items, metered
