"""``finops anomalies``: what left its usual path, and what people say about it."""

from typing import Annotated, Any

import typer

from finops_cli.domain.plan import Plan, Step
from finops_cli.faces.cli.options import Common, common_options, refuse_lost_options

_FILTER = "Keep costs where: service=EC2, region!=us-east-1, tag:team=web. Repeatable."
_ID = "The event's id, or its first characters."

app = typer.Typer()


@app.callback(invoke_without_command=True)
@common_options
def anomalies(
    common: Common,
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", "-t", help="30d, all, or a period: 2026-09, last-week, A..B."),
    ] = None,
    min_impact: Annotated[
        str | None,
        typer.Option(
            "--min-impact",
            help="Least money: 50, $1k, 0 for all. Else 50, or 10 % of a small bill's month.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", "-b", help="Count them by service, account, region, tag:KEY ..."),
    ] = None,
    filters: Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", help="How many to show.")] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Only what no earlier run with --new has shown.")
    ] = False,
    all_: Annotated[bool, typer.Option("--all", "-a", help="Dismissed ones too.")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="Exit 3 if: any, impact>1000, per-month>500, total>5000."),
    ] = None,
) -> int:
    """List what left its usual path: spikes, runaways, slow ramps, new and vanished usage.

    Examples: finops anomalies; finops anomalies --since all --filter service=EC2;
    finops anomalies --new --min-impact 100.
    """
    if context.invoked_subcommand is not None:
        refuse_lost_options(context, "anomalies")
        return 0
    words = [word for option in by or [] for word in option.split(",") if word.strip()]
    arguments: dict[str, Any] = {
        "filters": filters or [],
        "by": words,
        "new": new,
        "include_acknowledged": all_,
        "fail_on": fail_on or [],
    }
    given = (("since", since), ("min_impact", min_impact), ("top", top))
    arguments |= {name: value for name, value in given if value is not None}
    return _run(common, "anomaly.list", arguments)


@app.command("show")
@common_options
def show(
    common: Common,
    event: Annotated[str, typer.Argument(metavar="ID", help=_ID)],
    filters: Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)] = None,
) -> int:
    """Show one event whole: its days, its parts, and why it counts as one."""
    return _run(common, "anomaly.show", {"event": event, "filters": filters or []})


@app.command("ack")
@common_options
def ack(
    common: Common,
    event: Annotated[str, typer.Argument(metavar="ID", help=_ID)],
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="planned, expected, fixed or ignore.")
    ],
    note: Annotated[str, typer.Option("--note", help="What else there is to say.")] = "",
    filters: Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)] = None,
) -> int:
    """Dismiss an event, and what looks like it, for 90 days. Nothing in the cloud is changed."""
    arguments = {"event": event, "reason": reason, "note": note, "filters": filters or []}
    return _run(common, "anomaly.ack", arguments)


@app.command("unack")
@common_options
def unack(common: Common, event: Annotated[str, typer.Argument(metavar="ID", help=_ID)]) -> int:
    """Take back that an event was dismissed."""
    return _run(common, "anomaly.unack", {"event": event})


@app.command("acks")
@common_options
def acks(common: Common) -> int:
    """List what was dismissed, why, and until when."""
    return _run(common, "anomaly.acks", {})


def _run(common: Common, tool: str, arguments: dict[str, Any]) -> int:
    from finops_cli.faces.cli.session import answer

    return answer(common, lambda app: app.supervisor.run(Plan((Step(tool, arguments),))))
