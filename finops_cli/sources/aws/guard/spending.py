"""Read the ledger for a person: what was spent, beside the caps."""

from pathlib import Path

from finops_cli.config import Settings
from finops_cli.domain.spending import Spending
from finops_cli.sources.aws.guard.calls import Clock
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.ledger import Ledger


def spending(folder: Path | None, settings: Settings, clock: Clock) -> Spending:
    """Return what was spent on API requests, and what may be.

    Raises:
        UsageError: A cap is no amount.
        SourceError: The ledger cannot be read.
    """
    caps, ledger = Caps.of(settings), Ledger(folder, "cache", clock)
    rows = tuple((one.day, one.command, one.requests, one.cost) for one in ledger.by_day())
    return Spending(ledger.today(), ledger.this_month(), caps.day, caps.month, rows)
