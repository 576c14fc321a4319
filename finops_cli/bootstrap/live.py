"""Live AWS as a run goes by it, caps, time and cache, and what a Step would cost there."""

from typing import TYPE_CHECKING

from finops_cli.bootstrap.budgets import budgets_beside
from finops_cli.bootstrap.values import seconds_of
from finops_cli.domain.plan import Price, Step

if TYPE_CHECKING:
    from finops_cli.bootstrap.application import Application
    from finops_cli.sources.aws.opening import Run


def run_of(app: "Application") -> "Run":
    """Return what a run on live AWS goes by.

    Raises:
        UsageError: A cap or a limit is no number.
    """
    from finops_cli.sources import Today
    from finops_cli.sources.aws.guard.caps import Caps
    from finops_cli.sources.aws.opening import Run

    return Run(
        Today(app.today, pinned=app.as_of is not None),
        app.cache,
        app.state,
        app.command,
        Caps.of(app.settings),
        seconds=seconds_of(app.settings["api_seconds"]),
        offline=app.offline,
        refresh=app.refresh,
        billing_view=app.settings["billing_view"],
        emit=app.emit,
    )


def price_of(app: "Application", step: Step) -> Price:
    """Return what a Step would cost, found by rehearsing it; nothing billable is sent.

    Raises:
        FinopsError: It is not known whose bill it is.
    """
    from finops_cli.sources.aws.fleet import open_bills
    from finops_cli.sources.aws.rehearsal import rehearsed
    from finops_cli.tools import Catalogue

    run = rehearsed(run_of(app), step.arguments)
    source = open_bills(run, app.settings)
    arguments = {"metric": app.settings["metric"], **step.arguments}
    more = app.plugins.tools, lambda: budgets_beside(source, app)
    tools = Catalogue(source, app.emit, app.memory, *more)
    ended = tools.rehearse(step.tool, arguments)
    return Price(run.meter.api_calls, run.meter.api_cost, ended)
