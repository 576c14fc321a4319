"""``finops advisor``: what could be saved, and how."""

from typing import Annotated, Any

import typer

from finops_cli.domain.plan import Plan, Step
from finops_cli.faces.cli.options import Common, common_options, refuse_lost_options

_FILTER = "Keep costs where: service=EC2, account=prod, tag:team=web. Repeatable."
_FAIL_ON = "Exit 3 if: savings>500."

app = typer.Typer()

Filters = Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)]
FailOn = Annotated[list[str] | None, typer.Option("--fail-on", help=_FAIL_ON)]


@app.callback(invoke_without_command=True)
@common_options
def advisor(
    common: Common,
    context: typer.Context,
    filters: Filters = None,
    fail_on: FailOn = None,
) -> int:
    """Tell what can be saved in a month: the total, by check and by owner, quick wins first.

    Examples: finops advisor; finops advisor list --filter service=EC2; finops advisor savings
    --fail-on "savings>90000".
    """
    if context.invoked_subcommand is not None:
        refuse_lost_options(context, "advisor")
        return 0
    return _run(common, "advisor.savings", {"filters": filters or [], "fail_on": fail_on or []})


@app.command("savings")
@common_options
def savings(
    common: Common,
    filters: Filters = None,
    top: Annotated[int | None, typer.Option("--top", "-n", help="How many quick wins.")] = None,
    fail_on: FailOn = None,
) -> int:
    """Tell what can be saved in a month: the total, by check and by owner, quick wins first."""
    arguments = {"filters": filters or [], "fail_on": fail_on or []}
    return _run(common, "advisor.savings", arguments | _given(top=top))


@app.command("list")
@common_options
def list_(
    common: Common,
    filters: Filters = None,
    min_saving: Annotated[
        str | None, typer.Option("--min-saving", help="Least saving a month: 50, $1k.")
    ] = None,
    effort: Annotated[
        str | None, typer.Option("--effort", help="Only: low, medium or high.")
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="First: saving, cost or effort.")
    ] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", help="How many to show.")] = None,
    fail_on: FailOn = None,
) -> int:
    """List what could be saved, one change a row."""
    arguments = {"filters": filters or [], "fail_on": fail_on or []}
    given = _given(min_saving=min_saving, effort=effort, sort=sort, top=top)
    return _run(common, "advisor.list", arguments | given)


@app.command("show")
@common_options
def show(
    common: Common,
    recommendation: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or its first characters.")
    ],
    filters: Filters = None,
) -> int:
    """Show one recommendation whole: its evidence, the steps, and commands to start from."""
    arguments = {"recommendation": recommendation, "filters": filters or []}
    return _run(common, "advisor.show", arguments)


def _given(**arguments: Any) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value is not None}


def _run(common: Common, tool: str, arguments: dict[str, Any]) -> int:
    from finops_cli.faces.cli.session import answer

    return answer(common, lambda app: app.supervisor.run(Plan((Step(tool, arguments),))))
