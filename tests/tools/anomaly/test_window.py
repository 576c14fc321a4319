"""Which days a word asks about, and which events belong to them."""

from datetime import date, timedelta

import pytest

from finops_cli.analytics.anomalies import Kind
from finops_cli.domain.period import Period
from finops_cli.errors import BadPeriod
from finops_cli.tools.anomaly.window import Window
from tests.fakes import FakeSource
from tests.tools.anomaly.bill import END, event, rows

_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("all", None),
        ("30d", Period(END - 30 * _DAY, END)),
        ("last-7d", Period(END - 7 * _DAY, END)),
        ("2026-10", Period(date(2026, 10, 1), date(2026, 11, 1))),
        ("2026-10-05..2026-10-08", Period(date(2026, 10, 5), date(2026, 10, 9))),
        ("2026-10-05", Period(date(2026, 10, 5), END + _DAY)),
        # The day of the bill is a Monday: its week has no full day yet.
        ("this-week", Period(END - _DAY, END + _DAY)),
        ("today", Period(END - _DAY, END + _DAY)),
    ],
)
def test_words(word: str, days: Period | None) -> None:
    assert Window.of(FakeSource(rows()), word).days == days


@pytest.mark.parametrize("word", ["soon", "1999", "2030-01-01"])
def test_words_that_mean_nothing_here(word: str) -> None:
    with pytest.raises(BadPeriod):
        Window.of(FakeSource(rows()), word)


def test_an_event_belongs_to_the_days_on_which_it_went_on_and_was_known() -> None:
    window = Window(Period(date(2026, 10, 10), date(2026, 10, 20)))
    held = (("10-01", 9, False), ("10-01", 10, True), ("10-19", 5, True), ("10-20", 5, False))
    for start, days, wanted in held:
        one = event(Kind.RUNAWAY, [1], date.fromisoformat(f"2026-{start}"), days)
        assert window.holds(one) is wanted
    late = event(Kind.RAMP, [1], date(2026, 10, 12), 20, first_alert=date(2026, 10, 22))
    assert not window.holds(late)
    assert Window(None).holds(late)
