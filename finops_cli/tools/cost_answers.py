"""The words around cost figures: one function for each shape of answer, no sums of its own."""

import shlex
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from finops_cli.analytics.breakdown import (
    Differences,
    Key,
    Layers,
    Ranking,
    layers,
    over_time,
    rank,
    ratio,
    sums,
)
from finops_cli.domain import query as q
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Series,
    Severity,
    Table,
    Value,
)
from finops_cli.domain.frame import COST, DATE, Frame
from finops_cli.domain.period import Period
from finops_cli.domain.query import Granularity
from finops_cli.tools.scope import NO_VALUE
from finops_cli.tools.view import View

REST = "everything else"
_TOP_OF_SUMMARY = 5
_MOST_NAMED = 5


def summary(view: View, frame: Frame, earlier: Period | None) -> Answer:
    """Return the total of a period: how it compares, its layers, its largest services.

    Args:
        view: What was asked.
        frame: Daily costs of the period and of the earlier one, by service and charge category as
            far as the source has them.
        earlier: The period to compare the complete days with, if the source holds it.
    """
    now = _between(frame, view.period)
    figures = [*view.scope, _money("total", now.total(), view), _period("period", view.period)]
    words = f"{_subject(view)} {{total}} on {{period}}"
    if earlier is not None and view.complete is not None:
        then = _between(frame, earlier).total()
        compared = _between(frame, view.complete).total()
        growth = ratio(compared - then, then)
        figures += [_money("before", then, view), _period("earlier", earlier)]
        if growth is not None:
            figures.append(Figure("growth", growth, Kind.GROWTH))
            words += ": {growth} against {earlier} ({before})"
    tables = _service_tables(view, now) + _layer_tables(view, now)
    return Answer(
        title=Sentence(f"{words}.", tuple(figures)),
        provenance=view.provenance(),
        findings=_incomplete(view),
        tables=tables,
        series=(_series("cost per day", over_time(now), view),),
        warnings=view.warnings(),
        next=(_command("cost --by service --compare previous", view), "finops explain"),
    )


def breakdown(view: View, dimensions: Sequence[str], ranking: Ranking, by_layer: Layers) -> Answer:
    """Return the cost of each segment, the largest first, and the rest."""
    total = ranking.total
    figures = [*view.scope, _money("total", total, view), _period("period", view.period)]
    words = f"{_subject(view)} {{total}} on {{period}}"
    if ranking.items and total > 0:
        first = ranking.items[0]
        figures.append(Figure("largest", ", ".join(_shown(v) for v in first.key)))
        figures.append(Figure("share", ratio(first.cost, total), Kind.SHARE))
        words += "; the largest part is {largest} with {share}"
    return Answer(
        title=Sentence(f"{words}.", tuple(figures)),
        provenance=view.provenance(),
        summary=_layer_sentence(view, by_layer),
        findings=_incomplete(view),
        tables=(_ranking_table(view, dimensions, ranking),),
        warnings=view.warnings(),
        next=_next_of_breakdown(view, dimensions, ranking),
    )


def trend(view: View, grain: Granularity, points: dict[date, Decimal]) -> Answer:
    """Return the cost of each day or month and its change on the one before."""
    total = sum(points.values(), Decimal(0))
    rows: list[tuple[Value, ...]] = []
    previous: Decimal | None = None
    for day, cost in points.items():
        change = None if previous is None else cost - previous
        growth = None if previous is None or change is None else ratio(change, previous)
        rows.append((day, cost, change, growth))
        previous = cost
    columns = (
        _date_column(grain),
        Column("cost", Kind.MONEY, view.currency),
        Column("change", Kind.CHANGE, view.currency),
        Column("growth", Kind.GROWTH),
    )
    return Answer(
        title=_trend_title(view, grain, points, total),
        provenance=view.provenance(),
        findings=_incomplete(view),
        tables=(Table(_by(grain), columns, tuple(rows), (None, total, None, None)),),
        series=(_series(f"cost per {_unit(grain)}", points, view),),
        warnings=view.warnings(),
        next=("finops explain", _command("cost --by service --compare previous", view)),
    )


