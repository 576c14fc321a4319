"""The watch: a panel in, events out, by one strictly forward pass over its complete days."""

from datetime import date, timedelta

import numpy as np

from finops_cli.analytics.anomalies.event import Event, Kind, Watch
from finops_cli.analytics.anomalies.filters import MEMORY
from finops_cli.analytics.anomalies.forward import FEWEST_DAYS, Forward
from finops_cli.analytics.anomalies.joining import Joint, join
from finops_cli.analytics.anomalies.lines import Floats, Lines, read
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period

_SETTLED_DAYS = 60
_DAYS_BEFORE = 21
_DAYS_AFTER = 3
_RECENT_DAYS = 7
_SPIKE_DAYS = 3
_RAMP_DAYS = 7


def find(panel: Panel, until: date, *, since: date | None = None, min_impact: float = 0.0) -> Watch:
    """Return the events that were raised, or still went on, on or after ``since``.

    Args:
        panel: Daily costs, best by account, service, region and usage type.
        until: The first day that is not complete; it and later days are not read.
        since: The first day asked about; all days before it are learned from. None for all.
        min_impact: Events of fewer dollars are left out.
    """
    lines = read(panel, until)
    watched = Period(panel.period.start, max(until, panel.period.start + timedelta(days=1)))
    watched = watched.overlap(panel.period) or watched
    pass_ = Forward(lines).run()
    expected = pass_.book.expected[MEMORY:]
    events = [_event(joint, lines, expected) for joint in join(pass_.spells.all, lines)]
    kept = [
        event
        for event in events
        if abs(event.impact) >= min_impact
        and (since is None or event.first_alert >= since or event.running)
    ]
    return Watch(
        events=tuple(kept),
        series_watched=lines.costs.shape[1],
        days=watched,
        set_apart=lines.set_apart | {k: n for k, n in pass_.habits.told.items() if n},
        cautions=_cautions(lines),
    )


def _cautions(lines: Lines) -> tuple[str, ...]:
    days = lines.costs.shape[0]
    if days < FEWEST_DAYS:
        return (f"Nothing can be judged yet: {FEWEST_DAYS} complete days are needed.",)
    if days < _SETTLED_DAYS:
        return (
            f"Only {days} days of history: weekdays and monthly fees are not known well yet, so "
            "only gross changes were looked for.",
        )
    return ()


def _event(joint: Joint, lines: Lines, expected: Floats) -> Event:
    days = lines.costs.shape[0]
    end = min(days, max(spell.last for spell in joint.spells) + 1)
    window = slice(joint.start, end)
    excess = {
        i: float((lines.costs[window, i] - expected[window, i]).sum())
        for i in {spell.line for spell in joint.spells}
    }
    order = sorted(
        excess,
        key=lambda i: (int(lines.service[i]) != joint.service, -joint.sign * excess[i], i),
    )
    actual, usual = lines.costs[:, order].sum(1), expected[:, order].sum(1)
    running = any(s.running for s in joint.spells) and end >= days
    shown = range(max(0, joint.start - _DAYS_BEFORE), min(days, end + _DAYS_AFTER))
    path = actual[window] - usual[window]
    return Event(
        kind=_kind(joint, path, usual[window], running),
        start=lines.first + timedelta(days=joint.start),
        end=lines.first + timedelta(days=end),
        running=running,
        settled=any(s.settled for s in joint.spells) and not running,
        first_alert=lines.first + timedelta(days=joint.alert),
        series=tuple(int(lines.positions[i]) for i in order),
        actual=float(actual[window].sum()),
        expected=float(usual[window].sum()),
        impact=float(path.sum()),
        per_day=float(path[-_RECENT_DAYS:].mean()),
        confidence=float(1 - 0.5 / max(1.0, max(s.score for s in joint.spells))),
        days=tuple(
            (lines.first + timedelta(days=t), float(actual[t]), float(usual[t])) for t in shown
        ),
    )


def _kind(joint: Joint, path: Floats, usual: Floats, running: bool) -> Kind:
    if joint.sign < 0:
        left = float((path + usual).sum()) <= 0.05 * float(usual.sum())
        return Kind.GONE if left and len(path) > 1 else Kind.DROP
    driver = max(joint.spells, key=lambda spell: abs(spell.dollars))
    if driver.new:
        return Kind.NEW
    if len(path) >= _RAMP_DAYS and _climbs(path):
        return Kind.RAMP
    return Kind.SPIKE if len(path) <= _SPIKE_DAYS else Kind.RUNAWAY


def _climbs(path: Floats) -> bool:
    """Tell whether a line through the start fits better than a constant."""
    run = np.arange(1, len(path) + 1)
    line = path - run * (run @ path) / (run @ run)
    return bool((line**2).sum() < ((path - path.mean()) ** 2).sum())
