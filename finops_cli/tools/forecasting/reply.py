"""A forecast as an Answer: words, tables, series, and the conditions that a script has set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finops_cli.analytics.adjust import Adjusted
from finops_cli.analytics.breakdown import growth
from finops_cli.domain.answer import (
    Answer,
    Exit,
    Figure,
    Finding,
    Kind,
    Sentence,
    Series,
    Severity,
    Table,
)
from finops_cli.domain.condition import Condition
from finops_cli.domain.period import month_of
from finops_cli.domain.quantity import parse_amount
from finops_cli.errors import UsageError
from finops_cli.tools.commands import command
from finops_cli.tools.estimates import estimate
from finops_cli.tools.forecasting import telling
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.forecasting.knowns import Known
from finops_cli.tools.forecasting.months import (
    Month,
    band_series,
    month_table,
    months_ahead,
    parts_by,
    parts_table,
    points_table,
    series_of,
)
from finops_cli.tools.forecasting.record import Record
from finops_cli.tools.forecasting.wider import widened
from finops_cli.tools.forecasting.window import Window, sum_of
from finops_cli.tools.scope import provenance

FAILED = 3


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for."""

    months: int
    level: int
    by: str | None
    top: int
    limit: str | None
    window: Window | None
    conditions: tuple[Condition, ...]


def forecast_reply(
    basis: Basis,
    request: Request,
    found: Adjusted,
    knowns: Sequence[Known],
    record: Record | None,
) -> Answer:
    """Return the answer to a question about what comes."""
    ahead = months_ahead(found.outlook)
    told = telling.Told(basis, found, ahead, request.level, knowns, record)
    title, summary = telling.title(told), list(telling.summary(told))
    if request.window:
        whole = sum_of(request.window, basis, ahead, estimate(found.outlook.so_far))
        title = telling.window_title(told, request.window.period, whole)
        summary = [*telling.billed(told, whole), *([record.sentence()] if record else [])]
    met = list(_met(request, basis, ahead, found))
    reply = Answer(
        title=title,
        summary=(*_limit(request, _asked(request, ahead), basis), *summary),
        provenance=provenance(basis.source, basis.period, basis.metric),
        findings=(*met, *telling.findings(told)),
        tables=_tables(basis, request, ahead, found),
        series=_series(basis, request, ahead, found),
        warnings=basis.source.warnings(),
        next=_next(basis, request),
    )
    return replace(reply, exit=Exit(FAILED, "condition_met")) if met else reply


def _tables(
    basis: Basis, request: Request, ahead: Sequence[Month], found: Adjusted
) -> tuple[Table, ...]:
    months = month_table(basis, ahead, found)
    if request.by is None:
        return (months,)
    parts, rest = parts_by(basis, found, request.by, request.top)
    money = basis.currency
    return (
        points_table(request.by, parts, money),
        parts_table(request.by, parts, rest, money),
        replace(months, name="All together"),
    )


def _series(
    basis: Basis, request: Request, ahead: Sequence[Month], found: Adjusted
) -> tuple[Series, ...]:
    other = 95 if request.level != 95 else 80
    wide = widened(ahead, request.level, other)
    name = f"forecast, {other} % band"
    return (
        *series_of(basis, ahead),
        band_series(name, wide, basis.currency, detail=True),
    )


def _met(
    request: Request, basis: Basis, ahead: Sequence[Month], found: Adjusted
) -> Iterator[Finding]:
    """Yield a finding for each condition that holds."""
    money = basis.currency
    whole = ahead[int(found.outlook.running) :]
    for condition in request.conditions:
        said = Figure("condition", condition.text)
        if condition.name == "month":
            hit = next((m for m in ahead if condition.holds(m.mean)), None)
            if hit:
                text = "{condition} holds: {month} comes to {amount}."
                month = Figure("month", hit.month, Kind.MONTH)
                yield _alert(text, said, month, Figure("amount", hit.mean, Kind.ESTIMATE, money))
        elif condition.name == "total":
            total = sum((m.mean for m in whole), Decimal(0))
            if condition.holds(total):
                text = "{condition} holds: the months ahead come to {amount}."
                yield _alert(text, said, Figure("amount", total, Kind.ESTIMATE, money))
        else:
            rise = _rise(basis, whole)
            if rise is not None and condition.holds(rise):
                text = "{condition} holds: the months ahead cost {growth} against as long before."
                yield _alert(text, said, Figure("growth", rise, Kind.GROWTH))


def _alert(text: str, *figures: Figure) -> Finding:
    return Finding(Severity.CRITICAL, Sentence(text, figures))


def _rise(basis: Basis, whole: Sequence[Month]) -> Decimal | None:
    """Return the growth per day of the months ahead against as many months before.

    Against all there are where there are fewer; None where no whole month is known.
    """
    months = sorted(basis.months)[-len(whole) :]
    before = sum((basis.months[m] for m in months), Decimal(0))
    days_before = sum(telling.days_of(m) for m in months)
    days = sum(telling.days_of(m.month) for m in whole)
    if before <= 0 or not days:
        return None
    usual = before / days_before * days
    return growth(sum((m.mean for m in whole), Decimal(0)) - usual, usual)


def _asked(request: Request, ahead: Sequence[Month]) -> Sequence[Month]:
    """Return the months that the question is about."""
    window = request.window
    if window is None:
        return ahead
    return [m for m in ahead if window.period.overlap(month_of(m.month))]


def _limit(request: Request, ahead: Sequence[Month], basis: Basis) -> Iterator[Sentence]:
    """Yield whether a month passes the amount that the question names."""
    if request.limit is None:
        return
    amount = parse_amount(request.limit)
    if amount is None or amount.is_ratio:
        raise UsageError(f"{request.limit!r} is no amount.", "Write it as 10000 or $10k.")
    limit = Figure("limit", amount.number, Kind.ESTIMATE, basis.currency)
    passed = next((m for m in ahead if m.mean > amount.number), None)
    close = next((m for m in ahead if m.high > amount.number), None)
    hit = passed or close
    if hit is None:
        yield Sentence("No month of these is likely to pass {limit}.", (limit,))
        return
    month = Figure("limit_month", hit.month, Kind.MONTH)
    sure = "is expected to pass" if passed else "may pass, at the upper end of its band,"
    yield Sentence(f"{{limit_month}} {sure} {{limit}}.", (month, limit))


def _next(basis: Basis, request: Request) -> tuple[str, ...]:
    filters, names = basis.filters, basis.names
    by = "account" if request.by == "service" else "service"
    return (
        command("forecast", "--by", by, filters=filters, names=names),
        command("forecast", "--backtest", filters=filters, names=names),
    )