def trend_by(
    view: View, grain: Granularity, dimensions: Sequence[str], frame: Frame, ranking: Ranking
) -> Answer:
    """Return each segment's line over time, the largest segments first, and the rest."""
    shown = {item.key: i for i, item in enumerate(ranking.items)}
    lines: list[dict[date, Decimal]] = [{} for _ in range(len(shown) + 1)]
    days = sorted(set(frame.column(DATE)))
    for line in lines:
        line.update(dict.fromkeys(days, Decimal(0)))
    for day, *key, cost in frame.select(DATE, *dimensions, COST):
        lines[shown.get(tuple(key), len(shown))][day] += cost
    names = [_cells(item.key) for item in ranking.items]
    if ranking.rest_count:
        names.append((REST, *(None,) * (len(dimensions) - 1)))
    points = dict(sorted(over_time(frame).items()))
    return Answer(
        title=_trend_title(view, grain, points, ranking.total),
        provenance=view.provenance(),
        findings=_incomplete(view),
        tables=(
            _line_points(view, grain, dimensions, names, lines, days),
            _line_totals(view, dimensions, ranking, lines, days),
        ),
        series=tuple(
            _series(", ".join(str(v) for v in name if v), line, view)
            for name, line in zip(names, lines, strict=False)
        ),
        warnings=view.warnings(),
        next=("finops explain",),
    )


