"""``finops config`` and ``finops cache``: settings with their origins, and the cache folder."""

from typing import Annotated

import typer

from finops_cli.faces.cli.options import Common, common_options, refuse_lost_options

config_app = typer.Typer(help="Settings, and where each value came from.", no_args_is_help=True)
cache_app = typer.Typer()


@config_app.command("show")
@common_options
def show(common: Common) -> int:
    """Show every setting, its value, and where the value came from."""
    from finops_cli.faces.cli import reports
    from finops_cli.faces.cli.session import answer, settings_of

    return answer(common, lambda app: reports.settings(settings_of(common)))


@config_app.command("set")
@common_options
def set_(
    common: Common,
    name: Annotated[str, typer.Argument(help="The setting.")],
    value: Annotated[str, typer.Argument(help="Its value.")],
) -> int:
    """Set a setting for good, in the config file."""
    from finops_cli import config
    from finops_cli.bootstrap import setup
    from finops_cli.faces.cli import reports
    from finops_cli.faces.cli.session import answer, settings_of

    settings = settings_of(common)
    if "model" in name or name == "max_tool_calls":
        setup.check_model(settings, {name: value})
    config.write(name, value, settings.file)
    return answer(common, lambda app: reports.settings(settings_of(common)))


@config_app.command("unset")
@common_options
def unset(
    common: Common,
    name: Annotated[str, typer.Argument(help="The setting.")],
) -> int:
    """Take a setting out of the config file again."""
    from finops_cli import config
    from finops_cli.faces.cli import reports
    from finops_cli.faces.cli.session import answer, settings_of

    config.unset(name, settings_of(common).file)
    return answer(common, lambda app: reports.settings(settings_of(common)))


@cache_app.callback(invoke_without_command=True)
@common_options
def cache(common: Common, context: typer.Context) -> int:
    """Show what the cache holds and what API calls have cost, by day and command; clear it."""
    if context.invoked_subcommand is not None:
        refuse_lost_options(context, "cache")
        return 0
    return _show_cache(common)


@cache_app.command("show")
@common_options
def cache_show(common: Common) -> int:
    """Show where the cache is, how much it holds, and what was spent on API calls."""
    return _show_cache(common)


def _show_cache(common: Common) -> int:
    from finops_cli.faces.cli import reports
    from finops_cli.faces.cli.session import answer

    return answer(common, lambda app: reports.cache(app.cache, app.spending))


@cache_app.command("clear")
@common_options
def cache_clear(common: Common) -> int:
    """Remove everything in the cache: all of it can be made again."""
    from finops_cli.faces.cli import reports
    from finops_cli.faces.cli.session import answer

    return answer(common, lambda app: reports.clear_cache(app.cache))
