"""What is known of budgets as an Answer: words, tables, and the exit that a script asked for."""

from collections.abc import Sequence
from decimal import Decimal

from finops_cli.analytics.budgets import Record, record_of, used
from finops_cli.domain.answer import Answer, Exit, Figure, Finding, Kind, Sentence, Severity
from finops_cli.domain.budget import Budget, BudgetPeriod, BudgetStore
from finops_cli.domain.period import Period
from finops_cli.domain.query import Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.budgeting import breaches as found_breaches
from finops_cli.tools.budgeting import telling
from finops_cli.tools.budgeting.breaches import Breach, Limit
from finops_cli.tools.budgeting.standing import Standing, scope_of
from finops_cli.tools.budgeting.tables import past_table, records_table, status_tables
from finops_cli.tools.budgeting.watching import Unwatched
from finops_cli.tools.commands import command
from finops_cli.tools.naming import names_of
from finops_cli.tools.scope import provenance

FAILED = 3
_INCOMPLETE = 5
_MOST_NEXT = 3
Past = Sequence[tuple[Budget, tuple[BudgetPeriod, ...]]]


def no_budgets(source: CostSource, store: BudgetStore) -> Answer:
    """Return that there is nothing to tell, and how there would be."""
    hint = Figure("hint", store.hint)
    return Answer(
        title=telling.title([], store),
        summary=(Sentence("{hint}", (hint,)),) if store.hint else (),
        provenance=provenance(source, None, Metric.UNBLENDED),
    )


def status_reply(
    source: CostSource,
    store: BudgetStore,
    standings: Sequence[Standing],
    watched: Unwatched | None,
) -> Answer:
    """Return how budgets stand."""
    return Answer(
        title=telling.title(standings, store),
        summary=(*telling.remaining(standings), *telling.watched(watched)),
        findings=tuple(telling.findings(standings)),
        tables=status_tables(standings),
        warnings=source.warnings(),
        next=_next(source, standings),
        provenance=provenance(source, _period(standings), _metric(standings)),
    )


def check_reply(
    source: CostSource,
    store: BudgetStore,
    standings: Sequence[Standing],
    limits: Sequence[Limit],
    breaches: Sequence[Breach],
) -> Answer:
    """Return which budgets are past a condition; what cannot be read is an exit of its own."""
    unknown = [one for one in standings if one.is_unknown]
    conditions = Figure("conditions", ", ".join(limit.text for limit in limits))
    figures = (
        Figure("breaches", len(breaches), Kind.COUNT),
        Figure("budgets", len(standings), Kind.COUNT),
        conditions,
    )
    told = (one for one in telling.findings(unknown))
    exit_ = Exit(FAILED, "condition_met") if breaches else Exit()
    if unknown and not breaches:
        exit_ = Exit(_INCOMPLETE, "a budget could not be read")
    return Answer(
        title=Sentence("Of {budgets} budgets {breaches} breach {conditions}.", figures),
        findings=(*found_breaches.lines(breaches), *told),
        tables=(found_breaches.table(breaches),),
        warnings=source.warnings(),
        provenance=provenance(source, _period(standings), _metric(standings)),
        exit=exit_,
    )


def history_reply(
    source: CostSource, store: BudgetStore, past: Past, unread: tuple[str, ...]
) -> Answer:
    """Return how budgets went; one alone with each of its periods."""
    records = [(budget, record_of(periods)) for budget, periods in past]
    known = [(budget, record) for budget, record in records if record]
    one = past[0] if len(past) == 1 else None
    tables = (records_table(records),)
    if one and one[1]:
        tables = (past_table(one[1], one[0].currency or source.currencies()[0]),)
    return Answer(
        title=_history_title(known),
        findings=tuple(_worst(source, *each) for each in known if each[1].latest_over),
        summary=_against(store, past),
        tables=tables,
        warnings=(*unread, *source.warnings()),
        next=_why(source, known),
        provenance=provenance(source, _whole(past), Metric.UNBLENDED),
    )


def _history_title(known: Sequence[tuple[Budget, Record]]) -> Sentence:
    if not known:
        return Sentence("No period of these budgets is over yet.")
    periods = sum(record.periods for _, record in known)
    within = sum(record.within for _, record in known)
    figures = [
        Figure("within", within, Kind.COUNT),
        Figure("periods", periods, Kind.COUNT),
        Figure("hit_rate", Decimal(within) / periods, Kind.SHARE),
    ]
    if len(known) == 1:
        figures.append(Figure("name", known[0][0].name))
        return Sentence(
            "{name} held in {within} of {periods} periods ({hit_rate}).", tuple(figures)
        )
    words = "Budgets held in {within} of {periods} periods ({hit_rate})."
    return Sentence(words, tuple(figures))


def _worst(source: CostSource, budget: Budget, record: Record) -> Finding:
    worst, money = record.worst, budget.currency or source.currencies()[0]
    kind = Kind.MONEY if budget.kind == "cost" else Kind.QUANTITY
    figures = (
        Figure("name", budget.name),
        Figure("times", record.periods - record.within, Kind.COUNT),
        Figure("periods", record.periods, Kind.COUNT),
        Figure("worst", worst.period, Kind.PERIOD),
        Figure("actual", worst.actual, kind, money),
        Figure("limit", worst.limit, kind, money),
        Figure("used", used(worst.actual, worst.limit), Kind.RATIO),
    )
    words = (
        "{name} was over in {times} of {periods}, at worst {worst}: {actual} of {limit} ({used})."
    )
    return Finding(Severity.NOTICE, Sentence(words, figures))


def _against(store: BudgetStore, past: Past) -> tuple[Sentence, ...]:
    """Return that past periods are held against today's limits, where nobody kept others."""
    if any(store.history(budget) is not None for budget, periods in past if periods):
        return ()
    return (Sentence("Past periods are held against the limits of today."),)


def _why(source: CostSource, known: Sequence[tuple[Budget, Record]]) -> tuple[str, ...]:
    """Return what explains the latest overruns."""
    over = [(b, record.latest_over) for b, record in known if record.latest_over]
    over.sort(key=lambda pair: pair[1].period.end, reverse=True)
    return tuple(
        command(
            "explain",
            "--period",
            _word(late.period),
            filters=scope_of(source, b),
            names=names_of(source),
        )
        for b, late in over[:_MOST_NEXT]
        if b.follows_the_bill
    )


def _word(period: Period) -> str:
    return f"{period.start:%Y-%m}" if period.is_whole_months() and period.days < 32 else str(period)


def _next(source: CostSource, standings: Sequence[Standing]) -> tuple[str, ...]:
    urgent = [one for one in standings if one.state in ("over", "will be over")]
    explained = [
        command("explain", filters=one.filters, names=names_of(source))
        for one in urgent[:_MOST_NEXT]
        if one.filters
    ]
    return (*explained, "finops budget history")


def _period(standings: Sequence[Standing]) -> Period:
    periods = [one.period for one in standings]
    return Period(min(p.start for p in periods), max(p.end for p in periods))


def _whole(past: Past) -> Period | None:
    periods = [one.period for _, each in past for one in each]
    if not periods:
        return None
    return Period(min(p.start for p in periods), max(p.end for p in periods))


def _metric(standings: Sequence[Standing]) -> Metric:
    return standings[0].budget.metric