def compare(
    view: View, window: Period, earlier: Period, dimensions: Sequence[str], found: Differences
) -> Answer:
    """Return two periods side by side, the segments that changed most first."""
    growth = ratio(found.total.change, found.total.before)
    figures = [
        *view.scope,
        _money("now", found.total.now, view),
        _period("period", window),
        _money("before", found.total.before, view),
        _period("earlier", earlier),
        Figure("change", found.total.change, Kind.CHANGE, view.currency),
        Figure("growth", growth, Kind.GROWTH),
    ]
    words = f"{_subject(view)} {{now}} on {{period}}, {{change}}"
    words += " ({growth})" if growth is not None else ""
    words += " against {earlier} ({before})."
    columns = (
        *(Column(_column_name(d), Kind.TEXT) for d in dimensions),
        Column("before", Kind.MONEY, view.currency),
        Column("now", Kind.MONEY, view.currency),
        Column("change", Kind.CHANGE, view.currency),
        Column("growth", Kind.GROWTH),
        Column("note", Kind.TEXT),
    )
    rows: list[tuple[Value, ...]] = [
        (
            *_cells(d.key),
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
        rows.append((REST, *blank, rest.before, rest.now, rest.change, None, None))
    whole = found.total
    total = (None, *blank, whole.before, whole.now, whole.change, growth, None)
    return Answer(
        title=Sentence(words, tuple(figures)),
        provenance=view.provenance(),
        summary=_per_day(view, window, earlier, found),
        findings=(*_arrivals(found), *_incomplete(view)),
        tables=(
            Table("What changed", columns, tuple(rows), total, rest=int(found.rest_count > 0)),
        ),
        warnings=view.warnings(),
        next=_next_of_compare(view, window, earlier, dimensions, found),
    )


def _subject(view: View) -> str:
    names = ", ".join(f"{{{figure.name}}}" for figure in view.scope)
    return f"{names} cost" if names else "The bill is"


def _money(name: str, value: Decimal, view: View) -> Figure:
    return Figure(name, value, Kind.MONEY, view.currency)


def _period(name: str, value: Period) -> Figure:
    return Figure(name, value, Kind.PERIOD)


def _shown(value: str | None) -> str:
    return NO_VALUE if value is None else value


def _cells(key: Key) -> tuple[Value, ...]:
    return tuple(_shown(value) for value in key)


def _column_name(dimension: str) -> str:
    return dimension


def _between(frame: Frame, period: Period) -> Frame:
    return Frame(frame.columns, tuple(row for row in frame.rows if row[0] in period))


def _ranking_table(view: View, dimensions: Sequence[str], ranking: Ranking) -> Table:
    total = ranking.total
    names = view.source.names(q.ACCOUNT) if q.ACCOUNT in dimensions else {}
    heads = [Column(_column_name(d), Kind.TEXT) for d in dimensions]
    if names:
        heads.append(Column("account_name", Kind.TEXT))
    columns = (*heads, Column("cost", Kind.MONEY, view.currency), Column("share", Kind.SHARE))
    rows: list[tuple[Value, ...]] = []
    for item in ranking.items:
        called = [names.get(item.key[dimensions.index(q.ACCOUNT)] or "")] if names else []
        rows.append((*_cells(item.key), *called, item.cost, ratio(item.cost, total)))
    blank = (None,) * (len(heads) - 1)
    if ranking.rest_count:
        rows.append((REST, *blank, ranking.rest, ratio(ranking.rest, total)))
    whole = (None, *blank, total, Decimal(1) if total else None)
    name = "By " + " and ".join(d.replace("_", " ") for d in dimensions)
    return Table(name, columns, tuple(rows), whole, rest=int(ranking.rest_count > 0))


def _service_tables(view: View, now: Frame) -> tuple[Table, ...]:
    if q.SERVICE not in now.columns:
        return ()
    ranking = rank(sums(now, (q.SERVICE,)), _TOP_OF_SUMMARY)
    return (_ranking_table(view, (q.SERVICE,), ranking),)


def _layer_tables(view: View, now: Frame) -> tuple[Table, ...]:
    if q.CHARGE_CATEGORY not in now.columns:
        return ()
    found = layers(sums(now, (q.CHARGE_CATEGORY,)))
    if not found.are_distinct:
        return ()
    columns = (Column("layer", Kind.TEXT), Column("cost", Kind.MONEY, view.currency))
    rows = (("charges (gross)", found.gross), *((n, c) for n, c in _taken(found) if c))
    return (Table("From gross to net", columns, rows, (None, found.net)),)


def _taken(found: Layers) -> tuple[tuple[str, Decimal], ...]:
    return (
        ("credits", found.credits),
        ("refunds", found.refunds),
        ("adjustments", found.adjustments),
        ("tax", found.tax),
    )


def _layer_sentence(view: View, found: Layers) -> tuple[Sentence, ...]:
    if not found.are_distinct:
        return ()
    taken = [(name, cost) for name, cost in _taken(found) if cost]
    words = ", ".join(f"{name} {{{name}}}" for name, _ in taken)
    figures = (
        _money("gross", found.gross, view),
        *(Figure(name, cost, Kind.CHANGE, view.currency) for name, cost in taken),
    )
    return (Sentence(f"Of this, charges {{gross}}; {words}.", figures),)


def _incomplete(view: View) -> tuple[Finding, ...]:
    until = view.source.calendar().complete_until
    if view.period.end <= until or view.source.coverage().end <= until:
        return ()
    text = Sentence("Days from {day} on are not complete yet.", (Figure("day", until, Kind.DATE),))
    return (Finding(Severity.INFO, text),)


def _series(name: str, points: dict[date, Decimal], view: View) -> Series:
    return Series(name, Kind.MONEY, view.currency, tuple(points.items()))


def _unit(grain: Granularity) -> str:
    return "day" if grain is Granularity.DAILY else "month"


def _by(grain: Granularity) -> str:
    return f"By {_unit(grain)}"


def _date_column(grain: Granularity) -> Column:
    daily = grain is Granularity.DAILY
    return Column("date" if daily else "month", Kind.DATE if daily else Kind.MONTH)


def _trend_title(
    view: View, grain: Granularity, points: dict[date, Decimal], total: Decimal
) -> Sentence:
    kind = Kind.DATE if grain is Granularity.DAILY else Kind.MONTH
    figures = [*view.scope, _money("total", total, view), _period("period", view.period)]
    words = f"{_subject(view)} {{total}} on {{period}}"
    if len(points) > 1:
        days, costs = list(points), list(points.values())
        figures += [
            _money("first", costs[0], view),
            Figure("from", days[0], kind),
            _money("last", costs[-1], view),
            Figure("to", days[-1], kind),
        ]
        words += ": from {first} in {from} to {last} in {to}"
        if grain is Granularity.DAILY:
            words = words.replace(" in {", " on {")
        growth = ratio(costs[-1] - costs[0], costs[0])
        if growth is not None:
            figures.append(Figure("growth", growth, Kind.GROWTH))
            words += ", {growth}"
    return Sentence(f"{words}.", tuple(figures))


def _line_points(
    view: View,
    grain: Granularity,
    dimensions: Sequence[str],
    names: Sequence[tuple[Value, ...]],
    lines: Sequence[dict[date, Decimal]],
    days: Sequence[date],
) -> Table:
    columns = (
        _date_column(grain),
        *(Column(_column_name(d), Kind.TEXT) for d in dimensions),
        Column("cost", Kind.MONEY, view.currency),
    )
    rows = tuple(
        (day, *name, line[day]) for day in days for name, line in zip(names, lines, strict=False)
    )
    total = sum((row[-1] for row in rows), Decimal(0))
    whole = (*(None,) * (1 + len(dimensions)), total)
    return Table(f"{_by(grain)} and segment", columns, rows, whole, detail=True)


def _line_totals(
    view: View,
    dimensions: Sequence[str],
    ranking: Ranking,
    lines: Sequence[dict[date, Decimal]],
    days: Sequence[date],
) -> Table:
    table = _ranking_table(view, dimensions, ranking)
    first, last = (
        Column("first", Kind.MONEY, view.currency),
        Column("last", Kind.MONEY, view.currency),
    )
    rows = tuple(
        (*row, line[days[0]], line[days[-1]]) for row, line in zip(table.rows, lines, strict=False)
    )
    ends = tuple(sum((line[day] for line in lines), Decimal(0)) for day in (days[0], days[-1]))
    total = (*(table.total or ()), *ends)
    return Table(table.name, (*table.columns, first, last), rows, total, rest=table.rest)


def _note(before: Decimal, now: Decimal) -> str | None:
    if not before and now:
        return "new"
    return "gone" if before and not now else None


def _arrivals(found: Differences) -> tuple[Finding, ...]:
    findings = []
    for word, text in (("new", "New: {names}."), ("gone", "Gone: {names}.")):
        keys = [d.key for d in found.items if _note(d.before, d.now) == word]
        named = [", ".join(_shown(v) for v in key) for key in keys[:_MOST_NAMED]]
        if named:
            more = f" and {len(keys) - len(named)} more" if len(keys) > len(named) else ""
            figure = Figure("names", "; ".join(named) + more)
            findings.append(Finding(Severity.NOTICE, Sentence(text, (figure,))))
    return tuple(findings)


def _per_day(
    view: View, window: Period, earlier: Period, found: Differences
) -> tuple[Sentence, ...]:
    if window.days == earlier.days or (window.is_whole_months() and earlier.is_whole_months()):
        return ()
    now, before = found.total.now / window.days, found.total.before / earlier.days
    figures = (
        _money("per_day", now, view),
        _money("before_per_day", before, view),
        Figure("growth", ratio(now - before, before), Kind.GROWTH),
        Figure("days", window.days, Kind.COUNT),
        Figure("before_days", earlier.days, Kind.COUNT),
    )
    words = (
        "The periods differ in length ({days} and {before_days} days): per day it is {per_day} "
        "against {before_per_day}, {growth}."
    )
    return (Sentence(words, figures),)


def _command(words: str, view: View) -> str:
    filters = [
        f"--filter {shlex.quote(_filter_text(f))}" for f in view.filters if None not in f.values
    ]
    return " ".join(["finops", words, *filters])


def _filter_text(wanted: q.Filter) -> str:
    sign = "!=" if wanted.exclude else "="
    return f"{wanted.dimension}{sign}{','.join(v or NO_VALUE for v in wanted.values)}"


def _next_of_breakdown(view: View, dimensions: Sequence[str], ranking: Ranking) -> tuple[str, ...]:
    if not ranking.items or ranking.items[0].key[0] is None:
        return ()
    narrowed = f"{dimensions[0]}={ranking.items[0].key[0]}"
    deeper = q.USAGE_TYPE if dimensions[0] != q.USAGE_TYPE else q.RESOURCE
    if deeper not in view.source.dimensions():
        return ()
    words = f"cost --by {deeper.replace('_', '-')} --filter {shlex.quote(narrowed)}"
    return (_command(words, view),)


def _next_of_compare(
    view: View, window: Period, earlier: Period, dimensions: Sequence[str], found: Differences
) -> tuple[str, ...]:
    if not found.items or found.items[0].key[0] is None:
        return ()
    target = shlex.quote(f"{dimensions[0]}={found.items[0].key[0]}")
    return (f"finops explain {target} --period {window} --baseline {earlier}",)
