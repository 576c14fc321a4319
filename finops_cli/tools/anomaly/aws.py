"""What AWS Cost Anomaly Detection found, beside our events: the same ones, and those of its own.

Its anomalies have no days of ours and no ids of ours: one is the same as an event where the days
overlap and a root cause is of the same service (and account, where both name one).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from finops_cli.domain import query as q
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
from finops_cli.domain.opinion import OwnAnomaly, RootCause
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.domain.services import same_service
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.window import Window
from finops_cli.tools.anomaly.wording import line_name
from finops_cli.tools.opinions import asked

_KEPT_DAYS = 90
_MOST_NAMED = 3
_FILTERED = (q.SERVICE, q.REGION, q.ACCOUNT, q.USAGE_TYPE)
_CURRENCY = "USD"
_FEEDBACK = {"YES": "confirmed", "NO": "false alarm", "PLANNED_ACTIVITY": "planned"}
_FREE = (
    "AWS Cost Anomaly Detection has reported nothing in 90 days. If it is not set up: a monitor of "
    "all services is free (console: Billing and Cost Management, Cost Anomaly Detection)."
)


class Match(NamedTuple):
    """An anomaly of AWS, and the event of ours that is the same."""

    anomaly: OwnAnomaly
    case: Case


@dataclass(frozen=True, slots=True)
class Theirs:
    """What AWS found in the days asked about.

    ``new`` are those that are none of our events. ``is_silent`` tells that AWS has nothing to say
    about any day, as where nobody has set it up.
    """

    days: Period
    matches: tuple[Match, ...] = ()
    new: tuple[OwnAnomaly, ...] = ()
    is_silent: bool = False


def found_by_aws(
    basis: Basis, window: Window, cases: Sequence[Case]
) -> tuple[Theirs | None, tuple[str, ...]]:
    """Return what AWS found, or None and the warnings why that is not known.

    Args:
        basis: The bill.
        window: The days asked about; AWS keeps ninety.
        cases: All of our events in them, small and dismissed ones too.
    """
    ninety = Period(basis.until - timedelta(days=_KEPT_DAYS), basis.until)
    days = window.days.overlap(ninety) if window.days else ninety
    # An anomaly does not say which tags it has.
    can_tell = all(wanted.dimension in _FILTERED for wanted in basis.filters)
    if days is None or not can_tell:
        return None, ()
    everything, warnings = asked(
        basis.source,
        lambda opinion: opinion.anomalies(ninety),
        "What AWS Cost Anomaly Detection found",
    )
    if everything is None:
        return None, warnings
    held = [one for one in everything if one.days.overlap(days) and _in_scope(one, basis.filters)]
    pairs = [(one, next((case for case in cases if _is_same(one, case)), None)) for one in held]
    matches = tuple(Match(one, case) for one, case in pairs if case)
    new = tuple(one for one, case in pairs if case is None)
    return Theirs(days, matches, new, not everything), warnings


def beside(answer: Answer, theirs: Theirs | None) -> Answer:
    """Return our answer with what AWS found beside it."""
    if theirs is None:
        return answer
    more = (_new_table(theirs.new),) if theirs.new else ()
    return replace(
        answer,
        findings=(*answer.findings, *_findings(answer.tables[0], theirs)),
        tables=(_noted(answer.tables[0], theirs.matches), *answer.tables[1:], *more),
    )


def _in_scope(one: OwnAnomaly, filters: Sequence[Filter]) -> bool:
    return any(all(_passes(cause, wanted) for wanted in filters) for cause in one.causes)


def _passes(cause: RootCause, wanted: Filter) -> bool:
    value = {
        q.SERVICE: cause.service,
        q.REGION: cause.region,
        q.ACCOUNT: cause.account,
        q.USAGE_TYPE: cause.usage_type,
    }[wanted.dimension]
    return (value in wanted.values) is not wanted.exclude


def _is_same(one: OwnAnomaly, case: Case) -> bool:
    days = Period(case.event.start, case.event.end)
    return bool(one.days.overlap(days)) and any(_is_of(cause, case) for cause in one.causes)


def _is_of(cause: RootCause, case: Case) -> bool:
    service, account = case.where.get(q.SERVICE), case.where.get(q.ACCOUNT)
    if not case.rising or service is None or cause.service is None:
        return False
    names = {service.casefold(), *(name.casefold() for name in same_service(service.casefold()))}
    return cause.service.casefold() in names and (
        account is None or cause.account is None or account == cause.account
    )


def _noted(table: Table, matches: Sequence[Match]) -> Table:
    """Return the table of events with what AWS says of those that it found too."""
    known = {match.case.id: match.anomaly for match in reversed(matches)}
    names = [column.name for column in table.columns]
    columns = (
        *table.columns,
        Column("aws_anomaly", Kind.TEXT, detail=True),
        Column("aws_impact", Kind.CHANGE, _CURRENCY, detail=True),
    )
    rows: list[tuple[Value, ...]] = []
    for row in table.rows:
        one = known.get(str(row[names.index("id")]))
        cells = list(row)
        if one:
            cells[names.index("note")] = f"{row[names.index('note')]}, AWS too"
        rows.append((*cells, one.id if one else None, one.impact if one else None))
    return replace(table, columns=columns, rows=tuple(rows))


def _findings(table: Table, theirs: Theirs) -> Iterator[Finding]:
    if theirs.is_silent:
        yield Finding(Severity.INFO, Sentence(_FREE))
        return
    shown = {row[0] for row in table.rows}
    told = [match for match in theirs.matches if match.case.id in shown]
    named = told[:_MOST_NAMED]
    for match in named:
        yield Finding(Severity.INFO, _also(match))
    is_all_told = named and not theirs.new and len(named) == len(theirs.matches)
    if not is_all_told:
        yield Finding(Severity.NOTICE if theirs.new else Severity.INFO, _counted(theirs))


def _also(match: Match) -> Sentence:
    figures = (
        Figure("id", match.case.id),
        Figure("aws_impact", match.anomaly.impact, Kind.ESTIMATE, _CURRENCY),
        Figure("aws_days", match.anomaly.days, Kind.PERIOD),
    )
    words = (
        "{id} was also found by AWS Cost Anomaly Detection: impact {aws_impact} within {aws_days}."
    )
    return Sentence(words, figures)


def _counted(theirs: Theirs) -> Sentence:
    matched, new = len(theirs.matches), len(theirs.new)
    figures = (
        Figure("aws_found", matched + new, Kind.COUNT),
        Figure("aws_new", new, Kind.COUNT),
        Figure("aws_days", theirs.days, Kind.PERIOD),
    )
    if not matched + new:
        return Sentence("AWS Cost Anomaly Detection found nothing within {aws_days}.", figures)
    noun = "anomalies" if matched + new > 1 else "anomaly"
    words = f"AWS Cost Anomaly Detection found {{aws_found}} {noun} within {{aws_days}}"
    if not new:
        rest = "; all are events here, too." if matched > 1 else "; it is an event here, too."
        return Sentence(words + rest, figures)
    return Sentence(f"{words}; {{aws_new}} of them no event here.", figures)


def _new_table(new: Sequence[OwnAnomaly]) -> Table:
    columns = (
        Column("what", Kind.TEXT, heading="root cause"),
        Column("region", Kind.TEXT),
        Column("account_name", Kind.TEXT, heading="account"),
        Column("start", Kind.DATE, heading="from"),
        Column("last_day", Kind.DATE, heading="to"),
        Column("impact", Kind.CHANGE, _CURRENCY),
        Column("feedback", Kind.TEXT, detail=not any(one.feedback for one in new)),
        *(Column(name, Kind.TEXT, detail=True) for name in ("id", "service", "usage_type")),
        Column("account", Kind.TEXT, detail=True),
        Column("actual", Kind.ESTIMATE, _CURRENCY, detail=True),
        Column("expected", Kind.ESTIMATE, _CURRENCY, detail=True),
        Column("contribution", Kind.CHANGE, _CURRENCY, detail=True),
    )
    return Table("Found by AWS alone", columns, tuple(_row(one) for one in new))


def _row(one: OwnAnomaly) -> tuple[Value, ...]:
    cause = one.causes[0]
    return (
        line_name({q.SERVICE: cause.service, q.USAGE_TYPE: cause.usage_type}),
        cause.region,
        cause.account_name or cause.account,
        one.days.start,
        one.days.last_day,
        one.impact,
        _FEEDBACK.get(one.feedback or "", one.feedback),
        one.id,
        cause.service,
        cause.usage_type,
        cause.account,
        one.actual,
        one.expected,
        cause.contribution,
    )
