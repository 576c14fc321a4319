"""The command line: parse, call, render; no logic about money.

Commands live one group a file. Importing this package loads Typer and nothing heavier, so that
``finops --help`` starts in the time of a bare Typer program.
"""

import os
import sys

import typer

from finops_cli import __version__
from finops_cli.errors import FinopsError, UsageError
from finops_cli.faces.cli import (
    advisor,
    anomalies,
    ask,
    budget,
    chat,
    cost,
    forecast,
    setup,
    source,
    system,
)

_INTERRUPTED = 130

app = typer.Typer(
    name="finops",
    help="The FinOps engineer in your terminal: what your cloud costs, where, and why it moved.",
    epilog='Start with: finops ask "why did EC2 spike" --source demo',
    no_args_is_help=True,
    # Plain help: loading Rich to draw boxes around it would triple the time it takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"finops {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", help="Print the version.", callback=_print_version, is_eager=True
    ),
) -> None:
    pass


app.command("init")(setup.init)
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.command("cost")(cost.cost)
app.command("explain")(cost.explain)
app.command("forecast")(forecast.forecast)
app.add_typer(anomalies.app, name="anomalies")
app.add_typer(advisor.app, name="advisor")
app.add_typer(budget.app, name="budget")
app.add_typer(source.app, name="source")
app.command("doctor")(setup.doctor)
app.command("iam-policy")(setup.iam_policy)
app.add_typer(system.config_app, name="config")
app.add_typer(system.cache_app, name="cache")
app.command("completion")(setup.completion)


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit code; no exception leaves without ``--debug``."""
    try:
        code = app(arguments, prog_name="finops", standalone_mode=False)
        if code == _INTERRUPTED:  # Typer turns Ctrl-C into an exit without a word
            return _interrupted()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except FinopsError as error:
        return _fail(error, arguments)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except typer.Exit as request:
        return request.exit_code
    except BrokenPipeError:
        # The reader of a pipe has gone (head, less): nothing is wrong, and nobody is listening.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last net: a sentence instead of a traceback
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(getattr(error, "message", "")) or "See finops --help.")
            return 0
        return _fail(_told(error, arguments), arguments)


def _interrupted() -> int:
    sys.stderr.write("\nInterrupted.\n")
    return _INTERRUPTED


def _fail(error: FinopsError, arguments: list[str]) -> int:
    from finops_cli.faces.cli.session import fail

    return fail(error, arguments)


def _told(error: Exception, arguments: list[str]) -> FinopsError:
    """Return a parser's complaint as a usage error, and anything else as a fault of ours."""
    message = getattr(error, "format_message", None)
    if message is not None:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "finops"
        return UsageError(message(), f"See {command} --help.")
    from finops_cli.faces.cli.session import fault

    return fault(error, "--debug" in arguments)
