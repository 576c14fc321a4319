"""``finops cost`` and ``finops explain``: the same tools as ``ask``, by flags."""

from typing import Annotated, Any

import typer

from finops_cli.domain.plan import Plan, Step
from finops_cli.faces.cli.options import Common, common_options

_PERIOD = "Period: last-30d, mtd, last-month, 2026-09, 2026-Q3, 2026-09-01..2026-09-15, all ..."
_FILTER = "Keep costs where: service=EC2, region!=us-east-1, tag:team=web. Repeatable."


@common_options
def cost(
    common: Common,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", "-b", help="service, region, account, usage-type, tag:KEY ..."),
    ] = None,
    period: Annotated[str | None, typer.Option("--period", "-t", help=_PERIOD)] = None,
    granularity: Annotated[
        str | None, typer.Option("--granularity", "-g", help="daily or monthly: show the trend.")
    ] = None,
    filters: Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", help="How many to show.")] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", "-c", help="previous, or a period to compare with.")
    ] = None,
) -> int:
    """Show what was spent: in all, by a dimension, over time, or against another period.

    Examples: finops cost --by service,region --period last-month; finops cost --compare previous.
    """
    from finops_cli.faces.cli.session import answer

    dimensions = [word for option in by or [] for word in option.split(",") if word.strip()]
    step = _step(dimensions, granularity, compare)
    arguments: dict[str, Any] = {**step.arguments, "filters": filters or []}
    if period:
        arguments["period"] = period
    if top is not None and step.tool != "cost.summary":
        arguments["top"] = top
    return answer(common, lambda app: app.supervisor.run(Plan((Step(step.tool, arguments),))))


def _step(by: list[str], granularity: str | None, compare: str | None) -> Step:
    """Return which tool the flags ask for, with the arguments that are its own."""
    if granularity and compare:
        raise typer.BadParameter("--granularity and --compare exclude one another.")
    if granularity:
        if granularity not in ("daily", "monthly"):
            raise typer.BadParameter(f"{granularity!r} is neither daily nor monthly.")
        arguments: dict[str, Any] = {"granularity": granularity, "by": by}
        if granularity == "daily":
            arguments["period"] = "last-30d"
        return Step("cost.trend", arguments)
    if compare:
        return Step("cost.compare", {"against": compare, **({"by": by} if by else {})})
    return Step("cost.breakdown", {"by": by}) if by else Step("cost.summary")


@common_options
def explain(
    common: Common,
    target: Annotated[
        str | None, typer.Argument(help="A service, account, region or tag value.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", "-t", help="When it moved. Found if left out.")
    ] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", help="What to compare with.")
    ] = None,
    filters: Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)] = None,
) -> int:
    """Explain why a cost moved: when, by how much, which part of the bill, and whether it goes on.

    Examples: finops explain ec2; finops explain --period last-month.
    """
    from finops_cli.faces.cli.session import answer

    arguments: dict[str, Any] = {
        "target": target,
        "period": period,
        "baseline": baseline,
        "filters": filters or [],
    }
    return answer(common, lambda app: app.supervisor.run(Plan((Step("cost.explain", arguments),))))
