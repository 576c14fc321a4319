"""Why a cost moved: when, against what, which part of the bill, and whether it goes on.

The road of every explanation: read the daily costs in scope, find the move or take the period that
was asked about, weigh days against a baseline (``history`` says which), drill to the parts that
moved, and tell it. Where there is nothing to explain, that is the answer.
"""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from finops_cli.analytics.change import FEWEST_DAYS, Move, Search, most_important, search
from finops_cli.analytics.comparison import (
    Comparison,
    exact,
    measure,
    total,
)
from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.period import Period, period_before
from finops_cli.domain.query import Filter, Metric
from finops_cli.domain.source import CostSource
from finops_cli.errors import BadPeriod
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.currencies import each_currency
from finops_cli.tools.explanation.breakout import break_out
from finops_cli.tools.explanation.drill import Drill
from finops_cli.tools.explanation.drivers import beside, own_drivers
from finops_cli.tools.explanation.history import (
    History,
    a_month,
    against_move,
    as_asked,
    latest_days,
    read_history,
)
from finops_cli.tools.explanation.quiet import Quiet, quiet_answer
from finops_cli.tools.explanation.story import Bigger, Story
from finops_cli.tools.explanation.telling import tell
from finops_cli.tools.explanation.watched import as_move, event_of, events_in_scope
from finops_cli.tools.naming import names_of
from finops_cli.tools.scope import (
    days_of,
    next_dimension,
    provenance,
    resolve_filters,
    resolve_metric,
    resolve_period,
)
from finops_cli.tools.target import find_value

_DAY = timedelta(days=1)
_WHOLE = ("total", "everything", "all", "bill")

Direction = Literal["up", "down"]


