"""One run of one command: settings in, one rendered document out, the exit code.

The only place that looks at the terminal (is it one, how wide, colour or not) and the only one that
turns an error into words.
"""

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from finops_cli import config
from finops_cli.bootstrap import Application, parse_day
from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, Event
from finops_cli.errors import FinopsError, UsageError
from finops_cli.faces.cli.consent import Paused, consent
from finops_cli.faces.cli.options import Common
from finops_cli.faces.cli.progress import Progress
from finops_cli.output import Style, render, render_error
from finops_cli.output.style import Format

_WIDTH_IN_A_PIPE = 100
_WIDTH_UNKNOWN = 80
_UNWRAPPED = 10_000


def answer(
    common: Common,
    ask: Callable[[Application], Answer],
    settings: config.Settings | None = None,
) -> int:
    """Run a command and print its answer.

    Args:
        common: The common options.
        ask: What to do with the application.
        settings: The settings of this run, where they are not simply those of ``common``.

    Returns:
        The exit code that the answer asks for.
    """
    with opened(common, settings) as (application, style):
        found = ask(application)
    sys.stdout.write(rendered(found, style, common))
    return found.exit.code


def rendered(found: Answer, style: Style, common: Common) -> str:
    """Return an answer as text, the commands that it suggests fit for this run."""
    return render(_runnable_in(found, common), style)


def _runnable_in(found: Answer, common: Common) -> Answer:
    commands = tuple(_runnable(command, common) for command in found.next)
    parts = tuple(_runnable_in(part, common) for part in found.parts)
    return replace(found, next=commands, parts=parts)


@contextmanager
def opened(
    common: Common, settings: config.Settings | None = None
) -> Iterator[tuple[Application, Style]]:
    """Build the application and show progress while the block runs."""
    settings = settings or settings_of(common)
    style = style_of_run(common, settings)
    with progress_of(common, style) as progress:
        yield application_of(common, settings, progress.tell, progress.paused), style


def progress_of(common: Common, style: Style) -> Progress:
    """Return what shows the progress of one question, where a person wants to see it.

    What a model writes is shown as it comes only where its answer will be on the same terminal.
    """
    watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    drafted = sys.stdout.isatty() and style.format == "terminal"
    shown = watched and not common.quiet and not common.verbose
    return Progress(shown, style if drafted else None)


def application_of(
    common: Common,
    settings: config.Settings,
    emit: Emit,
    paused: Paused,
    conversation: Callable[[], Path | None] = lambda: None,
) -> Application:
    """Return the application of this run; with ``--verbose`` it tells every event instead.

    Args:
        common: The common options.
        settings: The settings of this run.
        emit: Receives progress.
        paused: Keeps progress from drawing while a person is asked something.
        conversation: Tells where a model's memory of a chat is kept.
    """
    return Application(
        settings,
        parse_day(common.as_of),
        config.cache_folder(),
        _say if common.verbose else emit,
        refresh=common.refresh,
        state=config.state_folder(),
        offline=common.offline,
        command=common.command,
        confirm=consent(paused),
        conversation=conversation,
    )


def style_of_run(common: Common, settings: config.Settings) -> Style:
    """Return how the answers of this run are shown."""
    return style_of(settings["output"], common.no_color)


def _say(event: Event) -> None:
    """Tell an event on stderr, a line each: for ``--verbose``, and for logs."""
    if event.kind not in ("token", "restart"):
        sys.stderr.write(f"finops: {event.text}\n")


def settings_of(common: Common) -> config.Settings:
    """Return the settings of this run."""
    return config.load(_flags(common), os.environ, _file_of(common))


def settings_that_can_be_read(common: Common) -> config.Settings:
    """Return the settings of this run, without those of a config file that cannot be read."""
    file = _file_of(common)
    try:
        return settings_of(common)
    except FinopsError:
        return replace(config.load(_flags(common), os.environ, Path(os.devnull)), file=file)


def with_words(settings: config.Settings, forbidden: bool) -> config.Settings:
    """Return the settings of a question, without a model where its words are of no use.

    Args:
        settings: The settings of this run.
        forbidden: Whether the user forbids it.
    """
    if forbidden:
        return settings.without("model", "--no-llm")
    return settings.without("model", "-o csv") if settings["output"] == "csv" else settings


def _file_of(common: Common) -> Path:
    file = Path(common.config) if common.config else config.default_file()
    if common.config and not file.is_file():
        raise UsageError(f"There is no config file {common.config}.", "Check --config.")
    return file


def _flags(common: Common) -> dict[str, str | None]:
    return {
        "source": common.source,
        "profile": common.profile,
        "output": common.output,
        "metric": common.metric,
        "currency": common.currency,
        "max_api_cost": common.max_api_cost,
    }


def style_of(wanted: str | None, no_color: bool) -> Style:
    """Return how to show an answer here: the format asked for, else what fits the stream."""
    on_terminal = sys.stdout.isatty()
    fallback: Format = "terminal" if on_terminal else "markdown"
    chosen: Format = wanted or fallback  # type: ignore[assignment]
    return Style(chosen, _width(), _color(on_terminal, no_color), _unicode())


def _color(on_terminal: bool, no_color: bool) -> bool:
    if no_color or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return on_terminal and os.environ.get("TERM") != "dumb"


def _unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return int(columns)
    if sys.stdout.isatty():
        # A terminal that does not know its width (a pseudo one, in CI) says 0.
        return os.get_terminal_size(sys.stdout.fileno()).columns or _WIDTH_UNKNOWN
    return _WIDTH_IN_A_PIPE


def _runnable(command: str, common: Common) -> str:
    """Return a suggested command with the source that this run was given by flag."""
    if not command.startswith("finops ") or command.startswith("finops config "):
        return command
    if common.source and " -s " not in command:
        command += f" -s {shlex.quote(common.source)}"
    if common.as_of:
        command += f" --as-of {common.as_of}"
    return command


def fail(error: FinopsError, arguments: list[str]) -> int:
    """Print an error where the format wants it and return its exit code.

    JSON errors go to stdout, so that a script reads one document whatever happens; any other goes
    to stderr.
    """
    style = _style_of_error(arguments)
    stream = sys.stdout if style.format == "json" else sys.stderr
    stream.write(render_error(error, style))
    if "--debug" in arguments:
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    return error.exit_code


def fault(error: Exception, debug: bool) -> FinopsError:
    """Return what nobody foresaw as a fault of ours, its traceback told where it is wanted."""
    if debug:
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    return FinopsError(
        f"Something went wrong inside finops: {type(error).__name__}: {error}",
        "Run it again with --debug and report what it prints.",
    )


def _style_of_error(arguments: list[str]) -> Style:
    """Return the style for an error, which may be that the arguments cannot be parsed."""
    wanted = os.environ.get("FINOPS_OUTPUT")
    for i, argument in enumerate(arguments):
        if argument in ("-o", "--output") and i + 1 < len(arguments):
            wanted = arguments[i + 1]
        elif argument.startswith("--output="):
            wanted = argument.removeprefix("--output=")
        elif argument.startswith("-o") and not argument.startswith("--"):
            wanted = argument[2:] or wanted
    style = style_of("json" if wanted == "json" else "terminal", "--no-color" in arguments)
    if sys.stderr.isatty():
        return style
    # One line each in a log, so that grep finds the whole sentence.
    return replace(style, color=False, width=_UNWRAPPED)
