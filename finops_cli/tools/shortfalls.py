"""An answer that lacks something says so: a warning for people, an exit code for scripts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps

from finops_cli.domain.answer import Answer, Exit, Sentence
from finops_cli.domain.source import Meter, Restart, Shortfall

Tool = Callable[..., Answer]


def telling_shortfalls(tool: Tool, meter: Meter) -> Tool:
    """Return the tool, its Answers telling what the source could not be had for.

    It keeps its signature and docstring, by which a model is told how to call it.

    Args:
        tool: Any tool over one source.
        meter: The meter of that source.
    """

    @wraps(tool)
    def answered(*args: object, **kwargs: object) -> Answer:
        known = len(meter.shortfalls)
        answer = _made(tool, *args, **kwargs)
        early = [one for one in meter.shortfalls[:known] if one.lasting]
        short = early + meter.shortfalls[known:]
        if not short:
            return answer
        gravest = max(short, key=lambda one: one.code)
        exits = (answer.exit, Exit(gravest.code, gravest.reason))
        return replace(
            answer,
            title=_headed(answer.title, short),
            warnings=(*dict.fromkeys(one.text for one in short), *answer.warnings),
            exit=max(exits, key=lambda one: one.code),
        )

    return answered


def _made(tool: Tool, *args: object, **kwargs: object) -> Answer:
    """Return the tool's Answer, made again each time the source changes under it."""
    while True:
        try:
            return tool(*args, **kwargs)
        except Restart:  # each time the source has less left: this ends
            continue


def _headed(title: Sentence, short: Sequence[Shortfall]) -> Sentence:
    """Return a headline that nobody can take for the whole where some of it is missing."""
    if not any(one.incomplete for one in short):
        return title
    return Sentence(f"Incomplete, see the note: {title.template}", title.figures)
