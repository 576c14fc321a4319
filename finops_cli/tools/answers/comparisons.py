"""Two periods side by side, the segments that changed most first."""

import shlex
from collections.abc import Sequence
from decimal import Decimal

from finops_cli.analytics.breakdown import Differences, ratio
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
from finops_cli.tools.answers.parts import (
    REST,
    cells,
    command,
    incomplete,
    money,
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
    growth = ratio(found.total.change, found.total.before)
    figures = [
        *view.scope,
        money("now", found.total.now, view),
        span("period", window),
        money("before", found.total.before, view),
        span("earlier", earlier),
        Figure("change", found.total.change, Kind.CHANGE, view.currency),
        Figure("growth", growth, Kind.GROWTH),
    ]
    words = f"{subject(view)} {{now}} for {{period}}, {{change}}"
    words += " ({growth})" if growth is not None else ""
    words += " against {earlier} ({before})."
    columns = (
        *(Column(d, Kind.TEXT) for d in dimensions),
        Column("before", Kind.MONEY, view.currency),
        Column("now", Kind.MONEY, view.currency),
        Column("change", Kind.CHANGE, view.currency),
        Column("growth", Kind.GROWTH),
        Column("note", Kind.TEXT),
    )
    rows: list[tuple[Value, ...]] = [
        (
            *cells(d.key),
            d.before,
            d.now,
            d.change,
            ratio(d.change, d.before),
            _note(d.before, d.now),
        )
        for d in found.items
    ]
    blank = (None,) * (len(dimensions) - 1)
    if found.rest_count:
        rest = found.rest
        rows.append(
            (
                REST,
                *blank,
                rest.before,
                rest.now,
                rest.change,
                ratio(rest.change, rest.before),
                None,
            )
        )
    whole = found.total
    total = (None, *blank, whole.before, whole.now, whole.change, growth, None)
    return Answer(
        title=Sentence(words, tuple(figures)),
        provenance=view.provenance(),
        summary=_per_day(view, window, earlier, found),
        findings=(*_arrivals(found), *incomplete(view)),
        tables=(
            Table("What changed", columns, tuple(rows), total, rest=int(found.rest_count > 0)),
        ),
        warnings=view.warnings(),
        next=_next(view, window, earlier, dimensions, found),
    )


def _per_day(
    view: View, window: Period, earlier: Period, found: Differences
) -> tuple[Sentence, ...]:
    if window.days == earlier.days or (window.is_whole_months() and earlier.is_whole_months()):
        return ()
    now, before = found.total.now / window.days, found.total.before / earlier.days
    figures = (
        money("per_day", now, view),
        money("before_per_day", before, view),
        Figure("growth", ratio(now - before, before), Kind.GROWTH),
        Figure("days", window.days, Kind.COUNT),
        Figure("before_days", earlier.days, Kind.COUNT),
    )
    words = (
        "The periods differ in length ({days} and {before_days} days): per day it is {per_day} "
        "against {before_per_day}, {growth}."
    )
    return (Sentence(words, figures),)


def _arrivals(found: Differences) -> tuple[Finding, ...]:
    findings = []
    for word, text in (("new", "New: {names}."), ("gone", "Gone: {names}.")):
        keys = [d.key for d in found.items if _note(d.before, d.now) == word]
        named = [", ".join(shown(v) for v in key) for key in keys[:_MOST_NAMED]]
        if named:
            more = f" and {len(keys) - len(named)} more" if len(keys) > len(named) else ""
            figure = Figure("names", "; ".join(named) + more)
            findings.append(Finding(Severity.NOTICE, Sentence(text, (figure,))))
    return tuple(findings)


def _note(before: Decimal, now: Decimal) -> str | None:
    if not before and now:
        return "new"
    return "gone" if before and not now else None


def _next(
    view: View, window: Period, earlier: Period, dimensions: Sequence[str], found: Differences
) -> tuple[str, ...]:
    if not found.items or found.items[0].key[0] is None:
        return ()
    target = shlex.quote(f"{dimensions[0]}={found.items[0].key[0]}")
    return (command(f"explain {target} --period {window} --baseline {earlier}", view),)
