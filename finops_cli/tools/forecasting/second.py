"""Cost Explorer's own forecast beside ours: for the whole, in whole months.

The two are made in different ways, so where they agree both are worth more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finops_cli.analytics.breakdown import growth
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
)
from finops_cli.domain.opinion import OwnForecast, SecondOpinion
from finops_cli.domain.period import Period, add_months, first_of_month
from finops_cli.errors import NoData
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.forecasting.months import Month
from finops_cli.tools.forecasting.reply import Request
from finops_cli.tools.opinions import asked

_NONE = Finding(
    Severity.INFO,
    Sentence("Cost Explorer has no forecast for this account yet: too little history."),
)
_ALIKE = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Second:
    """What Cost Explorer says; ``is_asked`` is False where it gave no answer at all."""

    forecast: OwnForecast | None = None
    is_asked: bool = False
    warnings: tuple[str, ...] = ()


def second_opinion(basis: Basis, request: Request) -> Second:
    """Return Cost Explorer's own forecast of the months that are asked about."""
    months = _months(basis, request)
    if months is None or basis.source.second_opinion is None:
        return Second()

    def ask(opinion: SecondOpinion) -> Second:
        try:
            own = opinion.forecast(basis.metric, months, request.level, basis.filters)
        except NoData:
            own = None
        return Second(own, is_asked=True)

    found, warnings = asked(basis.source, ask, "Cost Explorer's own forecast")
    return found or Second(warnings=warnings)


def _months(basis: Basis, request: Request) -> Period | None:
    """Return the whole months to come that a question is about, None for any other question."""
    if request.by is not None:
        return None
    first = first_of_month(basis.until)
    first = first if first == basis.until else add_months(first, 1)
    ahead = Period(first, add_months(first, request.months))
    if request.window is None:
        return ahead
    period = request.window.period
    return period.overlap(ahead) if period.is_whole_months() else None


def beside(answer: Answer, second: Second, ahead: Sequence[Month]) -> Answer:
    """Return our answer with Cost Explorer's forecast beside it."""
    if not second.is_asked:
        return replace(answer, warnings=(*answer.warnings, *second.warnings))
    if second.forecast is None:
        return replace(answer, findings=(*answer.findings, _NONE))
    own = second.forecast
    return replace(
        answer,
        findings=(*answer.findings, _finding(own, ahead)),
        tables=(_with_own(answer.tables[0], own), *answer.tables[1:]),
        series=(*answer.series, _series(own)),
    )


def _finding(own: OwnForecast, ahead: Sequence[Month]) -> Finding:
    ours = {month.month: month.mean for month in ahead}
    compared = [month for month in own.months if month.month in ours]
    total = sum((month.mean for month in compared), Decimal(0))
    our_total = sum((ours[month.month] for month in compared), Decimal(0))
    first, ratio = own.months[0], growth(our_total - total, total)
    figures = (
        Figure("own_month", first.month, Kind.MONTH),
        Figure("own_mean", first.mean, Kind.ESTIMATE, own.currency),
        Figure("own_low", first.low, Kind.ESTIMATE, own.currency),
        Figure("own_high", first.high, Kind.ESTIMATE, own.currency),
        Figure("own_level", Decimal(own.level) / 100, Kind.SHARE),
        Figure("own_total", total, Kind.ESTIMATE, own.currency),
        Figure("own_months", len(compared), Kind.COUNT),
        Figure("apart", abs(ratio) if ratio is not None else None, Kind.RATIO),
    )
    words = (
        "Cost Explorer's own forecast says {own_mean} for {own_month} "
        "({own_low} to {own_high}, {own_level})"
    )
    if len(compared) > 1:
        words += ", {own_total} for the {own_months} months"
    return Finding(Severity.INFO, Sentence(f"{words}{_apart(ratio)}.", figures))


def _apart(ratio: Decimal | None) -> str:
    if ratio is None:
        return ""
    if abs(ratio) < _ALIKE:
        return "; ours says the same"
    return f"; ours is {{apart}} {'higher' if ratio > 0 else 'lower'}"


def _with_own(table: Table, own: OwnForecast) -> Table:
    """Return the table of months with Cost Explorer's figures for machines."""
    told = {month.month: month for month in own.months}
    names = ("aws_mean", "aws_low", "aws_high")
    columns = (Column(name, Kind.ESTIMATE, own.currency, detail=True) for name in names)
    rows = []
    for row in table.rows:
        month = told.get(row[0]) if isinstance(row[0], date) else None
        theirs = (month.mean, month.low, month.high) if month else (None, None, None)
        rows.append((*row, *theirs))
    return replace(table, columns=(*table.columns, *columns), rows=tuple(rows))


def _series(own: OwnForecast) -> Series:
    return Series(
        "Cost Explorer's own forecast",
        Kind.ESTIMATE,
        own.currency,
        tuple((month.month, month.mean) for month in own.months),
        tuple(month.low for month in own.months),
        tuple(month.high for month in own.months),
        detail=True,
    )
