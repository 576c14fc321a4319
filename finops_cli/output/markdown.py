"""An answer as GitHub markdown: for a pipe, the summary of a CI job, or a chat message.

It has to read well twice, as source in a terminal and rendered on a page, so tables are filled up
to equal widths and nothing is escaped that need not be.
"""

from collections.abc import Iterable, Iterator
from unicodedata import combining, east_asian_width

from finops_cli.domain.answer import Answer, Series, Severity, Table
from finops_cli.errors import FinopsError
from finops_cli.output import escape, months, origin, prose, sections, series
from finops_cli.output.grid import Strip, by_time, shown, strips
from finops_cli.output.notation import Notation
from finops_cli.output.style import Style

_SPARK = 60
_WORDS = {
    Severity.INFO: "",
    Severity.NOTICE: "**Notice:** ",
    Severity.WARNING: "**Warning:** ",
    Severity.CRITICAL: "**Critical:** ",
}


def render(answer: Answer, style: Style) -> str:
    """Return the answer as markdown."""
    notation = Notation.of(answer, unicode=style.unicode)
    blocks = [block for block in _blocks(answer, notation) if block]
    return "\n\n".join(blocks) + "\n"


def render_error(error: FinopsError, style: Style) -> str:
    """Return an error as a paragraph, its hint as another."""
    notation = Notation(unicode=style.unicode)
    lines = [f"**Error:** {_said(error.message, notation)}"]
    lines += [_said(hint, notation) for hint in error.hint.splitlines() if hint.strip()]
    return "\n\n".join(lines) + "\n"


def _blocks(answer: Answer, notation: Notation) -> Iterator[str]:
    yield f"**{_headline(answer, notation)}**"
    yield from _summary(answer, notation)
    if answer.prose:
        from finops_cli.output import written

        yield written.markdown(answer.prose, answer.provenance.model, notation)
        yield _warnings(filter(None, [written.warning(answer.prose)]), notation)
    yield from _evidence(answer, notation)
    for part in sections.of(answer):
        yield from _section(part, answer, Notation.of(part, unicode=notation.unicode))
    yield "---" if answer.parts else ""
    yield _told(origin.parts(answer.provenance, notation), notation)


def _section(part: Answer, whole: Answer, notation: Notation) -> Iterator[str]:
    yield f"### {_headline(part, notation)}"
    yield from _summary(part, notation)
    yield from _evidence(part, notation)
    yield _told(sections.basis(part, whole, notation), notation)


def _summary(answer: Answer, notation: Notation) -> Iterator[str]:
    for sentence in answer.summary:
        yield prose.markdown(sentence, notation)


def _evidence(answer: Answer, notation: Notation) -> Iterator[str]:
    yield from _series(answer, notation)
    tables = shown(answer)
    for table in tables:
        caption = len(tables) > 1
        yield f"**{escape.markdown(notation.label(table.name))}**" if caption else ""
        yield "\n".join(_table(table, notation))
    yield "\n".join(
        f"- {_WORDS[finding.severity]}{prose.markdown(finding.text, notation)}"
        for finding in answer.findings
    )
    yield _warnings(answer.warnings, notation)
    yield _commands([notation.text(command) for command in answer.next])


def _warnings(warnings: Iterable[str], notation: Notation) -> str:
    return "\n>\n".join(f"> **Note:** {_said(text, notation)}" for text in warnings)


def _headline(answer: Answer, notation: Notation) -> str:
    """Return the title, which is set off as a whole: its strong words need no marks."""
    return prose.markdown(answer.title, notation).replace("**", "")


def _told(parts: list[str], notation: Notation) -> str:
    text = escape.markdown_value(notation.glyph(" · ", " - ").join(parts))
    return f"*{text}*" if text else ""


def _said(text: str, notation: Notation) -> str:
    return escape.markdown_block(escape.markdown_value(notation.text(text)))


def _commands(commands: list[str]) -> str:
    spans = [escape.markdown_code(command) for command in commands]
    return f"Next: {spans[0]}" if len(spans) == 1 else "\n".join(_listed("Next:", spans))


def _listed(head: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"{head}\n"
        yield from (f"- {item}" for item in items)


def _series(answer: Answer, notation: Notation) -> Iterator[str]:
    """Yield the shapes of the series, then the months of short ones that no table lists."""
    drawn = [one for one in answer.series if one.points and not one.detail]
    yield "  \n".join(_shape(one, notation) for one in drawn)
    for one in [] if by_time(answer) else filter(months.is_short, drawn):
        yield "\n".join(_table(months.as_table(one), notation))


def _shape(one: Series, notation: Notation) -> str:
    """Return a series as one line: its sparkline, its days and its marks."""
    first, last = series.ends(one, notation)
    drawn, size = series.shape(one, _SPARK)
    told = [f"{first} {notation.dash} {last}", *series.marks(one, notation)]
    told += filter(None, [series.bin_note(one, size)])
    label = escape.markdown(notation.label(one.name))
    line = f"{label}: {', '.join(map(escape.markdown_value, told))}"
    return f"`{drawn}` {line}" if notation.unicode else line


def _table(table: Table, notation: Notation) -> Iterator[str]:
    columns = strips(table, notation)
    cells = [_column(strip, bool(table.total)) for strip in columns]
    for row in zip(*cells, strict=True):
        yield f"| {' | '.join(row)} |"


def _column(strip: Strip, totalled: bool) -> list[str]:
    texts = [_cell(strip.heading, strip), *(_cell(text, strip) for text in strip.cells)]
    if totalled:
        texts.append(f"**{_cell(strip.total.strip(), strip)}**" if strip.total.strip() else "")
    # Prose is not filled up: one long sentence would make every other line as long.
    filling = texts[:1] if strip.column.prose else texts
    width = max(3, *map(_cells_wide, filling))
    filled = [_filled(text, width, strip.is_number) for text in texts]
    rule = "-" * (width - 1) + ":" if strip.is_number else "-" * width
    return [filled[0], rule, *filled[1:]]


def _cell(text: str, strip: Strip) -> str:
    return escape.markdown_cell(escape.markdown_value(text, strip.column.kind))


def _filled(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _cells_wide(text))
    return gap + text if right else text + gap


def _cells_wide(text: str) -> int:
    """Return about how many cells a text takes; Rich, which knows exactly, stays unloaded here."""
    wide = sum(east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(bool(combining(sign)) for sign in text)
