"""From an Answer or an error to text: the one door to every form of output.

Nothing here looks at the outside world or knows what a figure means. Rich, the only heavy library
of the layer, is loaded by the terminal form alone, and markdown-it where a model has written; each
form is loaded when it is asked for.
"""

from finops_cli.domain.answer import Answer
from finops_cli.errors import FinopsError
from finops_cli.output.style import Format, Style

__all__ = ["Format", "Style", "as_json", "draft", "render", "render_error", "svg"]


def render(answer: Answer, style: Style) -> str:
    """Return the answer in the form that the style asks for, its last line ended.

    Args:
        answer: What to show.
        style: In which form, how wide, with colour or not.
    """
    match style.format:
        case "terminal":
            from finops_cli.output import terminal

            return terminal.render(answer, style)
        case "markdown":
            from finops_cli.output import markdown

            return markdown.render(answer, style)
        case "json":
            from finops_cli.output import json

            return json.render(answer)
    from finops_cli.output import csv

    return csv.render(answer)


def render_error(error: FinopsError, style: Style) -> str:
    """Return the error in the form that the style asks for, its last line ended.

    CSV has no way to say that something failed, so an error is told as on a terminal.
    """
    match style.format:
        case "json":
            from finops_cli.output import json

            return json.render_error(error)
        case "markdown":
            from finops_cli.output import markdown

            return markdown.render_error(error, style)
    from finops_cli.output import terminal

    return terminal.render_error(error, style)


def as_json(answer: Answer) -> dict[str, object]:
    """Return the public JSON form of the answer."""
    from finops_cli.output import json

    return json.as_json(answer)


def draft(text: str, style: Style, rows: int) -> list[str]:
    """Return the end of a text that a model is still writing, for a terminal.

    Args:
        text: What there is of it, in Markdown; nothing in it has been checked.
        style: How wide, with colour or not.
        rows: How many lines there is room for.
    """
    from finops_cli.output import terminal

    return terminal.draft(text, style, rows)


def svg(answer: Answer, width: int, title: str) -> str:
    """Return the answer as an SVG picture of a terminal so many cells wide."""
    from finops_cli.output import terminal

    return terminal.svg(answer, width, title)
