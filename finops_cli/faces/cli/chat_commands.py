"""What can be said in a chat besides questions: commands that begin with a slash."""

from collections.abc import Callable, Mapping
from pathlib import Path

from finops_cli.errors import FinopsError, UsageError, did_you_mean
from finops_cli.faces.cli import chat_reports
from finops_cli.faces.cli.talk import Talk, tell


class Leave(Exception):
    """The chat is to end."""


def obey(talk: Talk, line: str) -> int:
    """Do what a command says, and return its exit code.

    Raises:
        Leave: It ends the chat.
        FinopsError: There is no such command, or it cannot be done.
    """
    word, _, rest = line.partition(" ")
    command = _COMMANDS.get(word.lower())
    if command is None:
        hint = did_you_mean(word, _COMMANDS) or "/help lists them."
        raise UsageError(f"There is no command {word!r}.", hint)
    return command(talk, rest.strip())


def _help(talk: Talk, _rest: str) -> int:
    talk.show(chat_reports.commands())
    return 0


def _clear(talk: Talk, _rest: str) -> int:
    talk.clear()
    tell("What was said is forgotten; the next question begins a new chat.")
    return 0


def _plan(talk: Talk, question: str) -> int:
    return talk.plan(question)


def _model(talk: Talk, _rest: str) -> int:
    talk.show(chat_reports.model(talk.settings["model"], [one.answer for one in talk.said]))
    return 0


def _save(talk: Talk, name: str) -> int:
    return _saved(talk, name, "x")


def _save_over(talk: Talk, name: str) -> int:
    return _saved(talk, name, "w")


def _saved(talk: Talk, name: str, mode: str) -> int:
    """Write the chat as Markdown.

    Raises:
        UsageError: No file is named, or it is there and not to be written over.
        FinopsError: It cannot be written.
    """
    if not name:
        raise UsageError("No file is named.", "Write: /save chat.md")
    file = Path(name).expanduser()
    text = chat_reports.as_markdown(talk.chat.turns, talk.said)
    try:
        with file.open(mode, encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise UsageError(f"{file} is there already.", f"To write over it: /save! {file}") from error
    except OSError as error:
        raise FinopsError(f"{file} cannot be written ({error.strerror}).") from error
    tell(f"Written to {file}.")
    return 0


def _quit(_talk: Talk, _rest: str) -> int:
    raise Leave


_COMMANDS: Mapping[str, Callable[[Talk, str], int]] = {
    "/help": _help,
    "/plan": _plan,
    "/model": _model,
    "/save": _save,
    "/save!": _save_over,
    "/clear": _clear,
    "/quit": _quit,
    "/exit": _quit,
}
