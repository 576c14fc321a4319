"""``finops ask``: a question in a person's words."""

import sys
from typing import Annotated

import typer

from finops_cli.faces.cli.options import Common, common_options


@common_options
def ask(
    common: Common,
    question: Annotated[
        list[str] | None, typer.Argument(help="The question; - or a pipe reads it from stdin.")
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show what would be done, and do nothing.")
    ] = False,
    no_llm: Annotated[bool, typer.Option("--no-llm", help="Never use a language model.")] = False,
) -> int:
    """Ask about the bill in your own words.

    Examples: finops ask "why did EC2 spike"; finops ask "top 5 services last month".
    """
    from finops_cli.faces.cli.session import answer, settings_of, with_words

    words = _read(question or [])
    settings = settings_of(common)
    return answer(
        common,
        lambda app: app.supervisor.explain_plan(words) if plan else app.supervisor.ask(words),
        with_words(settings, no_llm),
    )


def _read(words: list[str]) -> str:
    if words == ["-"] or (not words and not sys.stdin.isatty()):
        return sys.stdin.read().strip()
    return " ".join(words)
