"""What the watch over daily cost reports: events, and how much was watched to find them.

An event is one thing that happened, however many usage types, regions or accounts show it. Its
driver, start and first alert are fixed on the day it is raised; what later days add is its end,
its impact, further series and a better word for its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from finops_cli.domain.period import Period


class Kind(StrEnum):
    """The shape of an event."""

    SPIKE = "spike"
    RUNAWAY = "runaway"
    RAMP = "ramp"
    NEW = "new usage"
    GONE = "vanished"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Event:
    """Cost that left its usual path.

    Args:
        kind: Its shape as far as it is known.
        start: The first abnormal day.
        end: The day after the last abnormal day known.
        running: Whether the last complete day still belongs to it.
        settled: Whether it lasted so long that it became the usual level; it then ends there.
        first_alert: The first day whose data, with all before it, raised the event. Later days
            never move it.
        series: Positions in the panel of the series that take part: the driver first, then by
            impact.
        actual: Dollars from ``start`` to ``end`` on those series.
        expected: Dollars that the usual path comes to.
        impact: ``actual - expected``.
        per_day: Dollars a day above (below) the usual path on its latest days.
        confidence: From 0 to 1: how far the evidence lies above what raises an event.
        days: Date, actual and expected dollars of those series, from three weeks before the start.
    """

    kind: Kind
    start: date
    end: date
    running: bool
    settled: bool
    first_alert: date
    series: tuple[int, ...]
    actual: float
    expected: float
    impact: float
    per_day: float
    confidence: float
    days: tuple[tuple[date, float, float], ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """The events of a stretch of days.

    Args:
        events: In order of their first alert.
        series_watched: How many series were held against their own past.
        days: The complete days that were read.
        set_apart: How many charges were recognised as benign, by what they are.
        cautions: Sentences about what could not be judged.
    """

    events: tuple[Event, ...]
    series_watched: int
    days: Period
    set_apart: Mapping[str, int]
    cautions: tuple[str, ...]
