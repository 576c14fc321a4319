"""Whole answers about events that the test made up: what a person reads, at several widths."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from finops_cli.analytics.anomalies import Event, Kind
from finops_cli.domain.answer import Answer
from finops_cli.domain.memory import Acknowledgement, Memories
from finops_cli.output import Style, render
from finops_cli.output.style import Format
from finops_cli.tools.anomaly.conditions import Conditions
from finops_cli.tools.anomaly.dismissal import acknowledgement, dismissed_reply
from finops_cli.tools.anomaly.recall import acknowledged_reply
from finops_cli.tools.anomaly.reply import events_reply
from finops_cli.tools.anomaly.whole import whole_reply
from tests import golden
from tests.tools.anomaly.bill import END, basis, event, told

SPIKE = event(Kind.SPIKE, [1], date(2026, 10, 20), 2, now=340.0)
NEW = event(Kind.NEW, [0, 1], END - timedelta(days=6), 6, usual=0.0, now=1700.25)
RAMP = event(Kind.RAMP, [2], date(2026, 10, 13), 34, now=125.0, confidence=0.8)
GONE = event(Kind.GONE, [3], date(2026, 11, 2), 14, usual=70.0, now=0.0)


def _listed(events: Sequence[Event], *, by: Sequence[str] = (), top: int | None = None) -> Answer:
    found, cases = told(events)
    return events_reply(found, cases[:top], by, Conditions.of(()), ())


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_events_at_a_width(width: int) -> None:
    text = render(_listed([SPIKE, NEW, RAMP, GONE]), Style(width=width))
    assert all(len(line) <= width for line in text.splitlines() if "finops " not in line)
    golden.check(f"events.{width}.terminal", text)


@pytest.mark.parametrize("form", ["markdown", "json", "csv"])
def test_events_in_a_form(form: Format) -> None:
    golden.check(f"events.{form}", render(_listed([SPIKE, NEW, RAMP, GONE]), Style(form)))


def test_events_by_account() -> None:
    answer = _listed([SPIKE, NEW, RAMP, GONE], by=["account"], top=2)
    golden.check("by-account.terminal", render(answer, Style(width=100)))


def test_one_event_that_is_over() -> None:
    golden.check("one.terminal", render(_listed([SPIKE]), Style(width=100)))


def test_no_event() -> None:
    found, _ = told([], small=3, cautions=("Only 30 days of history.",))
    answer = events_reply(found, [], (), Conditions.of(()), ())
    golden.check("none.terminal", render(answer, Style(width=100)))


def test_no_event_in_a_period_that_is_over() -> None:
    found, _ = told([], since="2026-10")
    answer = events_reply(found, [], (), Conditions.of(()), ())
    text = render(answer, Style(width=100))
    assert text.startswith("Nothing unusual in Oct 2026: 4 lines of the bill watched.\n")
    assert "watched in Oct 2026." in text


def test_nothing_new() -> None:
    found, _ = told([], known=2)
    answer = events_reply(found, [], (), Conditions.of(["any"]), ("A warning.",))
    golden.check("nothing-new.terminal", render(answer, Style(width=100)))


def _dismissed() -> Acknowledgement:
    _, (case,) = told([RAMP])
    return acknowledgement(case, "expected", "a data migration", END)


def test_dismissed_ones_are_only_counted() -> None:
    found, cases = told([NEW, RAMP], Memories((_dismissed(),)))
    assert len(found.cases) == 1
    answer = events_reply(found, cases, (), Conditions.of(["any", "impact>1k"]), ())
    golden.check("dismissed.terminal", render(answer, Style(width=100)))


def test_one_event_whole() -> None:
    _, (case,) = told([NEW])
    golden.check("whole.terminal", render(whole_reply(basis(), case), Style(width=100)))


def test_a_dismissed_event_whole() -> None:
    settled = replace(RAMP, settled=True, running=False)
    _, (case,) = told([settled], Memories((_dismissed(),)))
    golden.check("whole-dismissed.terminal", render(whole_reply(basis(), case), Style(width=100)))


def test_what_was_remembered() -> None:
    _, (case,) = told([RAMP])
    answer = dismissed_reply(basis(), case, _dismissed())
    golden.check("remembered.terminal", render(answer, Style(width=100)))


def test_the_list_of_what_was_dismissed() -> None:
    source = basis().source
    answer = acknowledged_reply(source, Memories((_dismissed(),)))
    golden.check("acks.terminal", render(answer, Style(width=80)))
    golden.check("no-acks.terminal", render(acknowledged_reply(source, Memories()), Style()))
