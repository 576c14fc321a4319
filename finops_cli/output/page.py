"""An answer as lines for the terminal: the headline, the evidence, what to do next, the origin.

A report's parts follow its own evidence, each a section below a rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from finops_cli.domain.answer import Answer, Kind, Sentence, Severity, Table
from finops_cli.errors import FinopsError
from finops_cli.output import chart, line, origin, prose, sections, series, table
from finops_cli.output.grid import by_time, shown
from finops_cli.output.line import EMPTY, Fragment, Line, Role
from finops_cli.output.notation import Notation
from finops_cli.output.sheet import INDENT, Sheet

_GLYPHS = {
    Severity.INFO: ("·", "-"),
    Severity.NOTICE: ("•", "*"),
    Severity.WARNING: ("!", "!"),
    Severity.CRITICAL: ("!!", "!!"),
}
_ROLES = {
    Severity.INFO: Role.QUIET,
    Severity.NOTICE: Role.STRONG,
    Severity.WARNING: Role.NOTE,
    Severity.CRITICAL: Role.ALERT,
}
_BREAKABLE = 24


def lines(answer: Answer, sheet: Sheet) -> list[Line]:
    """Return the whole answer, its blocks set apart by an empty line."""
    found: list[Line] = []
    for block in _blocks(answer, sheet):
        if block:
            found += [EMPTY, *block] if found else block
    return found


def error_lines(error: FinopsError, sheet: Sheet) -> list[Line]:
    """Return an error as its sentence and, below, its hint."""
    notation = sheet.notation
    said = [Fragment("Error:", Role.ALERT), Fragment(" " + notation.text(error.message))]
    hints = [[Fragment(notation.text(hint))] for hint in error.hint.splitlines()]
    return [found for words in [said, *hints] for found in _wrapped(words, sheet)]


def _blocks(answer: Answer, sheet: Sheet) -> Iterator[list[Line]]:
    yield _headline(answer, sheet)
    yield _summary(answer, sheet)
    if answer.prose:
        from finops_cli.output import written

        yield written.lines(answer.prose, answer.provenance.model, sheet)
        yield list(_warnings(filter(None, [written.warning(answer.prose)]), sheet))
    yield from _evidence(answer, sheet)
    for part in sections.of(answer):
        yield from _section(part, answer, sheet)
    told = _told(origin.parts(answer.provenance, sheet.notation), sheet)
    yield [_rule(sheet), *told] if answer.parts else told


def _section(part: Answer, whole: Answer, sheet: Sheet) -> Iterator[list[Line]]:
    sheet = replace(sheet, notation=Notation.of(part, unicode=sheet.notation.unicode))
    yield [_rule(sheet), *_headline(part, sheet)]
    yield _summary(part, sheet)
    yield from _evidence(part, sheet)
    yield _told(sections.basis(part, whole, sheet.notation), sheet)


def _rule(sheet: Sheet) -> Line:
    return (Fragment(sheet.notation.glyph("─", "-") * sheet.width, Role.QUIET),)


def _headline(answer: Answer, sheet: Sheet) -> list[Line]:
    return _wrapped(_fragments(answer.title, sheet, Role.STRONG), sheet)


def _summary(answer: Answer, sheet: Sheet) -> list[Line]:
    return [found for one in answer.summary for found in _wrapped(_fragments(one, sheet), sheet)]


def _evidence(answer: Answer, sheet: Sheet) -> Iterator[list[Line]]:
    yield from _series(answer, sheet)
    tables = shown(answer)
    for each in tables:
        named = len(tables) > 1
        yield [*(_caption(each, sheet) if named else []), *table.lines(each, sheet)]
    yield list(_findings(answer, sheet))
    yield list(_warnings(answer.warnings, sheet))
    yield list(_next(answer.next, sheet))


def _series(answer: Answer, sheet: Sheet) -> Iterator[list[Line]]:
    drawn = [one for one in answer.series if one.points and not one.detail]
    charts = [chart.lines(*pair, sheet) for pair in chart.charted(answer)]
    if charts and all(charts):
        yield from charts
        return
    days = {tuple(day for day, _ in one.points) for one in drawn}
    if len(drawn) > 1 and len(days) == 1:
        yield series.together(drawn, sheet)
        return
    repeated = by_time(answer)
    for one in drawn:
        yield series.lines(one, sheet, repeated=repeated)


def _wrapped(fragments: Iterable[Fragment], sheet: Sheet, hang: str = "") -> list[Line]:
    return line.wrap(fragments, sheet.width, sheet.measure, hang=hang)


def _fragments(sentence: Sentence, sheet: Sheet, role: Role = Role.PLAIN) -> Iterator[Fragment]:
    for span in prose.spans(sentence, sheet.notation):
        own = Role.CODE if span.code else Role.STRONG if span.strong else role
        is_figure = span.figure is not None and span.figure.kind is not Kind.TEXT
        yield Fragment(span.text, own, whole=is_figure and len(span.text) <= _BREAKABLE)


def _caption(one: Table, sheet: Sheet) -> list[Line]:
    return [(Fragment(INDENT), Fragment(sheet.notation.label(one.name), Role.STRONG))]


def _findings(answer: Answer, sheet: Sheet) -> Iterator[Line]:
    for finding in answer.findings:
        glyph = sheet.notation.glyph(*_GLYPHS[finding.severity])
        mark = Fragment(INDENT + glyph.ljust(2), _ROLES[finding.severity], whole=True)
        words = [mark, Fragment(" "), *_fragments(finding.text, sheet)]
        yield from _wrapped(words, sheet, hang=" " * 5)


def _warnings(warnings: Iterable[str], sheet: Sheet) -> Iterator[Line]:
    for warning in warnings:
        text = f"Note: {sheet.notation.text(warning)}"
        yield from _wrapped([Fragment(text, Role.NOTE)], sheet, hang=" " * 6)


def _next(commands: Iterable[str], sheet: Sheet) -> Iterator[Line]:
    """Yield commands unbroken, whatever the width: they are there to be copied."""
    for at, command in enumerate(commands):
        head = Fragment("      " if at else "Next: ", Role.QUIET)
        yield (head, Fragment(sheet.notation.text(command), Role.CODE))


def _told(parts: Iterable[str], sheet: Sheet) -> list[Line]:
    """Return short facts on one quiet line, or on as many as it takes."""
    dot = sheet.notation.glyph("·", "-")
    words: list[Fragment] = []
    for at, part in enumerate(parts):
        text = sheet.cropped(part, sheet.width - 2)
        words += [Fragment(f" {dot} " if at else "", Role.QUIET), Fragment(text, Role.QUIET, True)]
    return _wrapped([word for word in words if word.text], sheet)
