"""``finops forecast``: what comes, how sure that is, and how far off such forecasts were."""

from pathlib import Path
from typing import Annotated, Any

import typer

from finops_cli.domain.plan import Plan, Step
from finops_cli.faces.cli.options import Common, common_options

_FILTER = "Keep costs where: service=EC2, region!=us-east-1, tag:team=web. Repeatable."
_ADJUST = (
    'What only you know: "2027-02 +10 %", "ec2 -20 % from 2027-02", "remove redshift from '
    '2027-01", "add $4k/month from 2027-03". Repeatable.'
)


@common_options
def forecast(
    common: Common,
    months: Annotated[
        int | None, typer.Option("--months", "-m", help="How many whole months, 1 to 18.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", "-b", help="service, account, region, tag:KEY ...")
    ] = None,
    filters: Annotated[list[str] | None, typer.Option("--filter", "-f", help=_FILTER)] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", help="How many to show.")] = None,
    level: Annotated[
        int, typer.Option("--level", help="Per cent of outcomes that the band shall hold.")
    ] = 80,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Show what would have been told at past months.")
    ] = False,
    adjust: Annotated[list[str] | None, typer.Option("--adjust", help=_ADJUST)] = None,
    events: Annotated[
        Path | None,
        typer.Option("--events", help="A file of such adjustments, one a line.", metavar="FILE"),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="Exit 3 if: month>50000, total>500000, growth>20%."),
    ] = None,
    method: Annotated[
        str | None, typer.Option("--method", help="own, or ensemble (needs the forecast extra).")
    ] = None,
) -> int:
    """Forecast the bill, month by month, with a band that is checked against your own past.

    Examples: finops forecast --months 12; finops forecast --by service --backtest.
    """
    from finops_cli.faces.cli.session import answer

    arguments: dict[str, Any] = {"filters": filters or [], "level": level}
    if months is not None:
        arguments["months"] = months
    if backtest:
        step = Step("forecast.backtest", arguments)
    else:
        words = [*(adjust or []), *_read(events)]
        arguments |= {"adjust": words, "fail_on": fail_on or []}
        arguments |= {
            name: value
            for name, value in (("by", by), ("top", top), ("method", method))
            if value is not None
        }
        step = Step("forecast.spend", arguments)
    return answer(common, lambda app: app.supervisor.run(Plan((step,))))


def _read(events: Path | None) -> list[str]:
    if events is None:
        return []
    try:
        return events.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{events} cannot be read: {error}.") from error
