"""What was recognised in single series: as much of it as the bill of a month feels."""

import numpy as np

from finops_cli.analytics.outlook.days import Days
from finops_cli.analytics.outlook.level import Levels
from finops_cli.analytics.outlook.shape import Floats, Signal
from finops_cli.analytics.outlook.standout import runs

_SHARE = 0.003
_MOST = 12
_LATELY = 56
_MONTH = 30.4


def recognised(days: Days, costs: Floats, found: Levels) -> tuple[Signal, ...]:
    """Return the spikes, new levels, new and ended series of the last eight weeks, largest first.

    Args:
        days: The days of the history.
        costs: Costs without fees, shape (series, days).
        found: What was measured at its end.
    """
    signals = [*_spikes(days, costs, found), *_moves(days, found), *_ended(days, costs, found)]
    least = _SHARE * float(np.abs(costs[:, -28:]).sum())
    felt = [signal for signal in signals if abs(signal.per_month) > least]
    return tuple(sorted(felt, key=lambda signal: -abs(signal.per_month))[:_MOST])


def _spikes(days: Days, costs: Floats, found: Levels) -> list[Signal]:
    """Return runs of days set apart, with all the dollars above the usual."""
    first = costs.shape[1] - found.over.shape[1]
    signals = []
    for series in np.flatnonzero(found.over.any(axis=1)):
        for begin, end in runs(found.over[series]):
            extra = costs[series, first + begin : first + end] - found.usual[series]
            kind, last = "spike set apart", days.at(first + end - 1)
            start = days.at(first + begin)
            signals.append(Signal(int(series), kind, start, last, float(extra.sum())))
    return signals


def _moves(days: Days, found: Levels) -> list[Signal]:
    moved, signals = found.moved, []
    rows = zip(moved.series, moved.since, moved.before, moved.after, strict=True)
    for series, since, before, after in rows:
        if found.ended[series]:
            continue
        kind = "new level" if before else "new"
        first = days.at(len(days) - int(since))
        signals.append(Signal(int(series), kind, first, None, float(after - before) * _MONTH))
    return signals


def _ended(days: Days, costs: Floats, found: Levels) -> list[Signal]:
    """Return the series that stopped, with the last day charged and what a month of it was."""
    signals = []
    for series in np.flatnonzero(found.ended):
        last = int(np.flatnonzero(costs[series])[-1])
        if last < len(days) - _LATELY:
            continue
        begin = max(last - 27, int(np.argmax(costs[series] != 0)))
        lost = -float(costs[series, begin : last + 1].mean()) * _MONTH
        signals.append(Signal(int(series), "ended", days.at(last), days.at(last), lost))
    return signals
