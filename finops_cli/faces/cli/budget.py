"""``finops budget``: how budgets stand, how they went, and a check for scheduled jobs."""

from typing import Annotated, Any

import typer

from finops_cli.domain.plan import Plan, Step
from finops_cli.faces.cli.options import Common, common_options, refuse_lost_options

_NAME = "A budget's name, a part of it, or what it watches. All of them if left out."

app = typer.Typer()


@app.callback(invoke_without_command=True)
@common_options
def budget(common: Common, context: typer.Context) -> int:
    """Show how budgets stand: spent, forecast, and when they will be passed.

    Examples: finops budget; finops budget history; finops budget check --fail-on any:300%.
    """
    if context.invoked_subcommand is not None:
        refuse_lost_options(context, "budget")
        return 0
    return _run(common, "budget.status", {})


@app.command("status")
@common_options
def status(
    common: Common,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help=_NAME)] = None,
) -> int:
    """Show how budgets stand: spent, limit, forecast at the end of the period, days left."""
    return _run(common, "budget.status", _given(name=name))


@app.command("history")
@common_options
def history(
    common: Common,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help=_NAME)] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", "-t", help="Only periods in it: 2026-Q3, last-year, A..B."),
    ] = None,
) -> int:
    """Show how budgets went: budgeted and actual, how often they held, the worst period."""
    return _run(common, "budget.history", _given(name=name, period=period))


@app.command("check")
@common_options
def check(
    common: Common,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help=_NAME)] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="Exit 3 if: over (the default), forecast-over, any:90%."),
    ] = None,
) -> int:
    """Check budgets for a scheduled job: one line for each that is past a condition, and exit 3.

    Example: finops budget check --fail-on forecast-over --quiet.
    """
    return _run(common, "budget.check", {"fail_on": fail_on or [], **_given(name=name)})


def _given(**values: str | None) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _run(common: Common, tool: str, arguments: dict[str, Any]) -> int:
    from finops_cli.faces.cli.session import answer

    return answer(common, lambda app: app.supervisor.run(Plan((Step(tool, arguments),))))
