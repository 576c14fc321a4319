"""The Rich home: how each Role looks, and the picture for the README.

Lines arrive laid out and with hostile text made inert; nothing is left for Rich to interpret, wrap
or highlight. The sixteen colours of the terminal's own theme are used, so that it reads on light
and dark.
"""

import re
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from finops_cli.domain.answer import Answer
from finops_cli.domain.prose import Prose
from finops_cli.errors import FinopsError
from finops_cli.output import page, picture
from finops_cli.output.line import EMPTY, Fragment, Line, Role, plain_text, wrap
from finops_cli.output.notation import Notation
from finops_cli.output.sheet import Sheet
from finops_cli.output.style import Style

if TYPE_CHECKING:
    from rich.console import Console

# Spaces at the ends of a stretch stand apart from it: some SVG renderers drop them.
_GAPS = re.compile("(^ +| {2,}| +$)")
_UNCHECKED = "As it is written; its figures are checked when it is done."
_MARGIN = (Fragment(" "),)
_LOOKS = {
    Role.PLAIN: "",
    Role.STRONG: "bold",
    Role.EMPHASIS: "italic",
    Role.CODE: "cyan",
    Role.QUIET: "dim",
    Role.SHAPE: "blue",
    Role.UP: "red",
    Role.DOWN: "green",
    Role.NOTE: "yellow",
    Role.ALERT: "bold red",
}


def render(answer: Answer, style: Style) -> str:
    """Return the answer as text, with escape codes only where colour is wanted."""
    sheet = _sheet(style, Notation.of(answer, unicode=style.unicode))
    return _shown(page.lines(answer, sheet), style)


def render_error(error: FinopsError, style: Style) -> str:
    """Return an error as its sentence and its hint."""
    return _shown(page.error_lines(error, _sheet(style, Notation(unicode=style.unicode))), style)


def draft(text: str, style: Style, rows: int) -> list[str]:
    """Return the end of a text that a model is still writing, as much of it as the rows hold."""
    from finops_cli.output import written

    sheet = _sheet(style, Notation(unicode=style.unicode))
    said = wrap([Fragment(_UNCHECKED, Role.QUIET)], sheet.width, sheet.measure)
    found = written.body(Prose(text), sheet)
    return _shown([*said, EMPTY, *found[-max(rows - len(said) - 1, 1) :]], style).splitlines()


def svg(answer: Answer, width: int, title: str) -> str:
    """Return the answer as a picture in SVG, made by Rich's own export.

    Args:
        answer: What to show.
        width: The cells of a line.
        title: What stands in the frame above, such as the command.
    """
    from rich.terminal_theme import TerminalTheme

    sheet = _sheet(Style(width=width), Notation.of(answer))
    console = _console(Style(width=width + 2 * len(_MARGIN)), StringIO(), record=True)
    rows = [row for one in page.lines(answer, sheet) for row in _fitted(one, sheet)]
    _print([_MARGIN + row for row in rows], console)
    return console.export_svg(
        title=sheet.notation.text(title),
        theme=TerminalTheme(picture.PAPER, picture.INK, list(picture.COLOURS)),
        code_format=picture.FRAME,
        font_aspect_ratio=picture.ASPECT,
        unique_id="finops",
    )


def _fitted(one: Line, sheet: Sheet) -> list[Line]:
    """Break what a terminal would wrap by itself: a picture has nothing beyond its edge."""
    if sheet.measure(plain_text(one)) <= sheet.width:
        return [one]
    return wrap(one, sheet.width, sheet.measure, hang=" " * 6)


def _sheet(style: Style, notation: Notation) -> Sheet:
    from rich.cells import cell_len

    return Sheet(max(style.width, 20), notation, cell_len)


def _shown(lines: Iterable[Line], style: Style) -> str:
    if not style.color:
        return "".join(plain_text(line) + "\n" for line in lines)
    written = StringIO()
    _print(lines, _console(style, written, record=False))
    return written.getvalue()


def _console(style: Style, file: StringIO, *, record: bool) -> "Console":
    """Return a console that asks neither the environment nor the terminal anything."""
    from rich.console import Console

    return Console(
        file=file,
        width=style.width,
        height=100,
        color_system="standard",
        force_terminal=True,
        force_jupyter=False,
        legacy_windows=False,
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
        record=record,
    )


def _print(lines: Iterable[Line], console: "Console") -> None:
    from rich.segment import Segment, Segments

    styles = {role: console.get_style(look or "none") for role, look in _LOOKS.items()}
    for line in lines:
        segments = [
            Segment(piece, None if piece.isspace() else styles[fragment.role])
            for fragment in line
            for piece in _GAPS.split(fragment.text)
            if piece
        ]
        console.print(Segments([*segments, Segment.line()]), soft_wrap=True, end="")
