"""Which bills a run reads: one account's, several profiles', or every account's of an organisation."""

from finops_cli.config import Settings
from finops_cli.domain.source import CostSource
from finops_cli.sources.aws.opening import Run, open_account


def open_bills(run: Run, settings: Settings) -> CostSource:
    """Open the bills that the settings name.

    Args:
        run: What this run goes by.
        settings: The user's settings: ``profile`` may name several, split by commas.

    Raises:
        FinopsError: None of them can be opened.
    """
    return open_account(run, settings["profile"])
