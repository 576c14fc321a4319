"""The event that an explanation is about, as ``finops anomalies`` knows it: both share one engine.

A move is searched in the sum of a scope, where a small line's event drowns; the watch looks at
every line. So the watch says which anomaly a move is, and finds what to explain where the sum is
quiet.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from finops_cli.analytics.anomalies import Kind, find
from finops_cli.analytics.change import Move, Shape
from finops_cli.domain.memory import Memories
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.anomaly.basis import read_basis
from finops_cli.tools.anomaly.case import Case, cases_of
from finops_cli.tools.explanation.history import History

_DAY = timedelta(days=1)
_RECENT = timedelta(days=30)
_USUAL = timedelta(days=28)


def events_in_scope(
    source: CostSource,
    metric: Metric,
    filters: Sequence[Filter],
    history: History,
    asked: Period | None,
) -> list[Case]:
    """Return the events of the last thirty days whose driving line lies in scope.

    The whole bill is watched, whatever the scope, so that an event is the one, with the one id,
    that ``finops anomalies`` lists. Where queries are billed, nothing is watched: a year of days of
    the whole bill costs more than the explanation itself.

    Args:
        source: The source, of one currency.
        metric: Which cost.
        filters: The scope of the explanation.
        history: Its days.
        asked: The period that the user named; nothing is watched for one that is long over.
    """
    recent = Period(history.until - _RECENT, history.until)
    if source.is_billed or (asked and asked.end <= recent.start):
        return []
    basis = read_basis(source, (), metric.value, recent)
    if basis is None or not len(basis.panel):
        return []
    watch = find(basis.panel, basis.until, since=recent.start)
    return [case for case in cases_of(basis, watch, Memories()) if _inside(case, filters)]


def _inside(case: Case, filters: Sequence[Filter]) -> bool:
    return all(
        f.dimension in case.where and (case.where[f.dimension] in f.values) is not f.exclude
        for f in filters
    )


def event_of(move: Period, cases: Sequence[Case], *, rising: bool) -> Case | None:
    """Return the largest event that goes the same way on some of the days, None without one."""
    return next((c for c in _going(cases, rising) if _days(c).overlap(move)), None)


def as_move(cases: Sequence[Case], history: History, *, rising: bool) -> Move | None:
    """Return the largest event as a move of the scope, where its sum shows none."""
    case = next(_going(cases, rising), None)
    if case is None:
        return None
    window = _days(case)
    before = [c for day, c in history.costs.items() if window.start - _USUAL <= day < window.start]
    usual = float(sum(before) / len(before)) if before else 0.0
    running = case.event.running
    shape = Shape.RAMP if case.event.kind is Kind.RAMP else Shape.STEP if running else Shape.SPIKE
    return Move(
        window=window,
        shape=shape,
        per_day=float(case.impact) / window.days,
        usual=usual,
        usual_since=max(window.start - _USUAL, history.held.start),
        running=running,
    )


def _going(cases: Sequence[Case], rising: bool) -> Iterator[Case]:
    return (case for case in cases if case.rising is rising)


def _days(case: Case) -> Period:
    return Period(case.event.start, max(case.event.end, case.event.start + _DAY))
