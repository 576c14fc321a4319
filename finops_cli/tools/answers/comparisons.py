"""Two periods side by side, the segments that changed most first.

Where the periods differ in length the headline compares a day with a day: half a month always
"costs less" than a whole one.
"""

from collections.abc import Sequence

from finops_cli.analytics.breakdown import Difference, Differences, Key, growth
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Severity,
    Table,
    Value,
)
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.tools.answers.parts import (
    REST,
    cells,
    incomplete,
    money,
    narrowed,
    shown,
    span,
    subject,
)
from finops_cli.tools.view import View

_MOST_NAMED = 5


def compare(
    view: View, window: Period, earlier: Period, dimensions: Sequence[str], found: Differences
) -> Answer:
    """Return two periods side by side, the segments that changed most first."""
    alike = window.days == earlier.days or (window.is_whole_months() and earlier.is_whole_months())
    title = _whole_title if alike else _daily_title
    return Answer(
        title=title(view, window, earlier, found.total),
        provenance=view.provenance(),
        findings=(
            *_named("New: {names}.", found.new),
            *_named("Gone: {names}.", found.gone),
            *incomplete(view),
        ),
        tables=(_table(view, dimensions, found),),
        warnings=view.warnings(),
        next=_next(view, window, earlier, dimensions, found),
    )


def _figures(view: View, window: Period, earlier: Period, total: Difference) -> tuple[Figure, ...]:
    return (
        *subject(view).figures,
        money("now", total.now, view),
        span("period", window),
        money("before", total.before, view),
        span("earlier", earlier),
        Figure("change", total.change, Kind.CHANGE, view.currency),
        Figure("growth", growth(total.change, total.before), Kind.GROWTH),
    )


def _whole_title(view: View, window: Period, earlier: Period, total: Difference) -> Sentence:
    figures = _figures(view, window, earlier, total)
    rise = " ({growth})" if figures[-1].value is not None else ""
    words = f"{subject(view).words} {{now}} for {{period}}, {{change}}{rise} against {{earlier}}"
    return Sentence(f"{words} ({{before}}).", figures)


def _daily_title(view: View, window: Period, earlier: Period, total: Difference) -> Sentence:
    now, before = total.now / window.days, total.before / earlier.days
    rise = growth(now - before, before)
    figures = (
        *_figures(view, window, earlier, total),
        money("per_day", now, view),
        money("before_per_day", before, view),
        Figure("growth_per_day", rise, Kind.GROWTH),
    )
    words = (
        f"{subject(view).words} {{now}} for {{period}}: {{per_day}} a day against "
        "{before_per_day} a day in {earlier}"
    )
    return Sentence(f"{words}, {{growth_per_day}}." if rise is not None else f"{words}.", figures)


def _table(view: View, dimensions: Sequence[str], found: Differences) -> Table:
    columns = (
        *(Column(d, Kind.TEXT) for d in dimensions),
        Column("before", Kind.MONEY, view.currency),
        Column("now", Kind.MONEY, view.currency),
        Column("change", Kind.CHANGE, view.currency),
        Column("growth", Kind.GROWTH),
        Column("note", Kind.TEXT, detail=not (found.new or found.gone)),
    )
    notes = {**dict.fromkeys(found.new, "new"), **dict.fromkeys(found.gone, "gone")}
    blank = (None,) * (len(dimensions) - 1)
    rows = [(*cells(d.key), *_amounts(d), notes.get(d.key)) for d in found.items]
    if found.rest_count:
        rows.append((REST, *blank, *_amounts(found.rest), None))
    total = (None, *blank, *_amounts(found.total), None)
    return Table("What changed", columns, tuple(rows), total, rest=int(found.rest_count > 0))


def _amounts(of: Difference) -> tuple[Value, ...]:
    return (of.before, of.now, of.change, growth(of.change, of.before))


def _named(words: str, keys: Sequence[Key]) -> tuple[Finding, ...]:
    if not keys:
        return ()
    names = "; ".join(", ".join(shown(v) for v in key) for key in keys[:_MOST_NAMED])
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    figure = Figure("names", names + more)
    return (Finding(Severity.NOTICE, Sentence(words, (figure,))),)


def _next(
    view: View, window: Period, earlier: Period, dimensions: Sequence[str], found: Differences
) -> tuple[str, ...]:
    """Return the command that explains the segment that changed most."""
    if not found.items or None in found.items[0].key:
        return ()
    pairs = zip(dimensions, found.items[0].key, strict=True)
    moved = [Filter(dimension, (value,)) for dimension, value in pairs]
    words = ("explain", "--period", str(window), "--baseline", str(earlier))
    return (narrowed(view, *words, more=moved),)
