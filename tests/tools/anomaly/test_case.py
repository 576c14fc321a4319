"""Identity: an id that is the same for ever, and never the same for two."""

from dataclasses import replace
from datetime import date, timedelta

from finops_cli.analytics.anomalies import Kind
from finops_cli.domain.answer import Severity
from finops_cli.tools.anomaly import case as cases
from tests.tools.anomaly.bill import END, event, told

START = date(2026, 11, 9)
RUNAWAY = event(Kind.RUNAWAY, [1], START, 7)


def _id(one: cases.Event) -> str:
    _, (case,) = told([one])
    return case.id


def test_an_id_does_not_change_with_what_later_days_add() -> None:
    later = replace(
        RUNAWAY,
        kind=Kind.RAMP,
        end=END + timedelta(days=90),
        running=False,
        settled=True,
        actual=9e9,
        impact=9e9,
        per_day=3.0,
        confidence=1.0,
        series=(0, *RUNAWAY.series),
    )
    assert _id(later) == _id(RUNAWAY)
    assert _id(RUNAWAY) == "866988"  # kept in people's notes and state files


def test_what_makes_another_event_makes_another_id() -> None:
    others = (
        replace(RUNAWAY, first_alert=START + timedelta(days=1)),
        replace(RUNAWAY, kind=Kind.DROP, impact=-3.0),
        event(Kind.RUNAWAY, [2], START, 7),
    )
    assert len({_id(RUNAWAY), *map(_id, others)}) == 4


def test_ids_that_would_be_alike_are_longer() -> None:
    starts = [START - timedelta(days=at) for at in range(5000)]
    _, many = told([replace(RUNAWAY, first_alert=start) for start in starts])
    ids = [case.id for case in many]
    assert len(set(ids)) == len(ids)
    assert {len(name) for name in ids} > {6}


def test_events_that_are_told_alike_have_ids_of_their_own() -> None:
    _, twins = told([RUNAWAY, RUNAWAY, RUNAWAY])
    assert len({case.id for case in twins}) == 3
    assert _id(RUNAWAY) in {case.id for case in twins}


def test_the_largest_comes_first() -> None:
    small = event(Kind.SPIKE, [2], START, 1)
    fall = event(Kind.DROP, [3], START, 7, now=0.0, usual=900.0)
    _, found = told([small, RUNAWAY, fall])
    assert [case.event for case in found] == [fall, RUNAWAY, small]


def test_what_saves_money_is_never_grave() -> None:
    fall = event(Kind.GONE, [3], START, 7, now=0.0, usual=1e6)
    rise = event(Kind.NEW, [3], START, 7, now=1e6, usual=0.0)
    _, (largest, other) = told([fall, rise])
    assert {largest.severity, other.severity} == {Severity.NOTICE, Severity.CRITICAL}
    assert not next(case for case in (largest, other) if case.event == fall).rising


def test_a_month_is_told_of_what_goes_on() -> None:
    _, (over,) = told([event(Kind.SPIKE, [1], START, 2)])
    _, (running,) = told([RUNAWAY])
    assert over.per_month is None
    assert running.per_month is not None and round(running.per_month) == round(460 * 30.4375)
