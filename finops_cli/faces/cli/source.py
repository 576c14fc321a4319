"""``finops source``: what a billing export holds, and making a large one quick."""

from typing import Annotated

import typer

from finops_cli.faces.cli.options import Common, common_options

app = typer.Typer(help="Look at a billing export, or prepare a large one.", no_args_is_help=True)


@app.command("inspect")
@common_options
def inspect(
    common: Common,
    path: Annotated[
        str | None, typer.Argument(help="A file, glob or folder; --source where left out.")
    ] = None,
) -> int:
    """Show what an export holds: format, columns, days, currencies, totals, data quality."""
    from finops_cli.faces.cli.session import answer

    return answer(_on(common, path), lambda app: app.exports.inspect())


@app.command("prepare")
@common_options
def prepare(
    common: Common,
    path: Annotated[
        str | None, typer.Argument(help="A file, glob or folder; --source where left out.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="A tag key to keep as well. Repeatable.")
    ] = None,
) -> int:
    """Keep daily sums of a large export in the cache, so that answers take milliseconds."""
    from finops_cli.faces.cli.session import answer

    return answer(_on(common, path), lambda app: app.exports.prepare(tag or []))


def _on(common: Common, path: str | None) -> Common:
    from dataclasses import replace

    return replace(common, source=path) if path else common
