"""The options that every command takes, added to a command by one decorator.

Typer reads a function's signature. ``common_options`` gives the function's wrapper the fields of
``Common`` as further parameters, and hands them on as one value.
"""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Annotated, Any, get_type_hints

import typer

_PANEL = "Options every command takes"


def _option(*names: str, text: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=_PANEL, **more)


@dataclass(frozen=True, slots=True)
class Common:
    """The values of the common options, as given."""

    source: Annotated[
        str | None, _option("--source", "-s", text="demo, aws, or a path, glob or folder.")
    ] = None
    profile: Annotated[str | None, _option("--profile", "-p", text="AWS profile (live AWS).")] = (
        None
    )
    output: Annotated[
        str | None, _option("--output", "-o", text="terminal, markdown, json or csv.")
    ] = None
    metric: Annotated[
        str | None,
        _option("--metric", text="unblended, amortized, net-unblended, net-amortized, blended ..."),
    ] = None
    currency: Annotated[
        str | None, _option("--currency", text="One currency of a bill that has several.")
    ] = None
    as_of: Annotated[
        str | None, _option("--as-of", text="The day that counts as today.", metavar="DATE")
    ] = None
    offline: Annotated[
        bool, _option("--offline", text="Never call an API, answer from the cache (live AWS).")
    ] = False
    refresh: Annotated[bool, _option("--refresh", text="Forget cached data first.")] = False
    max_api_cost: Annotated[
        str | None,
        _option(
            "--max-api-cost",
            text="Most US dollars to spend on API calls (live AWS).",
            metavar="USD",
        ),
    ] = None
    quiet: Annotated[bool, _option("--quiet", "-q", text="Result only, no progress.")] = False
    verbose: Annotated[bool, _option("--verbose", "-v", text="Say what is done.")] = False
    debug: Annotated[bool, _option("--debug", text="Show tracebacks.")] = False
    no_color: Annotated[bool, _option("--no-color", text="No colour.")] = False
    yes: Annotated[bool, _option("--yes", "-y", text="Do not ask before writing.")] = False
    config: Annotated[
        str | None, _option("--config", text="Another config file.", metavar="FILE")
    ] = None
    command: str = ""
    """The command that these were given to."""


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options; it receives them as its parameter ``common``."""
    names = _options()

    @functools.wraps(command)
    def wrapper(**arguments: Any) -> Any:
        given = {name: arguments.pop(name) for name in names}
        common = Common(**given, command=command.__name__.strip("_"))
        return command(common=common, **arguments)

    own = [p for name, p in _parameters(command).items() if name != "common"]
    shared = [_as_parameter(name) for name in names]
    wrapper.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in [*own, *shared]}
    return wrapper


def _options() -> list[str]:
    return [field.name for field in fields(Common) if field.name != "command"]


def _parameters(command: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    hints = get_type_hints(command, include_extras=True)
    return {
        name: parameter.replace(
            annotation=hints[name], kind=inspect.Parameter.POSITIONAL_OR_KEYWORD
        )
        for name, parameter in inspect.signature(command).parameters.items()
    }


def _as_parameter(name: str) -> inspect.Parameter:
    hints = get_type_hints(Common, include_extras=True)
    default = next(field.default for field in fields(Common) if field.name == name)
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(name, kind, default=default, annotation=hints[name])


def refuse_lost_options(context: typer.Context, group: str) -> None:
    """Refuse options that stand before a subcommand, where they would be lost.

    Raises:
        typer.BadParameter: There are some.
    """
    origins = [context.get_parameter_source(name) for name in context.params]
    if any(origin is not None and origin.name == "COMMANDLINE" for origin in origins):
        raise typer.BadParameter(
            f"Write options after the command: finops {group} {context.invoked_subcommand} ..."
        )
