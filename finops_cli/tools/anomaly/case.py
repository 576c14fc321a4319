"""A case: an event of the watch with all that people and scripts know it by.

Its id is a hash of what was fixed on the day it was raised: whose service, up or down, that day. So
the same event has the same id in every run, on every machine, for ever.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finops_cli.analytics.anomalies import Event, Kind, Watch
from finops_cli.domain import query as q
from finops_cli.domain.answer import Severity
from finops_cli.domain.frame import SMALLER
from finops_cli.domain.memory import Acknowledgement, Direction, Happening, Memories, Pattern
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.tools.anomaly.amounts import severity_of
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.estimates import A_MONTH, estimate

_SHORTEST = 6
_FALLING = (Kind.DROP, Kind.GONE)


@dataclass(frozen=True, slots=True)
class Case:
    """An event, its identity, its amounts as decimals, and whether somebody has dismissed it."""

    event: Event
    happening: Happening
    where: dict[str, str | None]
    actual: Decimal
    expected: Decimal
    per_month: Decimal | None
    severity: Severity
    dismissed: Acknowledgement | None

    @property
    def id(self) -> str:
        """What it is called."""
        return self.happening.id

    @property
    def impact(self) -> Decimal:
        """The money above (below) expectation."""
        return self.actual - self.expected

    @property
    def rising(self) -> bool:
        """Whether it costs more than expected."""
        return self.event.kind not in _FALLING

    @property
    def last_day(self) -> date:
        """The last abnormal day."""
        return date.fromordinal(self.event.end.toordinal() - 1)

    def period(self) -> tuple[str, str]:
        """Return the option that narrows a question to its days."""
        return "--period", str(Period(self.event.start, self.event.end))

    def filters(self) -> tuple[Filter, ...]:
        """Return what narrows a question to the line that drives it."""
        lines = (q.SERVICE, q.USAGE_TYPE, q.REGION, q.ACCOUNT)
        named = (d for d in lines if self.where.get(d) not in (None, SMALLER))
        return tuple(Filter(d, (self.where[d],)) for d in named)


def cases_of(basis: Basis, watch: Watch, memories: Memories) -> list[Case]:
    """Return the events of a watch as cases, the largest impact first."""
    ids = _ids(basis, watch.events)
    pairs = zip(watch.events, ids, strict=True)
    cases = [_case(basis, event, name, memories) for event, name in pairs]
    return sorted(cases, key=lambda case: (-abs(case.impact), case.event.start, case.id))


def _case(basis: Basis, event: Event, name: str, memories: Memories) -> Case:
    happening = Happening(name, _pattern(basis.panel, event), event.start)
    actual, expected = estimate(event.actual), estimate(event.expected)
    per_month = estimate(event.per_day) * A_MONTH if event.running else None
    size = max(abs(actual - expected), abs(per_month or Decimal(0)))
    return Case(
        event=event,
        happening=happening,
        where=_where(basis.panel, event),
        actual=actual,
        expected=expected,
        per_month=per_month,
        severity=severity_of(size, basis.a_usual_month, rising=event.kind not in _FALLING),
        dismissed=_dismissed(happening, event, basis.until, memories),
    )


def _dismissed(
    happening: Happening, event: Event, today: date, memories: Memories
) -> Acknowledgement | None:
    running = today if event.running else None
    covering = (
        one
        for one in reversed(memories.acknowledged)
        if one.covers(happening, event.first_alert, running_on=running)
    )
    return next(covering, None)


def _where(panel: Panel, event: Event) -> dict[str, str | None]:
    return dict(zip(panel.dimensions, panel.keys[event.series[0]], strict=True))


def _pattern(panel: Panel, event: Event) -> Pattern:
    where = _where(panel, event)
    direction: Direction = "down" if event.kind in _FALLING else "up"
    return Pattern(
        account=where.get(q.ACCOUNT),
        service=where.get(q.SERVICE),
        region=where.get(q.REGION),
        usage_type=where.get(q.USAGE_TYPE),
        direction=direction,
    )


def _ids(basis: Basis, events: Sequence[Event]) -> list[str]:
    """Return an id for each event; longer ones where two would be alike."""
    whole: list[str] = []
    for event in events:
        twins = 0
        while (name := _digest(basis, event, twins)) in whole:
            twins += 1
        whole.append(name)
    length = _SHORTEST
    short = [name[:length] for name in whole]
    while max(Counter(short).values(), default=0) > 1 and length < len(whole[0]):
        length += 1
        clashing = {name for name, times in Counter(short).items() if times > 1}
        pairs = zip(short, whole, strict=True)
        short = [name[:length] if cut in clashing else cut for cut, name in pairs]
    return short


def _digest(basis: Basis, event: Event, twins: int) -> str:
    """Return the hash of an event; ``twins`` counts the events before it that are told alike."""
    pattern = _pattern(basis.panel, event)
    parts = (
        pattern.account,
        pattern.service,
        pattern.direction,
        basis.currency,
        event.first_alert.isoformat(),
        str(twins) if twins else None,
    )
    text = "\x1f".join("" if part is None else part for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()
