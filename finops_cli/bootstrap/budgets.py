"""Which store the budgets of a run come from.

A file that the user set comes first. Else the demo and live AWS have budgets of their own, and a
billing export, which has none, goes by ``budgets.toml`` beside the config file.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from finops_cli.errors import UsageError

if TYPE_CHECKING:
    from finops_cli.bootstrap.application import Application
    from finops_cli.domain.budget import BudgetStore
    from finops_cli.domain.source import CostSource

_FILE = "budgets.toml"


def budgets_of(app: "Application") -> "BudgetStore":
    """Return the store of the budgets of a run.

    Raises:
        FinopsError: The account's bill cannot be opened, or several are read at once.
    """
    from finops_cli.sources import AWS

    named = app.settings["budgets"]
    if app.spec == AWS and not named:
        return budgets_beside(app.bills, app)
    return _local(app, named)


def budgets_beside(source: "CostSource", app: "Application") -> "BudgetStore":
    """Return the store of the budgets that a live bill is held against.

    Raises:
        UsageError: It is the bill of several accounts, each of which has budgets of its own.
    """
    from finops_cli.sources.aws.source import CostExplorerSource

    named = app.settings["budgets"]
    if named:
        return _local(app, named)
    if not isinstance(source, CostExplorerSource):
        raise UsageError(
            "AWS Budgets are read for one account at a time.",
            "Name one with --profile, or a file of your own: finops config set budgets FILE.",
        )
    return source.budgets


def _local(app: "Application", named: str | None) -> "BudgetStore":
    from finops_cli.sources import DEMO
    from finops_cli.sources.budget_file import FileBudgets

    if named:
        return FileBudgets(Path(named).expanduser(), must_exist=True)
    if app.spec == DEMO:
        from finops_cli.sources.demo.budgets import DemoBudgets

        return DemoBudgets()
    return FileBudgets(app.settings.file.parent / _FILE)
