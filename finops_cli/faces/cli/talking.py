"""The course of a chat: its first words, each line of it, and its last."""

import sys

from finops_cli import config
from finops_cli.bootstrap.chats import chats_in
from finops_cli.config import Settings
from finops_cli.domain.chat import Chat, Chats
from finops_cli.errors import FinopsError
from finops_cli.faces.cli import chat_commands
from finops_cli.faces.cli.options import Common
from finops_cli.faces.cli.prompt import Asker, asker
from finops_cli.faces.cli.session import fail, fault
from finops_cli.faces.cli.talk import Talk, is_about, one_line, tell
from finops_cli.output import render_error

_WELCOME = (
    'Ask about your bill, and follow up: "and last month?". /help tells more, Ctrl-D ends it.'
)


def kept_chats() -> Chats:
    """Return the chats of this user."""
    return chats_in(config.state_folder())


def hold(common: Common, settings: Settings, *, goes_on: bool) -> int:
    """Hold a chat to its end and return its exit code.

    Args:
        common: The common options.
        settings: The settings of this run.
        goes_on: Whether the last chat goes on, rather than a new one begins.
    """
    chats, who = kept_chats(), asker()
    chats.forget_expired()
    chat = _continued(chats, common) if goes_on else chats.new()
    talk = Talk(common, settings, chats, chat)
    if who.is_person and not common.quiet and not goes_on:
        tell(_WELCOME)
    code = talked(talk, who, common)
    if talk.is_kept and not common.quiet:
        tell("To go on with this chat: finops chat --continue")
    return 0 if who.is_person else code


def _continued(chats: Chats, common: Common) -> Chat:
    for sentence in chats.list().damaged:
        tell(sentence)
    latest = chats.latest()
    if latest is None:
        tell("There is no chat to continue: this is a new one.")
        return chats.new()
    if not common.quiet:
        last = next(filter(is_about, reversed(latest.turns)), latest.turns[-1])
        tell(f'The last question was "{_printable(last.question)}".')
    return latest


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def talked(talk: Talk, who: Asker, common: Common) -> int:
    """Answer line after line, and return the gravest exit code.

    Args:
        talk: The chat.
        who: Who asks.
        common: The common options.
    """
    code = 0
    for line in who.questions():
        try:
            code = max(code, _answered(talk, line))
        except chat_commands.Leave:
            break
        except KeyboardInterrupt:
            if not who.is_person:
                raise
            sys.stderr.write("\n")
            tell("Stopped.")
        except FinopsError as error:
            code = max(code, _failed(error, talk, common))
        except BrokenPipeError:
            raise
        except Exception as error:  # a fault of ours spoils one answer, not the chat
            code = max(code, _failed(fault(error, common.debug), talk, common))
    return code


def _answered(talk: Talk, line: str) -> int:
    if not line.startswith("/"):
        return talk.ask(line)
    return chat_commands.obey(talk, line)


def _failed(error: FinopsError, talk: Talk, common: Common) -> int:
    """Tell why a question has no answer, where the format wants it."""
    if talk.style.format == "json":
        sys.stdout.write(one_line(render_error(error, talk.style)))
        sys.stdout.flush()
        return error.exit_code
    flags = (("--no-color", common.no_color), ("--debug", common.debug))
    return fail(error, [flag for flag, given in flags if given])