class Explain:
    """Explains why a cost moved.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
    """

    def __init__(self, source: CostSource, emit: Emit = ignore) -> None:
        self._source = source
        self._emit = emit

    def explain(
        self,
        target: str | None = None,
        period: str | None = None,
        baseline: str | None = None,
        filters: Sequence[str] = (),
        metric: str | None = None,
        direction: Direction | None = None,
    ) -> Answer:
        """Explain why a cost moved: when, against what baseline, and which parts of the bill did.

        Args:
            target: A service, account, region or tag value. The whole bill where it is left out.
            period: When the cost moved, such as last-month. Found in the data where left out.
            baseline: What to compare with. What is usual, or the period before, where left out.
            filters: Conditions such as region=us-east-1, joined by and.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
            direction: Whether a rise or a drop is asked about, where several moves are found.
        """
        return each_currency(
            self._source,
            lambda source: Explain(source, self._emit)._explain(
                target, period, baseline, filters, metric, direction
            ),
        )

    def _explain(
        self,
        target: str | None,
        period: str | None,
        baseline: str | None,
        filters: Sequence[str],
        metric: str | None,
        direction: Direction | None,
    ) -> Answer:
        chosen = resolve_metric(metric)
        narrowed = resolve_filters(self._source, filters)
        scope = (*_target(self._source, target), *narrowed)
        window = self._window(period)
        against = resolve_period(self._source, baseline) if baseline else None
        asked = [window, against, period_before(window) if window and not against else None]
        self._emit(Event("progress", "Reading the daily costs", 5))
        history = read_history(self._source, chosen, scope, [p for p in asked if p])
        self._emit(Event("progress", "Looking for when it moved", 30))
        found = search(history.costs_as_floats, history.until)
        self._emit(Event("progress", "Looking for anomalies", 40))
        events = events_in_scope(self._source, chosen, scope, history, window)
        if window is None and against is None:
            move = most_important(_going(found.moves, direction), history.until)
            move = move or as_move(events, history, rising=direction != "down")
            if move is None:
                return self._quiet(chosen, scope, history, found)
            plan = against_move(move, found.moves, history)
        else:
            window = window or latest_days(against, history)
            plan = as_asked(window, against, history)
            move = None
        if plan is None:
            return self._quiet(chosen, scope, history, found, window)
        return self._story(chosen, scope, plan, move, history, found, events)

    def _window(self, period: str | None) -> Period | None:
        """Return the complete days of the period asked about."""
        if not period:
            return None
        asked = resolve_period(self._source, period)
        held = days_of(self._source)
        complete = Period(
            held.start, max(self._source.calendar().complete_until, held.start + _DAY)
        )
        window = asked.overlap(complete) or asked.overlap(held)
        if window is None:
            raise BadPeriod(
                f"{asked} lies outside the data, which runs from {held}.",
                "Ask about a period within it, or leave the period out.",
            )
        return window

    def _story(
        self,
        metric: Metric,
        filters: tuple[Filter, ...],
        plan: Comparison,
        move: Move | None,
        history: History,
        found: Search,
        events: Sequence[Case],
    ) -> Answer:
        self._emit(Event("progress", "Splitting the change", 60))
        drill = Drill(self._source, metric, filters, plan)
        drill.keep(history.frame, history.groups)
        whole = total(measure(history.frame, plan.daily(), ()).values())
        searched = move  # None where the user named the period: then no other one is brought up
        move = move or _overlapping(found.moves, plan, rising=whole.change > 0)
        broken = break_out(drill, whole)
        self._emit(Event("progress", "Looking at resources and tags", 90))
        story = Story(
            names=names_of(self._source),
            filters=filters,
            plan=plan,
            whole=whole,
            breakout=broken,
            move=move,
            per_month=a_month(plan, move, history),
            bigger=_bigger(found.moves, searched, history),
            event=event_of(plan.window, events, rising=whole.change > 0),
            tags=drill.tags(broken.main),
            resources=drill.resources(broken.main) if whole.change > 0 else None,
            costs=history.costs,
            finer=drill.finer(broken.main),
            recurring=any(day in plan.window for day in history.rhythm.recurring),
            warnings=(*self._source.warnings(), *_incomplete(plan, history)),
        )
        own = own_drivers(self._source, metric, filters, plan.baseline, plan.window)
        answer = tell(story, provenance(self._source, plan.span, metric))
        return beside(answer, own, story.change)

    def _quiet(
        self,
        metric: Metric,
        filters: tuple[Filter, ...],
        history: History,
        found: Search,
        asked: Period | None = None,
    ) -> Answer:
        quiet = Quiet(
            names=names_of(self._source),
            filters=filters,
            costs={day: cost for day, cost in history.costs.items() if day < history.until},
            search=found,
            asked=asked,
            enough=len(history.costs) >= FEWEST_DAYS,
            finer=next_dimension(self._source, filters),
            warnings=self._source.warnings(),
        )
        days = sorted(history.costs) or [days_of(self._source).start]
        period = Period(days[0], days[-1] + _DAY)
        return quiet_answer(quiet, provenance(self._source, period, metric))


def _target(source: CostSource, word: str | None) -> tuple[Filter, ...]:
    if word is None or word.strip().casefold() in _WHOLE:
        return ()
    return (find_value(source, word),)


def _going(moves: Sequence[Move], direction: Direction | None) -> Sequence[Move]:
    wanted = [m for m in moves if direction is None or (m.per_day > 0) is (direction == "up")]
    return wanted or moves


def _overlapping(moves: Sequence[Move], plan: Comparison, *, rising: bool) -> Move | None:
    """Return the latest move in the window that goes the way the cost went."""
    ways = [m for m in moves if (m.per_day > 0) is rising]
    return next((m for m in reversed(ways) if m.window.overlap(plan.window)), None)


def _bigger(moves: Sequence[Move], move: Move | None, history: History) -> Bigger | None:
    """Return the largest earlier move, where it is clearly larger than the one explained."""
    older = [m for m in moves if move and m.window.end <= move.window.start]
    top = max(older, key=lambda m: abs(m.per_day) * m.window.days, default=None)
    if top is None or move is None:
        return None
    if abs(top.per_day) * top.window.days < 1.5 * abs(move.per_day) * move.window.days:
        return None
    plan = against_move(top, moves, history)
    change = total(measure(history.frame, plan, ()).values()).change if plan else 0
    return Bigger(top.window, exact(Fraction(change)))


def _incomplete(plan: Comparison, history: History) -> tuple[str, ...]:
    if plan.window.end <= history.until:
        return ()
    return ("The last days asked about are not complete: they count as charged so far.",)
