"""Buckets laid end to end: every day once, none twice, none over the end of a month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.period import Period, month_of
from finops_cli.domain.query import Granularity
from finops_cli.sources.aws.bill.cover import cover, months_of, to_ask
from finops_cli.sources.aws.cache.buckets import Span

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST = date(2026, 8, 20)
DAY = timedelta(days=1)
WHOLE = Period(FIRST, date(2026, 11, 24))


def span(start: date, end: date) -> Span:
    return Span(start, end, NOW, False)


def days(period: Period) -> list[Span]:
    return [span(day, day + DAY) for day in period.each_day()]


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    found = {}
    for start in draw(st.lists(st.integers(0, WHOLE.days - 1), max_size=60)):
        first = FIRST + DAY * start
        longest = (min(month_of(first).end, WHOLE.end) - first).days
        length = draw(st.integers(1, longest))
        found[first, length] = span(first, first + DAY * length)
    return list(found.values())


@given(spans(), st.integers(0, 60), st.integers(1, 90), st.sampled_from(Granularity))
def test_each_day_is_in_one_bucket_or_missing(
    kept: list[Span], start: int, length: int, granularity: Granularity
) -> None:
    period = Period(FIRST + DAY * start, min(FIRST + DAY * (start + length), WHOLE.end))
    inside = [s for s in kept if period.start <= s.start and s.end <= period.end]
    found = cover(period, granularity, inside)
    covered = [d for s in found.spans for d in Period(s.start, s.end).each_day()]
    lacking = [d for p in found.missing for d in p.each_day()]
    assert sorted(covered + lacking) == period.each_day()
    assert list(found.spans) == sorted(found.spans, key=lambda s: s.start)
    for one in found.spans:
        assert granularity is not Granularity.DAILY or one.end - one.start == DAY


def test_a_month_is_served_by_its_days() -> None:
    period = month_of(date(2026, 9, 1))
    found = cover(period, Granularity.MONTHLY, days(period))
    assert not found.missing
    assert len(found.spans) == 30


def test_only_what_is_missing_is_asked_for() -> None:
    known = days(Period(date(2026, 10, 1), date(2026, 11, 20)))
    found = cover(Period(date(2026, 9, 25), date(2026, 11, 24)), Granularity.TOTAL, known)
    assert found.missing == (
        Period(date(2026, 9, 25), date(2026, 10, 1)),
        Period(date(2026, 11, 20), date(2026, 11, 24)),
    )
    assert to_ask(found.missing) == (Period(date(2026, 9, 25), date(2026, 11, 24)),)


def test_far_gaps_are_asked_for_apart() -> None:
    far = (
        Period(date(2026, 1, 1), date(2026, 1, 3)),
        Period(date(2026, 11, 20), date(2026, 11, 24)),
    )
    assert to_ask(far) == far
    assert to_ask(()) == ()


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), 12),
        (date(2026, 1, 31), date(2026, 2, 2), 2),
        (date(2026, 2, 3), date(2026, 2, 4), 1),
    ],
)
def test_a_period_falls_into_months(start: date, end: date, count: int) -> None:
    pieces = months_of(Period(start, end))
    assert len(pieces) == count
    assert (pieces[0].start, pieces[-1].end) == (start, end)
    assert all(a.end == b.start for a, b in zip(pieces, pieces[1:], strict=False))
