"""How a cost went over time, in all or segment by segment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finops_cli.analytics.breakdown import Ranking, growth, over_time
from finops_cli.domain.answer import Answer, Column, Figure, Kind, Sentence, Table, Value
from finops_cli.domain.frame import COST, DATE, Frame
from finops_cli.domain.query import Granularity
from finops_cli.tools.answers.parts import (
    REST,
    cells,
    date_column,
    heading,
    incomplete,
    line,
    money,
    narrowed,
    span,
    subject,
    unit,
)
from finops_cli.tools.answers.spend import ranking_table
from finops_cli.tools.view import View


def trend(view: View, grain: Granularity, points: dict[date, Decimal]) -> Answer:
    """Return the cost of each day or month and its change on the one before."""
    total = sum(points.values(), Decimal(0))
    rows: list[tuple[Value, ...]] = []
    previous: Decimal | None = None
    for day, cost in points.items():
        change = None if previous is None else cost - previous
        rise = None if previous is None or change is None else growth(change, previous)
        rows.append((day, cost, change, rise))
        previous = cost
    columns = (
        date_column(grain),
        Column("cost", Kind.MONEY, view.currency),
        Column("change", Kind.CHANGE, view.currency),
        Column("growth", Kind.GROWTH),
    )
    return Answer(
        title=_trend_title(view, grain, points, total),
        provenance=view.provenance(),
        findings=incomplete(view),
        tables=(Table(heading(grain), columns, tuple(rows), (None, total, None, None)),),
        series=(line(f"cost per {unit(grain)}", points, view),),
        warnings=view.warnings(),
        next=(
            narrowed(view, "explain"),
            narrowed(view, "cost", "--compare", "previous"),
        ),
    )


def trend_by(
    view: View, grain: Granularity, dimensions: Sequence[str], frame: Frame, ranking: Ranking
) -> Answer:
    """Return each segment's line over time, the largest segments first, and the rest."""
    lines = _lines(dimensions, frame, ranking)
    columns = (date_column(grain), *(Column(d, Kind.TEXT) for d in dimensions))
    return Answer(
        title=_trend_title(view, grain, over_time(frame), ranking.total),
        provenance=view.provenance(),
        findings=incomplete(view),
        tables=(
            _points_table(view, (*columns, Column("cost", Kind.MONEY, view.currency)), lines),
            _totals_table(view, dimensions, ranking, lines),
        ),
        series=tuple(
            line(", ".join(str(v) for v in each.name if v), each.points, view) for each in lines
        ),
        warnings=view.warnings(),
        next=(narrowed(view, "explain"),),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One segment over time; ``name`` holds one cell a dimension."""

    name: tuple[Value, ...]
    points: dict[date, Decimal]


def _lines(dimensions: Sequence[str], frame: Frame, ranking: Ranking) -> list[_Line]:
    """Return a line for each ranked segment, and one for the rest if there is one."""
    days = sorted(set(frame.column(DATE)))
    names = [cells(item.key) for item in ranking.items]
    if ranking.rest_count:
        names.append((REST, *(None,) * (len(dimensions) - 1)))
    lines = [_Line(name, dict.fromkeys(days, Decimal(0))) for name in names]
    at = {item.key: i for i, item in enumerate(ranking.items)}
    for day, *key, cost in frame.select(DATE, *dimensions, COST):
        lines[at.get(tuple(key), -1)].points[day] += cost
    return lines


def _trend_title(
    view: View, grain: Granularity, points: dict[date, Decimal], total: Decimal
) -> Sentence:
    who = subject(view)
    kind = Kind.DATE if grain is Granularity.DAILY else Kind.MONTH
    figures = [*who.figures, money("total", total, view), span("period", view.period)]
    words = f"{who.words} {{total}} for {{period}}"
    if len(points) > 1:
        days, costs = list(points), list(points.values())
        figures += [
            money("first", costs[0], view),
            Figure("from", days[0], kind),
            money("last", costs[-1], view),
            Figure("to", days[-1], kind),
        ]
        words += ": from {first} in {from} to {last} in {to}"
        if grain is Granularity.DAILY:
            words = words.replace(" in {", " on {")
        rise = growth(costs[-1] - costs[0], costs[0])
        if rise is not None:
            figures.append(Figure("growth", rise, Kind.GROWTH))
            words += ", {growth}"
    return Sentence(f"{words}.", tuple(figures))


def _points_table(view: View, columns: tuple[Column, ...], lines: Sequence[_Line]) -> Table:
    """Return every point of every line, for machines: a person reads the lines themselves."""
    rows = tuple((day, *each.name, each.points[day]) for day in lines[0].points for each in lines)
    whole = sum((cost for each in lines for cost in each.points.values()), Decimal(0))
    total = (*(None,) * (len(columns) - 1), whole)
    return Table("Points", columns, rows, total, detail=True)


def _totals_table(
    view: View, dimensions: Sequence[str], ranking: Ranking, lines: Sequence[_Line]
) -> Table:
    table = ranking_table(view, dimensions, ranking)
    ends = (min(lines[0].points), max(lines[0].points))
    heads = tuple(Column(name, Kind.MONEY, view.currency) for name in ("first", "last"))
    rows = tuple(
        (*row, *(each.points[day] for day in ends))
        for row, each in zip(table.rows, lines, strict=True)
    )
    sums = (sum((each.points[day] for each in lines), Decimal(0)) for day in ends)
    total = (*(table.total or ()), *sums)
    return replace(table, columns=(*table.columns, *heads), rows=rows, total=total)
