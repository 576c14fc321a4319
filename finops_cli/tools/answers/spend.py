"""What was spent in a period: its total, its layers from gross to net, its largest parts."""

from collections.abc import Sequence
from decimal import Decimal

from finops_cli.analytics.breakdown import (
    Layers,
    Ranking,
    growth,
    layers,
    over_time,
    rank,
    share,
    sums,
)
from finops_cli.domain import query as q
from finops_cli.domain.answer import Answer, Column, Figure, Kind, Sentence, Table, Value
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period
from finops_cli.domain.query import Granularity
from finops_cli.tools.answers.parts import (
    REST,
    cells,
    incomplete,
    line,
    money,
    narrowed,
    shown,
    span,
    subject,
)
from finops_cli.tools.naming import label, names_of
from finops_cli.tools.view import View

_TOP_OF_SUMMARY = 5


def summary(
    view: View, frame: Frame, earlier: Period | None, part: tuple[str, ...], grain: Granularity
) -> Answer:
    """Return the total of a period: how it compares, its layers, its largest parts.

    Args:
        view: What was asked.
        frame: Costs of the period and of the earlier one, by the part and by charge category as
            far as the source has them.
        earlier: The period to compare the complete days with, if the source holds it.
        part: The dimension to name the largest parts by; empty where the source has none.
        grain: Whether the frame's rows are of days or of months.
    """
    who, now = subject(view), _between(frame, view.period)
    figures = [*who.figures, money("total", now.total(), view), span("period", view.period)]
    words = f"{who.words} {{total}} for {{period}}"
    if earlier is not None and view.complete is not None:
        then = _between(frame, earlier).total()
        compared = _between(frame, view.complete).total()
        rise = growth(compared - then, then)
        figures += [money("before", then, view), span("earlier", earlier)]
        if rise is not None:
            figures.append(Figure("growth", rise, Kind.GROWTH))
            words += ": {growth} against {earlier} ({before})"
    per = "day" if grain is Granularity.DAILY else "month"
    ranking = rank(sums(now, part), _TOP_OF_SUMMARY)
    largest = (ranking_table(view, part, ranking),) if part else ()
    return Answer(
        title=Sentence(f"{words}.", tuple(figures)),
        provenance=view.provenance(),
        findings=incomplete(view),
        tables=(*largest, *_layer_tables(view, now)),
        series=(line(f"cost per {per}", over_time(now), view),) if _has_shape(view, per) else (),
        warnings=view.warnings(),
        next=(
            *((narrowed(view, "cost", "--compare", "previous"),) if part else ()),
            narrowed(view, "explain"),
        ),
    )


def _has_shape(view: View, per: str) -> bool:
    return view.period.days > (1 if per == "day" else 31)


def breakdown(view: View, dimensions: Sequence[str], ranking: Ranking, by_layer: Layers) -> Answer:
    """Return the cost of each segment, the largest first, and the rest."""
    who, total = subject(view), ranking.total
    figures = [*who.figures, money("total", total, view), span("period", view.period)]
    words = f"{who.words} {{total}} for {{period}}"
    if ranking.items and total > 0:
        first = ranking.items[0]
        names = names_of(view.source) if q.ACCOUNT in dimensions else {}
        called = (label(d, v, names) for d, v in zip(dimensions, first.key, strict=True))
        figures.append(Figure("largest", ", ".join(shown(value) for value in called)))
        figures.append(Figure("share", share(first.cost, total), Kind.SHARE))
        words += "; the largest part is {largest} with {share}"
    return Answer(
        title=Sentence(f"{words}.", tuple(figures)),
        provenance=view.provenance(),
        summary=_layer_sentence(view, by_layer),
        findings=incomplete(view),
        tables=(ranking_table(view, dimensions, ranking),),
        warnings=view.warnings(),
        next=_next(view, dimensions, ranking),
    )


def ranking_table(view: View, dimensions: Sequence[str], ranking: Ranking) -> Table:
    """Return the largest segments with their shares, and the rest."""
    total = ranking.total
    names = names_of(view.source).get(q.ACCOUNT, {}) if q.ACCOUNT in dimensions else {}
    heads = [Column(d, Kind.TEXT) for d in dimensions]
    if names:
        heads.append(Column("account_name", Kind.TEXT))
    columns = (*heads, Column("cost", Kind.MONEY, view.currency), Column("share", Kind.SHARE))
    rows: list[tuple[Value, ...]] = []
    for item in ranking.items:
        called = [names.get(item.key[dimensions.index(q.ACCOUNT)] or "")] if names else []
        rows.append((*cells(item.key), *called, item.cost, share(item.cost, total)))
    blank = (None,) * (len(heads) - 1)
    if ranking.rest_count:
        rows.append((REST, *blank, ranking.rest, share(ranking.rest, total)))
    whole = (None, *blank, total, Decimal(1) if total else None)
    name = "By " + " and ".join(d.replace("_", " ") for d in dimensions)
    return Table(name, columns, tuple(rows), whole, rest=int(ranking.rest_count > 0))


def _layer_tables(view: View, now: Frame) -> tuple[Table, ...]:
    if q.CHARGE_CATEGORY not in now.columns:
        return ()
    found = layers(sums(now, (q.CHARGE_CATEGORY,)))
    if not found.are_distinct:
        return ()
    columns = (Column("layer", Kind.TEXT), Column("cost", Kind.MONEY, view.currency))
    rows = (("charges (gross)", found.gross), *((n, c) for n, c in _taken(found) if c))
    return (Table("From gross to net", columns, rows, (None, found.net)),)


def _layer_sentence(view: View, found: Layers) -> tuple[Sentence, ...]:
    if not found.are_distinct:
        return ()
    taken = [(name, cost) for name, cost in _taken(found) if cost]
    words = ", ".join(f"{name} {{{name}}}" for name, _ in taken)
    figures = (
        money("gross", found.gross, view),
        *(Figure(name, cost, Kind.CHANGE, view.currency) for name, cost in taken),
    )
    return (Sentence(f"Of this, charges {{gross}}; {words}.", figures),)


def _taken(found: Layers) -> tuple[tuple[str, Decimal], ...]:
    return (
        ("credits", found.credits),
        ("refunds", found.refunds),
        ("adjustments", found.adjustments),
        ("tax", found.tax),
    )


def _next(view: View, dimensions: Sequence[str], ranking: Ranking) -> tuple[str, ...]:
    """Return the command that looks into the largest segment."""
    if not ranking.items or None in ranking.items[0].key:
        return ()
    largest = [
        q.Filter(name, (value,))
        for name, value in zip(dimensions, ranking.items[0].key, strict=True)
    ]
    finer = q.USAGE_TYPE if q.USAGE_TYPE not in dimensions else q.RESOURCE
    if finer in dimensions or not view.source.offers(finer):
        return ()
    return (narrowed(view, "cost", "--by", finer.replace("_", "-"), more=largest),)


def _between(frame: Frame, period: Period) -> Frame:
    return Frame(frame.columns, tuple(row for row in frame.rows if row[0] in period))
