"""What left its usual path: events in daily cost, shown, told whole, dismissed and recalled.

Each method is one question and one tool. They read the bill by line and day and hand it to
``analytics.anomalies``, which sees every day only with the days before it. What people have said
about events, and which were shown, is kept in a ``Memory``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from finops_cli.analytics.anomalies import find
from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.memory import Fleeting, Memory
from finops_cli.domain.source import CostSource
from finops_cli.errors import UsageError
from finops_cli.tools.anomaly import reply
from finops_cli.tools.anomaly.amounts import least_impact
from finops_cli.tools.anomaly.aws import beside, found_by_aws
from finops_cli.tools.anomaly.basis import Basis, read_basis
from finops_cli.tools.anomaly.case import Case, cases_of
from finops_cli.tools.anomaly.conditions import Conditions
from finops_cli.tools.anomaly.dismissal import acknowledgement, dismissed_reply, reason_of
from finops_cli.tools.anomaly.lookup import found
from finops_cli.tools.anomaly.recall import (
    acknowledged_reply,
    recalled_reply,
    said_of,
    said_of_pattern,
)
from finops_cli.tools.anomaly.seen import first_seen
from finops_cli.tools.anomaly.segments import placed
from finops_cli.tools.anomaly.telling import Told
from finops_cli.tools.anomaly.whole import whole_reply
from finops_cli.tools.anomaly.window import Window
from finops_cli.tools.currencies import each_currency
from finops_cli.tools.scope import resolve_dimension


@dataclass(frozen=True, slots=True)
class _Request:
    since: str
    filters: Sequence[str]
    by: Sequence[str]
    min_impact: str | float | None
    new: bool
    conditions: Conditions
    top: int | None
    metric: str | None
    dismissed: bool


class Anomalies:
    """Watches daily cost.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
        memory: Where it is kept what was dismissed and shown.
    """

    def __init__(
        self, source: CostSource, emit: Emit = ignore, memory: Memory | None = None
    ) -> None:
        self._source = source
        self._emit = emit
        self._memory = memory or Fleeting()

    def events(
        self,
        since: str = "30d",
        filters: Sequence[str] = (),
        by: Sequence[str] | None = None,
        min_impact: str | float | None = None,
        new: bool = False,
        fail_on: Sequence[str] = (),
        top: int | None = None,
        metric: str | None = None,
        include_acknowledged: bool = False,
    ) -> Answer:
        """List what left its usual path: spikes, runaways, slow ramps, new and vanished usage.

        Args:
            since: How far back, such as 30d, all, or a period such as 2026-09 whose end bounds
                the day on which an event became known.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            by: Dimensions to count the events by, such as account or tag:team.
            min_impact: The smallest impact shown, such as 50; 0 shows all. Where left out, 50 or
                a tenth of a usual month, whichever is less.
            new: Show only events that no earlier call with new has shown, and remember them.
            fail_on: Conditions that give exit code 3: any, impact>1000, per-month>500, total>5000.
            top: How many events to show; all where left out.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
            include_acknowledged: Show events too that somebody has dismissed.
        """
        conditions = Conditions.of(fail_on)
        if top is not None and top < 1:
            raise UsageError("--top must be at least 1.", "Leave it out to see all.")
        request = _Request(
            since, filters, by or (), min_impact, new, conditions, top, metric, include_acknowledged
        )
        return each_currency(self._source, lambda source: self._events(source, request))

    def _events(self, source: CostSource, request: _Request) -> Answer:
        by = [resolve_dimension(source, word) for word in request.by]
        window = Window.of(source, request.since)
        self._emit(Event("progress", "Reading the daily costs", 5))
        basis = read_basis(source, request.filters, request.metric, window.days)
        if basis is None or not len(basis.panel):
            return reply.too_early(source, basis)
        self._emit(Event("progress", "Watching every line of the bill", 30))
        watch = find(basis.panel, basis.until)
        held = [
            case
            for case in cases_of(basis, watch, self._memory.recall())
            if window.holds(case.event)
        ]
        threshold = least_impact(request.min_impact, basis.a_usual_month)
        large = [case for case in held if abs(case.impact) >= threshold]
        open_cases = [case for case in large if case.dismissed is None]
        shown = open_cases
        warnings: tuple[str, ...] = ()
        if request.new:
            asked = None if request.min_impact is None else threshold
            today = source.calendar().today
            shown, warnings = first_seen(self._memory, open_cases, today, asked, request.top)
        told = Told(
            basis=basis,
            watch=watch,
            window=window,
            cases=shown,
            threshold=threshold,
            small=len(held) - len(large),
            dismissed=[case for case in large if case.dismissed],
            known=len(open_cases) - len(shown),
            new=request.new,
        )
        listed = large if request.dismissed and not request.new else shown
        rows = placed(basis, listed[: request.top], by)
        # A list of what is new is for jobs that run daily: what AWS says would come back each day.
        theirs = None
        if not request.new:
            theirs, more = found_by_aws(basis, window, held)
            warnings = (*warnings, *more)
        answer = reply.events_reply(told, rows, by, request.conditions, warnings)
        return beside(answer, theirs)

    def show(self, event: str, filters: Sequence[str] = (), metric: str | None = None) -> Answer:
        """Show one event whole: its days, its parts, and why it counts as one.

        Args:
            event: The event's id as a list shows it; its first characters are enough.
            filters: The conditions that the list was narrowed by.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        basis, case = self._one(event, filters, metric)
        return whole_reply(basis, case)

    def acknowledge(
        self,
        event: str,
        reason: str,
        note: str = "",
        filters: Sequence[str] = (),
        metric: str | None = None,
    ) -> Answer:
        """Dismiss an event, and with it its pattern for 90 days. Changes nothing in the cloud.

        Args:
            event: The event's id as a list shows it; its first characters are enough.
            reason: Why: planned, expected, fixed or ignore.
            note: What else there is to say about it.
            filters: The conditions that the list was narrowed by.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        why = reason_of(reason)
        basis, case = self._one(event, filters, metric)
        one = acknowledgement(case, why, note, basis.source.calendar().today)
        self._memory.change(lambda memories: memories.with_acknowledged(one))
        return dismissed_reply(basis, case, one)

    def withdraw(self, event: str, metric: str | None = None) -> Answer:
        """Take back that an event was dismissed, and its pattern with it.

        Args:
            event: The id of the event, or of one that is dismissed for being like it; its first
                characters are enough.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        one = said_of(self._memory.recall(), event)
        if one is None:
            one = said_of_pattern(self._one(event, (), metric)[1])
        self._memory.change(lambda memories: memories.without_acknowledged(one.event))
        return recalled_reply(self._source, one)

    def acknowledged(self, metric: str | None = None) -> Answer:
        """List what was dismissed, why, and until when.

        Args:
            metric: Not needed; every tool takes it.
        """
        return acknowledged_reply(self._source, self._memory.recall())

    def _one(self, event: str, filters: Sequence[str], metric: str | None) -> tuple[Basis, Case]:
        """Return the event of an id, looked for in the recent past, then in all of it.

        Raises:
            UnknownName: There is no such event.
        """
        self._emit(Event("progress", "Reading the daily costs", 5))
        return found(self._source, event, filters, metric, self._memory.recall())
