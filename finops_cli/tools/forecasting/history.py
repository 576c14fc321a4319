"""What would have been told at past month ends: the table behind every forecast's one line."""

from collections.abc import Iterator
from decimal import Decimal
from math import isfinite

from finops_cli.analytics.outlook import Measures, Replay, replay
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Severity,
    Table,
)
from finops_cli.errors import NoHistory
from finops_cli.tools.commands import command
from finops_cli.tools.estimates import estimate
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.forecasting.record import OURS, ratio
from finops_cli.tools.scope import provenance

_ORIGINS = 36
_CALLED = {
    OURS: "this forecast",
    "last month": "last month repeated",
    "last month per day": "last month's rate per day",
    "seasonal naive": "same month last year",
}


def told_in_the_past(basis: Basis, months: int, level: int) -> Answer:
    """Return what forecasts at past month ends said, beside what came.

    Raises:
        NoHistory: There is no past month end with a whole month before and after it.
    """
    found = replay(basis.whole, basis.until, months, level, _ORIGINS)
    if not found.origins:
        raise NoHistory(
            "There is no past month end to tell again: that takes two whole months of history.",
            "A forecast without a record: finops forecast.",
        )
    measures = found.measures()
    return Answer(
        title=_title(found, measures),
        provenance=provenance(basis.source, basis.period, basis.metric),
        findings=tuple(_findings(found, measures, level)),
        tables=(_measures_table(measures, months), _origins_table(basis, found)),
        warnings=basis.source.warnings(),
        next=(command("forecast", filters=basis.filters, names=basis.names),),
    )


def _title(found: Replay, measures: dict[str, Measures]) -> Sentence:
    ours, naive = measures[OURS], measures["last month"]
    figures = (
        Figure("origins", len(found.origins), Kind.COUNT),
        Figure("error", ratio(ours.month_1), Kind.RATIO),
        Figure("naive_error", ratio(naive.month_1), Kind.RATIO),
    )
    words = (
        "Told at {origins} past month ends, the next month was off by {error} "
        "(repeating the last month: {naive_error})."
    )
    return Sentence(words, figures)


def _findings(found: Replay, measures: dict[str, Measures], level: int) -> Iterator[Finding]:
    ours = measures[OURS]
    side = "high" if ours.bias > 0 else "low"
    figures = (
        Figure("coverage", ratio(ours.coverage), Kind.SHARE),
        Figure("level", Decimal(level) / 100, Kind.SHARE),
        Figure("bias", ratio(abs(ours.bias)), Kind.RATIO),
    )
    text = (
        "{coverage} of the months fell into the band, which promises {level}. On average the next "
        f"month was told {{bias}} too {side}."
    )
    yield Finding(Severity.INFO, Sentence(text, figures))
    if len(found.origins) < 12:
        few = Figure("origins", len(found.origins), Kind.COUNT)
        text = "With {origins} month ends these figures are rough themselves."
        yield Finding(Severity.NOTICE, Sentence(text, (few,)))


def _measures_table(measures: dict[str, Measures], months: int) -> Table:
    heads = [("month_1", "next month")]
    heads += [(f"month_{n}", f"month {n}") for n in (3, 12) if n <= months]
    heads += [("total_12", "12-month total")] if months >= 12 else []
    columns = (
        Column("method", Kind.TEXT),
        *(Column(name, Kind.RATIO, heading=heading) for name, heading in heads),
        Column("bias", Kind.GROWTH),
        Column("coverage", Kind.SHARE, detail=True),
    )
    rows = tuple(
        (
            _CALLED[name],
            *(ratio(getattr(one, head)) for head, _ in heads),
            ratio(one.bias),
            ratio(one.coverage),
        )
        for name, one in measures.items()
    )
    return Table("Error (WAPE)", columns, rows)


def _origins_table(basis: Basis, found: Replay) -> Table:
    money = basis.currency
    columns = (
        Column("month", Kind.MONTH),
        Column("told", Kind.ESTIMATE, money),
        Column("low", Kind.ESTIMATE, money),
        Column("high", Kind.ESTIMATE, money),
        Column("actual", Kind.MONEY, money),
        Column("error", Kind.GROWTH),
        Column("in_band", Kind.TEXT),
    )
    rows = []
    for at, origin in enumerate(found.origins):
        actual = basis.months.get(origin)
        if actual is None or not isfinite(float(found.actual[at][0])):
            continue
        told, low, high = (
            estimate(values[at][0]) for values in (found.predicted, found.low, found.high)
        )
        off = (told - actual) / abs(actual) if actual else None
        rows.append(
            (origin, told, low, high, actual, off, "yes" if low <= actual <= high else "no")
        )
    return Table("The next month, told at each month's beginning", columns, tuple(rows))
