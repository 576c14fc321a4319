"""``finops chat``: questions one after the other, each understood after those before it."""

from typing import Annotated

import typer

from finops_cli.faces.cli.options import Common, common_options


@common_options
def chat(
    common: Common,
    goes_on: Annotated[
        bool, typer.Option("--continue", help="Go on with the chat that was used last.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List the chats of the last seven days.")
    ] = False,
    no_llm: Annotated[bool, typer.Option("--no-llm", help="Never use a language model.")] = False,
) -> int:
    """Ask about the bill, and follow up: "and last month?", "only us-east-1", "why?".

    It needs no language model. From a pipe it reads a question a line; the exit code is then the
    gravest of them all, and with -o json each answer is a JSON document on a line of its own.

    Examples: echo "why did EC2 spike" | finops chat; finops chat --list.
    """
    from finops_cli.faces.cli import chat_reports
    from finops_cli.faces.cli.session import answer, settings_of, with_words
    from finops_cli.faces.cli.talking import hold, kept_chats

    if listed:
        return answer(common, lambda app: chat_reports.listed(kept_chats().list()))
    settings = settings_of(common)
    return hold(common, with_words(settings, no_llm), goes_on=goes_on)
